"""From a digest to a receipt: what is built, sent and recorded."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from bot.model.news import Development, Story
from bot.model.people import Filter, Platform, Recipient
from bot.model.vocabulary import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Half-open: [since, until). Both aware."""

    since: dt.datetime
    until: dt.datetime


class Section(enum.StrEnum):
    """The sections of a digest, in their order."""

    IN_FORCE = "in-force"
    ADOPTED = "adopted"
    PROPOSED = "proposed"
    BLOCKING = "blocking"
    STATEMENTS = "statements"
    DEVELOPMENTS = "developments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story in a digest; `news` says what is new, if the story was told before."""

    number: int
    story: Story
    section: Section
    touches: tuple[Group, ...] = ()
    """Which of the reader's groups it touches."""
    news: tuple[Development, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of a period for one audience: ranked, in sections, developments of old stories apart."""

    period: Period
    filter: Filter
    entries: tuple[Entry, ...]
    """In the order of reading; sections are contiguous."""
    omitted: int = 0
    """Stories left out for length."""
    language: str = "ru"
    timezone: str = "Europe/Moscow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a platform, ready to send: the method's own parameters but for the recipient, JSON-able."""

    payload: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A document rendered for one platform within its limits."""

    platform: Platform
    parts: tuple[Part, ...]
    source: bytes = b""
    """What it was rendered from, packed, so that it can be rendered for the other platform; empty if it cannot."""


class Outcome(enum.StrEnum):
    """What became of one message for one recipient."""

    DELIVERED = "delivered"
    GONE = "gone"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    """The platform may have accepted it: the answer was lost."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one edition for one recipient."""

    edition: str
    recipient: Recipient
    outcome: Outcome
    at: dt.datetime
    message_ids: tuple[int, ...] = ()
    reason: str = ""
    attempts: int = 1
