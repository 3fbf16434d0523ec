"""How much a story matters, 0..1, and why."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from bot.model import Facts, Group, Measure, Reading, Reason, Stage

_STAGE = {Stage.ACTIVE: 0.24, Stage.ADOPTED: 0.22, Stage.PASSING: 0.16, Stage.CANCELLED: 0.16, Stage.PLANNED: 0.10, Stage.STATEMENT: 0.03}
_MEASURE = {
    Measure.BLOCKING: 0.16,
    Measure.BAN: 0.14,
    Measure.SLOWDOWN: 0.13,
    Measure.RESTRICTION: 0.12,
    Measure.OBLIGATION: 0.12,
    Measure.NATIONAL_MESSENGER: 0.10,
    Measure.IDENTIFICATION: 0.09,
    Measure.DATA_STORAGE: 0.09,
    Measure.EASING: 0.10,
    Measure.REGISTRATION: 0.07,
    Measure.COURT_RULING: 0.06,
    Measure.FINE: 0.05,
    Measure.OTHER: 0.03,
    Measure.STATEMENT: 0.01,
}
_GROUP = {Group.USERS: 0.10, Group.BUSINESS: 0.06, Group.PLATFORMS: 0.01}
_WIDE = frozenset({"Telegram", "WhatsApp", "MAX"})


def weigh(readings: Sequence[Reading], facts: Facts, *, confirmed: bool, now: dt.datetime) -> tuple[float, tuple[Reason, ...]]:
    """The importance and its reasons, the weightiest first."""
    outlets = len({reading.outlet or reading.url for reading in readings})
    parts: list[tuple[float, Reason]] = [
        (min(0.16, 0.055 * math.log2(outlets + 1) - 0.03), Reason(code="outlets", detail=str(outlets))),
    ]
    if confirmed:
        parts.append((0.10, Reason(code="confirmed")))
    if facts.stage is not None:
        parts.append((_STAGE[facts.stage], Reason(code="stage", detail=str(facts.stage))))
    if facts.measure is not None:
        parts.append((_MEASURE[facts.measure], Reason(code="measure", detail=str(facts.measure))))
    touched = sum(_GROUP.get(group, 0.035) for group in facts.audiences)
    if touched:
        parts.append((min(0.16, touched), Reason(code="breadth", detail=", ".join(facts.audiences))))
    if _WIDE & set(facts.messengers):
        parts.append((0.06, Reason(code="widely-used", detail=", ".join(name for name in facts.messengers if name in _WIDE))))
    days = _days(facts.effective_date, now)
    if days is not None and 0 <= days <= 365:
        parts.append((0.12 * (1 - days / 400), Reason(code="soon", detail=str(days))))
    total = round(max(0.0, min(1.0, sum(value for value, _ in parts))), 3)
    return total, tuple(reason for value, reason in sorted(parts, key=lambda part: -part[0]) if value > 0.03)


def _days(date: str | None, now: dt.datetime) -> int | None:
    if not date:
        return None
    day = dt.date.fromisoformat(date if len(date) == 10 else f"{date}-01")
    return (day - now.date()).days
