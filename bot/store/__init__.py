"""Everything that touches Redis: `open_store(settings)` gives a `Store`, whatever stands behind it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.clock import Clock, SystemClock
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import health, keys, schema
from bot.store.agenda import Agenda
from bot.store.articles import Articles
from bot.store.client import Client, connect, connect_embedded
from bot.store.editions import Editions
from bot.store.fixes import StoryFixes
from bot.store.follows import Follows
from bot.store.journal import FEEDBACK, REPORTED, Journal
from bot.store.links import CODE_GIVEN, Links
from bot.store.outbox import Outbox
from bot.store.pacer import Pacer, limits_for
from bot.store.polls import Polls
from bot.store.reminders import Reminders
from bot.store.room import room
from bot.store.seals import Seals
from bot.store.sessions import Sessions
from bot.store.stories import Stories
from bot.store.subscribers import Subscribers, audience_of
from bot.store.visits import Visits

__all__ = ["Store", "open_store"]


DOINGS: Final = frozenset({"asked", "forgetting", "correcting", "looked", "retell", "#minute", "#day", "#feedback", "#codes"})
"""Names under which the dialogue remembers what a person does, in whatever chat; the others belong to the chat itself."""


class Store:
    """The repositories over one client. Every method of theirs raises StoreUnavailable when the store is away."""

    def __init__(self, client: Client, settings: Settings, clock: Clock) -> None:
        self.client = client
        self.settings = settings
        self.clock = clock
        retention = dt.timedelta(days=settings.retention_days)
        self.sessions = Sessions(client, clock)
        self.seals = Seals(client)
        self.agenda = Agenda(client)
        self.reminders = Reminders(client)
        self.subscribers = Subscribers(client, self.sessions, self.moved)
        self.articles = Articles(client, retention)
        self.stories = Stories(client, clock, keys.EVER)
        self.fixes = StoryFixes(client)
        self.polls = Polls(client)
        self.visits = Visits(client)
        self.editions = Editions(client)
        self.outbox = Outbox(client)
        self._pacers: dict[Platform, Pacer] = {}

    def pacer(self, platform: Platform) -> Pacer:
        """The one pacer of a platform, with the limits that the settings give."""
        if platform not in self._pacers:
            self._pacers[platform] = Pacer(self.client, platform, limits_for(platform, self.settings))
        return self._pacers[platform]

    async def moved(self, recipient: Recipient, old: str, new: str, *, was: Recipient | None = None) -> None:
        """A subscriber left one audience for another, or as `was` one platform for the other: what they were told goes with them."""
        await self.agenda.moved(recipient, old, new, was=was)
        await self.reminders.moved(recipient, old, new, was=was)

    async def forget(self, recipient: Recipient, person: Recipient) -> Recipient | None:
        """Removes everything that is kept of a chat and of the person in it, in queues and editions too, and on both platforms.

        A group goes with what its administrator's doings there left behind; what is theirs alone stays for their own chat to forget.
        Returns the same person on the other platform, if they had linked it. Raises StoreUnavailable; may be repeated.
        """
        links = Links(self.client)
        other = await links.other(recipient)
        for one in filter(None, (other, recipient)):
            await self._forget(one)
        if person != recipient:
            await self.sessions.forget(person, only=DOINGS)
        await links.unlink(recipient)  # last: until then another try finds the other side
        return other

    async def _forget(self, recipient: Recipient) -> None:
        await self._strike(recipient)  # first: whose the reports are is known to the memory that goes with the subscriber
        if code := await self.sessions.get(recipient, CODE_GIVEN):
            await self.sessions.redeem("link", code)
        known = await self.subscribers.get(recipient)
        if known is not None:
            audience = audience_of(recipient.platform, known.preferences).id
            await self.agenda.settle_in(audience, (recipient,))
            await self.reminders.forget(recipient, audience)
        await Follows(self.client, self.sessions).forget(recipient)
        await self.subscribers.forget(recipient)
        await self.editions.forget(recipient, self.clock.now())
        await self.sessions.forget(recipient)

    async def _strike(self, person: Recipient) -> None:
        """What a person called wrong may quote a text of theirs."""
        marks = (await self.sessions.get(person, REPORTED) or "").split()
        await Journal(self.client, self.clock).strike(FEEDBACK, marks)

    async def deliveries(self, recipient: Recipient) -> dict[str, object]:
        """What delivery keeps of a recipient, as JSON has it. Raises StoreUnavailable."""
        known = await self.subscribers.get(recipient)
        audience = audience_of(recipient.platform, known.preferences).id if known is not None else ""
        origin = (await self.agenda.newcomers(audience)).get(recipient) if audience else None
        recalled = (await self.reminders.recalled(audience)).get(recipient, {}) if audience else {}
        return {
            "editions": list(await self.editions.holding(recipient)),
            "came_from": None if origin is None else {"audience": origin.audience, "told_until": origin.until.isoformat()},
            "held": await Follows(self.client, self.sessions).held_for(recipient),
            "reminded": {thread: mark.date for thread, mark in recalled.items()},
        }

    async def ping(self) -> None:
        """Does nothing if the store answers. Raises StoreUnavailable."""
        await self.client.ping()

    async def facts(self) -> health.Facts:
        """What the server, or the worst node of a cluster, says of itself. Raises StoreUnavailable."""
        return await health.facts(self.client)

    async def memory(self) -> tuple[int, int]:
        """Bytes used and bytes allowed, 0 if nobody knows: by the server's own limit, by that of the container in which the server of
        our own shares the memory with this process, or by the machine. Raises StoreUnavailable."""
        told = await self.facts()
        inside = room() if self.settings.redis_url is None and not told.limit else None
        if inside is not None and inside.limit < (told.machine or inside.limit + 1):
            return max(told.used, inside.used), inside.limit
        return told.used, told.limit or told.machine

    async def server_time(self) -> float:
        """The server's clock, in seconds since 1970. Raises StoreUnavailable."""
        return await health.server_time(self.client)


@asynccontextmanager
async def open_store(settings: Settings, clock: Clock | None = None, *, migrated: bool = True) -> AsyncIterator[Store]:
    """Opens the store of `settings.redis_url`, or starts (or joins) the server of our own in `settings.data_dir`.

    The data are brought to the present shape, unless `migrated` is False: then they are as they were found. Raises ConfigurationError if
    neither can work, StoreUnavailable if the server is away.
    """
    async with _client(settings) as client:
        if migrated:
            await schema.migrate(client)
        yield Store(client, settings, clock or SystemClock())


@asynccontextmanager
async def _client(settings: Settings) -> AsyncIterator[Client]:
    if settings.redis_url is not None:
        client = connect(settings.redis_url.get_secret_value())
        try:
            yield client
        finally:
            await client.aclose()
        return
    from bot.store.embedded import Embedded  # it needs a system that has file locks

    server = Embedded(settings.data_dir / "store")
    try:
        await asyncio.to_thread(server.ensure)
        client = connect_embedded(server.ensure)
        try:
            yield client
        finally:
            await client.aclose()
    finally:
        await asyncio.to_thread(server.release)
