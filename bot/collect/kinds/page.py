"""Kind `page`: a listing in HTML whose links are picked by a CSS selector."""

from __future__ import annotations

from lxml import etree, html

from bot.collect.fetch import Page
from bot.collect.kinds.dates import parse_date
from bot.collect.kinds.listing import MAX_TITLE, Listing, absolute, plain
from bot.collect.sources import SourceSpec
from bot.collect.text.encoding import decode
from bot.collect.text.tree import parse_html
from bot.errors import SourceBroken
from bot.model import FeedItem


def parse(answer: Page, spec: SourceSpec) -> Listing:
    """The links that the selector finds, or that stand in what it finds. Raises SourceBroken if there are none."""
    text, encoding = decode(answer.body, answer.headers.get("Content-Type", ""))
    root = parse_html(text)
    if root is None:
        raise SourceBroken(f"{spec.id} sends no HTML", problem="no page")
    found = root.cssselect(spec.selector)[: spec.max_items]
    items: dict[str, FeedItem] = {}
    skipped = 0
    for element in found:
        item = _item(element, answer.url, spec)
        if item is None:
            skipped += 1
        else:
            items.setdefault(item.url, item)
    if not items:
        raise SourceBroken(f"{spec.id}: nothing on the page matches the selector {spec.selector!r}", problem="selector")
    title = root.findtext(".//title") or ""
    return Listing(items=tuple(items.values()), encoding=encoding, title=plain(title, MAX_TITLE), skipped=skipped)


def _item(element: html.HtmlElement, base: str, spec: SourceSpec) -> FeedItem | None:
    link = element if element.tag == "a" else _longest_link(element)
    url = absolute(base, link.get("href") or "") if link is not None else ""
    title = plain(_words(link), MAX_TITLE) if link is not None else ""
    if not url or not title:
        return None
    times = element.xpath(".//time/@datetime")
    published = parse_date(str(times[0])) if times else parse_date(_words(element)[:300])
    rest = plain(_words(element), 1000)
    return FeedItem(source_id=spec.id, url=url, title=title, teaser="" if rest == title else rest, published=published)


def _longest_link(element: html.HtmlElement) -> html.HtmlElement | None:
    links = [link for link in element.iter("a") if link.get("href")]
    return max(links, key=lambda link: len(_words(link)), default=None)


def _words(element: html.HtmlElement) -> str:
    return " ".join(str(part) for part in etree.ElementBase.itertext(element, "*"))
