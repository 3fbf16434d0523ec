"""What every kind of source gives, and the cleaning that all kinds share."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml import html as lxml_html
from yarl import URL

from bot.collect.text.tree import block_text
from bot.model import FeedItem

_TAGS: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES: Final = re.compile(r"[^\S\n]+")
MAX_TITLE: Final = 500
MAX_TEASER: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The items of one answer of a source, and what it says of itself."""

    items: tuple[FeedItem, ...]
    encoding: str = ""
    ttl: dt.timedelta | None = None
    """How long the source asks to be left alone."""
    title: str = ""
    skipped: int = 0
    """Entries without a usable address."""


def plain(markup: str, limit: int) -> str:
    """Markup as one line of text, at most `limit` characters, cut at a word."""
    text = markup
    if "<" in text:
        text = _strip(text)
    text = html.unescape(html.unescape(text)) if "&" in text else text
    if _TAGS.search(text):  # escaped twice, as some feeds do
        text = _strip(text)
    return shorten(" ".join(_INVISIBLE.sub("", text).split()), limit)


def clean_line(text: str) -> str:
    """The text without invisible characters, each run of blanks one blank; line breaks stay."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def shorten(text: str, limit: int) -> str:
    """The text itself, or its beginning up to a word with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:—-") + "…"


def absolute(base: str, link: str) -> str:
    """A link as an http address, or an empty string if it is none."""
    link = "".join(link.split())
    if not link or len(link) > 4096:
        return ""
    try:
        joined = URL(base).join(URL(link))
    except ValueError:
        return ""
    return str(joined) if joined.scheme in {"http", "https"} and joined.raw_host else ""


def _strip(markup: str) -> str:
    try:
        tree = lxml_html.fragment_fromstring(markup[:200_000], create_parent="div")
    except (etree.LxmlError, ValueError):
        return _TAGS.sub(" ", markup)
    return block_text(tree)
