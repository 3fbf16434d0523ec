"""The pages of an edition: kept once however many readers leaf through them."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass
from typing import Any

from bot.digest.render.document import Document
from bot.model import Length
from bot.store import codec
from bot.store.keys import LEAVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page."""

    document: Document
    told: tuple[tuple[str, int], ...] = ()
    """The stories on it, in their order, and the revisions in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongEdition:
    """An edition of more than one page, and how it was written."""

    leaves: tuple[Leaf, ...]
    made: dt.datetime | None = None
    """The end of its period; None for one that an older version kept: nothing is known of its stories."""
    language: str = "ru"
    length: Length = Length.SHORT


class Leaves:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def keep(self, code: str, edition: LongEdition) -> None:
        """Keeps the edition for a month; the same code stands for the same pages."""
        await self._client.set(LEAVES(code), zlib.compress(codec.dump(edition)), ex=LEAVES.seconds)

    async def read(self, code: str) -> LongEdition | None:
        """The edition; None if it is no longer kept."""
        found: bytes | None = await self._client.get(LEAVES(code))
        if found is None:
            return None
        text = zlib.decompress(found)
        if not text.startswith(b"["):
            return codec.load(LongEdition, text)
        return LongEdition(leaves=tuple(Leaf(document=one) for one in codec.load(tuple[Document, ...], text)))
