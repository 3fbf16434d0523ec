"""Coming, subscribing, leaving, being told what is kept and having it removed."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import asdict, replace

from bot.deliver.handover import follow_up
from bot.digest.render.document import Button
from bot.errors import BadInput
from bot.model import Platform, Recipient, Subscriber
from bot.store.follows import Follows
from bot.store.links import Links
from handlers.dialogue.feedback import reports_of
from handlers.dialogue.request import ChatKind, Reply
from handlers.dialogue.settings import schedule_line
from handlers.dialogue.talk import MEMORY, Talk


async def start(talk: Talk) -> AsyncIterator[Reply]:
    """The greeting; it keeps nothing."""
    if talk.subscribed:
        rows = [[talk.button("button-today", "digest:1d"), talk.button("button-all-settings", "settings")]]
        yield Reply(document=talk.document(talk.say("start"), schedule_line(talk), rows=rows))
        return
    yield talk.reply("start", rows=[[talk.button("button-subscribe", "subscribe")], [talk.button("button-today", "digest:1d")]])


async def subscribe(talk: Talk, *, pressed: bool = False) -> AsyncIterator[Reply]:
    """One press, with the defaults; a second one says the same."""
    if talk.elsewhere is not None:
        await follow_up(talk.desk.store, talk.elsewhere.recipient, talk.recipient)
    await talk.keep(replace(talk.subscriber, active=True, gone=""))
    rows = [
        [talk.button("settings-time-name", "settings:time"), talk.button("settings-profile-name", "settings:profile")],
        [talk.button("button-other-settings", "settings")],
    ]
    lead = talk.say("done-here") if talk.request.chat is not ChatKind.PRIVATE else talk.say("done")
    yield Reply(document=talk.document(f"{lead} {schedule_line(talk)}", rows=rows), toast=talk.say("done") if pressed else "")


async def unsubscribe(talk: Talk, *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Nothing more is sent, on the other platform neither; the settings stay."""
    if talk.elsewhere is not None:
        await talk.desk.store.subscribers.put(replace(talk.elsewhere, active=False))
    if talk.known and talk.subscriber.active:
        await talk.keep(replace(talk.subscriber, active=False))
    rows = [[talk.button("button-resubscribe", "subscribe")]]
    text = talk.say("unsubscribed", forget=talk.help_word("forget")) if talk.known else talk.say("not-subscribed")
    yield Reply(document=talk.document(text, rows=rows), toast=talk.say("done") if pressed else "")


async def help_(talk: Talk) -> AsyncIterator[Reply]:
    """What can be asked, as it is written on this platform."""
    rows: list[list[Button]] = [
        [talk.button("button-digest", "digest:1d"), talk.button("button-search", "search"), talk.button("button-calendar", "calendar")],
        [talk.button("button-following", "following"), talk.button("button-all-settings", "settings")],
        [talk.button("button-privacy", "privacy")],
    ]
    if talk.request.chat is ChatKind.PRIVATE:
        rows[-1].append(talk.button("button-link", "link"))
    if talk.is_admin and talk.request.chat is ChatKind.PRIVATE:
        rows += [[talk.button("admin-button-stats", "admin:stats"), talk.button("admin-button-sources", "admin:sources")]]
    platform = talk.recipient.platform.value
    texts = talk.say("help", platform=platform, bot=f"@{talk.bot_name or talk.say('help-bot')}").split("\n\n")
    yield Reply(document=talk.document(*texts, *([talk.say("help-admin")] if talk.is_admin else []), rows=rows))


async def privacy(talk: Talk) -> AsyncIterator[Reply]:
    """What is kept, in plain words."""
    texts = talk.say("privacy", export=talk.help_word("export"), forget=talk.help_word("forget")).split("\n\n")
    yield Reply(document=talk.document(*texts, rows=[[talk.button("button-export", "export")], [talk.button("button-forget", "forget")]]))


async def forget(talk: Talk, argument: str = "", *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Asks once, then removes everything. The confirmation is good for one press: `forget:<code>`."""
    sessions = talk.desk.store.sessions
    if not argument:
        code = secrets.token_hex(4)
        await sessions.put(talk.request.person, "forgetting", code, lifetime=MEMORY)
        rows = [[talk.button("button-forget-yes", f"forget:{code}"), talk.button("button-keep", "cancel")]]
        other = await Links(talk.desk.store.client).other(talk.recipient)
        lines = [talk.say(_here(talk, "forget-ask")), *([talk.say("forget-there", platform=_named(talk, other))] if other else [])]
        yield Reply(document=talk.document(*lines, rows=rows), edit=pressed)
        return
    kept = await sessions.get(talk.request.person, "forgetting") or ""
    if not secrets.compare_digest(kept.encode(), argument.encode()):
        raise BadInput("an old or a foreign confirmation", key="stale-button")
    other = await talk.desk.store.forget(talk.recipient, talk.request.person)
    rows = [[talk.button("button-again", "start")]]
    lines = [talk.say(_here(talk, "forgotten")), *([talk.say("forgotten-there", platform=_named(talk, other))] if other else [])]
    yield Reply(document=talk.document(*lines, rows=rows), edit=True, toast=talk.say("done"))


def _here(talk: Talk, key: str) -> str:
    """Of a group something else is said than of a person."""
    return key if talk.request.chat is ChatKind.PRIVATE else f"{key}-here"


def _named(talk: Talk, recipient: Recipient) -> str:
    return talk.say("platform-telegram" if recipient.platform is Platform.TELEGRAM else "platform-vk")


async def export(talk: Talk) -> AsyncIterator[Reply]:
    """A JSON file of all that is kept of this person, on both platforms; in a group, of the group alone: others read along."""
    other = await Links(talk.desk.store.client).other(talk.recipient)
    kept = await _kept(talk, talk.recipient)
    kept["linked"] = {"chat": str(other), **await _kept(talk, other)} if other else None
    data = json.dumps(kept, ensure_ascii=False, indent=2)
    rows = [[talk.button("button-forget", "forget"), talk.button("button-all-settings", "settings")]]
    document = talk.document(talk.say(_here(talk, "exported")), rows=rows)
    yield Reply(document=document, attachment=talk.attachment("vestnik.json", data.encode()))


async def _kept(talk: Talk, recipient: Recipient) -> dict[str, object]:
    """What is kept of one chat."""
    store = talk.desk.store
    subscriber = await store.subscribers.get(recipient)
    following = list(await Follows(store.client, store.sessions).of(recipient))
    return {
        "subscriber": _plain(subscriber) if subscriber is not None else None,
        "remembered": {**await store.sessions.remembered(recipient), "following": following},
        "called_wrong": [dict(entry.fields) for entry in await reports_of(talk, recipient)],
        "deliveries": await store.deliveries(recipient),
    }


def _plain(subscriber: Subscriber) -> dict[str, object]:
    return {**asdict(subscriber), "recipient": str(subscriber.recipient)}


async def cancel(talk: Talk, *, pressed: bool = False) -> AsyncIterator[Reply]:
    """Whatever was asked is asked no more."""
    await talk.settle()
    await talk.desk.store.sessions.drop(talk.request.person, "forgetting")
    yield Reply(document=talk.document(talk.say("cancelled")), edit=pressed)


async def thanks(talk: Talk) -> AsyncIterator[Reply]:
    """A kind word gets one back; among people it was hardly meant for us."""
    if talk.request.chat is ChatKind.PRIVATE:
        yield talk.reply("welcome", rows=talk.home)


async def lost(talk: Talk) -> AsyncIterator[Reply]:
    """What cannot be understood gets a way on."""
    yield talk.reply("not-understood", rows=talk.home)
