"""Kind `telegram`: the public web page of a channel (t.me/s/NAME)."""

from __future__ import annotations

import re
from typing import Final

from lxml import html

from bot.collect.fetch import Page
from bot.collect.kinds.dates import parse_date
from bot.collect.kinds.listing import MAX_TITLE, Listing, plain, shorten
from bot.collect.sources import SourceSpec
from bot.collect.text.encoding import decode
from bot.collect.text.tree import block_text, parse_html
from bot.errors import SourceBroken
from bot.model import FeedItem

_POST: Final = re.compile(r"^[A-Za-z0-9_]{3,64}/\d+$")


def parse(answer: Page, spec: SourceSpec) -> Listing:
    """The channel's posts: the first line is the title, the post is the content. Raises SourceBroken if there is no channel."""
    text, encoding = decode(answer.body, answer.headers.get("Content-Type", ""))
    root = parse_html(text)
    posts = root.xpath("//*[@data-post]") if root is not None else []
    if root is None or not posts:
        raise SourceBroken(f"{spec.id}: no posts on the page; the channel is gone, private, or has no web page", problem="no channel")
    posts = posts[-spec.max_items :]
    items = [item for post in posts if (item := _item(post, spec))]
    title = " ".join(root.xpath("string(//*[contains(@class,'tgme_channel_info_header_title')])").split())
    return Listing(items=tuple(reversed(items)), encoding=encoding, title=plain(title, MAX_TITLE), skipped=len(posts) - len(items))


def _item(post: html.HtmlElement, spec: SourceSpec) -> FeedItem | None:
    name = post.get("data-post") or ""
    bodies = post.xpath(
        ".//*[contains(concat(' ',@class,' '),' tgme_widget_message_text ')][not(ancestor::*[contains(@class,'message_reply')])]"
    )
    if not _POST.match(name) or not bodies:
        return None
    text = block_text(bodies[-1])
    lines = [line for line in text.split("\n") if any(char.isalpha() for char in line)]
    if not lines:
        return None
    times = post.xpath(".//*[contains(@class,'tgme_widget_message_date')]//time/@datetime") or post.xpath(".//time/@datetime")
    return FeedItem(
        source_id=spec.id,
        url=f"https://t.me/{name}",
        title=shorten(lines[0], 200),
        teaser=shorten(text, 4000),
        published=parse_date(str(times[-1])) if times else None,
        guid=name,
        content=text,
    )
