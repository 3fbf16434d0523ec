"""Facts of a story from the facts of its articles: what they agree on, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.analyse.facts.amounts import alike, amounts, currency, whom
from bot.analyse.facts.papers import same
from bot.analyse.facts.places import RUSSIA
from bot.analyse.language.terms import surname
from bot.analyse.stories import progress
from bot.analyse.stories.progress import vote, weight
from bot.model import Disagreement, Evidence, Facts, Measure, Position, Reading, Stage, Stance, Status

MOST = 8
"""Documents and penalties of a story at most."""

T = TypeVar("T")


def facts(readings: Sequence[Reading], before: Stage | None = None) -> Facts:
    """Majority for single values, the furthest confirmed stage, names that enough articles give for lists, the fullest list of documents and penalties.

    `before`: the stage as it was told last.
    """
    measure = vote(readings, lambda reading: reading.facts.measure)
    stage = progress.stage(readings, before)
    status = status_of([reading for reading in readings if reading.facts.stage == stage])
    return Facts(
        regulators=names(readings, lambda reading: reading.facts.regulators),
        messengers=names(readings, lambda reading: reading.facts.messengers),
        measure=measure,
        audiences=names(readings, lambda reading: reading.facts.audiences),
        status=status,
        stage=stage,
        effective_date=_date(readings),
        documents=_documents(readings),
        penalties=_penalties(readings),
        territory=vote(readings, lambda reading: reading.facts.territory, prefer=lambda value: int(value != RUSSIA)),
    )


def status_of(readings: Sequence[Reading]) -> Status | None:
    """The status that most of some articles of one stage give."""
    return vote(readings, lambda reading: reading.facts.status)


def names(readings: Sequence[Reading], value: Callable[[Reading], tuple[T, ...]]) -> tuple[T, ...]:
    """The names that at least a third of the articles, or an official one, give; the most given first."""
    totals: dict[T, float] = {}
    for reading in readings:
        for name in value(reading):
            totals[name] = totals.get(name, 0.0) + weight(reading)
    official = {name for reading in readings if reading.official for name in value(reading)}
    least = sum(weight(reading) for reading in readings) / 3
    return tuple(name for name in sorted(totals, key=lambda name: (-totals[name], str(name))) if totals[name] >= least or name in official)


def _date(readings: Sequence[Reading]) -> str | None:
    months = vote(readings, lambda reading: (reading.facts.effective_date or "")[:7] or None)
    if months is None:
        return None
    return vote(
        [r for r in readings if (r.facts.effective_date or "")[:7] == months], lambda reading: reading.facts.effective_date, prefer=len
    )


def _documents(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Every document once, in its fullest spelling, in the language that most articles have; the most given first."""
    kept: list[tuple[str, int]] = []
    for reading in sorted(readings, key=lambda reading: not _common_tongue(reading, readings)):
        for value in reading.facts.documents:
            twin = next((index for index, (other, _) in enumerate(kept) if same(value, other)), None)
            if twin is None:
                kept.append((value, 1))
            else:
                other, count = kept[twin]
                kept[twin] = (value if len(value) > len(other) and value.isascii() == other.isascii() else other, count + 1)
    return tuple(value for value, _ in sorted(kept, key=lambda item: -item[1]))[:MOST]


