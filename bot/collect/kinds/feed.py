"""Kind `rss`: RSS 0.9x–2.0 and Atom by feedparser, JSON Feed by its version line."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any, Final

import feedparser
import orjson

from bot.collect.fetch import Page
from bot.collect.kinds.dates import parse_date
from bot.collect.kinds.listing import MAX_TEASER, MAX_TITLE, Listing, absolute, plain
from bot.collect.kinds.repair import repair
from bot.collect.sources import SourceSpec
from bot.collect.text.encoding import decode
from bot.errors import SourceBroken
from bot.model import FeedItem

_LOOKS_LIKE_FEED: Final = re.compile(r"<(rss|feed|rdf:rdf|channel|(\w+:)?item|(\w+:)?entry)\b", re.IGNORECASE)
_MAX_CONTENT: Final = 500_000


def parse(answer: Page, spec: SourceSpec) -> Listing:
    """The entries of a feed, well-formed or not. Raises SourceBroken if it is none."""
    text, encoding = decode(answer.body, answer.headers.get("Content-Type", ""))
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _json_feed(text, answer, spec, encoding)
    if not _LOOKS_LIKE_FEED.search(text[:20_000]):
        raise SourceBroken(f"{spec.id} sends {_what(answer, text)} where a feed was expected", problem="no feed")
    repaired = repair(text, spec.max_items)
    try:
        # A string would be taken for an address or a file name.
        parsed = feedparser.parse(
            io.BytesIO(repaired.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": answer.url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:  # it trips over some broken feeds
        raise SourceBroken(f"{spec.id} sends a feed that cannot be read: {type(error).__name__}", problem="no feed") from error
    if not parsed.entries and not parsed.feed:
        raise SourceBroken(
            f"{spec.id} sends a feed that cannot be read: {parsed.get('bozo_exception', 'nothing in it')}", problem="no feed"
        )
    entries = parsed.entries[: spec.max_items]
    items = [item for entry in entries if (item := _item(entry, answer.url, spec))]
    return Listing(
        items=tuple(items),
        encoding=encoding,
        ttl=_ttl(parsed.feed),
        title=plain(parsed.feed.get("title", ""), MAX_TITLE),
        skipped=len(entries) - len(items),
    )


def _item(entry: Mapping[str, Any], base: str, spec: SourceSpec) -> FeedItem | None:
    url = absolute(base, _link(entry))
    if not url:
        return None
    content = max((part.get("value") or "" for part in entry.get("content", ()) if isinstance(part, Mapping)), key=len, default="")
    summary = entry.get("summary") or ""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return FeedItem(
        source_id=spec.id,
        url=url,
        title=plain(entry.get("title") or "", MAX_TITLE),
        teaser=plain(summary or content, MAX_TEASER),
        published=_moment(moment) or parse_date(str(entry.get("published") or entry.get("updated") or "")),
        guid=str(entry.get("id") or "")[:500],
        author=plain(entry.get("author") or "", 200),
        content=content[:_MAX_CONTENT],
    )


def _link(entry: Mapping[str, Any]) -> str:
    """The entry's page: its link, an alternate one, or a GUID that is an address."""
    if entry.get("link"):
        return str(entry["link"])
    for link in entry.get("links", ()):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link["href"])
    guid = str(entry.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else ""


def _moment(parsed: Any) -> dt.datetime | None:
    """feedparser's nine numbers, which are in UTC."""
    if parsed is None:
        return None
    try:
        moment = dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment if 1990 <= moment.year <= 2100 else None


def _ttl(channel: Mapping[str, Any]) -> dt.timedelta | None:
    """`ttl` in minutes, or the syndication module's period."""
    try:
        minutes = int(str(channel.get("ttl") or "0").strip())
        if minutes <= 0 and channel.get("sy_updateperiod"):
            period = {"hourly": 60, "daily": 1440, "weekly": 10_080}.get(str(channel["sy_updateperiod"]).strip().lower(), 0)
            minutes = period // max(1, int(str(channel.get("sy_updatefrequency") or 1)))
    except ValueError:
        return None
    return dt.timedelta(minutes=min(minutes, 1440)) if minutes > 0 else None


def _json_feed(text: str, answer: Page, spec: SourceSpec, encoding: str) -> Listing:
    try:
        data = orjson.loads(text.lstrip("\ufeff"))
    except orjson.JSONDecodeError as error:
        raise SourceBroken(f"{spec.id} sends JSON that cannot be read: {error}", problem="no feed") from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise SourceBroken(f"{spec.id} sends JSON that is no feed", problem="no feed")
    entries = [entry for entry in data["items"][: spec.max_items] if isinstance(entry, dict)]
    items = [item for entry in entries if (item := _json_item(entry, answer.url, spec))]
    return Listing(items=tuple(items), encoding=encoding, title=plain(_text(data, "title"), MAX_TITLE), skipped=len(entries) - len(items))


def _json_item(entry: Mapping[str, Any], base: str, spec: SourceSpec) -> FeedItem | None:
    url = absolute(base, _text(entry, "url") or _text(entry, "external_url") or _text(entry, "id"))
    if not url:
        return None
    content = _text(entry, "content_html") or _text(entry, "content_text")
    authors = [author for author in (entry.get("authors") or [entry.get("author")]) if isinstance(author, dict)] if entry else []
    return FeedItem(
        source_id=spec.id,
        url=url,
        title=plain(_text(entry, "title"), MAX_TITLE) or plain(content, 120),
        teaser=plain(_text(entry, "summary") or content, MAX_TEASER),
        published=parse_date(_text(entry, "date_published") or _text(entry, "date_modified")),
        guid=str(entry.get("id") or "")[:500],
        author=plain(_text(authors[0], "name"), 200) if authors else "",
        content=content[:_MAX_CONTENT],
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _what(answer: Page, text: str) -> str:
    if not text.strip():
        return "nothing"
    return "a web page" if "<html" in text[:5000].lower() else answer.headers.get("Content-Type", "something").split(";")[0]
