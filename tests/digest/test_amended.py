"""A page of an edition that is opened again after something on it was corrected or withdrawn."""

from __future__ import annotations

import dataclasses
import datetime as dt

from bot.digest import amended, build, write
from bot.digest.editing import Field, corrected, retracted
from bot.digest.render.document import Document, Kind
from bot.model import Development, Period, Story

from .samples import DAY, NOW, english, viber, workban

LATER = NOW + dt.timedelta(hours=3)
SINCE = Period(since=DAY.until, until=LATER + dt.timedelta(hours=1))


def page() -> Document:
    """An edition of three stories."""
    return write(build((workban(), viber(), english()), period=DAY))


def headline(document: Document, place: int) -> str:
    """The head of a story, without its number."""
    return [item.text for item in document.blocks if item.kind is Kind.STORY][place].partition(". ")[2]


def at(place: int) -> Story:
    """The story at a place of the page."""
    return next(one for one in (workban(), viber(), english()) if headline(page(), place).startswith(one.headline))


def after(story: Story, place: int) -> Document:
    """The page once the story at the place is so."""
    return amended(page(), place, story, at(place).revision, SINCE)


def test_what_was_withdrawn_says_so_and_nothing_else() -> None:
    """Its headline stays under its number; its text, facts and sources go, and so does a main point that was taken from it."""
    gone = retracted(at(0), LATER)
    document = after(gone, 0)
    said = [item.text for item in document.blocks]
    place = next(number for number, item in enumerate(document.blocks) if item.kind is Kind.STORY)
    assert said[place].startswith(f"1. {gone.headline}")
    assert said[place + 1] == "Сюжет снят: сведения не подтвердились."
    assert document.blocks[place + 2].kind in (Kind.SECTION, Kind.STORY)
    assert not [item for item in document.blocks if item.kind is Kind.LEAD]
    assert headline(document, 1) == headline(page(), 1)
    assert document.buttons == page().buttons
    assert [item for item in after(retracted(at(1), LATER), 1).blocks if item.kind is Kind.LEAD]


def test_what_was_corrected_reads_as_it_stands_now() -> None:
    """Under the same number, with what was wrong; the other stories stay as they were."""
    right = corrected(at(1), Field.HEADLINE, "Правильный заголовок", LATER)
    document = after(right, 1)
    assert headline(document, 1) == "Правильный заголовок"
    assert any(f"раньше писали: {at(1).headline}" in item.text for item in document.blocks)
    assert [headline(document, place) for place in (0, 2)] == [headline(page(), place) for place in (0, 2)]


def test_a_development_is_for_later_editions() -> None:
    """A page tells its own day: what came after it changes nothing, nor does a place that it does not have."""
    news = Development(kind="penalty", before="", after="1 млн ₽", at=LATER)
    story = at(1)
    developed = dataclasses.replace(story, revision=story.revision + 1, developments=(*story.developments, news))
    assert after(developed, 1) == page()
    assert amended(page(), 9, retracted(story, LATER), story.revision, SINCE) == page()
