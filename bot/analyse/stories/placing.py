"""Which readings tell one story, and which stories follow one measure."""

from __future__ import annotations

import datetime as dt
import heapq
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.analyse.facts.places import apart
from bot.analyse.language.terms import bag, cosine, rare
from bot.analyse.linear import Linear
from bot.analyse.stories.cases import fined_apart
from bot.analyse.stories.duties import two_duties
from bot.analyse.stories.likeness import WAVE, moment, pair
from bot.analyse.stories.threads import SURE, follows, freed, papers_of, trail
from bot.model import Cluster, Reading, Reason, Status

__all__ = ["WAVE", "Joiner", "Placement", "cosine", "doubtful", "follows", "keys", "lifted", "moment", "named", "vector"]

BUCKET = 10
"""Days a bucket of the store spans; buckets overlap by half, so that readings of one news wave always share one."""
DOUBTFUL = 0.3
"""From this relevance on an article that does not say enough for itself is taken for relevant if it tells what relevant ones tell."""
COMPARED = 12
"""Readings of a story that a new one is compared with: its first and its newest."""

STEP = dt.timedelta(days=2.5)
"""Days within which one step of a paper is still told beside the next one."""
_STEPS = frozenset({Status.BILL_INTRODUCED, Status.ADOPTED_READING, Status.ADOPTED, Status.SIGNED})
HALF = 0.08
"""How much more is asked of the likeness to the liker half of a story than of that to all of it."""

