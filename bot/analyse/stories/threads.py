"""Which stories follow one measure from its proposal to its entry into force."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from bot.analyse.facts.amounts import alike
from bot.analyse.facts.places import RUSSIA, UNION, apart, russian
from bot.analyse.language import lexicon
from bot.analyse.language.terms import bag, cosine, rare
from bot.analyse.stories import matter
from bot.analyse.stories.duties import BROAD, DUTIES
from bot.analyse.stories.likeness import WAVE, moment, overlap
from bot.model import Facts, Measure, Reading, Stage, Status

COMPARED = 6
"""Readings of a story that a new one is compared with."""
SURE = 1.0
"""From this on a story continues another one's thread."""
PROOF = 9.0
"""The same number of a bill, law or decree."""
NEVER = -9.0
HINDRANCE = frozenset({Measure.BAN, Measure.BLOCKING, Measure.SLOWDOWN, Measure.RESTRICTION, Measure.EASING})
_CASE = frozenset({Measure.FINE, Measure.COURT_RULING})
_SELDOM = DUTIES - {Measure.OBLIGATION}
"""Measures of which few are on their way at one time."""
_RUNGS = (
    Status.PROPOSED,
    Status.DRAFT,
    Status.BILL_INTRODUCED,
    Status.ADOPTED_READING,
    Status.ADOPTED,
    Status.SIGNED,
    Status.IN_FORCE,
    Status.ENFORCED,
    Status.RULING,
    Status.CANCELLED,
)
_PASSAGE = 60
"""Days in which a paper that is passed goes from one hand to the next."""
_STANDS = 2
"""Days after which the end of a hindrance is no other reading of its beginning."""
_CASE_LASTS = 150
"""Days from the protocol to the fine."""
_PAPERS = frozenset({Status.DRAFT, Status.BILL_INTRODUCED, Status.ADOPTED_READING})
_DONE = frozenset({Status.IN_FORCE, Status.ENFORCED, Status.RULING})
_OF_COUNTRY = re.compile(r"\(([^()]+)\)$")
_PAPER = re.compile(r"\d{3,8}-\d{1,2}(?!\d)|(?<![\d.])\d+-(?:фз|fz)|(?<=№ )\d{3,5}(?![\d.-])", re.IGNORECASE)


