"""Which readings tell one story, and which stories follow one measure."""

from __future__ import annotations

import datetime as dt
import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from bot.analyse.linear import Linear
from bot.model import Cluster, Reading

BUCKET = 10
"""Days a bucket of the store spans; buckets overlap by half, so that readings of one news wave always share one."""
WAVE = 14
"""Days after which the same words are another event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a reading belongs: an existing story, or a new one in an existing thread, or neither."""

    story: str | None
    thread: str | None


@functools.cache
def _rarity() -> Mapping[str, float]:
    return dict(json.loads(resources.files("bot.analyse").joinpath("data", "rarity.json").read_text(encoding="utf-8")))


def _weight(term: str) -> float:
    table = _rarity()
    return table.get(term, table[""])


@functools.lru_cache(maxsize=20_000)
def vector(terms: tuple[str, ...]) -> tuple[dict[str, float], dict[str, float]]:
    """Unit TF-IDF vectors of the whole (title twice) and of the title; terms of the title carry `^`."""
    whole: dict[str, float] = {}
    title: dict[str, float] = {}
    for term in terms:
        bare = term.lstrip("^")
        weight = _weight(bare)
        whole[bare] = whole.get(bare, 0.0) + weight * (2.0 if term.startswith("^") else 1.0)
        if term.startswith("^"):
            title[bare] = weight
    return _unit({term: (1 + math.log(1 + value)) * _weight(term) for term, value in whole.items()}), _unit(title)


def _unit(values: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {term: value / length for term, value in values.items()}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two unit vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[term] for term, value in a.items() if term in b)


def _overlap(a: Sequence[str], b: Sequence[str]) -> float:
    return len(set(a) & set(b)) / len(set(a) | set(b)) if a or b else 0.0


def moment(reading: Reading) -> dt.datetime | None:
    """When a reading's article came out, as far as is known."""
    return reading.published or reading.seen


def pair(a: Reading, b: Reading) -> dict[str, float]:
    """What speaks for and against two readings telling one event."""
    (whole_a, title_a), (whole_b, title_b) = vector(a.terms), vector(b.terms)
    whole, title = cosine(whole_a, whole_b), cosine(title_a, title_b)
    cross = max(cosine(title_a, whole_b), cosine(title_b, whole_a))
    f, g = a.facts, b.facts
    features = {"whole": whole * 4, "title": title * 2, "cross": cross * 2, "whole2": whole * whole * 6}
    features["measure"] = float(f.measure == g.measure)
    features["stage"] = float(f.stage == g.stage)
    features["messengers"] = _overlap(f.messengers, g.messengers)
    features["messengers-apart"] = float(bool(f.messengers) and bool(g.messengers) and not set(f.messengers) & set(g.messengers))
    features["regulators"] = _overlap(f.regulators, g.regulators)
    features["regulators-apart"] = float(bool(f.regulators) and bool(g.regulators) and not set(f.regulators) & set(g.regulators))
    features["audiences"] = _overlap(f.audiences, g.audiences)
    features["territory-apart"] = float(bool(f.territory) and bool(g.territory) and f.territory != g.territory)
    if f.effective_date and g.effective_date:
        same = f.effective_date[:7] == g.effective_date[:7]
        features["effective-same"], features["effective-apart"] = float(same), float(not same)
    marks_a, marks_b = {term for term in a.terms if term[0] in "#@"}, {term for term in b.terms if term[0] in "#@"}
    rare = sum(_weight(term) for term in marks_a & marks_b)
    features["marks"] = min(rare / 6.0, 2.0)
    features["no-marks"] = float(bool(marks_a) and bool(marks_b) and not marks_a & marks_b)
    if a.language != b.language:
        features["tongues"] = 1.0
        features["tongues-facts"] = float(f.measure == g.measure) * (features["messengers"] + features["regulators"]) / 2
    when_a, when_b = moment(a), moment(b)
    if when_a and when_b:
        days = abs((when_a - when_b).total_seconds()) / 86400
        features["near-day"], features["near-week"] = float(days <= 1.5), float(1.5 < days <= 7)
        features["far-week"], features["far"] = float(7 < days <= WAVE), float(days > WAVE)
    else:
        features["undated"] = 1.0
    return {key: value for key, value in features.items() if value}


