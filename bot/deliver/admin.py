"""What the operator must know reaches the administrators through the same outbox, ahead of mailings."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS
from bot.digest.render.document import Document, Kind, block
from bot.errors import DeliveryError
from bot.locales import words
from bot.model import Message, Platform, Recipient
from bot.platforms import Sender
from bot.store import Store
from bot.store.editions import Edition, Editions
from bot.store.outbox import Outbox

log = structlog.get_logger(__name__)

_PATIENCE: Final = 15.0
"""Seconds for a message past the queue; then it is queued after all."""
_AGAIN: Final = dt.timedelta(hours=1)
"""The same line is told once in so long."""


class Administrators:
    """Those named in the settings."""

    def __init__(
        self,
        store: Store,
        admins: Sequence[Recipient],
        *,
        clock: Clock,
        metrics: Metrics,
        language: str = "ru",
        senders: Callable[[], Sequence[Sender]] = tuple,
    ) -> None:
        """`senders` reach the platforms past the queue, for the news that the queue stands still."""
        self._admins, self._clock, self._language = tuple(admins), clock, language
        self._senders, self._pacer = senders, store.pacer
        self._editions, self._owner = Editions(store.client), uuid.uuid4().hex[:12]
        self._fanout = Fanout(self._editions, Outbox(store.client), store.subscribers, owner=self._owner, clock=clock, metrics=metrics)

    async def tell(self, text: str, *, once: str = "", directly: bool = False) -> None:
        """Sends one line to all of them; the same line at most once an hour, what goes by one name of `once` a single time.

        `directly` goes past the queue where the platform answers at once. Raises StoreUnavailable.
        """
        hour = int(self._clock.now().timestamp() // _AGAIN.total_seconds())
        name = hashlib.sha256((once or f"{hour}/{text}").encode()).hexdigest()[:16]
        for platform in Platform:
            recipients = [admin for admin in self._admins if admin.platform is platform]
            if not recipients:
                continue
            message = RENDERERS[platform](Document(blocks=(block(Kind.TEXT, text),)))
            edition = Edition(id=f"admin.{platform}.{name}", audience="", slot=self._clock.now(), message=message)
            new = await self._editions.create(edition, self._owner)
            if directly and new:  # whoever made it sends it; if that one dies meanwhile, the next to tell finds it made and queues it
                recipients = await self._at_once(platform, recipients, message)
            await self._fanout.queue_to(edition, recipients)

    async def _at_once(self, platform: Platform, recipients: Sequence[Recipient], message: Message) -> list[Recipient]:
        """Sends past the queue; returns those who were not reached so."""
        sender = next((one for one in self._senders() if one.platform is platform), None)
        if sender is None:
            return list(recipients)
        left = list(recipients)
        for recipient in recipients:
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._pacer(platform).reply(recipient.id)
                    for number, part in enumerate(message.parts):
                        found = await sender.send([recipient], part, random_id=uuid.uuid4().int % 2**31 + number)
                        answer = found[recipient.id]
                        if isinstance(answer, DeliveryError):
                            raise answer
            except (DeliveryError, TimeoutError) as error:
                log.warning("an administrator could not be told at once", recipient=str(recipient), error=str(error))
            else:
                left.remove(recipient)
        return left

    async def refused(self, edition: Edition, reason: str) -> None:
        """A platform refuses a message of this edition. Raises StoreUnavailable."""
        if not edition.id.startswith(("admin.", "edit.")):  # never about a message of our own to them; a post may have been deleted
            say = words(self._language)
            await self.tell(say.say("admin-edition-refused", edition=edition.id, platform=str(edition.platform), reason=reason))
