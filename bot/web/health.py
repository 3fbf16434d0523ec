"""Whether the program is alive and on time, for supervisors, and its figures for Prometheus."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from bot.clock import Clock
from bot.errors import BotError

log = structlog.get_logger(__name__)

_PATIENCE: Final = 5.0
"""Seconds for all checks together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str = ""


Probe = Callable[[], Awaitable[Sequence[Check]]]
"""Looks at something; what it raises counts as a failed check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source as the page of sources shows it."""

    id: str
    name: str
    url: str
    official: bool
    read: dt.datetime | None = None
    """When it was last read without a failure."""
    failures: int = 0
    """In a row."""
    error: str = ""


SourceLister = Callable[[], Awaitable[Sequence[SourceState]]]


async def look(probes: Sequence[Probe]) -> tuple[Check, ...]:
    """All checks, each probe's failure a check of its own; none waits longer than a few seconds."""
    results = await asyncio.gather(*(_one(probe) for probe in probes))
    return tuple(check for result in results for check in result)


async def _one(probe: Probe) -> Sequence[Check]:
    name = getattr(probe, "__name__", "check").strip("_").replace("_", " ")
    try:
        async with asyncio.timeout(_PATIENCE):
            return await probe()
    except TimeoutError:
        return (Check(name=name, ok=False, detail=f"no answer in {_PATIENCE:.0f} s"),)
    except (BotError, OSError) as error:
        log.warning("probe failed", probe=name, error=str(error))
        return (Check(name=name, ok=False, detail=str(error)),)
    except Exception:
        # Whatever it is must not end those who look: it fails, and the log has all of it.
        log.exception("probe broken", probe=name)
        return (Check(name=name, ok=False, detail="the check itself is broken, see the log"),)


def healthz() -> web.Response:
    """Alive: the loop turns."""
    return web.json_response({"status": "ok"}, headers={"Cache-Control": "no-store"})


class Readiness:
    """The checks, looked at once for all who ask within `fresh`: strangers must not make the store work."""

    def __init__(self, probes: Sequence[Probe], clock: Clock, *, fresh: dt.timedelta) -> None:
        self._probes, self._clock, self._fresh = tuple(probes), clock, fresh.total_seconds()
        self._looking = asyncio.Lock()
        self._found: tuple[float, tuple[Check, ...]] | None = None

    async def checks(self) -> tuple[Check, ...]:
        """What was found last."""
        async with self._looking:
            if self._found is None or self._clock.monotonic() - self._found[0] >= self._fresh:
                self._found = self._clock.monotonic(), await look(self._probes)
            return self._found[1]


async def readyz(readiness: Readiness) -> web.Response:
    """Ready: every check holds; 503 and the failing ones if not."""
    checks = await readiness.checks()
    ok = all(check.ok for check in checks)
    body = {"status": "ok" if ok else "failing", "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in checks]}
    return web.json_response(body, status=200 if ok else 503, headers={"Cache-Control": "no-store"})


def metrics(request: web.Request, registry: CollectorRegistry) -> web.Response:
    """All figures of this process in the format that the scraper asks for."""
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    return web.Response(body=encode(registry), headers={"Content-Type": kind, "Cache-Control": "no-store"})
