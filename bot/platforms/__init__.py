"""The platforms behind one protocol: their SDKs and their errors stay inside this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.errors import DeliveryError
from bot.model import Part, Platform, Recipient


class Sender(Protocol):
    """Sends one part of an edition; knows nothing of limits, receipts or retries."""

    @property
    def platform(self) -> Platform:
        """Whose messages it sends."""
        ...

    @property
    def batch(self) -> int:
        """How many recipients one call may have."""
        ...

    @property
    def repeatable(self) -> bool:
        """Whether the platform drops a repeated call with the same `random_id`."""
        ...

    async def send(self, recipients: Sequence[Recipient], part: Part, *, random_id: int) -> Mapping[int, int | DeliveryError]:
        """Sends to at most `batch` recipients; answers for each id a message id or what to do about the failure."""
        ...

    async def close(self) -> None:
        """Closes connections."""
        ...


__all__ = ["Sender"]