_BILL = re.compile(r"(?<!\d)\d{5,8}-\d{1,2}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a reading belongs: an existing story, or a new one in an existing thread, or neither."""

    story: str | None
    thread: str | None


def vector(terms: tuple[str, ...]) -> tuple[dict[str, float], dict[str, float]]:
    """Unit TF-IDF vectors of the whole (title twice) and of the title."""
    found = bag(terms)
    return dict(found.whole), dict(found.title)


class Joiner:
    """Compares readings with the trained pair model."""

    def __init__(self, model: Linear) -> None:
        self._model = model
        self.threshold = model.threshold

    def likeness(self, a: Reading, b: Reading) -> float:
        """How probably two readings tell one event, 0..1."""
        return 0.0 if _apart(a, b) else self._model.probability(pair(a, b))

    def to_cluster(self, reading: Reading, readings: Sequence[Reading]) -> float:
        """Average likeness to the liker half of a story's readings (of many, the first and the newest), so that one that the operator put together stays whole."""
        when, dated = moment(reading), [day for other in readings if (day := moment(other))]
        if when and dated and min(abs(when - day) for day in dated) > dt.timedelta(days=WAVE):
            return 0.0  # undated ones never bridge two waves
        compared = readings if len(readings) <= COMPARED else (*readings[: COMPARED // 2], *readings[-COMPARED // 2 :])
        alike = sorted((self.likeness(reading, other) for other in compared), reverse=True)[: (len(compared) + 1) // 2]
        return sum(alike) / len(alike)

    def place(self, reading: Reading, candidates: Sequence[Cluster]) -> Placement:
        """The story a reading belongs to, or else the thread its own new story continues."""
        told = [cluster for cluster in candidates if cluster.readings]
        if not told:
            return Placement(story=None, thread=None)
        score, story, _ = max(
            ((self.to_cluster(reading, one.readings), one.story.id, one.story.thread) for one in told), key=lambda row: row[:2]
        )
        if score >= self.threshold + HALF:
            return Placement(story=story, thread=None)
        surest, thread = max((follows(reading, one.readings), one.story.thread) for one in told)
        return Placement(story=None, thread=thread if surest >= SURE else None)

    def cluster(self, readings: Sequence[Reading]) -> list[int]:
        """A number for each reading: equal numbers tell one story. Average linkage over likely pairs, so the order of the readings does not matter."""
        order = sorted(range(len(readings)), key=lambda number: readings[number].article_id)
        own = [readings[number] for number in order]
        likely = {couple: self.likeness(own[couple[0]], own[couple[1]]) for couple in likely_pairs(own)}
        days = [when.timestamp() / 86400 if (when := moment(reading)) else None for reading in own]
        group_of = _linked(days, likely, self.threshold)
        named: dict[int, int] = {}
        groups = dict(zip(order, group_of, strict=True))
        return [named.setdefault(groups[number], len(named)) for number in range(len(readings))]


def _apart(a: Reading, b: Reading) -> bool:
    """True if two readings cannot tell one event, however alike in words.

    A news wave lies between them, or each tells another body's step of a paper on another day, or each names a bill of its own.
    """
    when_a, when_b = moment(a), moment(b)
    if when_a and when_b and abs(when_a - when_b) > dt.timedelta(days=WAVE):
        return True
    steps = {a.facts.status, b.facts.status}
    if (
        when_a
        and when_b
        and abs(when_a - when_b) > STEP
        and len(steps) == 2
        and steps <= _STEPS
        and set(a.facts.regulators).isdisjoint(b.facts.regulators)
    ):
        return True
    if fined_apart(a, b) or two_duties(a, b) or freed(a, b) or _of_two_places(a, b):
        return True
    bills = [set(_BILL.findall(" ".join(reading.facts.documents))) for reading in (a, b)]
    return all(bills) and bills[0].isdisjoint(bills[1])


def _of_two_places(a: Reading, b: Reading) -> bool:
    """True if two readings tell what different authorities of different places do."""
    first, second = set(a.facts.regulators), set(b.facts.regulators)
    return apart(a.facts.territory, b.facts.territory) and bool(first and second) and first.isdisjoint(second)


def doubtful(reading: Reading) -> bool:
    """True if an article may be relevant, but only a story of relevant ones can tell."""
    return not reading.relevant and reading.relevance >= DOUBTFUL and bool(reading.terms)


def lifted(reading: Reading) -> Reading:
    """A doubtful reading whose story says that it is relevant."""
    return reading if reading.relevant else replace(reading, relevant=True, reasons=(Reason(code="same-story"),))


def named(joiner: Joiner, readings: Sequence[Reading]) -> list[str | None]:
    """A story's name for each reading; None for the irrelevant, and for the doubtful that tell nothing that a relevant one tells."""
    looked = [number for number, reading in enumerate(readings) if reading.relevant or doubtful(reading)]
    groups = dict(zip(looked, joiner.cluster([readings[number] for number in looked]), strict=True))
    kept = {group for number, group in groups.items() if readings[number].relevant}
    names: dict[int, str] = {}
    return [
        names.setdefault(group, f"s{len(names) + 1}") if (group := groups.get(number)) is not None and group in kept else None
        for number in range(len(readings))
    ]


def _linked(days: Sequence[float | None], likely: dict[tuple[int, int], float], threshold: float) -> list[int]:
    """Merges the two groups with the greatest average likeness while that reaches the threshold; pairs not given count as unlike.

    Undated articles never bridge two waves: no group's dated ones (`days`) lie farther apart than a wave lasts.
    """
    count = len(days)
    members: dict[int, list[int]] = {number: [number] for number in range(count)}
    spans = [(math.inf, -math.inf) if day is None else (day, day) for day in days]
    sums: dict[int, dict[int, float]] = {number: {} for number in range(count)}
    heap = []
    for (a, b), value in likely.items():
        sums[a][b] = sums[b][a] = value
        if value >= threshold:
            heap.append((-value, a, b, 1, 1))
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in members or b not in members or len(members[a]) != size_a or len(members[b]) != size_b:
            continue  # one of them has grown since
        first, last = min(spans[a][0], spans[b][0]), max(spans[a][1], spans[b][1])
        if last - first > WAVE:
            continue
        spans[a] = first, last
        members[a] += members.pop(b)
        for other, value in sums.pop(b).items():
            sums[other].pop(b)
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + value
        for other, value in sums[a].items():
            average = value / (len(members[a]) * len(members[other]))
            if average >= threshold:
                one, two = min(a, other), max(a, other)
                heapq.heappush(heap, (-average, one, two, len(members[one]), len(members[two])))
    group_of = [0] * count
    for group, numbers in members.items():
        for number in numbers:
            group_of[number] = group
    return group_of


def likely_pairs(readings: Sequence[Reading], *, most: int = 60, common: int = 400) -> set[tuple[int, int]]:
    """The pairs worth comparing: each reading with the `most` others that share the rarest terms; the cost does not grow with common words."""
    posts: dict[str, list[int]] = {}
    looked = [_looked_up(reading) for reading in readings]
    for number, found in enumerate(looked):
        for term in found:
            posts.setdefault(term, []).append(number)
    pairs: set[tuple[int, int]] = set()
    for number, found in enumerate(looked):
        shared: dict[int, float] = {}
        for term in found:
            if len(posts[term]) <= common:
                for other in posts[term]:
                    shared[other] = shared.get(other, 0.0) + (1.0 if term[0] == "=" else rare(term))
        shared.pop(number, None)
        for other in heapq.nlargest(most, shared, key=lambda other: (shared[other], -other)):
            pairs.add((min(number, other), max(number, other)))
    return pairs


def _looked_up(reading: Reading) -> list[str]:
    named = (f"={name}" for name in (*reading.facts.messengers, *reading.facts.regulators))
    notions = (f"&{notion}" for notion in bag(reading.terms).notions)
    return sorted({term.lstrip("^") for term in reading.terms if term[0] not in "|%"}.union(named, notions))


def keys(reading: Reading) -> tuple[str, ...]:
    """Bucket names under which a store files a reading: time with a name, and rare marks that outlive a news wave."""
    when = moment(reading)
    f = reading.facts
    names = [*f.messengers, *f.regulators] or [f"measure:{f.measure}"]
    buckets = ["undated"]
    if when is not None:
        day = when.date().toordinal()
        buckets = [f"a{day // BUCKET}", f"b{(day + BUCKET // 2) // BUCKET}"]
    found = [f"{bucket}|{name}" for bucket in buckets for name in dict.fromkeys([*names, f"measure:{f.measure}"])]
    found += [f"doc|{number}" for number in sorted(papers_of(f.documents))[:3]]
    if f.effective_date and f.measure:
        found.append(f"from|{f.effective_date}|{f.measure}")
    if when is not None:
        quarter = when.year * 4 + (when.month - 1) // 3
        found += [f"q{part}|{f.measure}|{name}" for part in (quarter, quarter + 1) for name in names[:2]]
    return tuple(dict.fromkeys([*found, *trail(reading)]))
