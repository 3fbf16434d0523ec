"""Who reads us, when, and what they want to read."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from typing import Final

from bot.model.vocabulary import Group


class Platform(enum.StrEnum):
    """Where a subscriber reads us."""

    TELEGRAM = "telegram"
    VK = "vk"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Recipient:
    """A Telegram chat or a VK peer, and the forum topic in it, if any."""

    platform: Platform
    id: int
    thread: int = 0

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}" + (f":{self.thread}" if self.thread else "")

    @classmethod
    def parse(cls, text: str) -> Recipient:
        """Reads `platform:id[:thread]`. Raises ValueError."""
        parts = text.split(":")
        if len(parts) not in (2, 3):
            raise ValueError(f"a recipient is written platform:id, not {text!r}")
        return cls(platform=Platform(parts[0]), id=int(parts[1]), thread=int(parts[2]) if len(parts) == 3 else 0)


class Length(enum.StrEnum):
    """How much of each story a digest tells."""

    HEADLINES = "headlines"
    SHORT = "short"
    FULL = "full"


TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When editions are due: local times on some days in an IANA timezone."""

    times: tuple[str, ...] = ("09:00",)
    """Sorted `HH:MM`."""
    days: str = "daily"
    """`daily`, `weekdays`, `weekends`, `mon`…`sun` (comma-separated), or `monthly` (the first of the month)."""
    timezone: str = "Europe/Moscow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What an audience wants to read; empty means everything."""

    audiences: tuple[Group, ...] = ()
    messengers: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    """Words; a story that has one of them in any form is left out."""
    importance: float = 0.0
    """The least importance told, 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """All settings of one subscriber. Equal preferences make one audience."""

    schedule: Schedule = field(default_factory=Schedule)
    filter: Filter = field(default_factory=Filter)
    language: str = "ru"
    length: Length = Length.SHORT
    alerts: bool = False
    quiet: tuple[str, str] | None = None
    """Local `HH:MM` from and until which no alert is sent; may cross midnight."""
    tell_when_empty: bool = False
    reminders: bool = True
    """Word of a date 30, 7 and 1 day ahead of it."""
    live: bool = True
    """In a group, a channel or a conversation: a post is edited when its story develops within the day, instead of a new message."""
    picture: bool = False
    """The first edition of a week carries the week in one picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A recipient with settings. Nothing else is known of a person."""

    recipient: Recipient
    preferences: Preferences = field(default_factory=Preferences)
    active: bool = False
    """Subscribed and reachable."""
    gone: str = ""
    """Why the platform refuses delivery; empty while it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Subscribers of one platform with equal preferences; what editions are built for. `id` is a digest of the rest."""

    id: str
    platform: Platform
    preferences: Preferences
