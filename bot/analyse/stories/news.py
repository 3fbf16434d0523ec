"""What is new in a story since it was last told."""

from __future__ import annotations

import datetime as dt

from bot.analyse.facts.amounts import alike, amounts
from bot.analyse.stories.progress import ahead
from bot.model import Development, Disagreement, Story


def developments(before: Story, after: Story, now: dt.datetime) -> tuple[Development, ...]:
    """New stage, date, sum, official word, disagreement or correction; one more outlet that says the same is no news unless it is the third or the tenth."""
    found: list[Development] = []

    def new(kind: str, old: str, fresh: str, article: str = "") -> None:
        found.append(Development(kind=kind, before=old, after=fresh, at=now, article_id=article))

    stage = after.facts.stage
    if stage is not None and (before.facts.stage is None or ahead(before.facts.stage, stage)):  # further down is a reading put right
        new("stage", str(before.facts.stage or ""), str(after.facts.stage), _who(after, "stage", str(after.facts.stage)))
    old, fresh = before.facts.effective_date, after.facts.effective_date
    if fresh and fresh != old and not (old or "").startswith(fresh):
        new("effective_date", old or "", fresh, _who(after, "effective_date", fresh))
    known_sums = list(before.facts.penalties)
    for value in after.facts.penalties:
        if amounts(value) and not any(alike(value, other) for other in known_sums):
            new("penalty", "", value, _who(after, "penalties", value))
            known_sums.append(value)
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
    known = {_on_what(item) for item in before.disagreements}
    for item in after.disagreements:
        if _on_what(item) not in known:
            new("disagreement", "", item.field)
    if after.retracted and not before.retracted:
        new("correction", "", "retracted")
    return tuple(found)


def _on_what(item: Disagreement) -> tuple[str, frozenset[object]]:
    """What sources differ on: a sum in other words is the same sum."""
    return item.field, frozenset(amounts(value) or value if item.field == "penalties" else value for value, _ in item.values)


def _who(story: Story, field: str, value: str) -> str:
    return next((item.article_id for item in reversed(story.evidence) if item.field == field and item.value == value), "")
