"""The types that flow through the program, one frozen type a step; standard library only.

bytes → FeedItem → Article → Reading → Story → Digest → (rendered) Message → Receipt
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass, field
from typing import Final


class Platform(enum.StrEnum):
    """Where a subscriber reads us."""

    TELEGRAM = "telegram"
    VK = "vk"


class Measure(enum.StrEnum):
    """What is being done to a messenger or to its users."""

    BAN = "ban"
    RESTRICTION = "restriction"
    BLOCKING = "blocking"
    SLOWDOWN = "slowdown"
    FINE = "fine"
    OBLIGATION = "obligation"
    REGISTRATION = "registration"
    DATA_STORAGE = "data-storage"
    IDENTIFICATION = "identification"
    NATIONAL_MESSENGER = "national-messenger"
    COURT_RULING = "court-ruling"
    EASING = "easing"
    STATEMENT = "statement"
    OTHER = "other"


class Stage(enum.StrEnum):
    """How far a measure has come: the rungs of the ladder, then the two that stand beside it."""

    PLANNED = "planned"
    PASSING = "passing"
    ADOPTED = "adopted"
    ACTIVE = "active"
    STATEMENT = "statement"
    CANCELLED = "cancelled"


LADDER: Final = (Stage.PLANNED, Stage.PASSING, Stage.ADOPTED, Stage.ACTIVE)


class Status(enum.StrEnum):
    """The exact state within a stage."""

    PROPOSED = "proposed"
    DRAFT = "draft"
    BILL_INTRODUCED = "bill-introduced"
    ADOPTED_READING = "adopted-reading"
    ADOPTED = "adopted"
    SIGNED = "signed"
    IN_FORCE = "in-force"
    ENFORCED = "enforced"
    RULING = "ruling"
    STATEMENT = "statement"
    CANCELLED = "cancelled"

    @property
    def stage(self) -> Stage:
        """The stage that this status belongs to."""
        return _STAGE_OF[self]


_STAGE_OF: Final = {
    Status.PROPOSED: Stage.PLANNED,
    Status.DRAFT: Stage.PLANNED,
    Status.BILL_INTRODUCED: Stage.PLANNED,
    Status.ADOPTED_READING: Stage.PASSING,
    Status.ADOPTED: Stage.ADOPTED,
    Status.SIGNED: Stage.ADOPTED,
    Status.IN_FORCE: Stage.ACTIVE,
    Status.ENFORCED: Stage.ACTIVE,
    Status.RULING: Stage.ACTIVE,
    Status.STATEMENT: Stage.STATEMENT,
    Status.CANCELLED: Stage.CANCELLED,
}


class Group(enum.StrEnum):
    """Who can be touched by a measure; the values of `audiences` in facts and of a subscriber's profile."""

    COMMERCE = "commerce"
    BANKS = "banks"
    TELECOM = "telecom"
    STATE = "state"
    MEDIA = "media"
    ADVERTISING = "advertising"
    EDUCATION = "education"
    HOUSING = "housing"
    MILITARY = "military"
    PLATFORMS = "platforms"
    DEVICES = "devices"
    BUSINESS = "business"
    USERS = "users"


class Stance(enum.StrEnum):
    """On which side of a measure someone speaks."""

    FOR = "for"
    AGAINST = "against"
    EXPLAINS = "explains"


# ── collect ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """What a source announced: an address, a title, a teaser. Times are aware and in UTC."""

    source_id: str
    url: str
    title: str
    teaser: str = ""
    published: dt.datetime | None = None
    guid: str = ""
    author: str = ""
    content: str = ""
    """Full HTML, where the feed carries it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What stands on a page once the furniture is gone. `id` is derived from the canonical address."""

    id: str
    url: str
    source_id: str
    outlet: str
    title: str
    text: str
    """Paragraphs, separated by newlines."""
    published: dt.datetime | None = None
    fetched: dt.datetime | None = None
    language: str = "ru"
    author: str = ""
    official: bool = False
    """True if the source is an authority's own."""
    addresses: tuple[str, ...] = ()
    """Every address at which the same text was seen, the canonical one included."""
    teaser_only: bool = False
    """True if the page could not be read and the feed's teaser stands for it."""
    revision: int = 0
    """0 for the text first seen, then 1, 2, … for texts that replaced it."""
    text_hash: str = ""
    """SHA-256 of the text, hexadecimal."""


