"""A word of the administrators to all subscribers, through the same outbox as editions."""

from __future__ import annotations

import hashlib
import uuid
from typing import Final

from bot.clock import Clock
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest.render.document import Button, Document, Kind, block
from bot.locales import words
from bot.store import Store
from bot.store.editions import Edition, Editions
from bot.store.outbox import Outbox

_NAMED: Final = 12


def written(text: str, language: str) -> Document:
    """The announcement as all will see it: its lines and paragraphs as they were written, without marks, and the ways on."""
    lines, say = [line.strip() for line in text.strip().splitlines()], words(language)
    ways = (("button-digest", "digest:1d"), ("button-all-settings", "settings"))
    return Document(
        blocks=tuple(block(Kind.TEXT, line, gap=bool(at) and not lines[at - 1]) for at, line in enumerate(lines) if line),
        buttons=(tuple(Button(text=say.say(key), action=action) for key, action in ways),),
    )


class Announcer:
    """Announcing again under the same name goes on where the first time ended: nobody is told twice."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics) -> None:
        self._subscribers, self._clock, self._owner = store.subscribers, clock, uuid.uuid4().hex[:12]
        self._editions = Editions(store.client)
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)

    async def send(self, text: str, name: str) -> int:
        """Queues the text for all active subscribers without it under this name; returns how many have it. Raises StoreUnavailable."""
        now = self._clock.now()
        name = hashlib.sha256(f"{name}/{text}".encode()).hexdigest()[:_NAMED]
        told = 0
        async for audience in self._subscribers.audiences():
            edition = Edition(
                id=f"{audience.id}.announce.{name}",
                audience=audience.id,
                slot=now,
                message=RENDERERS[audience.platform](written(text, audience.preferences.language)),
            )
            await self._editions.create(edition, self._owner)
            await self._fanout.queue(edition, audience)
            counted = await self._editions.counts(edition.id)
            told += counted.recipients if counted else 0
        return told
