"""Long answers are leafed through in place: digests, those for somebody, what is followed, what was found."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from acting import NEWS, Stage, fill

from bot.model import Recipient
from bot.playground.site.edition import read_records
from bot.store.follows import Follows
from handlers.dialogue.stories import PAGE

MANY = 60
"""Articles of the sample edition that the store holds."""


async def _filled(stage: Stage) -> None:
    names = dict.fromkeys((*NEWS, *(record["id"] for record in read_records("articles.jsonl")[:MANY])))
    await fill(stage.newsroom, stage.clock, tuple(names))


def numbers(text: str) -> list[int]:
    """The numbers that stories have in a message."""
    return [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]


@pytest.mark.parametrize(
    "asked",
    ["дайджест неделя", "дайджест для банков, СМИ, компаний и пользователей за месяц", "слежу", "поиск мессенджер", "дайджест новое"],
)
async def test_a_long_answer_is_leafed_through(stage: Stage, asked: str) -> None:
    """Five stories a page, numbered on; the message is edited; the way back leads to the first page."""
    await _filled(stage)
    person = stage.person()
    stories = await stage.store.stories.recent(100)
    assert len(stories) > 2 * PAGE
    follows = Follows(stage.store.client, stage.store.sessions)
    for story in stories[: 2 * PAGE + 1]:
        await follows.follow(Recipient(platform=stage.platform, id=7), story.id)
    looked = (stage.clock.now() - dt.timedelta(days=20)).isoformat()
    await stage.store.sessions.put(Recipient(platform=stage.platform, id=7), "looked", looked, lifetime=dt.timedelta(days=1))
    person.say(asked)
    first = await person.expect(lambda message: numbers(message.text) == [1, 2, 3, 4, 5])
    before = first.text
    forward = next(label for label in first.buttons if "›" in label)
    assert forward.startswith("2/")
    person.press(forward)
    second = await person.expect(lambda message: numbers(message.text)[:1] == [6])
    assert (second.message_id, second.local_id) == (first.message_id, first.local_id)
    assert set(headlines(second.text)).isdisjoint(headlines(before))
    person.press(next(label for label in second.buttons if label.startswith("‹")))
    back = await person.expect(lambda message: numbers(message.text) == [1, 2, 3, 4, 5])
    assert headlines(back.text) == headlines(before)
    assert len(person.messages) == 1


def headlines(text: str) -> list[str]:
    """What stands after the numbers."""
    return re.findall(r"^\d+\. (.+)$", text, re.MULTILINE)