# ── analyse ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was decided, as a code and its arguments; `reason-<code>` in the locales says it in words."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence, letter for letter, from which one value of one field was taken."""

    field: str
    value: str
    sentence: str
    article_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What someone said of a measure, and on which side."""

    who: str
    role: str
    stance: Stance
    sentence: str
    article_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is regulated, by whom, for whom and from when. Empty means: the source does not say."""

    regulators: tuple[str, ...] = ()
    messengers: tuple[str, ...] = ()
    measure: Measure | None = None
    audiences: tuple[Group, ...] = ()
    status: Status | None = None
    stage: Stage | None = None
    effective_date: str | None = None
    """`YYYY-MM-DD` or `YYYY-MM`."""
    documents: tuple[str, ...] = ()
    penalties: tuple[str, ...] = ()
    territory: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one article says of messenger regulation, with all that a story needs of the article."""

    article_id: str
    url: str
    outlet: str
    title: str
    published: dt.datetime | None
    """When the article was published, or, if it does not say, None."""
    seen: dt.datetime | None = None
    """When the program read it."""
    official: bool = False
    language: str = "ru"
    relevant: bool
    relevance: float
    """0..1."""
    reasons: tuple[Reason, ...] = ()
    facts: Facts = field(default_factory=Facts)
    evidence: tuple[Evidence, ...] = ()
    positions: tuple[Position, ...] = ()
    headline: str = ""
    """The title, cleaned for reading."""
    summary: str = ""
    """At most 300 characters that stand alone."""
    sentences: tuple[str, ...] = ()
    """The best sentences, cleaned for reading, best first."""
    terms: tuple[str, ...] = ()
    """What the clustering compares: lemmas, names, numbers, canonical terms."""
    keys: tuple[str, ...] = ()
    """Under which buckets a store files this reading, so that its story's candidates are found without a scan."""
    teaser_only: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article that tells a story, as a link."""

    article_id: str
    outlet: str
    url: str
    title: str
    published: dt.datetime | None = None
    official: bool = False
    language: str = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung that a thread of stories has reached, and when."""

    stage: Stage
    status: Status | None
    date: dt.date | None
    story_id: str
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A field on which the sources of a story differ: each value with the outlets that give it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """Something new in a story: a new stage, date, sum, source or disagreement."""

    kind: str
    """`stage`, `effective_date`, `penalty`, `source`, `official`, `disagreement`, `revision`, `correction`."""
    before: str = ""
    after: str = ""
    at: dt.datetime
    article_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySentence:
    """A sentence of a story's summary and where it was taken from."""

    text: str
    article_id: str
    source: str
    """The sentence as it stands in the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event told by many articles."""

    id: str
    thread: str
    """Stories of one thread tell one measure from its proposal to its entry into force."""
    headline: str
    summary: tuple[SummarySentence, ...]
    facts: Facts
    evidence: tuple[Evidence, ...] = ()
    positions: tuple[Position, ...] = ()
    timeline: tuple[Step, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    sources: tuple[Source, ...] = ()
    developments: tuple[Development, ...] = ()
    confirmed: bool = False
    """An official source tells it too."""
    confirmation_lag: dt.timedelta | None = None
    importance: float = 0.0
    """0..1."""
    importance_reasons: tuple[Reason, ...] = ()
    language: str = "ru"
    first_seen: dt.datetime
    updated: dt.datetime
    """The last change that a reader would call news, not the last article."""
    revision: int = 0
    retracted: bool = False

    @property
    def text(self) -> str:
        """The summary as one string."""
        return " ".join(sentence.text for sentence in self.summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A story together with the readings it was told from: what a new reading is compared with."""

    story: Story
    readings: tuple[Reading, ...]


# ── subscribers ──────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── digest ───────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── deliver ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of a platform, ready to send: the method's own parameters but for the recipient, JSON-able."""

    payload: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A document rendered for one platform within its limits."""

    platform: Platform
    parts: tuple[Part, ...]


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
