"""Which stories follow one measure from its proposal to its entry into force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analyse.likeness import countries, moment, overlap
from bot.analyse.places import apart
from bot.analyse.terms import bag, cosine
from bot.model import Facts, Measure, Reading, Stage

COMPARED = 6
"""Readings of a story that a new one is compared with."""
SURE = 0.9
"""From this on a story continues another one's thread."""
LASTS = 730
"""Days that a measure may take from one step to the next without a paper's number that proves it."""
_HINDRANCE = frozenset({Measure.BAN, Measure.BLOCKING, Measure.SLOWDOWN, Measure.RESTRICTION, Measure.EASING})
_DUTY = frozenset({Measure.OBLIGATION, Measure.NATIONAL_MESSENGER, Measure.REGISTRATION, Measure.IDENTIFICATION, Measure.DATA_STORAGE})
_CASE = frozenset({Measure.FINE, Measure.COURT_RULING})
_PAPER = re.compile(r"\d{3,8}-\d{1,2}(?!\d)|(?<![\d.])\d+-(?:фз|fz)|(?<=№ )\d{3,5}(?![\d.-])", re.IGNORECASE)


def follows(reading: Reading, readings: Sequence[Reading]) -> float:
    """How surely a reading tells another step of the measure that a story tells; `SURE` is enough."""
    return max((step(reading, other) for other in readings[:COMPARED]), default=0.0)


def step(a: Reading, b: Reading) -> float:
    """How surely two readings tell steps of one measure. The same number of a bill, law or decree is proof; else all must fit: whom, what, in which words."""
    f, g = a.facts, b.facts
    if _elsewhere(f, g):
        return 0.0
    papers = [papers_of(facts.documents) for facts in (f, g)]
    if papers[0] & papers[1]:
        return 2.0
    if _another_case(f, g) or _apart_in_time(a, b):
        return 0.0
    if papers[0] and papers[1] and _same_kind(papers[0], papers[1]):
        return 0.0  # another bill, another law
    if f.messengers and g.messengers and not set(f.messengers) & set(g.messengers):
        return 0.0
    return _fit(a, b) * _kinship(f.measure, g.measure) * _progress(f, g)


def _fit(a: Reading, b: Reading) -> float:
    f, g = a.facts, b.facts
    one, other = bag(a.terms), bag(b.terms)
    if a.language == b.language:
        words = 1.6 * cosine(one.whole, other.whole) + 0.8 * cosine(one.top, other.top) + 0.3 * cosine(one.notions, other.notions)
    else:
        words = 1.1 * cosine(one.notions, other.notions)
    score = words + 0.12 * overlap(f.messengers, g.messengers) + 0.12 * overlap(f.audiences, g.audiences)
    score += 0.3 * bool(f.effective_date and f.effective_date == g.effective_date)
    score += 0.12 * (f.measure == g.measure)
    return score


def _progress(f: Facts, g: Facts) -> float:
    """Full where the two stand on different rungs; two remarks, two fines, two warnings are seldom steps of one thing, however alike in words."""
    if Measure.FINE in (f.measure, g.measure) or Stage.STATEMENT in (f.stage, g.stage):
        return 0.7
    return 1.1 if f.stage != g.stage else 0.8


def papers_of(documents: Sequence[str]) -> frozenset[str]:
    """Numbers of bills, laws and decrees; an article of a code is no paper of its own."""
    return frozenset(match[0].lower() for document in documents for match in _PAPER.finditer(document))


def _same_kind(a: frozenset[str], b: frozenset[str]) -> bool:
    """True if both name a law, or both a bill: a law is numbered anew when it is signed."""
    return any(one.endswith("фз") == other.endswith("фз") for one in a for other in b)


def _kinship(a: Measure | None, b: Measure | None) -> float:
    """How far two measures may be one measure, told at two steps."""
    if a is None or b is None or a == b or {a, b} & {Measure.OTHER, Measure.STATEMENT}:
        return 1.0
    return 1.0 if any({a, b} <= group for group in (_HINDRANCE, _DUTY, _CASE)) else 0.75


def _another_case(f: Facts, g: Facts) -> bool:
    """Two fines of different sums, or a fine and a rule, are no steps of one thing."""
    if (f.measure == Measure.FINE) != (g.measure == Measure.FINE):
        return Measure.COURT_RULING not in (f.measure, g.measure)
    return f.measure == Measure.FINE and f.stage == g.stage


def _apart_in_time(a: Reading, b: Reading) -> bool:
    when_a, when_b = moment(a), moment(b)
    return bool(when_a and when_b and abs((when_a - when_b).days) > LASTS)


def _elsewhere(f: Facts, g: Facts) -> bool:
    if apart(f.territory, g.territory):
        return True
    here, there = countries(f.regulators), countries(g.regulators)
    return bool(here and there and not here & there)
