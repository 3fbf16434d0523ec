"""Makes an Article of a page's bytes."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Sequence

from yarl import URL

from bot.collect.address import article_id, canonical
from bot.collect.fetch import Fetcher, Page
from bot.collect.text.body import main_text
from bot.collect.text.encoding import decode
from bot.collect.text.language import language_of
from bot.collect.text.metadata import read_metadata
from bot.collect.text.tree import parse_html
from bot.collect.text.verdict import check_article
from bot.errors import NotAnArticle, SourceBroken
from bot.model import Article


def text_hash(text: str) -> str:
    """SHA-256 of the words of a text, hexadecimal: blanks and line breaks do not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def make_article(
    *,
    url: str,
    title: str,
    lines: Sequence[str],
    source_id: str = "",
    outlet: str = "",
    published: dt.datetime | None = None,
    fetched: dt.datetime | None = None,
    language: str = "",
    author: str = "",
    official: bool = False,
    addresses: Sequence[str] = (),
    teaser_only: bool = False,
) -> Article:
    """An article at an address, with its id and hash. Raises BadInput if the address is none."""
    address = canonical(url)
    text = "\n".join(lines)
    return Article(
        id=article_id(address),
        url=address,
        source_id=source_id,
        outlet=outlet or _outlet(address),
        title=title,
        text=text,
        published=published,
        fetched=fetched,
        language=language or language_of(f"{title}\n{text}"),
        author=author,
        official=official,
        addresses=tuple(dict.fromkeys([address, *(canonical(other) for other in addresses)])),
        teaser_only=teaser_only,
        text_hash=text_hash(text),
    )


def article_from_html(
    page: str | bytes,
    url: str,
    *,
    content_type: str = "",
    source_id: str = "",
    outlet: str = "",
    official: bool = False,
    fetched: dt.datetime | None = None,
) -> Article:
    """The article that stands on a page. Synchronous, a tenth of a second. Raises NotAnArticle if none does."""
    text = page if isinstance(page, str) else decode(page, content_type)[0]
    root = parse_html(text)
    if root is None:
        raise NotAnArticle("the page is empty", problem="empty")
    meta = read_metadata(root, url)
    lines = main_text(root, meta)
    says_article = bool(meta.body) or meta.kind == "article" or meta.published is not None
    check_article(root, lines, meta.title, says_article=says_article)
    return make_article(
        url=meta.link or url,
        title=meta.title or lines[0][:200],
        lines=lines,
        source_id=source_id,
        outlet=outlet or meta.site,
        published=meta.published,
        fetched=fetched,
        language=language_of("\n".join(lines)) or meta.language,
        author=meta.author,
        official=official,
        addresses=[url],
    )


def article_of(page: Page, *, source_id: str = "", outlet: str = "", official: bool = False, fetched: dt.datetime | None = None) -> Article:
    """The article of a fetched page. Raises SourceBroken for an error status, NotAnArticle if there is no article."""
    host = URL(page.url).host or ""
    if page.status in {401, 402, 403, 451}:
        raise NotAnArticle(f"{host} does not show the page (status {page.status})", problem="refused", status=page.status)
    if page.status != 200:
        raise SourceBroken(f"{host} answers with status {page.status}", host=host, problem="status", status=page.status)
    kind = page.headers.get("Content-Type", "").lower()
    if "pdf" in kind or page.body[:5] == b"%PDF-":
        from bot.collect.text.files import pdf_lines  # pypdf loads slowly and is rarely needed

        lines = pdf_lines(page.body)
        return make_article(
            url=page.url,
            title=lines[0][:300],
            lines=lines[1:] or lines,
            source_id=source_id,
            outlet=outlet,
            official=official,
            fetched=fetched,
        )
    if kind and not any(name in kind for name in ("html", "xml", "text/plain", "octet-stream")):
        raise NotAnArticle(f"{host} sends {kind.split(';')[0]}, which is no page", problem="kind")
    return article_from_html(page.body, page.url, content_type=kind, source_id=source_id, outlet=outlet, official=official, fetched=fetched)


async def read_page(fetcher: Fetcher, url: str, *, allow_private: bool = False, fetched: dt.datetime | None = None) -> Article:
    """Fetches a page and reads its article. Raises AddressRefused, SourceBroken, NotAnArticle."""
    page = await fetcher.get(url, allow_private=allow_private)
    return await asyncio.to_thread(article_of, page, fetched=fetched)


def _outlet(url: str) -> str:
    host = URL(url).host or ""
    return host.removeprefix("www.")
