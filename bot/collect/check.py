"""Tries sources out: what each would give, why not, and what to do about it."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.collect import kinds
from bot.collect.fetch import Fetcher
from bot.collect.sources import SourceSpec
from bot.errors import BadInput, BotError, SourceBroken
from bot.model import FeedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one fetch of a source showed."""

    source_id: str
    enabled: bool
    status: str
    """`ok`, `empty`, `moved` or the problem in a word."""
    items: int = 0
    newest: dt.datetime | None = None
    encoding: str = ""
    seconds: float = 0.0
    advice: str = ""
    error: str = ""
    found: tuple[FeedItem, ...] = ()


_ADVICE = {
    "timeout": "try again; if it stays so, the site may be closed to this network: set `proxy`",
    "connection": "check the address; *.gov.ru may need a Russian address (`proxy`) or the Минцифры root certificate (`ca_file`)",
    "proxy": "check the proxy",
    "redirects": "open the address in a browser and use the one it ends at",
    "size": "use a shorter feed of the same site",
    "no feed": "the address gives no feed: look for a new one on the site, or use kind `page`",
    "no page": "the address gives no page",
    "selector": "the page was rebuilt: choose a new selector",
    "no channel": "check the channel's name",
    "refused": "the site refuses robots: use another of its feeds, or a proxy",
    "gone": "the address is gone: look for a new one, or pause the source",
    "server": "the site is ill: try again later",
}


async def check_source(fetcher: Fetcher, spec: SourceSpec, clock: Clock) -> Finding:
    """Fetches a source once. Never raises for a broken source."""
    began = time.monotonic()
    try:
        page = await fetcher.get(spec.url, allow_private=spec.allow_private, proxy=spec.proxy, ca_file=spec.ca_file, known=spec.url)
        listing = await asyncio.to_thread(kinds.parse, page, spec)
    except (SourceBroken, BadInput) as error:
        problem = _problem(error)
        return Finding(
            source_id=spec.id,
            enabled=spec.enabled,
            status=problem,
            seconds=time.monotonic() - began,
            advice=_ADVICE.get(problem, "see the message"),
            error=str(error),
        )
    newest = max((item.published for item in listing.items if item.published), default=None)
    status, advice = "ok", ""
    if not listing.items:
        status, advice = "empty", "nothing in it now; if it stays so, look for another address"
    elif page.moved:
        status, advice = "moved", f"change the address to {page.moved}"
    elif newest and clock.now() - newest > dt.timedelta(days=30):
        advice = "nothing new for a month: perhaps abandoned"
    return Finding(
        source_id=spec.id,
        enabled=spec.enabled,
        status=status,
        items=len(listing.items),
        newest=newest,
        encoding=listing.encoding,
        seconds=time.monotonic() - began,
        advice=advice,
        found=listing.items,
    )


async def check_sources(
    fetcher: Fetcher, sources: Sequence[SourceSpec], clock: Clock, *, done: Callable[[Finding], None], at_once: int = 12
) -> list[Finding]:
    """Fetches each source once, some at a time; in the order given. `done` is called as each is ready."""
    gate = asyncio.Semaphore(at_once)

    async def one(spec: SourceSpec) -> Finding:
        async with gate:
            finding = await check_source(fetcher, spec, clock)
        done(finding)
        return finding

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(spec)) for spec in sources]
    return [task.result() for task in tasks]


def _problem(error: BotError) -> str:
    status = error.params.get("status")
    if isinstance(status, int):
        if status in {401, 402, 403, 429, 451}:
            return "refused"
        return "server" if status >= 500 else "gone"
    return str(error.params.get("problem") or ("address" if error.key == "error-address" else "wrong"))
