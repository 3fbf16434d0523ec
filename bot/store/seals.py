"""The seal on buttons: a short keyed checksum over what a button does and the chat that it stands in, and the keys behind it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog

from bot.errors import StoreUnavailable
from bot.model import Platform, Recipient
from bot.store import keys

_log = structlog.get_logger(__name__)
_BYTES: Final = 9
"""72 bits: nobody guesses one in the tries that a platform lets through, and with an action of 48 bytes it fits Telegram's 64."""
LENGTH: Final = 1 + _BYTES * 4 // 3
"""Characters that a seal adds: a dot and the checksum in base64url."""
_KEY: Final = 32
_FRESH: Final = 60.0
"""Seconds that a process goes by the keys it has read."""
_PURPOSE: Final = b"vestnik button"

Seal = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a sealed button does, and whether it was made for many chats."""

    action: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys at one moment, newest first: the first one seals, all of them open."""

    held: tuple[bytes, ...]

    def seal(self, action: str, where: Recipient | Platform) -> str:
        """The action with its seal: good in one chat (a topic is one of its own), or in every chat of a platform."""
        return f"{action}.{_sum(self.held[0], action, str(where))}"

    def open(self, sealed: str, chat: Recipient) -> Opened | None:
        """What the button does, or None if we did not make it, or not for this chat. In constant time for a given length."""
        action, given = sealed[:-LENGTH], sealed[-LENGTH:].encode(errors="replace")
        found: Opened | None = None
        for key in self.held:
            for where, shared in ((str(chat), False), (str(chat.platform), True)):
                if hmac.compare_digest(f".{_sum(key, action, where)}".encode(), given):
                    found = Opened(action, shared)
        return found


def _sum(key: bytes, action: str, where: str) -> str:
    text = f"{where}\0{action}".encode(errors="replace")
    return urlsafe_b64encode(hashlib.blake2b(text, key=key, digest_size=_BYTES, person=_PURPOSE).digest()).decode()


class Seals:
    """The keys, made once and shared by all processes. Every method raises StoreUnavailable if it has never read them."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._ring: Ring | None = None
        self._read = 0.0

    async def ring(self) -> Ring:
        """The keys as they were a minute ago at most; while the store is away, as they were last."""
        if self._ring is None or time.monotonic() - self._read > _FRESH:
            try:
                self._ring = await self._load()
            except StoreUnavailable as error:
                if self._ring is None:
                    raise
                _log.warning("keys of buttons not read anew", error=str(error))
            self._read = time.monotonic()
        return self._ring

    async def sealer(self, where: Recipient | Platform) -> Seal:
        """Seals the buttons of one chat, or of all chats of a platform."""
        ring = await self.ring()
        return lambda action: ring.seal(action, where)

    async def open(self, sealed: str, chat: Recipient) -> Opened | None:
        """What a button that was pressed in this chat does, or None if it is none of ours."""
        ring = await self.ring()
        opened = ring.open(sealed, chat)
        if opened is None and time.monotonic() - self._read > 1.0:
            # Another process may have a newer key.
            self._read = 0.0
            opened = (await self.ring()).open(sealed, chat)
        return opened

    async def renew(self, *, at_once: bool = False) -> None:
        """A new key seals from now on. Buttons of the last one open until the next renewal; with `at_once` they do not."""
        held = await self._numbers()
        number = max(held, default=0) + 1
        await self._client.hsetnx(keys.SEALS(), str(number), secrets.token_bytes(_KEY))
        if old := [str(one) for one in held if at_once or one < number - 1]:
            await self._client.hdel(keys.SEALS(), *old)
        self._read = 0.0

    async def _load(self) -> Ring:
        held = await self._numbers()
        if not held:
            await self._client.hsetnx(keys.SEALS(), "1", secrets.token_bytes(_KEY))
            held = await self._numbers()
        return Ring(tuple(held[number] for number in sorted(held, reverse=True)))

    async def _numbers(self) -> dict[int, bytes]:
        return {int(number): key for number, key in (await self._client.hgetall(keys.SEALS())).items()}
