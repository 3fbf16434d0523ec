"""Facts of a story from the facts of its articles: what they agree on, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.model import LADDER, Disagreement, Evidence, Facts, Position, Reading, Stance

T = TypeVar("T")


def weight(reading: Reading) -> float:
    """An authority's own text counts thrice; a teaser half."""
    return (3.0 if reading.official else 1.0) * (0.5 if reading.teaser_only else 1.0)


def facts(readings: Sequence[Reading]) -> Facts:
    """Majority for single values, names that enough articles give for lists, the fullest list of documents and penalties."""
    measure = vote(readings, lambda reading: reading.facts.measure)
    stage = vote(readings, lambda reading: reading.facts.stage, prefer=lambda value: LADDER.index(value) if value in LADDER else -1)
    status = vote([reading for reading in readings if reading.facts.stage == stage], lambda reading: reading.facts.status)
    return Facts(
        regulators=names(readings, lambda reading: reading.facts.regulators),
        messengers=names(readings, lambda reading: reading.facts.messengers),
        measure=measure,
        audiences=names(readings, lambda reading: reading.facts.audiences),
        status=status,
        stage=stage,
        effective_date=_date(readings),
        documents=_union(reading.facts.documents for reading in readings),
        penalties=_union(reading.facts.penalties for reading in readings),
        territory=vote(readings, lambda reading: reading.facts.territory),
    )


def vote(readings: Sequence[Reading], value: Callable[[Reading], T | None], prefer: Callable[[T], int] = lambda _: 0) -> T | None:
    """The value with the greatest weight behind it."""
    totals: dict[T, float] = {}
    for reading in readings:
        said = value(reading)
        if said is not None:
            totals[said] = totals.get(said, 0.0) + weight(reading)
    return max(totals, key=lambda said: (totals[said], prefer(said), str(said))) if totals else None


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


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    found: list[str] = []
    for group in groups:
        for value in group:
            plain = re.sub(r"\W+", "", value.casefold())
            if not any(plain in re.sub(r"\W+", "", other.casefold()) for other in found):
                found.append(value)
    return tuple(found[:8])


def disagreements(readings: Sequence[Reading]) -> tuple[Disagreement, ...]:
    """Fields on which articles of different outlets differ: date, stage, sum, and how wide the circle is."""
    found = []
    for field, value in (
        ("effective_date", lambda r: r.facts.effective_date),
        ("stage", lambda r: str(r.facts.stage) if r.facts.stage in LADDER else None),
        ("penalties", lambda r: r.facts.penalties[0] if len(r.facts.penalties) == 1 else None),
        ("audiences", _scope),
    ):
        outlets: dict[str, list[str]] = {}
        for reading in readings:
            said = value(reading)
            if said:
                outlets.setdefault(said, []).append(reading.outlet or reading.url)
        merged = _same(field, outlets)
        if len(merged) > 1:
            ordered = sorted(merged.items(), key=lambda item: (-len(item[1]), item[0]))
            found.append(Disagreement(field=field, values=tuple((said, tuple(dict.fromkeys(names))) for said, names in ordered)))
    return tuple(found)


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
                if (field == "effective_date" and other.startswith(said)) or (field == "penalties" and _sum(other) == _sum(said))
            ),
            said,
        )
        merged.setdefault(home, []).extend(outlets[said])
    return merged


def _sum(text: str) -> str:
    return "".join(re.findall(r"[\d,.]+", text)).strip(",.")


def evidence(readings: Sequence[Reading], told: Facts) -> tuple[Evidence, ...]:
    """One sentence an outlet at most for each value that the story's facts hold."""
    kept: dict[tuple[str, str, str], Evidence] = {}
    for reading in readings:
        for item in reading.evidence:
            value = getattr(told, item.field, None)
            if value == item.value or (isinstance(value, tuple) and item.value in value):
                kept.setdefault((item.field, item.value, reading.article_id), item)
    return tuple(kept.values())


def positions(readings: Sequence[Reading]) -> tuple[Position, ...]:
    """One position a person; a stance for or against goes before an explanation, the fuller role is kept."""
    found: dict[str, Position] = {}
    for reading in readings:
        for position in reading.positions:
            key = position.who.split()[-1].casefold()[:5]
            kept = found.get(key)
            if (
                kept is None
                or (kept.stance is Stance.EXPLAINS and position.stance is not Stance.EXPLAINS)
                or (kept.stance == position.stance and len(position.role) > len(kept.role))
            ):
                found[key] = position
    return tuple(sorted(found.values(), key=lambda position: (position.stance is Stance.EXPLAINS, position.stance, position.who)))[:8]
