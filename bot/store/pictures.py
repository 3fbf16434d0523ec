"""Pictures that editions carry: kept once however many carry them, and what each platform calls those that it has."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.model import Platform
from bot.store.keys import PICTURE, PICTURE_HANDLE


class Pictures:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def keep(self, body: bytes) -> str:
        """Keeps a picture for a week; returns its name, the same for the same bytes."""
        name = hashlib.sha256(body).hexdigest()[:24]
        await self._client.set(PICTURE(name), body, ex=PICTURE.seconds)
        return name

    async def read(self, name: str) -> bytes | None:
        """The picture; None if it is no longer kept."""
        found: bytes | None = await self._client.get(PICTURE(name))
        return found

    async def handle(self, platform: Platform, name: str) -> str | None:
        """What the platform calls it; None if it does not have it."""
        found = await self._client.get(PICTURE_HANDLE(name, platform))
        return None if found is None else str(found.decode())

    async def remember(self, platform: Platform, name: str, handle: str) -> None:
        """The platform has it and calls it so."""
        await self._client.set(PICTURE_HANDLE(name, platform), handle, ex=PICTURE_HANDLE.seconds)
