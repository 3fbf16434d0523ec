"""One person on two platforms: linked by a code that works once, with shared settings, read on one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from bot.deliver.handover import follow_up
from bot.errors import BadInput
from bot.model import Platform, Recipient, Subscriber
from bot.store.follows import Follows
from bot.store.links import CODE_GIVEN, Links
from handlers.dialogue.request import ChatKind, Reply
from handlers.dialogue.settings import schedule_line
from handlers.dialogue.talk import Talk

LIFETIME: Final = dt.timedelta(minutes=15)
TRIES: Final = 10
"""Wrong codes that a person may try within an hour."""


def _names(talk: Talk, recipient: Recipient) -> str:
    return talk.say("platform-telegram" if recipient.platform is Platform.TELEGRAM else "platform-vk")


async def link(talk: Talk, code: str) -> AsyncIterator[Reply]:
    """Without a code gives one; with the code of the other platform joins the two."""
    if talk.request.chat is not ChatKind.PRIVATE:
        raise BadInput("a group is not a person", key="link-private")
    sessions, links = talk.desk.store.sessions, Links(talk.desk.store.client)
    if not code:
        other = await links.other(talk.recipient)
        if other is not None:
            rows = [[talk.button("button-here", "prefer"), talk.button("button-unlink", "unlink")]]
            yield talk.reply("link-is", rows=rows, platform=_names(talk, other))
            return
        if before := await sessions.get(talk.recipient, CODE_GIVEN):
            await sessions.redeem("link", before)
        issued = await sessions.issue("link", str(talk.recipient), lifetime=LIFETIME)
        await sessions.put(talk.recipient, CODE_GIVEN, issued, lifetime=LIFETIME)
        yield talk.reply("link-code", platform=_names(talk, _across(talk)), code=issued)
        return
    if await sessions.count(talk.request.person, "codes", window=dt.timedelta(hours=1)) > TRIES:
        raise BadInput("too many codes", key="link-enough")
    held = await sessions.held("link", code.strip())
    if held and Recipient.parse(held).platform is talk.recipient.platform:
        raise BadInput("a code for the other platform", key="link-elsewhere", platform=_names(talk, _across(talk)))
    written = await sessions.redeem("link", code.strip())
    if written is None:
        raise BadInput("a wrong code", key="link-wrong")
    async for reply in _join(talk, Recipient.parse(written)):
        yield reply


async def _join(talk: Talk, first: Recipient) -> AsyncIterator[Reply]:
    """The settings of the side that asked for the code; the digests stay where they come, and of two such sides where the code is from."""
    store, here = talk.desk.store, talk.subscriber
    await Links(store.client).link(first, talk.recipient)
    there = await store.subscribers.get(first)
    preferences = (there or here).preferences
    stay = here.active and not (there is not None and there.active)
    await store.subscribers.put(replace(there or Subscriber(recipient=first), preferences=preferences, active=bool(there and there.active)))
    await Follows(store.client, store.sessions).share(first, talk.recipient)
    await talk.keep(replace(here, preferences=preferences, active=stay))
    rows = [[talk.button("button-here", "prefer"), talk.button("button-unlink", "unlink")]]
    where = "here" if stay else "there" if there is not None and there.active else "nowhere"
    if where == "here":
        rows = [[talk.button("button-unlink", "unlink"), talk.button("button-all-settings", "settings")]]
    if where == "nowhere":
        rows = [[talk.button("button-subscribe", "subscribe")], [talk.button("button-unlink", "unlink")]]
    lines = [talk.say("link-done", platform=_names(talk, first), where=where)]
    if where != "nowhere":
        lines.append(schedule_line(talk))
    yield Reply(document=talk.document(*lines, rows=rows))


def _across(talk: Talk) -> Recipient:
    """Nobody in particular on the other platform."""
    return Recipient(platform=Platform.VK if talk.recipient.platform is Platform.TELEGRAM else Platform.TELEGRAM, id=0)


async def prefer(talk: Talk) -> AsyncIterator[Reply]:
    """Digests come here from now on."""
    other = await Links(talk.desk.store.client).other(talk.recipient)
    if other is None:
        raise BadInput("not linked", key="stale-button")
    await follow_up(talk.desk.store, other, talk.recipient)
    await talk.keep(replace(talk.subscriber, active=True, gone=""))
    rows = [[talk.button("button-unlink", "unlink"), talk.button("button-all-settings", "settings")]]
    lines = [talk.say("link-here", platform=_names(talk, other)), schedule_line(talk)]
    yield Reply(document=talk.document(*lines, rows=rows), edit=True, toast=talk.say("done"))


async def unlink(talk: Talk) -> AsyncIterator[Reply]:
    """Each side keeps the settings as they are."""
    other = await Links(talk.desk.store.client).unlink(talk.recipient)
    rows = [[talk.button("button-link", "link"), talk.button("button-all-settings", "settings")]]
    yield talk.reply("link-none" if other is None else "link-gone", rows=rows)
