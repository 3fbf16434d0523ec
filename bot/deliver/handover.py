"""Where one platform fails a person who reads us on both, the other one carries on, without a gap and without a repeat."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from typing import Final

import structlog

from bot.clock import Clock
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import reprint
from bot.model import Recipient
from bot.store import Store
from bot.store.editions import Edition
from bot.store.links import Links
from bot.store.subscribers import audience_of

_OWN: Final = ("elsewhere.", "admin.")
"""Editions that have nowhere else to go."""
_log = structlog.get_logger(__name__)


async def hand_over(store: Store, recipient: Recipient) -> None:
    """A side that closed itself to us leaves the digests to the other, which goes on where this one ended. May be repeated."""
    other = await Links(store.client).other(recipient)
    here, there = await store.subscribers.get(recipient), await store.subscribers.get(other) if other else None
    if here is None or there is None or not here.active or there.gone:
        return
    await follow_up(store, recipient, there.recipient)
    await store.subscribers.put(replace(there, active=True))
    await store.subscribers.put(replace(here, active=False))


async def follow_up(store: Store, old: Recipient, new: Recipient) -> None:
    """The next edition at `new` goes on where the last one at `old` ended: the same person, before the subscription goes there."""
    here, there = await store.subscribers.get(old), await store.subscribers.get(new)
    if here is not None and there is not None and here.active:
        audiences = [audience_of(one.recipient.platform, one.preferences).id for one in (here, there)]
        await store.moved(new, *audiences, was=old)


class Handover:
    """For senders; any number may use one store: an edition is sent elsewhere once."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics) -> None:
        self._store, self._clock, self._links = store, clock, Links(store.client)
        self._fanout = Fanout(store.editions, store.outbox, store.subscribers, owner=uuid.uuid4().hex[:12], clock=clock, metrics=metrics)

    async def closed(self, recipient: Recipient, edition: Edition, *, begun: bool) -> None:
        """The recipient can no longer be reached here: this edition (unless a part of it was read) and all later ones go to the other side.

        Raises StoreUnavailable; may be repeated.
        """
        if not begun:
            await self.late(recipient, edition)
        await hand_over(self._store, recipient)

    async def late(self, recipient: Recipient, edition: Edition) -> bool:
        """The recipient could not be reached for an hour: this one edition goes to the other side. Returns whether there is one.

        Raises StoreUnavailable; may be repeated.
        """
        other = await self._links.other(recipient) if not edition.id.startswith(_OWN) else None
        if other is None:
            return False
        here, there = await self._store.subscribers.get(recipient), await self._store.subscribers.get(other)
        wanted = edition.id.startswith("follow.") or any(one is not None and one.active for one in (here, there))
        message = reprint(edition.message, other.platform)
        if there is None or there.gone or not wanted or message is None:
            return False
        name = hashlib.sha256(f"{edition.id}/{recipient}".encode()).hexdigest()[:16]
        copy = Edition(id=f"elsewhere.{name}", audience="", slot=self._clock.now(), message=message, told=edition.told)
        await self._fanout.queue_to(copy, [other])
        _log.info("an edition goes through the other platform", edition=edition.id, platform=other.platform)
        return True