def _penalties(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Every penalty once, the most given first; money that fewer articles count in is the same sum in other money."""
    kept: list[tuple[str, int]] = []
    for reading in sorted(readings, key=lambda reading: not _common_tongue(reading, readings)):
        for value in reading.facts.penalties:
            twin = next((index for index, (other, _) in enumerate(kept) if alike(value, other)), None)
            if twin is None:
                kept.append((value, 1))
            else:
                other, count = kept[twin]
                fuller = bool(whom(value)) > bool(whom(other)) or (
                    bool(whom(value)) == bool(whom(other)) and len(amounts(value)) > len(amounts(other))
                )
                kept[twin] = (value if fuller else other, count + 1)
    money: dict[str, int] = {}
    for value, count in kept:
        if currency(value) not in ("", "%"):
            money[currency(value)] = money.get(currency(value), 0) + count
    most = max(money, key=lambda name: money[name], default="")
    return tuple(value for value, _ in sorted(kept, key=lambda item: -item[1]) if currency(value) in ("", "%", most))[:MOST]


def _common_tongue(reading: Reading, readings: Sequence[Reading]) -> bool:
    """True if a reading is in the language of most."""
    return sum(one.language == reading.language for one in readings) * 2 >= len(readings)


def disagreements(readings: Sequence[Reading]) -> tuple[Disagreement, ...]:
    """Fields on which articles of different outlets differ: date, stage, sum, and how wide the circle is."""
    found = []
    money = vote(readings, lambda reading: currency(_penalty(reading) or "") or None)
    for field, outlets in (
        ("effective_date", _said(readings, lambda reading: reading.facts.effective_date)),
        ("stage", progress.disputed(readings)),
        ("penalties", _said(readings, lambda reading: said if currency(said := _penalty(reading) or "") == money else None)),
        ("audiences", _said(readings, _scope)),
    ):
        merged = _same(field, outlets)
        if len(merged) > 1:
            ordered = sorted(merged.items(), key=lambda item: (-len(item[1]), item[0]))
            found.append(Disagreement(field=field, values=tuple((one, tuple(dict.fromkeys(names))) for one, names in ordered)))
    return tuple(found)


def _said(readings: Sequence[Reading], value: Callable[[Reading], str | None]) -> dict[str, list[str]]:
    """Each value with the outlets that give it."""
    outlets: dict[str, list[str]] = {}
    for reading in readings:
        if said := value(reading):
            outlets.setdefault(said, []).append(reading.outlet or reading.url)
    return outlets


_ONLY = re.compile(
    r"(?:только|лишь|исключительно|only)\s+(?:на |для )?(?:сотрудник\w+ )?(?:\w+ ){0,2}(?:госорган|ведомств|госслуж|чиновник|банк|government|state|officials)",
    re.IGNORECASE,
)


def _scope(reading: Reading) -> str | None:
    """`state` where an article limits the measure to authorities, `business` where it names commerce or companies."""
    if any(_ONLY.search(item.sentence) for item in reading.evidence) or any(_ONLY.search(sentence) for sentence in reading.sentences):
        return "state"
    return "business" if {"commerce", "business"} & set(reading.facts.audiences) else None


def _same(field: str, outlets: dict[str, list[str]]) -> dict[str, list[str]]:
    """A month is the day inside it; sums that name the same number are one sum."""
    merged: dict[str, list[str]] = {}
    for said in sorted(outlets, key=lambda said: (-len(said), said)):
        home = next(
            (
                other
                for other in merged
                if (field == "effective_date" and other.startswith(said)) or (field == "penalties" and alike(other, said))
            ),
            said,
        )
        merged.setdefault(home, []).extend(outlets[said])
    return merged


def _penalty(reading: Reading) -> str | None:
    """The penalty of a concrete case, where an article gives one alone: what else it names are rules and what was before."""
    concrete = reading.facts.measure in (Measure.FINE, Measure.COURT_RULING)
    return reading.facts.penalties[0] if concrete and len(reading.facts.penalties) == 1 else None


def evidence(readings: Sequence[Reading], told: Facts) -> tuple[Evidence, ...]:
    """One sentence an article at most for each value that the story's facts hold; a value in another spelling is evidence of the story's."""
    kept: dict[tuple[str, str, str], Evidence] = {}
    for reading in readings:
        for item in reading.evidence:
            value = _told_as(item, told)
            if value is not None:
                kept.setdefault((item.field, value, reading.article_id), item if value == item.value else replace(item, value=value))
    return tuple(kept.values())


def _told_as(item: Evidence, told: Facts) -> str | None:
    """The value of a story's facts that a sentence is evidence of."""
    value = getattr(told, item.field, None)
    if value == item.value or (isinstance(value, tuple) and item.value in value):
        return item.value
    if item.field in ("documents", "penalties") and isinstance(value, tuple):
        is_one = same if item.field == "documents" else alike
        return next((one for one in value if is_one(one, item.value)), None)
    return None


def positions(readings: Sequence[Reading]) -> tuple[Position, ...]:
    """One position a person; a stance for or against goes before an explanation, the fullest name and role are kept."""
    found: dict[str, Position] = {}
    for reading in readings:
        for position in reading.positions:
            key = next((key for key, kept in found.items() if _is_one(kept.who, position.who)), position.who)
            kept = found.get(key)
            if kept is None:
                found[key] = position
                continue
            better = (
                position
                if (kept.stance is Stance.EXPLAINS and position.stance is not Stance.EXPLAINS)
                or (kept.stance == position.stance and len(position.role) > len(kept.role))
                else kept
            )
            named = max(kept, position, key=lambda one: (len(one.who.split()), one is better))
            role = better.role or next((one.role for one in (kept, position) if one.role and one.who.isascii() == named.who.isascii()), "")
            found[key] = replace(better, who=named.who, role=role)
    return tuple(sorted(found.values(), key=lambda position: (position.stance is Stance.EXPLAINS, position.stance, position.who)))[:8]


def _is_one(one: str, other: str) -> bool:
    """True if two ways of naming a speaker mean the same: one name, or persons of one surname, in whatever letters, whose first names do not differ."""
    if one.casefold() == other.casefold():
        return True
    first, second = one.split(), other.split()
    if not (_is_person(first) and _is_person(second)) or surname(one) != surname(other):
        return False
    return len(first) == 1 or len(second) == 1 or surname(first[0])[:1] == surname(second[0])[:1]


def _is_person(words: Sequence[str]) -> bool:
    return len(words) in (1, 2, 3) and all(word[:1].isupper() and not word.isupper() for word in words)
