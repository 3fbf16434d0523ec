"""Sliding windows: how a platform counts what was sent lately."""

from __future__ import annotations

from collections import deque


class Window:
    """At most `limit` in any `seconds`."""

    __slots__ = ("_seconds", "_times", "limit")

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit, self._seconds = limit, seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 if it fits now. Counts nothing."""
        times = self._times
        edge = now - self._seconds
        while times and times[0] <= edge:
            times.popleft()
        return 0.0 if len(times) < self.limit else times[len(times) - self.limit] + self._seconds - now

    def count(self, now: float) -> None:
        """Counts one."""
        self._times.append(now)
