"""Writes the sample edition's pages and feeds: each outlet in its own layout, with the furniture that real pages carry."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import jinja2
import orjson

from bot.playground.site.edition import Edition, Outlet, Page, read_records

FEED_FILES = {"rss": "rss.xml", "rss-1251": "rss.xml", "atom": "atom.xml", "json": "feed.json", "page": "", "telegram": ""}
"""The name of an outlet's feed under its folder; empty where the listing itself is polled."""

FEED_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server answers with."""

    body: bytes
    content_type: str
    modified: dt.datetime
    status: int = 200

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class Press:
    """Renders what stands on the site at a moment; `root` is the site's own address without a slash at its end."""

    def __init__(self, edition: Edition, root: str) -> None:
        self._edition = edition
        self._root = root
        self._outlets = {outlet.id: outlet for outlet in edition.outlets}
        self._furniture = read_records("furniture.jsonl")
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("bot.playground.site"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["rfc822"] = email.utils.format_datetime
        self._templates.filters["iso"] = lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def index(self, now: dt.datetime) -> Answer:
        """The list of all outlets."""
        return self._html("index.html", now, _latest(self._edition.visible(now), now), outlets=self._edition.outlets, files=FEED_FILES)

    def listing(self, outlet: str, now: dt.datetime) -> Answer | None:
        """An outlet's front page: for a channel its messages, for the others their headlines. None if there is no such outlet."""
        if outlet not in self._outlets:
            return None
        pages = self._edition.visible(now, outlet)
        template = "channel.html" if self._outlets[outlet].kind == "telegram" else "listing.html"
        return self._html(template, now, _latest(pages, now), outlet=self._outlets[outlet], pages=pages, **self._beside(outlet))

    def page(self, outlet: str, slug: str, now: dt.datetime) -> Answer | None:
        """A publication. None if it is not there (yet)."""
        page = next((page for page in self._edition.visible(now, outlet) if page.slug == slug and page.serves != "missing"), None)
        if page is None:
            return None
        if page.serves == "consent":
            return self._html("consent.html", now, page.updated, outlet=page.outlet)
        local = page.published.astimezone(dt.timezone(dt.timedelta(hours=3)))
        linked = orjson.dumps(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": page.title,
                "datePublished": local.isoformat(),
                "dateModified": page.updated.isoformat(),
                "author": {"@type": "Person", "name": page.author or page.outlet.name},
                "publisher": {"@type": "Organization", "name": page.outlet.name},
            }
        ).decode()
        template = f"{page.outlet.layout}.html"
        # A script element ends at the first "</": JSON may carry it, HTML may not.
        linked = linked.replace("</", "<\\/")
        return self._html(template, now, page.updated, page=page, outlet=page.outlet, local=local, linked=linked, **self._beside(page.id))

    def feed(self, outlet: str, file: str, now: dt.datetime) -> Answer | None:
        """An outlet's feed in the one format that the outlet publishes. None if there is no such feed."""
        known = self._outlets.get(outlet)
        if known is None or not file or FEED_FILES[known.kind] != file:
            return None
        pages = self._edition.visible(now, outlet)[:FEED_LENGTH]
        modified = _latest(pages, now)
        if known.kind == "json":
            return Answer(body=self._json_feed(known, pages), content_type="application/feed+json", modified=modified)
        encoding = "windows-1251" if known.kind == "rss-1251" else "utf-8"
        template = "atom.xml" if known.kind == "atom" else "rss.xml"
        text = self._templates.get_template(template).render(
            outlet=known, pages=pages, root=self._root, encoding=encoding, updated=modified, teaser=_teaser
        )
        kind = "application/atom+xml; charset=utf-8" if known.kind == "atom" else "application/rss+xml"
        return Answer(body=text.encode(encoding, "xmlcharrefreplace"), content_type=kind, modified=modified)

    def _json_feed(self, outlet: Outlet, pages: Sequence[Page]) -> bytes:
        return orjson.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": outlet.name,
                "home_page_url": f"{self._root}/{outlet.id}/",
                "feed_url": f"{self._root}/{outlet.id}/feed.json",
                "language": outlet.language,
                "items": [
                    {
                        "id": f"{self._root}{page.path}",
                        "url": f"{self._root}{page.path}",
                        "title": page.title,
                        "summary": _teaser(page),
                        "date_published": page.published.isoformat(),
                        "date_modified": page.updated.isoformat(),
                    }
                    for page in pages
                ],
            }
        )

    def _beside(self, key: str) -> dict[str, object]:
        """The furniture of one page: which headlines, counter and banner stand there is fixed by its key."""
        turn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
        kinds = {record["kind"] for record in self._furniture}
        texts = {kind: [record["text"] for record in self._furniture if record["kind"] == kind] for kind in kinds}

        def rotated(kind: str, count: int) -> list[str]:
            values = texts[kind]
            return [values[(turn + number) % len(values)] for number in range(count)]

        return {
            "headlines": rotated("headline", 7),
            "headlines_en": rotated("headline_en", 4),
            "read_also": rotated("headline", 10)[7:],
            "counter": rotated("counter", 1)[0],
            "banner": rotated("banner", 1)[0],
            "caption": rotated("caption", 1)[0],
            "mark": texts["mark"][0],
            "cookie": texts["cookie"][0],
            "legal": texts["legal"][0],
        }

    def _html(self, template: str, now: dt.datetime, modified: dt.datetime, **values: object) -> Answer:
        outlet = values.get("outlet")
        old = isinstance(outlet, Outlet) and outlet.kind == "rss-1251"
        encoding = "windows-1251" if old else "utf-8"
        text = self._templates.get_template(template).render(root=self._root, encoding=encoding, **values)
        # The old outlets declare their encoding in the page alone, as old sites do.
        kind = "text/html" if old else "text/html; charset=utf-8"
        return Answer(body=text.encode(encoding, "xmlcharrefreplace"), content_type=kind, modified=min(modified, now))


def _teaser(page: Page) -> str:
    """What a feed gives of a text: its first paragraph."""
    return page.text[0]


def _latest(pages: Sequence[Page], now: dt.datetime) -> dt.datetime:
    return max((page.updated for page in pages), default=now)
