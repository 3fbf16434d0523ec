"""«Неверно»: what a reader calls wrong reaches the administrators with the sentence behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Final

from bot.digest import labels
from bot.errors import BadInput
from bot.model import Story
from bot.store.journal import Journal
from handlers.dialogue.request import Reply
from handlers.dialogue.stories import find_story
from handlers.dialogue.talk import Talk

KIND: Final = "feedback"
A_DAY: Final = 20
"""Reports that one person may send."""
SUMMARY: Final = "summary"
_FIELDS: Final = ("measure", "regulators", "audiences", "effective_date", "status", "messengers", "penalties")


async def wrong(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """Asks which fact is wrong, then passes it on: `wrong:<story>[:<field>]`."""
    story_id, _, name = argument.partition(":")
    story = await find_story(talk, story_id)
    fields = [one for one in _FIELDS if _value(story, one)]
    if not name:
        buttons = [talk.button(f"field-{one}", f"wrong:{story.id}:{one}") for one in fields]
        buttons.append(talk.button("feedback-summary", f"wrong:{story.id}:{SUMMARY}"))
        yield talk.reply("feedback-ask", rows=[buttons[at : at + 2] for at in range(0, len(buttons), 2)])
        return
    if name not in (*fields, SUMMARY):
        raise BadInput("no such field", key="stale-button")
    if await talk.desk.store.sessions.count(talk.request.person, "feedback", window=dt.timedelta(days=1)) > A_DAY:
        raise BadInput("too many reports", key="feedback-enough")
    value = story.text if name == SUMMARY else _value(story, name)
    proof = next((item.sentence for item in story.evidence if item.field == name), "")
    journal = Journal(talk.desk.store.client, talk.desk.clock)
    await journal.add(KIND, story=story.id, headline=story.headline, field=name, value=value, evidence=proof)
    rows = [[talk.button("button-details", f"card:{story.id}"), talk.button("button-digest", "digest:1d")]]
    yield Reply(document=talk.document(talk.say("feedback-thanks"), rows=rows), edit=True, toast=talk.say("done"))
    field = talk.say("feedback-summary") if name == SUMMARY else talk.say(f"field-{name}")
    shown = value if name == SUMMARY else ", ".join(labels.value(name, one, talk.words) for one in _values(story, name))
    await talk.desk.alarm(talk.say("feedback-line", headline=story.headline, field=field, value=shown[:300], evidence=proof[:500] or "—"))


def _value(story: Story, name: str) -> str:
    return ", ".join(_values(story, name))


def _values(story: Story, name: str) -> tuple[str, ...]:
    value = getattr(story.facts, name)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),) if value else ()
