"""What is remembered of a conversation for a while; how often a person did something; one-time codes; daily budgets."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from typing import Any, Final

from bot.clock import Clock
from bot.model import Recipient
from bot.store import keys

_LEAST: Final = dt.timedelta(seconds=1)


class Sessions:
    """Small things with a lifetime, by person. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def put(self, person: Recipient, name: str, value: str, *, lifetime: dt.timedelta) -> None:
        """Remembers `value` under `name` for `lifetime`, at most 400 days."""
        seconds = max(1, min(int(lifetime.total_seconds()), keys.SESSION.seconds))
        pipe = self._client.pipeline(transaction=True)
        pipe.set(keys.SESSION(person, name), value, ex=seconds)
        pipe.sadd(keys.SESSION_NAMES(person), name)
        pipe.expire(keys.SESSION_NAMES(person), keys.SESSION_NAMES.seconds)
        await pipe.execute()

    async def get(self, person: Recipient, name: str) -> str | None:
        """What is remembered under `name`, or None."""
        value = await self._client.get(keys.SESSION(person, name))
        return None if value is None else value.decode()

    async def drop(self, person: Recipient, name: str) -> str | None:
        """Forgets what is remembered under `name`; returns what it was, or None."""
        pipe = self._client.pipeline(transaction=True)
        pipe.getdel(keys.SESSION(person, name))
        pipe.srem(keys.SESSION_NAMES(person), name)
        value = (await pipe.execute())[0]
        return None if value is None else value.decode()

    async def count(self, person: Recipient, name: str, *, window: dt.timedelta) -> int:
        """Counts one more time that a person did something; returns how often within the last `window`, this time included."""
        now = self._clock.now().timestamp()
        key = keys.SESSION_COUNT(person, name)
        pipe = self._client.pipeline(transaction=True)
        pipe.zremrangebyscore(key, "-inf", now - window.total_seconds())
        pipe.zadd(key, {secrets.token_hex(6): now})
        pipe.zcard(key)
        pipe.zremrangebyrank(key, 0, -10_001)
        pipe.expire(key, max(1, min(int(window.total_seconds()) + 1, keys.SESSION_COUNT.seconds)))
        pipe.sadd(keys.SESSION_NAMES(person), f"#{name}")
        pipe.expire(keys.SESSION_NAMES(person), keys.SESSION_NAMES.seconds)
        return int((await pipe.execute())[2])

    async def remembered(self, person: Recipient) -> dict[str, object]:
        """All that is remembered of a person, by name; what is only counted, as the times when it was done."""
        found: dict[str, object] = {}
        for name in sorted(name.decode() for name in await self._client.smembers(keys.SESSION_NAMES(person))):
            if not name.startswith("#"):
                if (value := await self.get(person, name)) is not None:
                    found[name] = value
            elif times := await self._client.zrange(keys.SESSION_COUNT(person, name[1:]), 0, -1, withscores=True):
                found[name[1:]] = [dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="seconds") for _, at in times]
        return found

    async def forget(self, person: Recipient, *, only: Collection[str] | None = None) -> None:
        """Deletes all that is remembered of a person, or `only` what stands under these names (`#name`: what is counted)."""
        names = [name.decode() for name in await self._client.smembers(keys.SESSION_NAMES(person))]
        gone = [name for name in names if only is None or name in only]
        held = [keys.SESSION_COUNT(person, name[1:]) if name.startswith("#") else keys.SESSION(person, name) for name in gone]
        if len(gone) == len(names):
            await self._client.delete(*held, keys.SESSION_NAMES(person))
        elif gone:
            await self._client.delete(*held)
            await self._client.srem(keys.SESSION_NAMES(person), *gone)

    async def move(self, person: Recipient, there: Recipient) -> None:
        """The same person under a new id."""
        for name in [name.decode() for name in await self._client.smembers(keys.SESSION_NAMES(person))]:
            value, left = await self.get(person, name), await self._client.pttl(keys.SESSION(person, name))
            if value is not None and left > 0:
                await self.put(there, name, value, lifetime=max(_LEAST, dt.timedelta(milliseconds=left)))
        await self.forget(person)

    # ── one-time codes ───────────────────────────────────────────────────────────────────────────────────────────────

    async def issue(self, purpose: str, value: str, *, lifetime: dt.timedelta) -> str:
        """A code that can be redeemed once within `lifetime` for `value`."""
        code = secrets.token_urlsafe(12)
        await self._client.set(keys.CODE(f"{purpose}:{code}"), value, ex=max(1, min(int(lifetime.total_seconds()), keys.CODE.seconds)))
        return code

    async def held(self, purpose: str, code: str) -> str | None:
        """What a code stands for, without using it up."""
        value = await self._client.get(keys.CODE(f"{purpose}:{code}"))
        return None if value is None else value.decode()

    async def redeem(self, purpose: str, code: str) -> str | None:
        """What a code stands for, once; None if it was used, has run out or never was."""
        value = await self._client.getdel(keys.CODE(f"{purpose}:{code}"))
        return None if value is None else value.decode()

    # ── budgets ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def spend(self, budget: str, limit: int) -> bool:
        """Takes one of the `limit` of today (UTC); False if none is left. All processes share it."""
        key = keys.BUDGET(budget, self._clock.now().date().isoformat())
        pipe = self._client.pipeline(transaction=True)
        pipe.incr(key)
        pipe.expire(key, keys.BUDGET.seconds)
        return int((await pipe.execute())[0]) <= limit
