"""Decides when a source is polled next: pure functions of what it answered."""

from __future__ import annotations

import datetime as dt
import email.utils
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter, ValidationError

from bot.collect.sources import FASTEST, SLOWEST, SourceSpec

DAY: Final = dt.timedelta(days=1)
_LONGEST_ASKED: Final = DAY
"""No server can silence us for longer than this."""
_MAX_AGE: Final = re.compile(r"\bmax-age\s*=\s*(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What is remembered of a source between polls."""

    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    interval: float = 0.0
    """Seconds; the interval that suits the source, without what the server asks."""
    failures: int = 0
    """In a row."""
    failing_since: dt.datetime | None = None
    reason: str = ""
    told: bool = False
    """The administrators know that it fails."""
    address: str = ""
    """Where the source has moved for good; empty while it is where it was."""
    last_success: dt.datetime | None = None
    last_new: dt.datetime | None = None
    seen: tuple[str, ...] = ()
    """Keys of the items announced last, so that a known item costs nothing."""


def after_success(state: PollState, spec: SourceSpec, *, now: dt.datetime, new: int) -> PollState:
    """The state after an answer: the interval shrinks towards two minutes while there is news and grows towards two hours while not."""
    wish = min(max(spec.interval, FASTEST), SLOWEST).total_seconds()
    current = state.interval or wish
    if new >= 3:
        current /= 2
    elif new:
        current /= 1.25
    else:
        current *= 1.25
    # A source never drifts further from the operator's wish than a factor of six.
    low, high = max(FASTEST.total_seconds(), wish / 6), min(SLOWEST.total_seconds(), wish * 6)
    return replace(
        state,
        interval=min(max(current, low), high),
        failures=0,
        failing_since=None,
        reason="",
        told=False,
        last_success=now,
        last_new=now if new else state.last_new,
    )


def after_failure(state: PollState, *, now: dt.datetime, reason: str) -> PollState:
    """The state after a failed poll."""
    return replace(state, failures=state.failures + 1, failing_since=state.failing_since or now, reason=reason[:300])


def wait(state: PollState, spec: SourceSpec, *, asked: dt.timedelta | None, rng: random.Random) -> dt.timedelta:
    """How long to leave the source alone. What the server asks wins if it is longer; a tenth of jitter spreads the polls."""
    if state.failures:
        base = min(max(spec.interval, FASTEST).total_seconds() * 2 ** min(state.failures - 1, 10), SLOWEST.total_seconds())
        base *= rng.uniform(0.7, 1.3)
    else:
        base = (state.interval or spec.interval.total_seconds()) * rng.uniform(0.95, 1.05)
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


def dump_state(state: PollState) -> dict[str, object]:
    """The state as JSON takes it."""
    dumped: dict[str, object] = TypeAdapter(PollState).dump_python(state, mode="json")
    return dumped


def load_state(data: Mapping[str, object]) -> PollState:
    """The state as it was dumped; a fresh one if an older version wrote something else."""
    try:
        return TypeAdapter(PollState).validate_python(dict(data))
    except ValidationError:
        return PollState()
