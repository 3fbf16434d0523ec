"""How much a story weighs for a reader, and in which section it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sized
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.model import Filter, Group, Measure, Period, Section, Stage, Status, Story

_PROFILE: Final = 0.15
"""What a story gains that touches the reader: enough to pass one of the next rank, not one of the first."""
_MESSENGER: Final = 0.1
_CONFIRMED: Final = 0.02
_SOON: Final = dt.timedelta(days=31)
_LIMITS: Final = frozenset({Measure.BLOCKING, Measure.SLOWDOWN, Measure.RESTRICTION, Measure.FINE, Measure.COURT_RULING})
_WORDS_ONLY: Final = frozenset({Measure.STATEMENT, Measure.OTHER, Measure.EASING})


class Named(Protocol):
    """Whom facts name."""

    @property
    def audiences(self) -> tuple[Group, ...]: ...
    @property
    def messengers(self) -> tuple[str, ...]: ...


class Weighed(Protocol):
    """So much of a story as its weight depends on."""

    @property
    def id(self) -> str: ...
    @property
    def facts(self) -> Named: ...
    @property
    def importance(self) -> float: ...
    @property
    def confirmed(self) -> bool: ...
    @property
    def sources(self) -> Sized: ...
    @property
    def updated(self) -> dt.datetime: ...


def touches(story: Weighed, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Which of the groups a story touches, in the order of the vocabulary."""
    wanted = frozenset(groups) & frozenset(story.facts.audiences)
    if not wanted:
        return ()
    return tuple(group for group in Group if group in wanted)


def weight(story: Weighed, filter: Filter) -> float:  # noqa: A002 - it is the reader's filter everywhere
    """The importance of a story for a reader with this filter; higher is read first."""
    score = story.importance
    if touches(story, filter.audiences):
        score += _PROFILE
    if frozenset(filter.messengers) & frozenset(story.facts.messengers):
        score += _MESSENGER
    return score + (_CONFIRMED if story.confirmed else 0.0)


def order(story: Weighed, filter: Filter) -> tuple[float, float, int, str]:  # noqa: A002
    """A key that sorts the heaviest first, then the newest, then the one told by most; total, so that an order never wavers."""
    return (-round(weight(story, filter), 6), -story.updated.timestamp(), -len(story.sources), story.id)


def section(story: Story, period: Period, timezone: str) -> Section:
    """Where a story stands that was not told before."""
    facts = story.facts
    stage = facts.status.stage if facts.status else facts.stage
    if stage in (Stage.STATEMENT, Stage.CANCELLED) or (stage is None and facts.measure in _WORDS_ONLY):
        return Section.STATEMENTS
    if facts.status in (Status.ENFORCED, Status.RULING) or (stage in (Stage.ACTIVE, None) and facts.measure in _LIMITS):
        return Section.BLOCKING
    if stage is Stage.ACTIVE:
        return Section.IN_FORCE
    if stage is Stage.ADOPTED:
        return Section.IN_FORCE if _soon(facts.effective_date, period, timezone) else Section.ADOPTED
    if stage is None and not facts.effective_date:
        return Section.STATEMENTS
    return Section.PROPOSED


def _soon(date: str | None, period: Period, timezone: str) -> bool:
    """True if an adopted measure takes effect in the period or within a month after it."""
    if not date or len(date) != len("YYYY-MM-DD"):
        return False
    zone = ZoneInfo(timezone)
    first, last = period.since.astimezone(zone).date(), period.until.astimezone(zone).date() + _SOON
    return first <= dt.date.fromisoformat(date) <= last
