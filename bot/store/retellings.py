"""What a language model wrote, by what it was asked, and how many calls it had today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.store import keys
from bot.store.sessions import Sessions


class Retellings:
    """The memory and the budget of a language model, shared by all processes. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, sessions: Sessions) -> None:
        self._client, self._sessions = client, sessions

    async def spend(self, day: dt.date, limit: int) -> bool:
        """True if one more call of today is allowed; it is then counted. The day is the store's clock's own."""
        return await self._sessions.spend("llm", limit)

    async def recall(self, key: str) -> str | None:
        """What was written, "" for what was refused, None if it was never asked."""
        found = await self._client.get(keys.RETELLING(key))
        return None if found is None else found.decode()

    async def begin(self, key: str) -> bool:
        """True for the one process that asks first; whoever comes while it asks, or after it was killed, finds a refusal."""
        return bool(await self._client.set(keys.RETELLING(key), "", ex=keys.RETELLING.seconds, nx=True))

    async def forget(self, key: str) -> None:
        """As if it had never been asked."""
        await self._client.delete(keys.RETELLING(key))

    async def remember(self, key: str, text: str) -> None:
        """Keeps it for a season."""
        await self._client.set(keys.RETELLING(key), text, ex=keys.RETELLING.seconds)
