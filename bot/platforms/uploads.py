"""A picture goes up to a platform once, whoever sends it first; one that does not go up is not waited for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.errors import DeliveryError, RecipientGone, RecipientMoved, Rejected, StoreUnavailable
from bot.model import Platform
from bot.store.pictures import Pictures

_TRIES: Final = 2
"""After so many failures a process sends an edition without its picture."""
_log = structlog.get_logger(__name__)


class Uploads:
    """What one platform calls the pictures that it has."""

    def __init__(self, pictures: Pictures, platform: Platform) -> None:
        self._pictures, self._platform = pictures, platform
        self._known: dict[str, str] = {}
        self._failed: Counter[str] = Counter()
        self._one_at_a_time = asyncio.Lock()

    async def handle(self, name: str, upload: Callable[[bytes], Awaitable[str]]) -> str:
        """What the platform calls the picture; `upload` brings it there if nobody has yet. Raises DeliveryError, and the upload's own."""
        async with self._one_at_a_time:
            if name not in self._known:
                try:
                    body = None
                    found = await self._pictures.handle(self._platform, name)
                    if found is None and self._failed[name] < _TRIES:
                        body = await self._pictures.read(name)
                except StoreUnavailable as error:
                    raise Rejected(f"no-picture: {error}") from error
                if found is None and body is None:
                    raise Rejected("no-picture: it is not kept, or does not go up")
                self._known[name] = found or await self._upload(name, body or b"", upload)
            return self._known[name]

    async def _upload(self, name: str, body: bytes, upload: Callable[[bytes], Awaitable[str]]) -> str:
        try:
            handle = await upload(body)
        except (RecipientGone, RecipientMoved):
            raise  # it lies in the recipient, not in the picture
        except DeliveryError as error:
            self._failed[name] += 1
            _log.warning("a picture does not go up", platform=self._platform, picture=name, error=str(error))
            raise
        try:
            await self._pictures.remember(self._platform, name, handle)
        except StoreUnavailable as error:
            _log.warning("where a picture is is known to this process alone", picture=name, error=str(error))
        return handle

    def forget(self, name: str) -> None:
        """The platform no longer knows it by what it called it: whoever is next goes without, or brings it up again."""
        self._known.pop(name, None)
        self._failed[name] += 1