def follows(reading: Reading, readings: Sequence[Reading]) -> float:
    """How surely a reading tells another step of the measure that a story tells; `SURE` is enough. The liker half of the story's readings decides."""
    found = sorted((step(reading, other) for other in readings[:COMPARED]), reverse=True)[: (min(len(readings), COMPARED) + 1) // 2]
    return sum(found) / len(found) if found else NEVER


def step(a: Reading, b: Reading) -> float:
    """How surely two readings tell steps of one measure. The same number of a paper is proof; else whom, what, in which words and in which order must fit."""
    first, second = moment(a), moment(b)
    if first and second and first > second:
        a, b = b, a
    f, g = a.facts, b.facts
    if _elsewhere(f, g):
        return NEVER
    papers = [papers_of(facts.documents) for facts in (f, g)]
    if papers[0] & papers[1]:
        return PROOF
    if papers[0] and papers[1] and _same_kind(papers[0], papers[1]):
        return NEVER  # another bill, another law
    if f.messengers and g.messengers and not set(f.messengers) & set(g.messengers):
        return NEVER
    if f.stage is g.stage is Stage.STATEMENT or (_punished(f) and g.measure is Measure.FINE and not _lifts(g)):
        return NEVER
    return _words(a, b) + _whom(f, g) + _what(f, g) + _order(a, b) - 4.2


def _words(a: Reading, b: Reading) -> float:
    one, other = bag(a.terms), bag(b.terms)
    if a.language != b.language:
        return 0.5 + 1.4 * cosine(one.notions, other.notions)
    (whole, title), (whole_other, title_other) = matter.of(a.terms), matter.of(b.terms)
    across = max(cosine(title, whole_other), cosine(title_other, whole))
    return 2.8 * cosine(whole, whole_other) + 2.1 * across + 2.5 * cosine(one.notions, other.notions)


def _whom(f: Facts, g: Facts) -> float:
    """The messengers and the groups: that both are for banks says much, that one is for banks and the other for schools says more."""
    score = 1.7 * overlap(f.messengers, g.messengers) + 1.4 * overlap(f.audiences, g.audiences)
    narrow = [set(facts.audiences) - BROAD for facts in (f, g)]
    if narrow[0] & narrow[1]:
        return score + 0.8
    return score - (1.7 if all(narrow) else 0.7 if any(narrow) else 0.0)


def _what(f: Facts, g: Facts) -> float:
    score = 0.0 if _akin(f.measure, g.measure) else -0.3
    if f.measure is g.measure:
        score = 2.1 if f.measure in _SELDOM else 1.7
    if f.effective_date and g.effective_date:
        score += 0.4 if f.effective_date == g.effective_date else -0.9 * (f.effective_date[:7] != g.effective_date[:7])
    if f.penalties and g.penalties and not any(alike(one, other) for one in f.penalties for other in g.penalties):
        score -= 1.4
    if _part(f) != _part(g):
        score -= 1.2  # what a town decides is seldom a step of what the country does
    if f.territory and f.territory == g.territory and f.territory not in (RUSSIA, UNION):
        score += 1.2  # few measures of another country are told of
    return score - 0.7 * (_punished(f) or _punished(g)) - 1.5 * (Stage.STATEMENT in (f.stage, g.stage))


def _order(a: Reading, b: Reading) -> float:
    """The later of two readings should stand further on: what is in force is not proposed, what was done once is done anew rather than a step."""
    f, g = a.facts, b.facts
    first, second = moment(a), moment(b)
    days = abs((second - first).days) if first and second else 0
    score = 1.2 * min(2.0, sum(rare(number) for number in bag(a.terms).numbers & bag(b.terms).numbers) / 6)
    if _punished(g) and g.messengers and days > _CASE_LASTS:
        score -= 2.0
    if f.effective_date and second and second.date().isoformat().startswith(f.effective_date):
        score += 0.4
    if _hindered(f, g) and f.status is not Status.CANCELLED and _lifts(g) and not _lifts(f):
        return score + 3.0 - 0.3 * min(days / 365, 3.0)
    score -= min(days / 365, 3.0)
    if f.measure in HINDRANCE and g.measure is Measure.COURT_RULING and set(f.messengers) & set(g.messengers):
        return score + 0.8
    if f.status in _DONE and g.status in _DONE:
        return score - 0.4 - (1.0 if days <= WAVE else 1.5) * (f.status is g.status is Status.ENFORCED) - 0.7 * (f.status is g.status)
    if f.status not in _RUNGS or g.status not in _RUNGS or f.status is Status.CANCELLED:
        return score
    return score + _march(f, g, days)


def _march(f: Facts, g: Facts, days: int) -> float:
    """From the proposal to the law: further on, or passed by the other chamber; there is one national messenger at a time."""
    other_chamber = f.status is g.status is Status.ADOPTED and set(f.regulators).isdisjoint(g.regulators) and days <= _PASSAGE
    if f.status is g.status and not other_chamber:
        return -0.7
    if f.status and g.status and _RUNGS.index(g.status) < _RUNGS.index(f.status):
        return -2.0
    if g.status is Status.ENFORCED and f.status in _PAPERS:
        return -2.0  # a bill is passed before it is applied
    return 0.3 + 1.5 * (f.measure is g.measure is Measure.NATIONAL_MESSENGER and days <= _PASSAGE)


def _hindered(f: Facts, g: Facts) -> bool:
    """True if both hinder, or stop hindering, one messenger."""
    return {f.measure, g.measure} <= HINDRANCE and bool(set(f.messengers) & set(g.messengers))


def _lifts(facts: Facts) -> bool:
    return facts.status is Status.CANCELLED or facts.measure is Measure.EASING


def freed(a: Reading, b: Reading) -> bool:
    """True if the later of two readings tells the end of what the earlier one tells the beginning of, days before: two steps, however alike in words."""
    first, second = moment(a), moment(b)
    if first is None or second is None or abs((second - first).days) < _STANDS:
        return False
    f, g = (a.facts, b.facts) if first < second else (b.facts, a.facts)
    return {f.measure, g.measure} <= HINDRANCE and f.stage is Stage.ACTIVE and not _lifts(f) and _lifts(g)


def papers_of(documents: Sequence[str]) -> frozenset[str]:
    """Numbers of bills, laws and decrees; an article of a code is no paper of its own."""
    return frozenset(match[0].lower() for document in documents for match in _PAPER.finditer(document))


def land(facts: Facts) -> str:
    """The country of a measure: that of its authorities where all are another country's, else of its territory, else Russia where a Russian one acts."""
    ours = any(lexicon.countries().get(name) == "ru" for name in facts.regulators)
    theirs = [match[1] for name in facts.regulators if (match := _OF_COUNTRY.search(name))]
    if theirs and not ours:
        return _long_names().get(theirs[0], theirs[0])
    where = (facts.territory or "").split(", ")[0]
    if where:
        return RUSSIA if where in russian() else where
    return RUSSIA if ours else ""


@functools.cache
def _long_names() -> dict[str, str]:
    """The names of countries by those that stand after their authorities."""
    return {row["short"]: row["name"].removeprefix("the ") for row in lexicon.table("abroad")["country"] if "short" in row}


def _part(facts: Facts) -> bool:
    """True if a measure is that of a part of Russia."""
    return facts.territory is not None and facts.territory != RUSSIA and land(facts) == RUSSIA


def trail(reading: Reading) -> tuple[str, ...]:
    """Under which buckets a store finds the other steps of a reading's measure, whenever they were taken."""
    f = reading.facts
    where = land(f) or RUSSIA
    found = [f"topic|{word}" for word in matter.marks(reading)]
    if f.measure in HINDRANCE:
        found += [f"hinders|{where}|{name}" for name in f.messengers[:2]]
    found += [f"rule|{where}|{group}" for group in f.audiences if group not in BROAD][:3]
    return (*found, f"rule|{where}|{f.measure}")


def _same_kind(a: frozenset[str], b: frozenset[str]) -> bool:
    """True if both name a law, or both a bill: a law is numbered anew when it is signed."""
    return any(one.endswith("фз") == other.endswith("фз") for one in a for other in b)


def _akin(a: Measure | None, b: Measure | None) -> bool:
    """True if two measures may be one measure, told at two steps."""
    if a is None or b is None or {a, b} & {Measure.OTHER, Measure.STATEMENT}:
        return True
    return any({a, b} <= group for group in (HINDRANCE, DUTIES, _CASE))


def _punished(facts: Facts) -> bool:
    """True if a fine was imposed: the next one is another case."""
    return facts.measure is Measure.FINE and facts.status is Status.RULING


def _elsewhere(f: Facts, g: Facts) -> bool:
    here, there = land(f), land(g)
    return apart(f.territory, g.territory) or bool(here and there and here != there)
