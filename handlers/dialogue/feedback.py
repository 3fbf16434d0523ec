"""«Неверно»: what a reader calls wrong reaches the administrators with the sentence behind it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import AsyncIterator, Mapping
from typing import Final

from bot.digest import labels
from bot.errors import BadInput
from bot.model import Recipient, Story
from bot.store.journal import FEEDBACK, REPORTED, Entry, Journal
from handlers.dialogue.request import Reply
from handlers.dialogue.retold import recall
from handlers.dialogue.stories import find_story
from handlers.dialogue.talk import Rows, Talk

KIND: Final = FEEDBACK
A_DAY: Final = 20
"""Reports that one person may send."""
MOST: Final = 500
"""Reports of one person that are known to be theirs: as many as are kept of all."""
REMEMBERED: Final = dt.timedelta(days=400)
SUMMARY: Final = "summary"
_FIELDS: Final = ("measure", "regulators", "audiences", "effective_date", "status", "messengers", "penalties", "documents", "territory")
"""Every fact that a card shows: with the summary they fill a keyboard of VK."""


async def how(talk: Talk) -> AsyncIterator[Reply]:
    """The word alone names no story: says where the button is."""
    yield talk.reply("feedback-how", rows=[[talk.button("button-digest", "digest:7d"), talk.button("button-search", "search")]])


async def wrong(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """Asks which fact of a story is wrong, then passes it on: `wrong:<story>[:<field>]`."""
    story_id, _, name = argument.partition(":")
    story = await find_story(talk, story_id)
    values = {one: found for one in _FIELDS if (found := _values(story, one))}
    if not name:
        yield _ask(talk, values, f"wrong:{story.id}")
        return
    values[SUMMARY] = (story.text,)
    told = " ".join(dict.fromkeys(item.source for item in story.summary))
    proof = told if name == SUMMARY else next((item.sentence for item in story.evidence if item.field == name), "")
    rows = [[talk.button("button-details", f"card:{story.id}"), talk.button("button-digest", "digest:1d")]]
    async for reply in _passed_on(talk, name, values, headline=story.headline, evidence=proof, rows=rows, story=story.id):
        yield reply


async def doubt(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """The same of what was retold on request: `doubt:<code>[:<field>]`."""
    code, _, name = argument.partition(":")
    piece = await recall(talk, code)
    values: dict[str, tuple[str, ...]] = {}
    for field, value, _ in piece.items:
        if field in _FIELDS and value not in values.get(field, ()):
            values[field] = (*values.get(field, ()), value)
    if not name:
        yield _ask(talk, values, f"doubt:{code}")
        return
    values[SUMMARY] = (piece.summary,)
    proof = next((sentence for field, _, sentence in piece.items if field == name), "")
    async for reply in _passed_on(talk, name, values, headline=piece.headline, evidence=proof, rows=talk.home, url=piece.url):
        yield reply


def _ask(talk: Talk, values: Mapping[str, tuple[str, ...]], action: str) -> Reply:
    home = {talk.words.territory("Russia")}  # no card says that a measure holds at home
    shown = [one for one in _FIELDS if one in values and (one != "territory" or {*map(talk.words.territory, values[one])} - home)]
    buttons = [talk.button(f"field-{one}", f"{action}:{one}") for one in shown]
    buttons.append(talk.button("feedback-summary", f"{action}:{SUMMARY}"))
    return talk.reply("feedback-ask", rows=[buttons[at : at + 2] for at in range(0, len(buttons), 2)])


async def _passed_on(
    talk: Talk, name: str, values: Mapping[str, tuple[str, ...]], *, headline: str, evidence: str, rows: Rows, **more: str
) -> AsyncIterator[Reply]:
    """Keeps the report and thanks for it, then tells the administrators."""
    if name not in values:
        raise BadInput("no such field", key="stale-button")
    if await talk.desk.store.sessions.count(talk.request.person, "feedback", window=dt.timedelta(days=1)) > A_DAY:
        raise BadInput("too many reports", key="feedback-enough")
    journal, code = Journal(talk.desk.store.client, talk.desk.clock), secrets.token_hex(6)
    await _remember(talk, code)
    await journal.add(KIND, headline=headline, field=name, value=", ".join(values[name]), evidence=evidence, **more, mark=code)
    yield Reply(document=talk.document(talk.say("feedback-thanks"), rows=rows), edit=True, toast=talk.say("done"))
    field = talk.say("feedback-summary") if name == SUMMARY else talk.say(f"field-{name}")
    shown = ", ".join(one if name == SUMMARY else labels.value(name, one, talk.words) for one in values[name])
    await talk.desk.alarm(talk.say("feedback-line", headline=headline, field=field, value=shown[:300], evidence=evidence[:500] or "—"))


async def _remember(talk: Talk, code: str) -> None:
    """That the report is this person's is known to their own memory alone; when they are forgotten the report goes with it."""
    sessions = talk.desk.store.sessions
    codes = (await sessions.get(talk.request.person, REPORTED) or "").split()
    await sessions.put(talk.request.person, REPORTED, " ".join([*codes, code][-MOST:]), lifetime=REMEMBERED)


async def reports_of(talk: Talk, person: Recipient) -> tuple[Entry, ...]:
    """What a person called wrong, as far as it is still kept, the newest first."""
    marks = (await talk.desk.store.sessions.get(person, REPORTED) or "").split()
    kept = await Journal(talk.desk.store.client, talk.desk.clock).latest(KIND, MOST) if marks else ()
    return tuple(entry for entry in kept if entry.fields.get("mark") in marks)


def _values(story: Story, name: str) -> tuple[str, ...]:
    value = getattr(story.facts, name)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),) if value else ()
