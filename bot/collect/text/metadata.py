"""What a page says of itself beside its text: title, time, author, outlet, address, language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from lxml import html
from yarl import URL

from bot.collect.kinds.dates import parse_date
from bot.collect.kinds.listing import absolute, plain

_ARTICLE_TYPES: Final = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "blogposting",
        "socialmediaposting",
        "liveblogposting",
        "report",
        "webpage",
    }
)
_SEPARATORS: Final = re.compile(r"\s+[|–—•·»:-]\s+|\s*[|»]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Empty or None where the page does not say."""

    title: str = ""
    published: dt.datetime | None = None
    author: str = ""
    site: str = ""
    link: str = ""
    """`rel=canonical`, absolute, on the same site."""
    language: str = ""
    kind: str = ""
    """`og:type`."""
    description: str = ""
    body: str = ""
    """`articleBody` of JSON-LD."""


def read_metadata(root: html.HtmlElement, url: str) -> Metadata:
    """Reads JSON-LD, Open Graph, microdata, headings and time elements, in this order of trust."""
    meta = _meta(root)
    data = next(_json_ld(root), {})
    return Metadata(
        title=_title(root, meta, data),
        published=_published(root, meta, data),
        author=_author(meta, data),
        site=plain(meta.get("og:site_name", "") or _name(data.get("publisher")), 100),
        link=_canonical_link(root, meta, url),
        language=_language(root, meta),
        kind=meta.get("og:type", "").lower(),
        description=plain(meta.get("og:description", "") or meta.get("description", ""), 4000),
        body=_string(data, "articleBody"),
    )


def _meta(root: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _json_ld(root: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Objects that describe an article, the one with a body first."""
    objects: list[Mapping[str, Any]] = []
    for script in root.xpath("//script[@type='application/ld+json']"):
        text = (script.text or "").strip()
        try:
            # Raw line breaks within strings are the commonest mistake.
            stack: list[Any] = [orjson.loads(re.sub(r"[\x00-\x1f]+", " ", text))]
        except orjson.JSONDecodeError:
            continue
        while stack and len(objects) < 50:
            value = stack.pop()
            if isinstance(value, list):
                stack.extend(value[:50])
            elif isinstance(value, dict):
                kinds = value.get("@type")
                names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
                if names & _ARTICLE_TYPES:
                    objects.append(value)
                stack.extend(value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(value.get(key), dict | list))
    yield from sorted(objects, key=lambda value: (-len(_string(value, "articleBody")), -len(_string(value, "headline"))))


def _title(root: html.HtmlElement, meta: Mapping[str, str], data: Mapping[str, Any]) -> str:
    page = plain(root.findtext(".//title") or "", 500)
    headings = [text for element in root.iter("h1") if len(text := plain(" ".join(element.itertext()), 500)) >= 10]
    shared = [name for name in (_string(data, "headline"), meta.get("og:title", "")) if _overlap(name, page) > 0.5 and len(name) >= 10]
    if headings:
        best = max(headings, key=lambda text: _overlap(text, page))
        # Some sites put the lead into the only h1; then headline, Open Graph and title agree on something else.
        if _overlap(best, page) > 0.5 or (len(headings) == 1 and not shared):
            return best
    for candidate in (_string(data, "headline"), meta.get("og:title", ""), meta.get("twitter:title", "")):
        if len(candidate.strip()) >= 10:
            return _without_site(plain(candidate, 500), meta.get("og:site_name", ""))
    return _without_site(page, meta.get("og:site_name", ""))


def _overlap(one: str, other: str) -> float:
    words = set(re.findall(r"\w+", one.lower()))
    return len(words & set(re.findall(r"\w+", other.lower()))) / len(words) if words else 0.0


def _without_site(title: str, site: str) -> str:
    """`Headline | Outlet` and `Outlet: headline` without the outlet."""
    parts = [part for part in _SEPARATORS.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    if site and site.lower() in parts[-1].lower():
        return title[: title.rfind(parts[-1])].rstrip(" |–—•·»:-")
    longest = max(parts, key=len)
    return longest if len(longest) >= 0.6 * len(title) and "|" in title else title


def _published(root: html.HtmlElement, meta: Mapping[str, str], data: Mapping[str, Any]) -> dt.datetime | None:
    texts = [
        _string(data, "datePublished"),
        meta.get("article:published_time", ""),
        meta.get("og:published_time", ""),
        meta.get("datepublished", ""),
    ]
    texts += [str(value) for value in root.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")[:2]]
    texts += [meta.get(name, "") for name in ("pubdate", "publish-date", "dc.date", "dc.date.issued", "date", "mediator_published_time")]
    texts += [str(value) for value in root.xpath("//time[@pubdate]/@datetime | //article//time/@datetime | //time/@datetime")[:3]]
    texts += [
        " ".join(element.itertext())[:100]
        for element in root.xpath("//*[contains(@class,'date') or contains(@class,'time') or contains(@id,'date')]")[:10]
    ]
    return next((moment for text in texts if text and (moment := parse_date(text))), None)


def _author(meta: Mapping[str, str], data: Mapping[str, Any]) -> str:
    name = _name(data.get("author")) or meta.get("author", "") or meta.get("article:author", "")
    return "" if name.startswith("http") else plain(name, 200)


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(part) for part in value[:5])))
    if isinstance(value, dict):
        return _name(value.get("name"))
    return value.strip() if isinstance(value, str) else ""


def _canonical_link(root: html.HtmlElement, meta: Mapping[str, str], url: str) -> str:
    links = [*root.xpath("//link[@rel='canonical']/@href")[:1], meta.get("og:url", "")]
    for link in links:
        found = absolute(url, str(link)) if link else ""
        # One address for all pages of a site, or another site's, is a mistake or a trap.
        if found and _site(found) == _site(url) and (URL(found).path.strip("/") or not URL(url).path.strip("/")):
            return found
    return ""


def _site(url: str) -> str:
    return ".".join((URL(url).raw_host or "").split(".")[-2:])


def _language(root: html.HtmlElement, meta: Mapping[str, str]) -> str:
    named = (root.get("lang") or meta.get("og:locale") or meta.get("content-language") or "").strip().lower()
    return named[:2] if re.match(r"^[a-z]{2}([-_]|$)", named) else ""


def _string(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""
