"""Who follows which story."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from bot.model import Recipient
from bot.store import keys
from bot.store.sessions import Sessions

NAME: Final = "following"
MOST: Final = 50
"""Stories that one recipient may follow; the oldest make room."""
KEPT: Final = dt.timedelta(days=400)
EPOCH: Final = dt.datetime.fromtimestamp(0, dt.UTC)


@dataclass(frozen=True, slots=True)
class Later:
    """A development that a follower is told of when their quiet hours end."""

    recipient: Recipient
    story: str
    since: dt.datetime = EPOCH
    """When the first of what they do not know yet happened."""

    @property
    def name(self) -> str:
        """What it is called in the store."""
        return f"{self.recipient} {self.story}"

    @classmethod
    def parse(cls, name: str, since: dt.datetime) -> Later:
        """Reads `name`."""
        recipient, _, story = name.partition(" ")
        return cls(Recipient.parse(recipient), story, since)


class Follows:
    """Both directions of one relation: it is kept with the recipient, and found from the story. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, sessions: Sessions) -> None:
        self._client, self._sessions = client, sessions

    async def of(self, recipient: Recipient) -> tuple[str, ...]:
        """The stories that a recipient follows, the oldest first."""
        kept = await self._sessions.get(recipient, NAME)
        return tuple(json.loads(kept)) if kept else ()

    async def follow(self, recipient: Recipient, story_id: str) -> None:
        """From now on, until it is taken back or forgotten."""
        now = [*(one for one in await self.of(recipient) if one != story_id), story_id]
        for gone in now[:-MOST]:
            await self._client.srem(keys.FOLLOWERS(gone), str(recipient))
        await self._keep(recipient, now[-MOST:])
        await self._client.sadd(keys.FOLLOWERS(story_id), str(recipient))
        await self._client.expire(keys.FOLLOWERS(story_id), keys.FOLLOWERS.seconds)

    async def unfollow(self, recipient: Recipient, story_id: str) -> None:
        """Not followed any more, if it was."""
        await self._client.srem(keys.FOLLOWERS(story_id), str(recipient))
        await self.let_go(Later(recipient, story_id))
        await self._keep(recipient, [one for one in await self.of(recipient) if one != story_id])

    async def forget(self, recipient: Recipient) -> None:
        """The recipient follows nothing."""
        for story_id in await self.of(recipient):
            await self._client.srem(keys.FOLLOWERS(story_id), str(recipient))
            await self.let_go(Later(recipient, story_id))
        await self._keep(recipient, [])

    async def share(self, one: Recipient, two: Recipient) -> None:
        """One person on two platforms: what either side follows, both do. May be repeated."""
        for here, there in ((one, two), (two, one)):
            known = await self.of(there)
            for story_id in await self.of(here):
                if story_id not in known:
                    await self.follow(there, story_id)

    async def move(self, recipient: Recipient, there: Recipient) -> None:
        """The same chat under a new id. May be repeated."""
        for story_id in await self.of(recipient):
            await self.follow(there, story_id)
            old = Later(recipient, story_id).name
            until, since = await self._client.zscore(keys.AGENDA_LATER(), old), await self._client.hget(keys.AGENDA_SINCE(), old)
            if until is not None and since is not None:
                later = Later(there, story_id, dt.datetime.fromisoformat(since.decode()))
                await self.hold(later, dt.datetime.fromtimestamp(until, dt.UTC))
        await self.forget(recipient)

    async def followers(self, story_id: str) -> AsyncIterator[Recipient]:
        """All who follow a story, in no order."""
        async for name in self._client.sscan_iter(keys.FOLLOWERS(story_id), count=500):
            yield Recipient.parse(name.decode())

    # ── quiet hours ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def hold(self, later: Later, until: dt.datetime) -> None:
        """Keeps a development for the end of a follower's quiet hours; of several the first says what they know."""
        await self._client.hsetnx(keys.AGENDA_SINCE(), later.name, later.since.isoformat())
        await self._client.zadd(keys.AGENDA_LATER(), {later.name: until.timestamp()}, nx=True)

    async def due(self, now: dt.datetime, limit: int) -> tuple[Later, ...]:
        """What is held for followers whose quiet hours are over. It stays until it is let go."""
        names = [name.decode() for name in await self._client.zrangebyscore(keys.AGENDA_LATER(), "-inf", now.timestamp(), 0, limit)]
        known = await self._client.hmget(keys.AGENDA_SINCE(), names) if names else []
        moments = [dt.datetime.fromisoformat(since.decode()) if since else EPOCH for since in known]
        return tuple(Later.parse(name, since) for name, since in zip(names, moments, strict=True))

    async def held_for(self, recipient: Recipient) -> dict[str, str]:
        """The stories with a development held for a recipient, and until when."""
        found = {one: await self._client.zscore(keys.AGENDA_LATER(), Later(recipient, one).name) for one in await self.of(recipient)}
        return {one: dt.datetime.fromtimestamp(at, dt.UTC).isoformat() for one, at in found.items() if at is not None}

    async def let_go(self, later: Later) -> None:
        """It is told, or is not to be told any more."""
        await self._client.zrem(keys.AGENDA_LATER(), later.name)
        await self._client.hdel(keys.AGENDA_SINCE(), later.name)

    async def _keep(self, recipient: Recipient, story_ids: list[str]) -> None:
        if story_ids:
            await self._sessions.put(recipient, NAME, json.dumps(story_ids), lifetime=KEPT)
        else:
            await self._sessions.drop(recipient, NAME)
