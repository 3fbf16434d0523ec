"""Makes of a feed, however broken or hostile, a small well-formed document."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from bot.collect.text.tree import parse_xml

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_REFERENCE: Final = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)?")
_XML: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_ELEMENTS: Final = 30_000
"""More than these in the items that are looked at is no feed."""
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>]{0,2000}(\[[^\]]{0,200000}\]\s*)?>", re.IGNORECASE)


def repair(text: str, limit: int) -> str:
    """The feed with at most `limit` items, no document type, no entities but XML's own; empty if nothing can be made of it."""
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text), count=1)
    root = parse_xml("".join(_references(text)))
    if root is None:
        return ""
    for number, item in enumerate(list(root.iter("{*}item", "{*}entry"))):
        parent = item.getparent()
        if number >= limit and parent is not None:
            parent.remove(item)
    if sum(1 for _ in root.iter()) > _ELEMENTS:
        return ""
    return str(etree.tostring(root, encoding="unicode"))


def _references(text: str) -> Iterator[str]:
    """Outside of CDATA: names of HTML become their characters, and a bare ampersand is escaped."""
    at = 0
    while at < len(text):
        start = text.find(_CDATA, at)
        end = text.find(_CDATA_END, start) if start >= 0 else -1
        if end < 0:
            yield _REFERENCE.sub(_reference, text[at:])
            return
        yield _REFERENCE.sub(_reference, text[at:start])
        yield text[start : end + len(_CDATA_END)]
        at = end + len(_CDATA_END)


def _reference(match: re.Match[str]) -> str:
    name = match[1] or ""
    if name in _XML or name.startswith("#"):
        return match[0]
    known = html.entities.html5.get(name)
    return known or f"&amp;{name}"
