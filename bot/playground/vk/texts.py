"""The text of a VK message and its format_data."""

from __future__ import annotations

import functools
from typing import Final

import orjson

from bot.playground.ledger import Entity
from bot.playground.vk.refusals import VkRefusal, wrong

LONGEST: Final = 4096
_STYLES: Final = {"bold", "italic", "underline", "url"}


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


@functools.lru_cache(maxsize=4096)
def read_text(text: str, format_data: str) -> tuple[Entity, ...]:
    """The styled runs of the text. Raises VkRefusal: too long, or format_data that does not fit it."""
    if max(units(text), len(text)) > LONGEST:
        raise VkRefusal(914)
    if not format_data:
        return ()
    try:
        body = orjson.loads(format_data)
    except orjson.JSONDecodeError:
        raise wrong("format_data is invalid JSON") from None
    if not isinstance(body, dict) or set(body) - {"version", "items"} or str(body.get("version")) != "1":
        raise wrong("format_data must have version 1 and items")
    items = body.get("items")
    if not isinstance(items, list):
        raise wrong("format_data items must be an array")
    length = units(text)
    return tuple(_item(item, length) for item in items)


def _item(item: object, length: int) -> Entity:
    if not isinstance(item, dict) or set(item) - {"type", "offset", "length", "url"}:
        raise wrong("format_data item is invalid")
    style, offset, size, url = item.get("type"), item.get("offset"), item.get("length"), item.get("url", "")
    if style not in _STYLES:
        raise wrong("format_data item type is invalid")
    if not isinstance(offset, int) or not isinstance(size, int) or offset < 0 or size <= 0 or offset + size > length:
        raise wrong("format_data item is out of the message")
    if (style == "url") != bool(url) or (url and not str(url).startswith(("https://", "http://"))):
        raise wrong("format_data item url is invalid")
    return Entity("text_link" if style == "url" else str(style), offset, size, str(url))
