"""An administrator corrects or withdraws a story: choose it, say what is right, see what its readers will see, send."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from bot import digest
from bot.digest import editing
from bot.digest.editing import Field
from bot.digest.render.document import Button, Document
from bot.errors import BadInput
from bot.model import Story
from handlers.dialogue.parse import plain
from handlers.dialogue.request import Reply
from handlers.dialogue.stories import find_story
from handlers.dialogue.talk import MEMORY, Talk

LIFETIME: Final = dt.timedelta(minutes=15)
SHOWN: Final = 6
REMEMBERED: Final = "correcting"
_WORDS: Final = {
    Field.HEADLINE: ("заголовок", "headline"),
    Field.SUMMARY: ("пересказ", "текст", "summary", "text"),
    Field.DATE: ("срок", "дата", "date"),
}


async def correct(talk: Talk, text: str) -> AsyncIterator[Reply]:
    """`<story> <field> <what is right>`, or the answer to our question, or nothing: then the last stories to choose from."""
    story_id, field, value = _read(text)
    asked = await talk.expected() == "correct"  # whoever writes the command itself has left our question
    remembered = await talk.desk.store.sessions.get(talk.request.person, REMEMBERED) if asked else None
    if remembered and text:
        story_id, name = remembered.split(" ")
        field, value = Field(name), text
    if not story_id:
        async for reply in _choose(talk):
            yield reply
        return
    if field is None:
        async for reply in amend(talk, story_id):
            yield reply
        return
    story = await find_story(talk, story_id)
    value = editing.checked(field, value)
    await talk.settle()
    await talk.desk.store.sessions.drop(talk.request.person, REMEMBERED)
    if editing.current(story, field) == value:
        yield talk.reply("admin-correct-same")
        return
    then = editing.corrected(story, field, value, talk.now)
    document = digest.correction(then, then.developments[-1:], language=talk.words.language)
    order = json.dumps([story.id, field.value, value], ensure_ascii=False)
    code = await talk.desk.store.sessions.issue("correct", order, lifetime=LIFETIME)
    async for reply in _preview(talk, story, document, talk.button("admin-correct-yes", f"correct:{code}")):
        yield reply


async def amend(talk: Talk, argument: str) -> AsyncIterator[Reply]:
    """What can be done with a story: `amend:<story>`; with a field, asks what is right: `amend:<story>:<field>`."""
    story_id, _, name = argument.partition(":")
    story = await find_story(talk, story_id)
    if not name:
        fields = [talk.button(f"admin-field-{field}", f"amend:{story.id}:{field}") for field in Field]
        rows = [fields, [talk.button("admin-retract-button", f"retract:{story.id}"), talk.button("button-details", f"card:{story.id}")]]
        yield Reply(document=talk.document(f"__{story.headline}__", talk.say("admin-amend"), rows=rows))
        return
    if name not in set(Field):
        raise BadInput("no such field", key="stale-button")
    await talk.desk.store.sessions.put(talk.request.person, REMEMBERED, f"{story.id} {name}", lifetime=MEMORY)
    await talk.expect("correct")
    now = editing.current(story, Field(name)) or "—"
    rows = [[talk.button("button-keep", "cancel")]]
    yield Reply(document=talk.document(talk.say(f"admin-ask-{name}"), talk.say("admin-ask-now", value=now), rows=rows))


async def corrected(talk: Talk, code: str) -> AsyncIterator[Reply]:
    """The press under the preview; it works once."""
    order = await talk.desk.store.sessions.redeem("correct", code)
    if order is None or talk.desk.editor is None:
        raise BadInput("an old or a foreign button", key="stale-button")
    story_id, field, value = json.loads(order)
    count = await talk.desk.editor.correct(story_id, Field(field), value)
    yield Reply(document=talk.document(talk.say("admin-corrected", count=count)), edit=True, toast=talk.say("done"))


async def retract(talk: Talk, argument: str, *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Asks before a story is withdrawn: `retract <story>`; the press of the confirmation is `retract:!<code>`."""
    if pressed and argument.startswith("!"):
        story_id = await talk.desk.store.sessions.redeem("retract", argument[1:])
        if story_id is None or talk.desk.editor is None:
            raise BadInput("an old or a foreign button", key="stale-button")
        count = await talk.desk.editor.retract(story_id)
        story = await find_story(talk, story_id)
        text = talk.say("admin-retracted", headline=story.headline, count=count)
        yield Reply(document=talk.document(text), edit=True, toast=talk.say("done"))
        return
    if not argument:
        async for reply in _choose(talk):
            yield reply
        return
    story = await find_story(talk, argument.strip())
    if story.retracted:
        yield talk.reply("admin-retracted-before", headline=story.headline)
        return
    code = await talk.desk.store.sessions.issue("retract", story.id, lifetime=LIFETIME)
    document = digest.retraction(story, language=talk.words.language)
    async for reply in _preview(talk, story, document, talk.button("admin-retract-yes", f"retract:!{code}")):
        yield reply


async def _preview(talk: Talk, story: Story, document: Document, yes: Button) -> AsyncIterator[Reply]:
    if talk.desk.editor is None:
        raise BadInput("nothing can be corrected here", key="admin-no-announce")
    count = await talk.desk.editor.readers(story.id)
    head = talk.document(talk.say("admin-announce-preview", count=count))
    blocks = (*head.blocks, *(replace(block, gap=block.gap or number == 0) for number, block in enumerate(document.blocks)))
    yield Reply(document=replace(document, blocks=blocks, buttons=((yes, talk.button("button-keep", "cancel")),)))


async def _choose(talk: Talk) -> AsyncIterator[Reply]:
    latest = [story for story in await talk.desk.store.stories.recent(SHOWN * 2) if not story.retracted][:SHOWN]
    if not latest:
        yield talk.reply("admin-nothing")
        return
    lines = [f"{number}. {story.headline}" for number, story in enumerate(latest, start=1)]
    buttons = [Button(text=str(number), action=f"amend:{story.id}") for number, story in enumerate(latest, start=1)]
    yield Reply(document=talk.document(talk.say("admin-choose"), "\n".join(lines), rows=[buttons[:3], buttons[3:]]))


def _read(text: str) -> tuple[str, Field | None, str]:
    """The story, the field and the value of what was written; a story alone, or nothing."""
    head, _, rest = text.strip().partition(" ")
    name, _, value = rest.strip().partition(" ")
    field = next((one for one, words in _WORDS.items() if plain(name.rstrip(":")) in words), None)
    if field is not None:
        return head, field, value.strip()
    return ("", None, "") if rest or not head else (head, None, "")
