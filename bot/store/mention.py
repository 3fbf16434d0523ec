"""So much of a stored story as ranks, lists, pictures and calendars need."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.model import Facts, Group, Measure, Stage, Status, Story


@dataclass(frozen=True, slots=True)
class _Counted:
    """Something of which only the number is wanted."""


@dataclass(frozen=True, slots=True)
class _Named:
    audiences: tuple[Group, ...] = ()
    messengers: tuple[str, ...] = ()
    measure: Measure | None = None
    status: Status | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """So much of a story as ranks, lists and pictures need: it is read in a fifth of the time that the whole takes."""

    id: str
    updated: dt.datetime
    first_seen: dt.datetime
    facts: _Named
    importance: float = 0.0
    confirmed: bool = False
    retracted: bool = False
    sources: tuple[_Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A story without its summary, sources, evidence and history: enough to be chosen for a calendar."""

    id: str
    thread: str
    headline: str
    updated: dt.datetime
    first_seen: dt.datetime
    facts: Facts
    importance: float = 0.0
    language: str = "ru"
    retracted: bool = False

    def story(self) -> Story:
        """The same as a story."""
        return Story(
            id=self.id,
            thread=self.thread,
            headline=self.headline,
            summary=(),
            facts=self.facts,
            updated=self.updated,
            first_seen=self.first_seen,
            importance=self.importance,
            language=self.language,
            retracted=self.retracted,
        )
