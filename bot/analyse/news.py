"""What is new in a story since it was last told."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from bot.model import Development, Story

_AMOUNT: Final = re.compile(
    r"(?P<number>\d{1,3}(?:[\s.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)(?:\s*(?P<unit>тыс|млн|миллион|млрд|миллиард|трлн|триллион|thousand|million|billion)\w*)?",
    re.IGNORECASE,
)
_TIMES: Final = {
    "тыс": 10**3,
    "thou": 10**3,
    "млн": 10**6,
    "миллион": 10**6,
    "mill": 10**6,
    "трлн": 10**12,
    "трилл": 10**12,
    "млрд": 10**9,
    "миллиард": 10**9,
    "bill": 10**9,
}
"""By how the word begins."""


def developments(before: Story, after: Story, now: dt.datetime) -> tuple[Development, ...]:
    """New stage, date, sum, official word, disagreement or correction; one more outlet that says the same is no news unless it is the third or the tenth."""
    found: list[Development] = []

    def new(kind: str, old: str, fresh: str, article: str = "") -> None:
        found.append(Development(kind=kind, before=old, after=fresh, at=now, article_id=article))

    if after.facts.stage != before.facts.stage and after.facts.stage is not None:
        new("stage", str(before.facts.stage or ""), str(after.facts.stage), _who(after, "stage", str(after.facts.stage)))
    old, fresh = before.facts.effective_date, after.facts.effective_date
    if fresh and fresh != old and not (old or "").startswith(fresh):
        new("effective_date", old or "", fresh, _who(after, "effective_date", fresh))
    sums = [_amounts(value) for value in before.facts.penalties]
    for value in after.facts.penalties:
        own = _amounts(value)
        if own and not any(own <= known or known <= own for known in sums if known):
            new("penalty", "", value, _who(after, "penalties", value))
            sums.append(own)
    if after.confirmed and not before.confirmed:
        first = next((source for source in after.sources if source.official), None)
        new("official", "", first.outlet if first else "", first.article_id if first else "")
    outlets = (
        len({source.outlet or source.url for source in before.sources}),
        len({source.outlet or source.url for source in after.sources}),
    )
    for count in (3, 10):
        if outlets[0] < count <= outlets[1]:
            new("source", str(outlets[0]), str(outlets[1]))
    known = {(item.field, frozenset(value for value, _ in item.values)) for item in before.disagreements}
    for item in after.disagreements:
        if (item.field, frozenset(value for value, _ in item.values)) not in known:
            new("disagreement", "", item.field)
    if after.retracted and not before.retracted:
        new("correction", "", "retracted")
    return tuple(found)


def _who(story: Story, field: str, value: str) -> str:
    return next((item.article_id for item in reversed(story.evidence) if item.field == field and item.value == value), "")


def _amounts(text: str) -> frozenset[Decimal]:
    """The numbers of a penalty, written out: half a million is no part of five millions, though its digit is."""
    found = set()
    for match in _AMOUNT.finditer(text):
        number = re.sub(r"\s|[.,](?=\d{3}(?!\d))", "", match["number"]).replace(",", ".")
        times = next((times for start, times in _TIMES.items() if (match["unit"] or "").lower().startswith(start)), 1)
        found.add(Decimal(number) * times)
    return frozenset(found)
