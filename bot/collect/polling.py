"""Decides when a source is polled next: pure functions of what it answered."""

from __future__ import annotations

import datetime as dt
import email.utils
import random
import re
from collections.abc import Mapping
from dataclasses import Field, replace
from typing import Any, ClassVar, Final, Protocol, TypeVar

from bot.collect.sources import FASTEST, SLOWEST, SourceSpec

DAY: Final = dt.timedelta(days=1)
_LONGEST_ASKED: Final = DAY
"""No server can silence us for longer than this."""
_MAX_AGE: Final = re.compile(r"\bmax-age\s*=\s*(\d{1,9})")


class PollState(Protocol):
    """What is remembered of a source between polls; the store's own frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def url(self) -> str: ...
    @property
    def etag(self) -> str: ...
    @property
    def last_modified(self) -> str: ...
    @property
    def body_hash(self) -> str: ...
    @property
    def interval(self) -> dt.timedelta | None: ...
    @property
    def failures(self) -> int: ...
    @property
    def failing_since(self) -> dt.datetime | None: ...
    @property
    def error(self) -> str: ...
    @property
    def told(self) -> bool: ...
    @property
    def polled(self) -> dt.datetime | None: ...
    @property
    def changed(self) -> dt.datetime | None: ...
    @property
    def items(self) -> int: ...


State = TypeVar("State", bound=PollState)


def after_success(state: State, spec: SourceSpec, *, now: dt.datetime, new: int) -> State:
    """The state after an answer: the interval shrinks towards two minutes while there is news and grows towards two hours while not."""
    wish = min(max(spec.interval, FASTEST), SLOWEST)
    current = state.interval or wish
    current *= 0.5 if new >= 3 else 0.8 if new else 1.25
    # A source never drifts further from the operator's wish than a factor of six.
    low, high = max(FASTEST, wish / 6), min(SLOWEST, wish * 6)
    return replace(
        state,
        interval=min(max(current, low), high),
        failures=0,
        failing_since=None,
        error="",
        told=False,
        polled=now,
        succeeded=now,
        changed=now if new else state.changed,
        items=state.items + new,
    )


def after_failure(state: State, *, now: dt.datetime, reason: str) -> State:
    """The state after a failed poll."""
    return replace(state, failures=state.failures + 1, failing_since=state.failing_since or now, error=reason[:300], polled=now)


def wait(state: PollState, spec: SourceSpec, *, asked: dt.timedelta | None, rng: random.Random) -> dt.timedelta:
    """How long to leave the source alone. What the server asks wins if it is longer; a tenth of jitter spreads the polls."""
    if state.failures:
        base = min(max(spec.interval, FASTEST).total_seconds() * 2 ** min(state.failures - 1, 10), SLOWEST.total_seconds())
        base *= rng.uniform(0.7, 1.3)
    else:
        base = (state.interval or max(spec.interval, FASTEST)).total_seconds() * rng.uniform(0.95, 1.05)
    if asked is not None:
        base = max(base, min(asked, _LONGEST_ASKED).total_seconds())
    return dt.timedelta(seconds=base)


def asked_by(headers: Mapping[str, str], status: int, *, now: dt.datetime, ttl: dt.timedelta | None = None) -> dt.timedelta | None:
    """The longest pause that the server asks for: Retry-After of a refusal, Cache-Control or Expires of an answer, the feed's ttl."""
    asked = [ttl] if ttl else []
    if status in {429, 503} or status in range(300, 400):
        asked += _retry_after(headers.get("Retry-After", ""), now)
    if status < 400:
        control = headers.get("Cache-Control", "").lower()
        if match := _MAX_AGE.search(control):
            age = headers.get("Age", "0")
            asked.append(dt.timedelta(seconds=max(0, int(match[1]) - (int(age) if age.isdigit() and len(age) < 9 else 0))))
        elif "no-cache" not in control and "no-store" not in control:
            asked += _moment(headers.get("Expires", ""), now)
    return max(asked, default=None)


def _retry_after(value: str, now: dt.datetime) -> list[dt.timedelta]:
    value = value.strip()
    if value.isdigit() and len(value) < 9:
        return [dt.timedelta(seconds=int(value))]
    return _moment(value, now)


def _moment(value: str, now: dt.datetime) -> list[dt.timedelta]:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return []
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return [moment - now] if moment > now else []
