"""Notices calls that came to the platform later than they were allowed to; pure."""

from __future__ import annotations

import time

from bot.store.pacer import Limits

_SMOOTH = 0.1
_STALL = 0.15
"""Seconds: what takes longer is a slow answer, not a stall on the way."""
_BUDGET = 0.01
"""The share of time that may be given up for stalls."""


class Steady:
    """Compares each call's duration with the usual one: the excess may have been spent before the platform counted the call."""

    def __init__(self, limits: Limits) -> None:
        self._allowed = limits.slack / 3
        self._usual = 0.0
        self._spread = 0.0
        self._spent = 0.0
        self._since = time.monotonic()

    def seen(self, seconds: float) -> float:
        """Takes the duration of a call, from its grant to its answer. Returns by how much the following calls are moved on; mostly 0."""
        if not self._usual:
            self._usual = seconds
        excess = seconds - self._usual
        jitter = max(self._allowed, 3 * self._spread)
        if excess <= jitter:
            self._usual += _SMOOTH * excess
            self._spread += _SMOOTH * (abs(excess) - self._spread)
            return 0.0
        # what is unusual once may be usual from now on, so it is learned too, slowly
        self._usual += _SMOOTH / 10 * excess
        self._spread += _SMOOTH / 10 * (abs(excess) - self._spread)
        if excess > _STALL:
            return 0.0
        now = time.monotonic()
        left = min(0.3, (now - self._since) * _BUDGET + 0.1) - self._spent
        if left <= 0:
            self._spent, self._since = max(0.0, self._spent - (now - self._since) * _BUDGET), now
            return 0.0
        slip = min(excess - self._allowed, left)
        self._spent += slip
        return slip
