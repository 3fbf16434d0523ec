"""Makes text and addresses from strangers harmless before any platform sees them."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from bot.digest.render.document import Block, Document, Kind

_LONGEST_URL: Final = 2048
_JOINERS: Final = "\u200c\u200d"
"""Invisible, yet they make letters and emoji what they are."""
_BAD_IN_URL: Final = re.compile(r"[\s<>\"'`\\{}|^\x00-\x20\x7f]")
_RARE: Final = re.compile(r"[^\x20-\u02ff\u0400-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u214f]")
"""Beyond Latin, Cyrillic, punctuation, currencies and numero: what may be a mark over a letter."""
_MOST_MARKS: Final = 4
_MANY_LINES: Final = (Kind.TEXT, Kind.QUOTE, Kind.LEAD, Kind.FOOTER, Kind.NOTE)


def clean(text: str, *, lines: bool = False) -> str:
    """The text without what cannot be seen: controls, direction overrides, zero-width spaces, halves of surrogate pairs, towers of marks.

    Line breaks become spaces unless `lines`. Nothing visible is lost.
    """
    if not _RARE.search(text) and text.replace("\u00a0", " ").isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if char in "\n\r\t\v\f\x85\u2028\u2029":
            kept.append("\n" if lines and char not in "\t\r" else " ")
        elif (category not in ("Cc", "Cf", "Cs", "Co") or char in _JOINERS) and marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def address(url: str) -> str:
    """The address if a person may be sent there, else an empty string: http or https, a host, no name and password before it."""
    if not url or len(url) > _LONGEST_URL or _BAD_IN_URL.search(url) or clean(url) != url:
        return ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and host and "@" not in parts.netloc else ""


def cleaned(document: Document) -> Document:
    """The document with its text clean, unsafe links made plain text, and empty spans and blocks gone."""
    blocks = tuple(item for item in map(_block, document.blocks) if item.text.strip())
    return dataclasses.replace(document, blocks=blocks)


def _block(item: Block) -> Block:
    lines = item.kind in _MANY_LINES
    spans = [dataclasses.replace(span, text=text, url=address(span.url)) for span in item.spans if (text := clean(span.text, lines=lines))]
    while spans and not spans[0].text.strip():
        spans.pop(0)
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[0] = dataclasses.replace(spans[0], text=spans[0].text.lstrip())
        spans[-1] = dataclasses.replace(spans[-1], text=spans[-1].text.rstrip())
    return dataclasses.replace(item, spans=tuple(spans))
