"""Telegram's HTML as its server reads it: tags, attributes, character references, and the errors in its own words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import Final

from bot.playground.ledger import Entity

_STYLES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_ATTRIBUTES: Final = {
    "a": {"href"},
    "code": {"class"},
    "span": {"class"},
    "blockquote": {"expandable"},
    "tg-emoji": {"emoji-id"},
}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE: Final = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_NAME: Final = re.compile(r"[^\s=>/\"']*")
_TOKEN: Final = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE: Final = re.compile(r"\s*")
_START: Final = re.compile(r"[^\s>]*")
_LINK: Final = re.compile(r"(?:https?|tg|ftp|tonsite)://\S+|mailto:\S+|tel:\S+|[\w.-]+\.[a-zA-Zа-яё]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
MOST_ENTITIES: Final = 100


class BadMarkup(Exception):
    """The server's complaint, without the prefix `can't parse entities: `."""


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


@dataclass(slots=True)
class _Parser:
    source: str
    out: list[str] = field(default_factory=list)
    offset: int = 0
    """UTF-16 units written."""
    written: int = 0
    """Characters written."""
    opened: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def write(self, text: str) -> None:
        self.out.append(text)
        self.offset += units(text)
        self.written += len(text)

    def run(self) -> None:
        source, end, at = self.source, len(self.source), 0
        while at < end:
            special = min((found for found in (source.find("<", at), source.find("&", at)) if found >= 0), default=end)
            if special > at:
                self.write(source[at:special])
                at = special
            elif source[at] == "&":
                char, at = _reference(source, at)
                self.write(char)
            elif source.startswith("</", at):
                at = self.close(at)
            else:
                at = self.open(at)
        if self.opened:
            raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')

    def open(self, begin: int) -> int:
        source, where = self.source, self.byte(begin)
        at = _end(_START, source, begin + 1)
        tag = source[begin + 1 : at].lower()
        if at >= len(source):
            raise BadMarkup(f"Unclosed start tag at byte offset {where}")
        if tag not in _STYLES:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {where}')
        argument = ""
        while True:
            at = _end(_SPACE, source, at)
            if at >= len(source):
                raise BadMarkup(f'Unclosed start tag "{tag}" at byte offset {where}')
            if source[at] == ">":
                break
            name, value, at = self.attribute(tag, at, where)
            if name not in _ATTRIBUTES.get(tag, ()):
                # the real server drops what it does not know without a word, which hides the mistake
                raise BadMarkup(f'Unexpected attribute "{name}" in the tag "{tag}" at byte offset {where}')
            argument = _argument(tag, value)
        if tag == "span" and argument != "tg-spoiler":
            raise BadMarkup(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.nest(tag, where)
        self.opened.append(_Open(tag, argument, self.offset, self.written))
        return at + 1

    def nest(self, tag: str, where: int) -> None:
        inside = [_STYLES[opened.tag] for opened in self.opened]
        style = _STYLES[tag]
        if style == "blockquote" and "blockquote" in inside:
            raise BadMarkup(f'Nested tag "blockquote" at byte offset {where}')
        if "code" in inside or ("pre" in inside and (style != "code" or inside[-1] != "pre")):
            raise BadMarkup(f'Tag "{tag}" is not allowed inside of code at byte offset {where}')

    def attribute(self, tag: str, at: int, where: int) -> tuple[str, str, int]:
        source = self.source
        end = _end(_NAME, source, at)
        if end == at:
            raise BadMarkup(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        name, at = source[at:end].lower(), _end(_SPACE, source, end)
        if at >= len(source):
            raise BadMarkup(f'Unclosed start tag "{tag}" at byte offset {where}')
        if source[at] != "=":
            return name, "", at
        at = _end(_SPACE, source, at + 1)
        if at >= len(source):
            raise BadMarkup(f'Unclosed start tag "{tag}" at byte offset {where}')
        quote = source[at]
        if quote in "\"'":
            close = source.find(quote, at + 1)
            if close < 0 or close + 1 >= len(source):
                raise BadMarkup(f"Unclosed start tag at byte offset {where}")
            return name, decode(source[at + 1 : close]), close + 1
        end = _end(_TOKEN, source, at)
        if end >= len(source) or not (source[end].isspace() or source[end] == ">"):
            raise BadMarkup(f"Unexpected end of name token at byte offset {self.byte(at)}")
        return name, source[at:end].lower(), end

    def close(self, begin: int) -> int:
        source, where = self.source, self.byte(begin)
        if not self.opened:
            raise BadMarkup(f"Unexpected end tag at byte offset {where}")
        end = _end(_START, source, begin + 2)
        at, name = _end(_SPACE, source, end), source[begin + 2 : end]
        if at >= len(source) or source[at] != ">":
            raise BadMarkup(f"Unclosed end tag at byte offset {where}")
        opened = self.opened.pop()
        if name and name.lower() != opened.tag:
            raise BadMarkup(f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset:
            self.keep(opened)
        return at + 1

    def keep(self, opened: _Open) -> None:
        style, url, extra = _STYLES[opened.tag], "", ""
        length = self.offset - opened.offset
        if style == "text_link":
            url = opened.argument or "".join(self.out)[opened.start :]
            if user := re.fullmatch(r"tg://user\?id=(\d+)", url):
                style, url, extra = "text_mention", "", user.group(1)
            elif not _LINK.fullmatch(url):
                return
        elif style == "blockquote" and opened.argument:
            style = "expandable_blockquote"
        elif style in ("code", "custom_emoji"):
            extra = opened.argument
        if style == "pre" and self.entities:
            last = self.entities[-1]
            if last.type == "code" and (last.offset, last.length) == (opened.offset, length):
                extra = self.entities.pop().extra
        self.entities.append(Entity(style, opened.offset, length, url, extra))


def _argument(tag: str, value: str) -> str:
    if tag == "blockquote":
        return "1"
    if tag == "code":
        return value.removeprefix("language-") if value.startswith("language-") else ""
    return value


def _end(pattern: re.Pattern[str], source: str, at: int) -> int:
    """Where a run of the pattern ends, which may be where it begins."""
    found = pattern.match(source, at)
    return found.end() if found else at


def _reference(source: str, at: int) -> tuple[str, int]:
    """The character that a reference stands for, or the ampersand itself if it stands for none."""
    if found := _REFERENCE.match(source, at):
        hexadecimal, decimal, named = found.groups()
        if named:
            char = _NAMED.get(named, "")
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            char = chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
        if char:
            return char, found.end()
    return "&", at + 1


def decode(text: str) -> str:
    """Replaces the character references that Telegram knows."""
    parts, at = [], 0
    while (found := text.find("&", at)) >= 0:
        parts.append(text[at:found])
        char, at = _reference(text, found)
        parts.append(char)
    return "".join(parts) + text[at:]


@functools.lru_cache(maxsize=4096)
def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text and its entities, outer ones first. Raises BadMarkup."""
    parser = _Parser(source)
    parser.run()
    return trim("".join(parser.out), parser.entities)


def trim(text: str, entities: list[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Strips the text as the server does and moves the entities with it."""
    left = text.lstrip()
    lead = units(text) - units(left)
    stripped = left.rstrip()
    length = units(stripped)
    moved = []
    for entity in entities:
        begin, finish = max(entity.offset - lead, 0), min(entity.offset + entity.length - lead, length)
        if finish > begin:
            moved.append(Entity(entity.type, begin, finish - begin, entity.url, entity.extra))
    moved.sort(key=lambda entity: (entity.offset, -entity.length))
    return stripped, tuple(moved)
