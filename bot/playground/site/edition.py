"""What the sample edition carries and when each page appears, on the clock of whoever starts it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

EDITION_DAY: Final = dt.datetime(2026, 3, 11, 7, 0, tzinfo=dt.UTC)
"""The moment at which the retold news would be fresh: a demonstration whose clock starts here reads naturally."""

_SLOT_HOUR: Final = 9
_SLOT_ZONE: Final = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes, how its feed is written and how its pages are laid out."""

    id: str
    name: str
    kind: str
    """`rss`, `rss-1251`, `atom`, `json`, `page` or `telegram`."""
    layout: str
    """The page template: `article`, `section`, `table`, `plain`, `official` or `telegram`."""
    official: bool
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an outlet puts in place of a text that it had published."""

    at: dt.datetime
    title: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One publication. Times are aware and in UTC."""

    id: str
    outlet: Outlet
    slug: str
    title: str
    text: tuple[str, ...]
    """Paragraphs."""
    published: dt.datetime
    updated: dt.datetime
    author: str = ""
    serves: str = "article"
    """What the address answers: `article`, `consent` (a wall with status 200) or `missing` (404)."""
    revision: Revision | None = None

    @property
    def path(self) -> str:
        """The page's path on the site."""
        return f"/{self.outlet.id}/{self.slug}"

    def at(self, now: dt.datetime) -> Page:
        """The page as it stands at that moment: revised once its revision is due."""
        if self.revision is None or now < self.revision.at:
            return self
        return Page(
            id=self.id,
            outlet=self.outlet,
            slug=self.slug,
            title=self.revision.title,
            text=self.revision.text,
            published=self.published,
            updated=self.revision.at,
            author=self.author,
            serves=self.serves,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All pages, dated from one moment: most lie behind it, some appear before each of the next mornings."""

    outlets: tuple[Outlet, ...]
    pages: tuple[Page, ...]
    """In the order of publication."""

    @classmethod
    def dated(cls, base: dt.datetime) -> Edition:
        """Lays the edition around `base` (aware): some 50 pages in the day before it, an archive before, 14 more within three days."""
        outlets = {record["id"]: Outlet(**record) for record in read_records("outlets.jsonl")}
        pages = [_page(record, outlets[record["outlet"]], base) for record in read_records("articles.jsonl")]
        return cls(outlets=tuple(outlets.values()), pages=tuple(sorted(pages, key=lambda page: (page.published, page.id))))

    def visible(self, now: dt.datetime, outlet: str = "") -> tuple[Page, ...]:
        """What is published by `now`, newest first, as it then stands; of one outlet, or of all."""
        found = (page for page in reversed(self.pages) if page.published <= now and outlet in ("", page.outlet.id))
        return tuple(page.at(now) for page in found)


def read_records(name: str) -> list[dict[str, Any]]:
    """Reads one of the packaged JSON Lines files."""
    text = resources.files("bot.playground.site").joinpath(name).read_text(encoding="utf-8")
    return [orjson.loads(line) for line in text.splitlines() if line]


def _page(record: dict[str, Any], outlet: Outlet, base: dt.datetime) -> Page:
    published = _moment(base, record["slot"]) if "slot" in record else base + dt.timedelta(hours=record["hours"])
    published = published.replace(microsecond=0)
    revised = record.get("revised")
    return Page(
        id=record["id"],
        outlet=outlet,
        slug=record["slug"],
        title=record["title"],
        text=tuple(record["text"]),
        published=published,
        updated=published,
        author=record.get("author", ""),
        serves=record.get("serves", "article"),
        revision=Revision(at=_moment(base, revised["slot"]), title=revised["title"], text=tuple(revised["text"])) if revised else None,
    )


def _moment(base: dt.datetime, slot: float) -> dt.datetime:
    """1.4 is 40 % of the way from the first morning slot after `base` to the second."""
    local = base.astimezone(_SLOT_ZONE)
    first = local.replace(hour=_SLOT_HOUR, minute=0, second=0, microsecond=0)
    if first <= local:
        first += dt.timedelta(days=1)
    marks = [base, *(first.astimezone(dt.UTC) + dt.timedelta(days=number) for number in range(4))]
    number = int(slot)
    return (marks[number] + (marks[number + 1] - marks[number]) * (slot - number)).replace(microsecond=0)
