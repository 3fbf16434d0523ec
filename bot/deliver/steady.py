"""Tells when the platform counted a call: no later than its answer less the way back; pure."""

from __future__ import annotations

from collections import deque

_CALLS = 100
_ENOUGH = 30
"""Calls after which the quickest of them is trusted; before, the way back is taken to cost nothing."""
_SLOW = 1.0
"""Seconds: an answer that is later than usual by more than this was slow in coming, not the call in going."""


class Steady:
    """Knows the quickest of the last calls: what a call takes beyond that may have passed before the platform counted it."""

    def __init__(self) -> None:
        self._lately: deque[float] = deque(maxlen=_CALLS)

    def ago(self, seconds: float) -> float:
        """Takes the duration of a call that was just answered. Returns how long ago the platform counted it, at the latest.

        Between two calls that are kept apart by their moments so reckoned the platform's own clock shows at least as much, whatever
        delays each of them had on its way.
        """
        self._lately.append(seconds)
        quickest = min(self._lately) if len(self._lately) >= _ENOUGH else 0.0
        return seconds if seconds - quickest > _SLOW else quickest
