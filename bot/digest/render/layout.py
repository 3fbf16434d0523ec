"""Splits a document into parts that fit a platform: between stories, else between blocks, sentences, words, letters."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.digest.render.document import Block, Kind

_SENTENCE: Final = re.compile(r"[.!?…][»”\")]*\s+|\n+")
_SPACE: Final = re.compile(r"\s+")
_SEPARATOR: Final = 2
"""The line breaks between two blocks, at most."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much room something takes: UTF-16 units of text, entities, bytes as sent."""

    units: int
    entities: int
    encoded: int

    def __add__(self, other: Size) -> Size:
        return Size(self.units + other.units, self.entities + other.entities, self.encoded + other.encoded)

    def fits(self, limit: Size) -> bool:
        return self.units <= limit.units and self.entities <= limit.entities and self.encoded <= limit.encoded


_NOTHING: Final = Size(0, 0, 0)
Measure = Callable[[Block], Size]


def units(text: str) -> int:
    """The length of a text in UTF-16 code units: never fewer than its characters, so the stricter of both counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(blocks: Sequence[Block], measure: Measure, limit: Size) -> list[tuple[Block, ...]]:
    """The blocks in as few parts as greed finds, none above the limit; a story stays whole if it fits a part by itself."""
    parts: list[list[Block]] = [[]]
    filled = _NOTHING
    for group in _groups(blocks):
        size = _total(group, measure)
        if (filled + size).fits(limit):
            parts[-1] += group
            filled += size
        elif size.fits(limit):
            parts.append(list(group))
            filled = size
        else:
            for piece in (piece for item in group for piece in _pieces(item, measure, limit)):
                size = _total([piece], measure)
                if not (filled + size).fits(limit):
                    parts.append([])
                    filled = _NOTHING
                parts[-1].append(piece)
                filled += size
    return [tuple(part) for part in parts if part]


def join(blocks: Sequence[Block]) -> list[tuple[str, Block]]:
    """Each block with the line breaks that stand before it."""
    return [("" if number == 0 else "\n\n" if item.gap else "\n", item) for number, item in enumerate(blocks)]


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """What should not be torn apart: a story with all that belongs to it, and a heading with what follows it."""
    groups: list[list[Block]] = []
    story = heading = False
    for item in blocks:
        starts = item.kind in (Kind.TITLE, Kind.SECTION, Kind.FOOTER, Kind.NOTE) or (item.kind is Kind.STORY and not heading)
        if groups and not starts and (story or heading or item.kind is Kind.STORY):
            groups[-1].append(item)
        else:
            groups.append([item])
        story = item.kind is Kind.STORY or (story and not starts)
        heading = item.kind in (Kind.SECTION, Kind.TITLE)
    return groups


def _total(blocks: Iterable[Block], measure: Measure) -> Size:
    total = _NOTHING
    for item in blocks:
        total += measure(item) + Size(_SEPARATOR, 0, _SEPARATOR)
    return total


def _pieces(item: Block, measure: Measure, limit: Size) -> list[Block]:
    """A block cut until each piece fits a part by itself."""
    pieces: list[Block] = []
    while item.spans and not _total([item], measure).fits(limit):
        text = item.text
        low, high = 1, len(text)
        while low < high:  # the longest head that fits
            middle = (low + high + 1) // 2
            if _total([_cut(item, middle)[0]], measure).fits(limit):
                low = middle
            else:
                high = middle - 1
        head, item = _cut(item, _nice(text, low))
        pieces.append(head)
        item = dataclasses.replace(item, gap=False)
    return [piece for piece in (*pieces, item) if piece.text.strip()]


def _nice(text: str, longest: int) -> int:
    """Where to cut so that at most `longest` characters stand before: after a sentence, a word, a whole letter."""
    for pattern, least in ((_SENTENCE, longest // 4), (_SPACE, longest // 8)):
        ends = [match.end() for match in pattern.finditer(text, 0, longest)]
        if ends and ends[-1] > least:
            return ends[-1]
    place = longest
    while place > 1 and _joined(text, place):
        place -= 1
    return place if place > 1 else longest


def _joined(text: str, place: int) -> bool:
    """True if the character at a place belongs to the letter or emoji before it."""
    if place >= len(text):
        return False
    after, before = text[place], text[place - 1]
    return (
        unicodedata.category(after) in ("Mn", "Me", "Mc", "Sk")
        or after == "\u200d"
        or before == "\u200d"
        or ("\U0001f1e6" <= after <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff")
    )


def _cut(item: Block, place: int) -> tuple[Block, Block]:
    """The block's first `place` characters and the rest, styles kept."""
    head, tail, seen = [], [], 0
    for span in item.spans:
        here = min(max(place - seen, 0), len(span.text))
        if here:
            head.append(dataclasses.replace(span, text=span.text[:here]))
        if here < len(span.text):
            tail.append(dataclasses.replace(span, text=span.text[here:]))
        seen += len(span.text)
    return dataclasses.replace(item, spans=tuple(head)), dataclasses.replace(item, spans=tuple(tail))
