"""What people sent and nobody has answered yet: it outlives the process that took it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any, Final

from bot.model import Platform
from bot.store import keys
from bot.store.lua import Script

_TAKE: Final = Script("inbox_take")
_DONE: Final = Script("inbox_done")
_INHERIT: Final = Script("inbox_inherit")
ALIVE: Final = dt.timedelta(seconds=6)
"""How long a process counts as alive after it last said so."""
TRIES: Final = 3
"""How many processes may die over one event before it is dropped: it may be what kills them."""
_PART: Final = 100


class Inbox:
    """The events of one platform. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, platform: Platform) -> None:
        self._client = client
        self.owner = secrets.token_hex(8)
        """Who answers what this object took."""
        self._bodies, self._order, self._owners, self._seen, self._alive, self._tries = (
            key(platform)
            for key in (keys.INBOX_BODIES, keys.INBOX_ORDER, keys.INBOX_OWNERS, keys.INBOX_SEEN, keys.INBOX_ALIVE, keys.INBOX_TRIES)
        )

    async def take(self, events: Iterable[tuple[str, bytes]]) -> set[str]:
        """Records events by name; returns the names of those that were never recorded before."""
        flat: list[str | bytes] = [part for event in events for part in event]
        names = await _TAKE(
            self._client,
            [self._bodies, self._order, self._owners, self._seen, self._alive],
            [self.owner, int(ALIVE.total_seconds()), keys.INBOX_BODIES.seconds, *flat],
        )
        return {name.decode() for name in names}

    async def done(self, name: str) -> None:
        """Crosses out an event that was answered."""
        await _DONE(self._client, [self._bodies, self._order, self._owners, self._tries], [name])

    async def inherit(self) -> tuple[tuple[str, bytes], ...]:
        """Says that we live; gives the events that processes which no longer do left unanswered, the oldest first. They are ours now."""
        found = await _INHERIT(
            self._client,
            [self._bodies, self._order, self._owners, self._alive, self._tries],
            [self.owner, int(ALIVE.total_seconds()), _PART, TRIES, keys.INBOX_BODIES.seconds],
        )
        return tuple((name.decode(), body) for name, body in zip(found[::2], found[1::2], strict=True))

    async def leave(self) -> None:
        """Says that we live no longer: what is left unanswered goes to others at once."""
        await self._client.zrem(self._alive, self.owner)

    async def waiting(self) -> int:
        """How many events are not answered yet."""
        return int(await self._client.zcard(self._order))