class Joiner:
    """Compares readings with the trained pair model."""

    def __init__(self, model: Linear) -> None:
        self._model = model
        self.threshold = model.threshold

    def likeness(self, a: Reading, b: Reading) -> float:
        """How probably two readings tell one event, 0..1."""
        return self._model.probability(pair(a, b))

    def to_cluster(self, reading: Reading, readings: Sequence[Reading]) -> float:
        """Average likeness to a cluster's newest readings."""
        newest = readings[-12:]
        return sum(self.likeness(reading, other) for other in newest) / len(newest)

    def place(self, reading: Reading, candidates: Sequence[Cluster]) -> Placement:
        """The story a reading belongs to, or else the thread its own new story continues."""
        if not candidates:
            return Placement(story=None, thread=None)
        scored = sorted(
            ((self.to_cluster(reading, cluster.readings), cluster.story.id, cluster) for cluster in candidates if cluster.readings),
            key=lambda row: (-row[0], row[1]),
        )
        if scored and scored[0][0] >= self.threshold:
            return Placement(story=scored[0][1], thread=scored[0][2].story.thread)
        threads = [(follows(reading, cluster.readings), cluster.story.thread) for cluster in candidates if cluster.readings]
        best = max(threads, default=(0.0, ""))
        return Placement(story=None, thread=best[1] if best[0] >= 1.0 else None)

    def cluster(self, readings: Sequence[Reading], *, rounds: int = 2) -> list[int]:
        """A number for each reading: equal numbers tell one story. Online, in the given order, then settled by merging."""
        groups: list[list[int]] = []
        likeness = functools.cache(lambda a, b: self.likeness(readings[a], readings[b]))

        def like(a: int, b: int) -> float:
            return float(likeness(min(a, b), max(a, b)))

        index = _TermIndex(readings)
        home: dict[int, list[int]] = {}
        for number in range(len(readings)):
            near = {id(home[other]): home[other] for other in index.near(number) if other in home}
            scored = [(sum(like(number, other) for other in group) / len(group), -group[0], group) for group in near.values()]
            best = max(scored, key=lambda row: row[:2], default=None)
            if best is not None and best[0] >= self.threshold:
                best[2].append(number)
                home[number] = best[2]
            else:
                group = [number]
                groups.append(group)
                home[number] = group
        for _ in range(rounds):
            if not self._settle(groups, home, index, like):
                break
        numbered = {id(group): position for position, group in enumerate(sorted((group for group in groups if group), key=min))}
        return [numbered[id(home[number])] for number in range(len(readings))]

    def _settle(self, groups: list[list[int]], home: dict[int, list[int]], index: _TermIndex, like: object) -> bool:
        assert callable(like)  # noqa: S101 - narrows the type of a local closure
        changed = False
        for number in sorted(home):  # each reading may leave for the story it is nearer to
            own = [other for other in home[number] if other != number]
            stay = sum(like(number, other) for other in own) / len(own) if own else self.threshold
            near = {id(home[other]): home[other] for other in index.near(number) if home[other] is not home[number]}
            scored = [(sum(like(number, other) for other in group) / len(group), -group[0], group) for group in near.values()]
            best = max(scored, key=lambda row: row[:2], default=None)
            if best is not None and best[0] > max(stay, self.threshold) + 1e-9:
                home[number].remove(number)
                best[2].append(number)
                home[number] = best[2]
                changed = True
            elif own and stay < self.threshold * 0.5:
                home[number].remove(number)
                home[number] = [number]
                groups.append(home[number])
                changed = True
        for group in sorted((group for group in groups if group), key=min):  # and two stories may be one
            if not group:
                continue
            near = {id(home[other]): home[other] for number in group for other in index.near(number) if home[other] is not group}
            scored = [
                (sum(like(a, b) for a in group for b in other) / (len(group) * len(other)), -min(other), other) for other in near.values()
            ]
            best = max(scored, key=lambda row: row[:2], default=None)
            if best is not None and best[0] >= self.threshold:
                for number in best[2]:
                    home[number] = group
                group.extend(best[2])
                best[2].clear()
                changed = True
        return changed


class _TermIndex:
    """Which readings share enough rare terms to be worth comparing; its cost does not grow with common words."""

    def __init__(self, readings: Sequence[Reading], most: int = 60) -> None:
        self._near: list[list[int]] = []
        posts: dict[str, list[int]] = {}
        for number, reading in enumerate(readings):
            for term in {term.lstrip("^") for term in reading.terms} | {
                f"={name}" for name in (*reading.facts.messengers, *reading.facts.regulators)
            }:
                posts.setdefault(term, []).append(number)
        for number, reading in enumerate(readings):
            shared: dict[int, float] = {}
            for term in {term.lstrip("^") for term in reading.terms} | {
                f"={name}" for name in (*reading.facts.messengers, *reading.facts.regulators)
            }:
                if len(posts[term]) <= 400:
                    for other in posts[term]:
                        shared[other] = shared.get(other, 0.0) + (1.0 if term.startswith("=") else _weight(term))
            shared.pop(number, None)
            self._near.append(sorted(shared, key=lambda other: (-shared[other], other))[:most])

    def near(self, number: int) -> list[int]:
        """The readings most worth comparing."""
        return self._near[number]


def follows(reading: Reading, readings: Sequence[Reading]) -> float:
    """How surely a reading tells a later (or earlier) step of the measure that a cluster tells; 1 is enough."""
    f, best = reading.facts, 0.0
    for other in readings[-6:]:
        g = other.facts
        if f.territory and g.territory and f.territory != g.territory:
            continue
        whole = cosine(vector(reading.terms)[0], vector(other.terms)[0])
        score = 2.2 * whole
        score += 0.5 * bool(set(_numbers(f.documents)) & set(_numbers(g.documents)))
        score += 0.35 * bool(f.effective_date and f.effective_date == g.effective_date)
        score += (
            0.15 * (f.measure == g.measure)
            + 0.15 * bool(set(f.messengers) & set(g.messengers))
            - 0.3 * bool(f.messengers and g.messengers and not set(f.messengers) & set(g.messengers))
        )
        score += 0.1 * _overlap(f.audiences, g.audiences)
        best = max(best, score)
    return best


def _numbers(documents: Sequence[str]) -> list[str]:
    return [part for document in documents for part in document.replace("№", " ").split() if any(char.isdigit() for char in part)]


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
    found += [f"doc|{number}" for number in _numbers(f.documents)[:3] if len(number) > 3]
    if f.effective_date and f.measure:
        found.append(f"from|{f.effective_date}|{f.measure}")
    if when is not None:
        quarter = when.year * 4 + (when.month - 1) // 3
        found += [f"q{part}|{f.measure}|{name}" for part in (quarter, quarter + 1) for name in names[:2]]
    return tuple(dict.fromkeys(found))
