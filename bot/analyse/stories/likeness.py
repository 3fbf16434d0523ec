"""What speaks for and against two readings telling one event."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from bot.analyse.facts.places import apart
from bot.analyse.language import lexicon
from bot.analyse.language.terms import Bag, bag, cosine, rare
from bot.model import Reading, Stage

WAVE = 14
"""Days after which the same words are another event."""
FOR = frozenset(
    {
        "whole",
        "title",
        "top",
        "cross",
        "best",
        "notions",
        "notions-across",
        "measure",
        "stage",
        "messengers",
        "main-messenger",
        "regulators",
        "audiences",
        "people",
        "numbers",
        "sums",
        "days",
        "effective-same",
        "documents",
        "told-day",
        "same-day",
    }
)
"""Features that can only speak for one event."""
AGAINST = frozenset(
    {
        "messengers-apart",
        "regulators-apart",
        "country-apart",
        "territory-apart",
        "effective-apart",
        "sums-apart",
        "days-apart",
        "rungs-apart",
        "not-yet-active",
        "years-apart",
        "lag",
        "week-apart",
        "far",
        "tongues",
        "undated",
    }
)
"""Features that can only speak against it."""


def moment(reading: Reading) -> dt.datetime | None:
    """When a reading's article came out, as far as is known."""
    return reading.published or reading.seen


def pair(a: Reading, b: Reading) -> dict[str, float]:
    """The features of a pair, all within a few units; the order of the two does not matter."""
    one, other = bag(a.terms), bag(b.terms)
    found = _facts(a, b)
    if a.language == b.language:
        found |= _words(one, other)
    else:
        found["tongues"] = 1.0
        found["notions-across"] = 3.0 * cosine(one.notions, other.notions)
    found["people"] = min(_shared(one.people, other.people) / 6, 2.0)
    found["numbers"] = min(_shared(one.numbers, other.numbers) / 6, 2.0)
    found["sums"] = float(bool(one.sums & other.sums))
    found["sums-apart"] = float(bool(one.sums) and bool(other.sums) and not one.sums & other.sums)
    found["days"] = min(len(one.days & other.days), 2) / 2
    found["days-apart"] = float(bool(one.days) and bool(other.days) and not one.days & other.days)
    found |= _time(a, b, one, other)
    return {name: value for name, value in found.items() if value}


def _words(a: Bag, b: Bag) -> dict[str, float]:
    whole, title, top = cosine(a.whole, b.whole), cosine(a.title, b.title), cosine(a.top, b.top)
    cross = max(cosine(a.title, b.whole), cosine(b.title, a.whole))
    return {
        "whole": whole * 4,
        "title": title * 2,
        "top": top * 3,
        "cross": cross * 2,
        "best": max(whole, top) ** 2 * 6,
        "notions": cosine(a.notions, b.notions) * 3,
    }


def _facts(a: Reading, b: Reading) -> dict[str, float]:
    f, g = a.facts, b.facts
    found = {
        "measure": float(f.measure == g.measure),
        "stage": float(f.stage == g.stage),
        "rungs-apart": float(
            {f.stage, g.stage} in ({Stage.PLANNED, Stage.ACTIVE}, {Stage.PLANNED, Stage.ADOPTED}, {Stage.PASSING, Stage.ACTIVE})
        ),
        "not-yet-active": float({f.stage, g.stage} == {Stage.ADOPTED, Stage.ACTIVE}),
        "messengers": overlap(f.messengers, g.messengers),
        "messengers-apart": _apart(f.messengers, g.messengers),
        "main-messenger": _rare_shared(f.messengers, g.messengers),
        "regulators": overlap(f.regulators, g.regulators),
        "regulators-apart": _apart(f.regulators, g.regulators),
        "country-apart": _apart(countries(f.regulators), countries(g.regulators)),
        "audiences": overlap(f.audiences, g.audiences),
        "territory-apart": float(apart(f.territory, g.territory)),
        "documents": float(bool(set(numbered(f.documents)) & set(numbered(g.documents)))),
    }
    if f.effective_date and g.effective_date:
        same = f.effective_date[:7] == g.effective_date[:7]
        found["effective-same"], found["effective-apart"] = float(same), float(not same)
    return found


def _time(a: Reading, b: Reading, one: Bag, other: Bag) -> dict[str, float]:
    when_a, when_b = moment(a), moment(b)
    spoken = [bagged.years | ({f"%{when.year}"} if when else set()) for when, bagged in ((when_a, one), (when_b, other))]
    found = {"years-apart": _apart(*spoken)}
    if when_a and when_b:
        days = abs((when_a - when_b).total_seconds()) / 86400
        return found | {
            "same-day": float(days <= 1.5),
            "lag": math.log1p(days),
            "week-apart": float(days > 7),
            "far": min(days / WAVE - 1, 4.0) if days > WAVE else 0.0,
        }
    found["undated"] = 1.0
    for when, bagged in ((when_a, other), (when_b, one)):
        if when is not None:
            near = {f"~{(when - dt.timedelta(days=back)):%m-%d}" for back in range(5)}
            found["told-day"] = float(bool(near & bagged.days))
    return found


def overlap(a: Sequence[object], b: Sequence[object]) -> float:
    """The share of common members, 0..1."""
    return len(set(a) & set(b)) / len(set(a) | set(b)) if a or b else 0.0


def _apart(a: Iterable[object], b: Iterable[object]) -> float:
    first, second = set(a), set(b)
    return float(bool(first) and bool(second) and not first & second)


def _rare_shared(a: Sequence[str], b: Sequence[str]) -> float:
    """The rarity of the rarest messenger of both: that both name Discord says more than that both name Telegram."""
    return max((rare(f"={name}") for name in set(a) & set(b)), default=0.0) / 3


def countries(regulators: Sequence[str]) -> set[str]:
    """The countries of the authorities named."""
    known = lexicon.countries()
    return {known[name] for name in regulators if name in known}


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return sum(rare(term) for term in a & b)


def numbered(documents: Sequence[str]) -> list[str]:
    """The numbers of laws, bills and articles of the code."""
    return [part for document in documents for part in document.replace("№", " ").split() if any(char.isdigit() for char in part)]
