"""What administrators ask: figures, sources, defects, readers' reports; a word to all; the way to corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from bot.deliver.announcing import written
from bot.digest import labels
from bot.errors import BadInput
from bot.model import Platform
from bot.store.journal import Journal
from handlers.dialogue import amending, feedback, people
from handlers.dialogue.request import Reply
from handlers.dialogue.talk import Rows, Talk

MENU: Final = ("stats", "sources", "feedback", "errors", "correct", "announce")
DEFECTS: Final = "defects"
SHOWN: Final = 10
SIMILAR: Final = 5
"""Sources that are named in place of one that is none."""
LIFETIME: Final = dt.timedelta(minutes=15)
LONGEST: Final = 3000
"""Characters of an announcement."""
LONGEST_NAME: Final = 48
"""Bytes of a button's action."""


async def answer(talk: Talk, name: str, argument: str) -> AsyncIterator[Reply]:
    """One of the requests below; for anybody else they do not exist."""
    if not talk.is_admin:
        async for reply in people.lost(talk):
            yield reply
        return
    async for reply in _stream(talk, name, argument):
        yield _with_menu(talk, reply)


def _stream(talk: Talk, name: str, argument: str) -> AsyncIterator[Reply]:
    match name:
        case "stats":
            return _stats(talk)
        case "sources":
            return _sources(talk)
        case "feedback":
            return _journal(talk, feedback.KIND)
        case "announce":
            return _announce(talk, argument)
        case "correct":
            return amending.correct(talk, argument)
        case "retract":
            return amending.retract(talk, argument)
        case "pause" | "resume":
            return _switch(talk, name, argument)
        case _:
            return _journal(talk, DEFECTS)


def menu(talk: Talk) -> Rows:
    """Everything that administrators ask, a button each."""
    buttons = [talk.button(f"admin-button-{name}", f"admin:{name}") for name in MENU]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _with_menu(talk: Talk, reply: Reply) -> Reply:
    if reply.document is None or reply.document.buttons:
        return reply
    return replace(reply, document=replace(reply.document, buttons=tuple(tuple(row) for row in menu(talk))))


async def pressed(talk: Talk, name: str, argument: str) -> AsyncIterator[Reply]:
    """A button of an administrator's; to anybody else it is a stale one."""
    if not talk.is_admin:
        raise BadInput("a forged button", key="stale-button")
    match name:
        case "admin":
            stream = _stream(talk, argument, "") if argument in MENU else people.lost(talk)
        case "announce":
            stream = announce(talk, argument)
        case "amend":
            stream = amending.amend(talk, argument)
        case "correct":
            stream = amending.corrected(talk, argument)
        case "retract":
            stream = amending.retract(talk, argument, pressed=True)
        case _:
            stream = _switch(talk, name, argument, pressed=True)
    async for reply in stream:
        yield _with_menu(talk, reply)


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
    queues = []
    for platform in Platform:
        queued, dead = await talk.desk.store.outbox.sizes(platform)
        queues.append(talk.say("admin-stats-queue", platform=talk.say(f"platform-{platform}"), queued=queued, dead=dead))
    texts = (talk.say("admin-stats"), "\n".join(lines), "\n".join(queues), talk.say("admin-stats-stories", stories=kept))
    yield Reply(document=talk.document(*texts))


async def _sources(talk: Talk) -> AsyncIterator[Reply]:
    states = await talk.desk.store.polls.states()
    paused = await talk.desk.store.polls.paused()
    failing = sorted(
        (item for item in states.items() if item[1].failures and item[0] not in paused), key=lambda item: (-item[1].failures, item[0])
    )
    lines = [
        talk.say("admin-source-line", name=name, since=_moment(talk, state.failing_since), error=state.error[:120])
        for name, state in failing[:SHOWN]
    ]
    lines += [talk.say("admin-source-paused", name=name, since=_moment(talk, since)) for name, since in paused.items()]
    offers = [talk.button("admin-resume", f"resume:{name}", name=name) for name in list(paused)[:3]]
    offers += [talk.button("admin-pause", f"pause:{name}", name=name) for name, _ in failing[:3]]
    head = talk.say("admin-sources", count=len(states), failing=len(failing))
    rows = [[one] for one in offers if len(one.action) <= LONGEST_NAME and one.action.isascii()]
    yield Reply(document=talk.document(head, "\n".join(lines), talk.say("admin-sources-how"), rows=rows))


