"""One person on two platforms."""

from __future__ import annotations

from typing import Any, Final

from bot.model import Recipient
from bot.store import keys

CODE_GIVEN: Final = "code"
"""The name under which a person's own unused code is remembered: a new one or /forget takes it back."""


class Links:
    """Pairs of recipients. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def other(self, recipient: Recipient) -> Recipient | None:
        """The same person on the other platform, or None."""
        value = await self._client.get(keys.LINK(recipient))
        return None if value is None else Recipient.parse(value.decode())

    async def link(self, one: Recipient, two: Recipient) -> None:
        """From now on these are one person; earlier links of either end."""
        await self.unlink(one)
        await self.unlink(two)
        await self._client.set(keys.LINK(one), str(two))
        await self._client.set(keys.LINK(two), str(one))

    async def unlink(self, recipient: Recipient) -> Recipient | None:
        """Parts the two; returns the other one."""
        other = await self.other(recipient)
        await self._client.delete(keys.LINK(recipient))
        if other is not None and await self.other(other) == recipient:
            await self._client.delete(keys.LINK(other))
        return other
