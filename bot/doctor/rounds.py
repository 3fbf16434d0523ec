"""What goes round: queues and sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Final

from bot.clock import SystemClock
from bot.collect.sources import load_sources
from bot.doctor.finding import Finding, doubt, fine, wrong
from bot.errors import BotError
from bot.model import Platform
from bot.settings import Settings
from bot.store import Store

_DARK: Final = dt.timedelta(days=1)


async def see_queues(store: Store, *, requeue: bool) -> AsyncIterator[Finding]:
    """What is queued and what was given up; with `requeue` the latter gets another chance. Raises StoreUnavailable."""
    for platform in Platform:
        letters = await store.outbox.dead(platform)
        if letters and requeue:
            number = await store.outbox.requeue(platform, [one.id for one in letters])
            yield fine(f"queue {platform}", f"{number} dead letters queued again")
            continue
        queued, dead = await store.outbox.sizes(platform)
        if dead:
            reasons = "; ".join(sorted({one.reason for one in letters})[:3])
            says = f"{dead} batches were given up ({reasons}), {queued} queued"
            yield wrong(f"queue {platform}", says, "remove the cause, then: vestnik doctor --requeue")
        else:
            yield fine(f"queue {platform}", f"{queued} batches queued, none given up")


async def see_sources(settings: Settings, store: Store) -> AsyncIterator[Finding]:
    """The list, and which of it are silent. Raises StoreUnavailable."""
    try:
        listed = [one for one in load_sources(settings.sources) if one.enabled]
    except BotError as error:
        yield wrong("sources", str(error), "mend the file that VESTNIK_SOURCES names")
        return
    states, now = await store.polls.states(), SystemClock().now()
    polled = [one for one in listed if one.id in states]
    failing = [one for one in polled if states[one.id].failures]
    dark = [one for one in failing if (since := states[one.id].failing_since) and now - since > _DARK]
    says = f"{len(listed)} listed, {len(polled)} polled, {len(failing)} failing"
    if polled and len(failing) == len(polled):
        yield wrong("sources", says, "no source answers: check the network, VESTNIK_HTTP_PROXY_SOURCES and DNS")
    elif not listed:
        yield wrong("sources", "none is enabled", "list some in the file that VESTNIK_SOURCES names")
    else:
        yield doubt("sources", says, "vestnik sources check says why each fails") if dark else fine("sources", says)
    for one in dark:
        yield doubt(f"source {one.id}", f"silent for more than a day: {states[one.id].error}", f"vestnik sources try {one.id}")
