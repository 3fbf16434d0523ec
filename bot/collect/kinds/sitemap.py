"""Kind `sitemap`: a news sitemap, or a plain one."""

from __future__ import annotations

from lxml import etree

from bot.collect.fetch import Page
from bot.collect.kinds.dates import parse_date
from bot.collect.kinds.listing import MAX_TITLE, Listing, absolute, plain
from bot.collect.sources import SourceSpec
from bot.collect.text.encoding import decode
from bot.collect.text.tree import parse_xml
from bot.errors import SourceBroken
from bot.model import FeedItem


def parse(answer: Page, spec: SourceSpec) -> Listing:
    """The pages of a sitemap, newest first. Raises SourceBroken if it is none, or lists only other sitemaps."""
    text, encoding = decode(answer.body, answer.headers.get("Content-Type", ""))
    root = parse_xml(text)
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        raise SourceBroken(f"{spec.id} sends no sitemap", problem="no feed")
    if _name(root) == "sitemapindex":
        raise SourceBroken(f"{spec.id} lists other sitemaps; name the one with the news instead", problem="no feed")
    entries = [child for child in root if _name(child) == "url"]
    items = [item for entry in entries if (item := _item(entry, answer.url, spec))]
    items.sort(key=lambda item: item.published.timestamp() if item.published else 0.0, reverse=True)
    return Listing(items=tuple(items[: spec.max_items]), encoding=encoding, skipped=len(entries) - len(items))


def _item(entry: etree._Element, base: str, spec: SourceSpec) -> FeedItem | None:
    fields: dict[str, str] = {}
    for element in entry.iter():
        if element.text and element.text.strip():
            fields.setdefault(_name(element), element.text.strip())
    url = absolute(base, fields.get("loc", ""))
    if not url:
        return None
    when = fields.get("publication_date") or fields.get("lastmod") or ""
    return FeedItem(source_id=spec.id, url=url, title=plain(fields.get("title", ""), MAX_TITLE), published=parse_date(when))


def _name(element: etree._Element) -> str:
    """The local name; a prefix that was never declared is part of the tag."""
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(element.tag, str) else ""
