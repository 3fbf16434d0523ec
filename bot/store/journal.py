"""The last entries of each kind that an administrator may want to read: what readers called wrong, our own defects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from bot.clock import Clock
from bot.store import keys

FEEDBACK: Final = "feedback"
"""What readers called wrong. Whose an entry is stands with the reader alone, as its mark: when they are forgotten it goes too."""
REPORTED: Final = "reported"
"""The name under which a reader's codes are remembered, apart by spaces."""
_KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: when, and what as named texts."""

    at: dt.datetime
    fields: Mapping[str, str]


class Journal:
    """At most 500 entries a kind; the oldest make room. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, clock: Clock) -> None:
        self._client, self._clock = client, clock

    async def add(self, kind: str, **fields: str) -> None:
        """Writes an entry of this kind."""
        pipe = self._client.pipeline(transaction=True)
        pipe.lpush(keys.JOURNAL(kind), orjson.dumps({"at": self._clock.now().isoformat(), "fields": fields}))
        pipe.ltrim(keys.JOURNAL(kind), 0, _KEPT - 1)
        await pipe.execute()

    async def latest(self, kind: str, limit: int = 10) -> tuple[Entry, ...]:
        """The newest first."""
        raw = [orjson.loads(line) for line in await self._client.lrange(keys.JOURNAL(kind), 0, limit - 1)]
        return tuple(Entry(dt.datetime.fromisoformat(one["at"]), one["fields"]) for one in raw)

    async def strike(self, kind: str, marks: Collection[str]) -> None:
        """Removes the entries that were written with one of these as their `mark`."""
        if not marks:
            return
        for line in await self._client.lrange(keys.JOURNAL(kind), 0, -1):
            if orjson.loads(line)["fields"].get("mark") in marks:
                await self._client.lrem(keys.JOURNAL(kind), 0, line)
