"""What an administrator corrects in a story, and how that stays however the story is told anew; pure."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.errors import BadInput
from bot.model import Development, Story, SummarySentence

LONGEST: Final = 600
"""Characters of a correction."""
_DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")


class Field(enum.StrEnum):
    """What can be corrected."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    DATE = "effective_date"


Fixes = Mapping[str, str]
"""By field; an empty date says that there is none."""


def checked(field: Field, value: str) -> str:
    """The value as it is kept. Raises BadInput."""
    value = " ".join(value.split())
    if field is Field.DATE:
        if value in ("", "-", "—", "нет", "none"):
            return ""
        try:
            if _DATE.fullmatch(value):
                dt.date.fromisoformat(value if len(value) > len("2026-09") else f"{value}-01")
                return value
            return dt.datetime.strptime(value, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a day without an hour
        except ValueError:
            raise BadInput("a date is written 2026-09-01 or 01.09.2026", key="admin-correct-date") from None
    if not value or len(value) > LONGEST:
        raise BadInput(f"a correction has 1 to {LONGEST} characters", key="admin-correct-long", most=LONGEST)
    return value


def current(story: Story, field: Field) -> str:
    """What the story says now."""
    match field:
        case Field.HEADLINE:
            return story.headline
        case Field.SUMMARY:
            return story.text
        case Field.DATE:
            return story.facts.effective_date or ""


def apply(story: Story, fixes: Fixes) -> Story:
    """The story with the corrections, whatever its sources say."""
    for name, value in fixes.items():
        match Field(name):
            case Field.HEADLINE:
                story = replace(story, headline=value)
            case Field.SUMMARY:
                story = replace(story, summary=(SummarySentence(text=value, article_id="", source=value),))
            case Field.DATE:
                evidence = tuple(item for item in story.evidence if item.field != "effective_date" or item.value == value)
                story = replace(story, facts=replace(story.facts, effective_date=value or None), evidence=evidence)
    return story


def corrected(story: Story, field: Field, value: str, now: dt.datetime) -> Story:
    """The story with one more correction, which its readers will hear of. `value` is what `checked` gave."""
    news = Development(kind="correction", before=current(story, field), after=value, at=now)
    fixed = apply(story, {field: value})
    return replace(fixed, revision=story.revision + 1, updated=now, developments=(*story.developments, news))


def retracted(story: Story, now: dt.datetime) -> Story:
    """The story withdrawn."""
    news = Development(kind="correction", after="retracted", at=now)
    return replace(story, retracted=True, revision=story.revision + 1, updated=now, developments=(*story.developments, news))


def uphold(told: Story, previous: Story | None, fixes: Fixes) -> Story:
    """A story that was told anew from its sources, with what was corrected put right again; that it differed is no news."""
    if not fixes:
        return told
    fixed = apply(told, fixes)
    if previous is None or Field.DATE not in fixes:
        return fixed
    known = len(previous.developments)
    fresh = tuple(item for item in told.developments[known:] if item.kind != "effective_date")
    if fresh or told.revision == previous.revision:
        return replace(fixed, developments=(*told.developments[:known], *fresh))
    return replace(fixed, developments=previous.developments, revision=previous.revision, updated=previous.updated)
