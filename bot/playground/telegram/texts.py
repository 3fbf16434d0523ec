"""The text of a message: parsed, measured and refused as the server does."""

from __future__ import annotations

import functools
import re
from typing import Final

import orjson

from bot.playground.ledger import Entity
from bot.playground.telegram.html import MOST_ENTITIES, BadMarkup, parse_html, trim, units
from bot.playground.telegram.params import Params
from bot.playground.telegram.refusals import Refusal

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
LONGEST_TOAST: Final = 200
_PLAIN_TYPES: Final = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "blockquote",
    "expandable_blockquote",
    "custom_emoji",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
}
_FOUND: Final = re.compile(
    r"(?P<url>https?://[^\s<>«»]+[^\s<>«».,;:!?)])|(?P<bot_command>(?<![\w/])/[a-zA-Z0-9_]{1,32}(?:@\w+)?)|(?P<mention>(?<!\w)@\w{4,32})"
)


def read_text(params: Params) -> tuple[str, tuple[Entity, ...]]:
    """`text` with `parse_mode` or `entities`. Raises Refusal."""
    text, entities = _read(params.text("text"), params.text("parse_mode"), params.source("entities"))
    if not text:
        raise Refusal(400, "message text is empty")
    if max(units(text), len(text)) > LONGEST_TEXT:
        raise Refusal(400, "message is too long")
    return text, entities


def read_caption(params: Params) -> tuple[str, tuple[Entity, ...]]:
    """`caption` with `parse_mode` or `caption_entities`. Raises Refusal."""
    text, entities = _read(params.text("caption"), params.text("parse_mode"), params.source("caption_entities"))
    if max(units(text), len(text)) > LONGEST_CAPTION:
        raise Refusal(400, "message caption is too long")
    return text, entities


@functools.lru_cache(maxsize=4096)
def _read(source: str, mode: str, given: str) -> tuple[str, tuple[Entity, ...]]:
    if "\x00" in source:
        raise Refusal(400, "strings must be encoded in UTF-8")
    if mode and mode.lower() != "html":
        raise Refusal(400, "unsupported parse_mode")
    if mode:
        try:
            text, entities = parse_html(source)
        except BadMarkup as error:
            raise Refusal(400, f"can't parse entities: {error}") from None
    else:
        text, entities = trim(source, _entities(source, given))
    if len(entities) > MOST_ENTITIES:
        # the real server drops the rest without a word; a bot should know
        raise Refusal(400, "ENTITIES_TOO_LONG")
    return text, entities


def _entities(text: str, given: str) -> list[Entity]:
    if not given:
        return []
    try:
        items = orjson.loads(given)
        length = units(text)
        entities = []
        for item in items:
            entity = Entity(
                str(item["type"]), int(item["offset"]), int(item["length"]), str(item.get("url", "")), str(item.get("language", ""))
            )
            if entity.type not in _PLAIN_TYPES:
                raise Refusal(400, "can't parse MessageEntity: Unsupported type specified")
            if entity.offset < 0 or entity.length <= 0 or entity.offset + entity.length > length:
                raise Refusal(
                    400, f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text at UTF-16 offset {length}"
                )
            entities.append(entity)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise Refusal(400, "can't parse entities JSON object") from None
    return entities


@functools.lru_cache(maxsize=4096)
def with_found(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities and the addresses, commands and mentions that the server finds by itself outside of them."""
    taken = [(e.offset, e.offset + e.length) for e in entities if e.type in ("text_link", "code", "pre")]
    found = list(entities)
    for match in _FOUND.finditer(text):
        begin = units(text[: match.start()])
        finish = begin + units(match.group())
        if not any(start < finish and begin < stop for start, stop in taken):
            found.append(Entity(str(match.lastgroup), begin, finish - begin))
    found.sort(key=lambda entity: (entity.offset, -entity.length))
    return tuple(found)


def entity_json(entities: tuple[Entity, ...]) -> list[dict[str, object]]:
    """MessageEntity objects."""
    made: list[dict[str, object]] = []
    for entity in entities:
        body: dict[str, object] = {"type": entity.type, "offset": entity.offset, "length": entity.length}
        if entity.url:
            body["url"] = entity.url
        if entity.type == "pre" and entity.extra:
            body["language"] = entity.extra
        if entity.type == "custom_emoji":
            body["custom_emoji_id"] = entity.extra
        if entity.type == "text_mention":
            body["user"] = {"id": int(entity.extra), "is_bot": False, "first_name": "Person"}
        made.append(body)
    return made
