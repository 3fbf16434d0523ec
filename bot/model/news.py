"""From a feed item to a story: what the collector and the analysis make."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.model.vocabulary import Group, Measure, Stage, Stance, Status


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
