"""What /readyz looks at, and what the page of sources lists, from the parts that the program has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final, Protocol

from bot.clock import Clock
from bot.web.health import Check, Probe, SourceLister, SourceState

DARK: Final = dt.timedelta(days=1)
"""After so long without a success a source counts as dark."""
LATE: Final = dt.timedelta(minutes=10)
"""How late an edition may be made, and how long an alert or a reply may wait for a sender."""
SILENT: Final = dt.timedelta(minutes=2)
"""How long senders may say nothing while something waits for them: a living one speaks every few seconds."""
LONGEST: Final = dt.timedelta(hours=12)
"""A mailing to a million by the platform's own rate takes nine; one that waits longer has been forgotten."""
UNREAD: Final = dt.timedelta(hours=6)
"""After so long without a success at any source the collector itself is away."""
NEARLY: Final = 0.8
"""The share of its memory from which on a store is nearly full."""


class Spec(Protocol):
    """What the pages need to know of a source."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def official(self) -> bool: ...


class State(Protocol):
    """What is remembered of a source's polls."""

    @property
    def failures(self) -> int: ...
    @property
    def error(self) -> str: ...
    @property
    def succeeded(self) -> dt.datetime | None: ...
    @property
    def failing_since(self) -> dt.datetime | None: ...


class Waiting(Protocol):
    """How old a queue is."""

    @property
    def waiting(self) -> dt.timedelta: ...
    @property
    def silent(self) -> dt.timedelta: ...


States = Callable[[], Awaitable[Mapping[str, State]]]


def store_probe(ping: Callable[[], Awaitable[None]]) -> Probe:
    """The store answers; `ping` raises if it does not."""

    async def store() -> Sequence[Check]:
        await ping()
        return (Check(name="store", ok=True),)

    return store


def sources_probe(states: States, clock: Clock) -> Probe:
    """Fewer than half of the sources are dark. One dark source is the administrator's concern, not a supervisor's."""

    async def sources() -> Sequence[Check]:
        known = await states()
        edge, tried = clock.now() - DARK, {name: state for name, state in known.items() if state.failures or state.succeeded}
        # one that has never been read is as old as its first failure: the first minute of a new source is no darkness
        last = {name: state.succeeded or state.failing_since or edge for name, state in tried.items()}
        dark = sorted(name for name, state in tried.items() if state.failures and last[name] < edge)
        detail = f"{len(dark)} of {len(tried)} dark" + (f": {', '.join(dark[:5])}" if dark else "")
        newest = max((state.succeeded for state in tried.values() if state.succeeded), default=None)
        age = clock.now() - (newest or min(last.values())) if tried else dt.timedelta(0)
        detail += f", last read {age.total_seconds() / 60:.0f} min ago" if newest else ", none read yet"
        return (Check(name="sources", ok=not tried or (2 * len(dark) < len(tried) and age <= UNREAD), detail=detail),)

    return sources


def slots_probe(soonest: Callable[[], Awaitable[dt.datetime | None]], clock: Clock) -> Probe:
    """No audience has been due for longer than `LATE`: the editions are made when they should be."""

    async def slots() -> Sequence[Check]:
        slot = await soonest()
        late = clock.now() - slot if slot else dt.timedelta(0)
        detail = f"next {slot:%Y-%m-%dT%H:%MZ}" if slot else "nobody is subscribed"
        return (
            Check(name="slots", ok=late <= LATE, detail=detail if late <= LATE else f"{detail}, {late.total_seconds() / 60:.0f} min late"),
        )

    return slots


def queues_probe(ages: Callable[[], Awaitable[Mapping[str, Waiting | None]]]) -> Probe:
    """What is queued is being sent: somebody works on it, and nothing has waited longer than any mailing takes."""

    async def queues() -> Sequence[Check]:
        found = []
        for name, age in (await ages()).items():
            if age is None:
                found.append(Check(name=f"queue {name}", ok=True, detail="empty"))
                continue
            stuck = age.waiting > LATE and age.silent > SILENT
            said = f"the oldest batch waits {_minutes(age.waiting)}"
            silent = f"{said}, no sender for {_minutes(age.silent)}"
            found.append(Check(name=f"queue {name}", ok=not stuck and age.waiting <= LONGEST, detail=silent if stuck else said))
        return found

    return queues


def memory_probe(memory: Callable[[], Awaitable[tuple[int, int]]]) -> Probe:
    """The store has room: it uses less than `NEARLY` of what it may; `memory` tells both in bytes, the second 0 where there is no limit."""

    async def memory_left() -> Sequence[Check]:
        used, most = await memory()
        detail = f"{used / 2**20:.0f} of {most / 2**20:.0f} MiB" if most else f"{used / 2**20:.0f} MiB"
        return (Check(name="memory", ok=not most or used <= NEARLY * most, detail=detail),)

    return memory_left


def _minutes(time: dt.timedelta) -> str:
    return f"{time.total_seconds() / 60:.0f} min"


def lister(specs: Iterable[Spec], states: States) -> SourceLister:
    """Lists the sources with what is remembered of their polls."""
    listed = tuple(specs)

    async def sources() -> Sequence[SourceState]:
        known = await states()
        return [
            SourceState(
                id=spec.id,
                name=spec.name,
                url=spec.url,
                official=spec.official,
                read=state.succeeded if (state := known.get(spec.id)) else None,
                failures=state.failures if state else 0,
                error=state.error if state else "",
            )
            for spec in listed
        ]

    return sources
