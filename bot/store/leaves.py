"""The pages of an edition: kept once however many readers leaf through them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from bot.digest.render.document import Document
from bot.store import codec
from bot.store.keys import LEAVES


class Leaves:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def keep(self, code: str, pages: Sequence[Document]) -> None:
        """Keeps the pages for a month; the same code stands for the same pages."""
        await self._client.set(LEAVES(code), zlib.compress(codec.dump(tuple(pages), tuple[Document, ...])), ex=LEAVES.seconds)

    async def read(self, code: str) -> tuple[Document, ...]:
        """The pages; none if they are no longer kept."""
        found: bytes | None = await self._client.get(LEAVES(code))
        return () if found is None else codec.load(tuple[Document, ...], zlib.decompress(found))
