"""What administrators ask: figures, sources, defects, readers' reports; withdrawing a story; a word to all."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from bot.errors import BadInput
from bot.model import Cluster, Development, Platform
from bot.store.journal import Journal
from handlers.dialogue import feedback, people, stories
from handlers.dialogue.request import Reply
from handlers.dialogue.talk import Talk

DEFECTS: Final = "defects"
SHOWN: Final = 10
LIFETIME: Final = dt.timedelta(minutes=15)
LONGEST: Final = 3000
"""Characters of an announcement."""


async def answer(talk: Talk, name: str, argument: str) -> AsyncIterator[Reply]:
    """One of the requests below; for anybody else they do not exist."""
    if not talk.is_admin:
        async for reply in people.lost(talk):
            yield reply
        return
    match name:
        case "stats":
            stream = _stats(talk)
        case "sources":
            stream = _sources(talk)
        case "feedback":
            stream = _journal(talk, feedback.KIND)
        case "announce":
            stream = _announce(talk, argument)
        case "retract":
            stream = _retract(talk, argument)
        case _:
            stream = _journal(talk, DEFECTS)
    async for reply in stream:
        yield reply


async def _stats(talk: Talk) -> AsyncIterator[Reply]:
    counted = await talk.desk.store.subscribers.count()
    lines = [
        talk.say(
            "admin-stats-line",
            platform=talk.say(f"platform-{platform}"),
            active=counted.active.get(platform, 0),
            inactive=counted.inactive.get(platform, 0),
            gone=counted.gone.get(platform, 0),
        )
        for platform in Platform
    ]
    kept = talk.say("count-stories", count=await talk.desk.store.stories.count())
    yield Reply(document=talk.document(talk.say("admin-stats"), "\n".join(lines), talk.say("admin-stats-stories", stories=kept)))


async def _sources(talk: Talk) -> AsyncIterator[Reply]:
    states = await talk.desk.store.polls.states()
    failing = {name: state for name, state in states.items() if state.failures}
    lines = [
        talk.say(
            "admin-source-line",
            name=name,
            since=talk.words.moment(state.failing_since, now=talk.now, timezone=talk.preferences.schedule.timezone)
            if state.failing_since
            else "—",
            error=state.error[:120],
        )
        for name, state in sorted(failing.items(), key=lambda item: -item[1].failures)[:SHOWN]
    ]
    yield Reply(document=talk.document(talk.say("admin-sources", count=len(states), failing=len(failing)), "\n".join(lines)))


async def _journal(talk: Talk, kind: str) -> AsyncIterator[Reply]:
    entries = await Journal(talk.desk.store.client, talk.desk.clock).latest(kind, SHOWN)
    lines = [
        f"{talk.words.moment(entry.at, now=talk.now, timezone=talk.preferences.schedule.timezone)} · "
        + " · ".join(value[:200] for value in entry.fields.values() if value)
        for entry in entries
    ]
    yield Reply(document=talk.document(talk.say(f"admin-{kind}" if lines else "admin-nothing"), *lines))


async def _announce(talk: Talk, text: str) -> AsyncIterator[Reply]:
    """Shows what all would read; nothing is sent before the press."""
    if talk.desk.announce is None:
        raise BadInput("nothing can be announced here", key="admin-no-announce")
    if not text or len(text) > LONGEST:
        yield talk.reply("admin-announce-ask", most=LONGEST)
        return
    code = await talk.desk.store.sessions.issue("announce", text, lifetime=LIFETIME)
    counted = await talk.desk.store.subscribers.count()
    rows = [[talk.button("admin-announce-yes", f"announce:{code}"), talk.button("button-keep", "cancel")]]
    yield Reply(document=talk.document(talk.say("admin-announce-preview", count=sum(counted.active.values())), text, rows=rows))


async def announce(talk: Talk, code: str) -> AsyncIterator[Reply]:
    """The press under the preview; it works once."""
    text = await talk.desk.store.sessions.redeem("announce", code) if talk.is_admin else None
    if text is None or talk.desk.announce is None:
        raise BadInput("an old or a foreign button", key="stale-button")
    count = await talk.desk.announce(text)
    yield Reply(document=talk.document(talk.say("admin-announced", count=count)), edit=True, toast=talk.say("done"))


async def _retract(talk: Talk, story_id: str) -> AsyncIterator[Reply]:
    """Withdraws a story: it leaves digests, search and the calendar."""
    story = await stories.find_story(talk, story_id)
    cluster = await talk.desk.store.stories.cluster(story.id)
    if cluster is None:
        raise BadInput("no such story", key="story-gone")
    gone = replace(
        story,
        retracted=True,
        revision=story.revision + 1,
        updated=talk.now,
        developments=(*story.developments, Development(kind="correction", after="", at=talk.now)),
    )
    await talk.desk.store.stories.put(Cluster(story=gone, readings=cluster.readings), previous=cluster)
    yield talk.reply("admin-retracted", headline=story.headline)