async def _switch(talk: Talk, name: str, source: str, *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Pauses or resumes a source by its id."""
    polls, source = talk.desk.store.polls, source.strip()
    known = await polls.known()
    if source not in known:
        near = get_close_matches(source.lower(), known, SIMILAR, cutoff=0.5)
        names = talk.words.list(near or sorted(known)[:SIMILAR])
        yield talk.reply("admin-source-unknown" if near else "admin-source-unlike", names=names or "—", count=len(known))
        return
    if name == "pause":
        await polls.pause(source, talk.now)
    else:
        await polls.resume(source, talk.now)
    text = talk.say("admin-source-is-paused" if name == "pause" else "admin-source-is-resumed", name=source)
    back = talk.button("admin-resume", f"resume:{source}", name=source) if name == "pause" else None
    rows = [[back]] if back is not None and len(back.action) <= LONGEST_NAME and back.action.isascii() else []
    yield Reply(document=talk.document(text, rows=rows), edit=pressed, toast=talk.say("done") if pressed else "")


def _moment(talk: Talk, at: dt.datetime | None) -> str:
    return talk.words.moment(at, now=talk.now, timezone=talk.preferences.schedule.timezone) if at else "—"


async def _journal(talk: Talk, kind: str) -> AsyncIterator[Reply]:
    entries = await Journal(talk.desk.store.client, talk.desk.clock).latest(kind, SHOWN)
    between = "\n" if kind == feedback.KIND else " · "
    lines = [between.join([_moment(talk, entry.at), *_told(talk, entry.fields)]) for entry in entries]
    yield Reply(document=talk.document(talk.say(f"admin-{kind}" if lines else "admin-nothing"), *lines))


def _told(talk: Talk, fields: Mapping[str, str]) -> list[str]:
    """What is on record, in words: «кого касается: банки» rather than codes; what only programs need is left out."""
    name = fields.get("field", "")
    if name and name != feedback.SUMMARY:
        fact = f"{talk.say(f'field-{name}')}: {labels.value(name, fields.get('value', ''), talk.words)}"
        fields = {"headline": f"__{fields.get('headline', '')}__", "fact": fact, "evidence": fields.get("evidence", "")}
    return [value[:200] for key, value in fields.items() if value and key not in ("story", "field", "mark")]


async def _announce(talk: Talk, text: str) -> AsyncIterator[Reply]:
    """Shows what all would read; nothing is sent before the press."""
    if talk.desk.announce is None:
        raise BadInput("nothing can be announced here", key="admin-no-announce")
    if not text or len(text) > LONGEST:
        await talk.expect("announce")
        yield talk.reply("admin-announce-ask", most=LONGEST)
        return
    await talk.settle()
    code = await talk.desk.store.sessions.issue("announce", text, lifetime=LIFETIME)
    counted = await talk.desk.store.subscribers.count()
    rows = [[talk.button("admin-announce-yes", f"announce:{code}"), talk.button("admin-announce-no", "cancel")]]
    head = talk.document(talk.say("admin-announce-preview", count=sum(counted.active.values())), rows=rows)
    first, *rest = written(text, talk.words.language).blocks
    yield Reply(document=replace(head, blocks=(*head.blocks, replace(first, gap=True), *rest)))


async def announce(talk: Talk, code: str) -> AsyncIterator[Reply]:
    """The press under the preview; it works once, and is gone through again if it was broken off halfway."""
    text = await talk.desk.store.sessions.held("announce", code)
    if text is None or talk.desk.announce is None:
        raise BadInput("an old or a foreign button", key="stale-button")
    count = await talk.desk.announce(text, code)
    await talk.desk.store.sessions.redeem("announce", code)
    yield Reply(document=talk.document(talk.say("admin-announced", count=count)), edit=True, toast=talk.say("done"))
