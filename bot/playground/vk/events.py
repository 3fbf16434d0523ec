"""How events reach the community: Bots Long Poll with its failures, and the Callback API."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import aiohttp
import orjson

from bot.errors import BadInput
from bot.playground.vk.params import Params

if TYPE_CHECKING:
    from bot.playground.vk.server import VkEmulator

KEPT: Final = 1000
LONGEST_WAIT: Final = 90
KINDS: Final = (
    "message_new",
    "message_reply",
    "message_edit",
    "message_allow",
    "message_deny",
    "message_typing_state",
    "message_event",
    "message_read",
    "message_reaction_event",
    "group_join",
    "group_leave",
    "user_block",
    "user_unblock",
)
_OFF: Final = {"message_reply", "message_edit", "message_typing_state", "message_read", "message_reaction_event"}


class Events:
    """The history of events, and who reads it."""

    def __init__(self, emulator: VkEmulator) -> None:
        self._emulator = emulator
        self._history: deque[dict[str, object]] = deque(maxlen=KEPT)
        self._first = 1
        """The number of the oldest event kept."""
        self._key = secrets.token_hex(20)
        self._closing = False
        self._enabled = True
        self._version = "5.199"
        self._on = {kind: kind not in _OFF for kind in KINDS}
        self._callback = ("", "")
        self._queue: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.posted = 0
        """Posts to the callback address, repeats included."""

    @property
    def ts(self) -> int:
        """The number that the next event will have."""
        return self._first + len(self._history)

    def close(self) -> None:
        """Ends the polls that wait."""
        self._closing = True
        self._emulator.watch.ring()

    def post(self, kind: str, body: Mapping[str, object]) -> None:
        """Something happened in the community; kinds that are switched off are lost."""
        if not self._on.get(kind):
            return
        event: dict[str, object] = {
            "group_id": self._emulator.world.group_id,
            "type": kind,
            "event_id": secrets.token_hex(20),
            "v": self._version,
            "object": dict(body),
        }
        if len(self._history) == KEPT:
            self._first += 1
        self._history.append(event)
        if self._callback[0]:
            self._queue.put_nowait(event)
        self._emulator.watch.ring()

    # ── long poll ────────────────────────────────────────────────────────────────────────────────────────────────────

    def server(self) -> dict[str, object]:
        """groups.getLongPollServer."""
        return {"key": self._key, "server": f"{self._emulator.url}/longpoll/{self._emulator.world.group_id}", "ts": str(self.ts)}

    def settings(self) -> dict[str, object]:
        """groups.getLongPollSettings."""
        return {"is_enabled": self._enabled, "api_version": self._version, "events": {kind: int(on) for kind, on in self._on.items()}}

    def set(self, params: Params) -> None:
        """groups.setLongPollSettings."""
        if "enabled" in params:
            self._enabled = params.flag("enabled")
        self._version = params.text("api_version") or self._version
        for kind in KINDS:
            if kind in params:
                self._on[kind] = params.flag(kind)

    def expire_key(self) -> None:
        """The key in use is good no more: `failed` 2 until a new one is asked for."""
        self._key = secrets.token_hex(20)
        self._emulator.watch.ring()

    def lose_history(self) -> None:
        """What was not read yet is lost: `failed` 1 or 3 follows."""
        self._first += len(self._history) + 1
        self._history.clear()
        self._emulator.watch.ring()

    async def check(self, query: Mapping[str, str]) -> dict[str, object]:
        """One answer of the long poll."""
        if query.get("act") != "a_check":
            return {"failed": 3}
        if query.get("key") != self._key or not self._enabled:
            return {"failed": 2}
        try:
            ts, wait = int(query.get("ts", "")), min(max(int(query.get("wait", "25")), 0), LONGEST_WAIT)
        except ValueError:
            return {"failed": 3}
        if not self._first <= ts <= self.ts:
            return {"failed": 1, "ts": str(self.ts)}
        key = self._key
        try:
            await self._emulator.watch.until(lambda: self.ts > ts or key != self._key or self._closing, wait or 0.001)
        except TimeoutError:
            return {"ts": str(ts), "updates": []}
        if key != self._key:
            return {"failed": 2}
        if ts < self._first:
            return {"failed": 1, "ts": str(self.ts)}
        return {"ts": str(self.ts), "updates": list(self._history)[ts - self._first :]}

    # ── Callback API ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def set_callback(self, url: str, *, secret: str = "", confirmation: str = "") -> None:
        """Confirms an address and posts events to it from now on; an empty one stops that. Raises BadInput."""
        if not url:
            self._callback = ("", "")
            return
        body: dict[str, object] = {"type": "confirmation", "group_id": self._emulator.world.group_id}
        answer = await self._ask(url, body | ({"secret": secret} if secret else {}))
        if answer is None or (confirmation and answer != confirmation):
            raise BadInput(f"the server answered {answer!r} to the confirmation")
        first = not self._callback[0]
        self._callback = (url, secret)
        if first:
            self._emulator.spawn(self._post_all())

    async def repeat(self, event: dict[str, object]) -> str | None:
        """Posts an event once more, as VK does when it did not hear the answer."""
        return await self._ask(self._callback[0], self._signed(event))

    @property
    def history(self) -> tuple[dict[str, object], ...]:
        """The events that are kept."""
        return tuple(self._history)

    def _signed(self, event: dict[str, object]) -> dict[str, object]:
        return {**event, "secret": self._callback[1]} if self._callback[1] else event

    async def _post_all(self) -> None:
        while self._callback[0]:
            event = await self._queue.get()
            pause = 0.1
            while self._callback[0] and await self._ask(self._callback[0], self._signed(event)) != "ok":
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    async def _ask(self, url: str, body: dict[str, object]) -> str | None:
        self.posted += 1
        try:
            async with self._emulator.client.post(
                url, data=orjson.dumps(body), headers={"Content-Type": "application/json"}, timeout=aiohttp.ClientTimeout(total=10)
            ) as response:
                return (await response.text()).strip() if response.ok else None
        except (aiohttp.ClientError, TimeoutError):
            return None
        finally:
            self._emulator.watch.ring()
