"""What the operator must know reaches the administrators through the same outbox, ahead of mailings."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from typing import Final

from bot.clock import Clock
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest.render.document import Document, Kind, block
from bot.locales import words
from bot.model import Platform, Recipient
from bot.store import Store
from bot.store.editions import Edition, Editions
from bot.store.outbox import Outbox

_AGAIN: Final = dt.timedelta(hours=1)
"""The same line is told once in so long."""


class Administrators:
    """Those named in the settings."""

    def __init__(self, store: Store, admins: Sequence[Recipient], *, clock: Clock, metrics: Metrics, language: str = "ru") -> None:
        self._admins, self._clock, self._language = tuple(admins), clock, language
        self._editions, self._owner = Editions(store.client), uuid.uuid4().hex[:12]
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)

    async def tell(self, text: str) -> None:
        """Sends one line to all of them, at most once an hour. Raises StoreUnavailable."""
        hour = int(self._clock.now().timestamp() // _AGAIN.total_seconds())
        name = hashlib.sha256(f"{hour}/{text}".encode()).hexdigest()[:16]
        for platform in Platform:
            recipients = [admin for admin in self._admins if admin.platform is platform]
            if not recipients:
                continue
            message = RENDERERS[platform](Document(blocks=(block(Kind.TEXT, text),)))
            edition = Edition(id=f"admin.{platform}.{name}", audience="", slot=self._clock.now(), message=message)
            await self._editions.create(edition, self._owner)
            await self._fanout.queue_to(edition, recipients)

    async def refused(self, edition: Edition, reason: str) -> None:
        """A platform refuses a message of this edition. Raises StoreUnavailable."""
        if not edition.id.startswith(("admin.", "edit.")):  # never about a message of our own to them; a post may have been deleted
            say = words(self._language)
            await self.tell(say.say("admin-edition-refused", edition=edition.id, platform=str(edition.platform), reason=reason))
