"""What the templates say in one language: labels, dates and addresses of pages."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.digest import compose, labels
from bot.digest.render.safe import address
from bot.locales import words
from bot.locales.words import Value, sentence
from bot.model import LADDER, Digest, Filter, Group, Reason, Section, Source, Step, Story

_SLUGS: Final = {"VK Мессенджер": "vk-messenger", "Сферум": "sferum", "ТамТам": "tamtam"}


class Voice:
    """One language of the site. Safe to share."""

    def __init__(self, language: str, timezone: str) -> None:
        self.language = language
        self.words = words(language)
        self.zone = ZoneInfo(timezone)
        # What takes no parameters is said the same each time; a page says some eighty such messages.
        self._plain: dict[str, str] = {}

    def say(self, key: str, /, **params: Value) -> str:
        """A message of the locales."""
        if params:
            return self.words.say(key, **params)
        if key not in self._plain:
            self._plain[key] = self.words.say(key)
        return self._plain[key]

    # ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────

    def path(self, *parts: str, **query: str) -> str:
        """A page of this language: `path("story", id)` is `/ru/story/<id>`; `path()` is its front page."""
        text = f"/{self.language}/" + "/".join([part if part.isalnum() and part.isascii() else quote(part, safe="") for part in parts])
        listed = {key: value for key, value in query.items() if value} if query else None
        return f"{text}?{urlencode(listed)}" if listed else text

    def messenger(self, name: str) -> str:
        """The page of a messenger."""
        return self.path("messengers", slug(name))

    def audience(self, group: str) -> str:
        """The page of an audience."""
        return self.path("audiences", group)

    # ── a story ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def whom(self, story: Story) -> list[tuple[str, str]]:
        """Each group touched: its page and its name."""
        return [(self.audience(group), self.say(f"group-{group}")) for group in story.facts.audiences]

    def standing(self, story: Story) -> str:
        return sentence(labels.standing(story.facts, self.words))

    def since(self, story: Story) -> str:
        return labels.since(story.facts.effective_date, self.words)

    def regulators(self, story: Story) -> str:
        return labels.regulators(story.facts.regulators, self.words)

    def measure(self, story: Story) -> str:
        return self.say(f"measure-{story.facts.measure}") if story.facts.measure else ""

    def field(self, name: str) -> str:
        """What a field answers, as a heading."""
        return sentence(labels.field(name, self.words))

    def value(self, name: str, raw: str) -> str:
        return labels.value(name, raw, self.words)

    def change(self, kind: str, raw: str) -> str:
        return labels.change(kind, raw, self.words)

    def outlets(self, story: Story) -> str:
        """«Интерфакс, НСН и ещё 4»."""
        return self.words.outlets([source.outlet for source in labels.outlets(story)])

    def foreign(self, story: Story) -> str:
        """«на английском», if the story is not told in this language."""
        return labels.language(story.language, self.words) if story.language != self.language else ""

    def reasons(self, story: Story) -> list[str]:
        """Why the story weighs what it weighs, those reasons that have words."""
        return [
            self.say(f"reason-{reason.code}", detail=self._detail(reason))
            for reason in story.importance_reasons
            if self.words.has(f"reason-{reason.code}")
        ]

    def _detail(self, reason: Reason) -> str:
        """A reason's codes in words: «действует», «пользователи, банки»."""
        name = {"stage": "stage", "measure": "measure", "breadth": "group"}.get(reason.code)
        if name is None:
            return reason.detail
        keys = {code: f"{name}-{code}" for code in reason.detail.split(", ")}
        return ", ".join(self.say(key) if self.words.has(key) else code for code, key in keys.items())

    def confirmation(self, story: Story) -> str:
        """Whether anybody official says so."""
        return labels.confirmation(story, self.words)

    def heading(self, digest: Digest, section: Section) -> str:
        """What a section of a digest is called, by what stands in it: «Вступает в силу», or «Действует» where all of it is in force."""
        return compose.heading(digest, section, self.words)

    def reached(self, story: Story) -> int:
        """How many rungs of the ladder are behind: 0 beside it, 4 in force."""
        stage = story.facts.status.stage if story.facts.status else story.facts.stage
        return LADDER.index(stage) + 1 if stage in LADDER else 0

    def local(self, story: Story) -> bool:
        """Whether its measure is not one of the whole country."""
        return bool(labels.abroad(story.facts, self.words))

    def step(self, step: Step) -> str:
        """What a step reached: its status, else its stage."""
        return labels.rung(step.status or step.stage, self.words)

    def link(self, source: Source) -> str:
        """The source's address if a person may be sent there, else an empty string."""
        return address(source.url)

    # ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def date(self, value: dt.date | str) -> str:
        if isinstance(value, dt.datetime):
            value = value.astimezone(self.zone).date()
        return self.words.date(value)

    def time(self, value: dt.datetime) -> str:
        """«11 марта 2026, 10:15»."""
        return f"{self.date(value)}, {value.astimezone(self.zone):%H:%M}"

    def weekday(self, value: dt.date) -> str:
        """«чт»."""
        return str(format_date(value, "EEE", locale=self.language))

    def short_month(self, value: dt.date) -> str:
        """«мар»."""
        return str(format_date(value, "LLL", locale=self.language)).rstrip(".")[:3]

    def month(self, value: dt.date) -> str:
        return sentence(self.words.month(value))


@functools.cache
def voice(language: str, timezone: str) -> Voice:
    """The voice of a language, made once."""
    return Voice(language, timezone)


def slug(name: str) -> str:
    """A messenger's name in an address."""
    return _SLUGS.get(name) or re.sub(r"\W+", "-", name.casefold()).strip("-") or "other"


def named(wanted: str, names: Iterable[str]) -> str:
    """The name that has this slug; an empty string if none has."""
    return next((name for name in names if slug(name) == wanted.casefold()), "")


def query_of(filter: Filter) -> dict[str, str]:  # noqa: A002 - it is the reader's filter everywhere
    """A filter as it stands in the addresses of feeds."""
    query = {
        "audience": ",".join(filter.audiences),
        "messenger": ",".join(filter.messengers),
        "importance": f"{filter.importance:g}" if filter.importance else "",
    }
    return {name: value for name, value in query.items() if value}


def filter_of(query: dict[str, str]) -> Filter:
    """The filter that an address asks for. Raises ValueError with what is wrong."""
    groups = tuple(Group(part) for part in parts(query.get("audience", "")))
    importance = float(query.get("importance") or 0)
    if not 0 <= importance <= 1:
        raise ValueError("importance is from 0 to 1")
    return Filter(audiences=groups, messengers=parts(query.get("messenger", "")), importance=importance)


def parts(text: str) -> tuple[str, ...]:
    """The values of a list with commas. Raises ValueError."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if len(found) > 20 or any(len(part) > 60 for part in found):
        raise ValueError("too many or too long values")
    return found
