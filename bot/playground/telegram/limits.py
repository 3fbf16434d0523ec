"""Telegram's published limits: about 30 messages a second over all chats, one a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from bot.playground.windows import Window

FREE_FOR_ALL: Final = 10**9


@dataclass(slots=True, kw_only=True)
class TelegramLimits:
    """How much is let through. Rates are messages a second or a minute; a refusal names whole seconds."""

    second: int = 30
    paid_second: int = 1000
    """With allow_paid_broadcast."""
    slack: float = 0.1
    """The share above a rate that is forgiven: the platform does not measure to the millisecond."""
    chat_burst: int = 3
    """Messages that a chat may get at once; then one a second."""
    group_minute: int = 20
    _all: Window = field(init=False)
    _paid: Window = field(init=False)
    _chats: dict[int, float] = field(init=False, default_factory=dict)
    _groups: dict[int, Window] = field(init=False, default_factory=dict)
    _closed_until: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._all = Window(math.floor(self.second * (1 + self.slack)), 1.0)
        self._paid = Window(math.floor(self.paid_second * (1 + self.slack)), 1.0)

    @classmethod
    def none(cls) -> TelegramLimits:
        """No limits, for tests of other things."""
        return cls(second=FREE_FOR_ALL, paid_second=FREE_FOR_ALL, chat_burst=FREE_FOR_ALL, group_minute=FREE_FOR_ALL)

    def close(self, until: float) -> None:
        """Refuses everything until a moment of the monotonic clock."""
        self._closed_until = max(self._closed_until, until)

    def take(self, now: float, chat: int, *, paid: bool) -> int:
        """Counts one message at `now` (monotonic seconds); 0 if it fits, else the seconds to wait, and then nothing is counted."""
        if now < self._closed_until:
            return math.ceil(self._closed_until - now)
        window = self._paid if paid else self._all
        if window.limit >= FREE_FOR_ALL:
            return 0
        if wait := window.wait(now):
            # who runs into the wall is kept out for a whole second at least
            self._closed_until = now + math.ceil(wait)
            return math.ceil(wait)
        if wait := self._chat(now, chat):
            return math.ceil(wait)
        window.count(now)
        return 0

    def _chat(self, now: float, chat: int) -> float:
        """One a second with a small burst, and twenty a minute in a group; counts if both fit."""
        ready = self._chats.get(chat, 0.0)
        if ready - now > self.chat_burst - 1:
            return ready - now - (self.chat_burst - 1)
        if chat < 0:
            window = self._groups.get(chat)
            if window is None:
                window = self._groups[chat] = Window(self.group_minute, 60.0)
            if wait := window.wait(now):
                return wait
            window.count(now)
        self._chats[chat] = max(ready, now) + 1.0
        return 0.0
