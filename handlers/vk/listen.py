"""VK's events by Bots Long Poll: the SDK asks on a thread, we outlive whatever it gets."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

import requests
import structlog
from vk_api.bot_longpoll import VkBotLongPoll
from vk_api.exceptions import VkApiError

from bot.errors import DeliveryError, StoreUnavailable, TokenRefused
from bot.platforms.vk import make_api, translate
from bot.settings import Settings
from bot.store import Store
from handlers.dialogue.waiting import until
from handlers.vk.events import Community

_log = structlog.get_logger()
WAIT: Final = 25
"""Seconds that VK may keep a long poll open."""
PATIENCE: Final = 60.0
"""Seconds: the longest pause between two tries."""
KEPT: Final = dt.timedelta(days=2)
"""How long our place in the community's history is kept; VK's own history is shorter."""
_QUICK: Final = 0.5
"""Seconds: an empty answer that comes faster was none."""
T = TypeVar("T")


class RawPoll(VkBotLongPoll):  # type: ignore[misc]  # the SDK has no types
    """Gives events as plain data: one malformed event must not spoil the batch that it came in."""

    def _parse_event(self, raw_event: Any) -> Any:
        return raw_event


async def listen(community: Community, settings: Settings, store: Store, *, stop: asyncio.Event, wait: int = WAIT) -> None:
    """Answers events until `stop`, then finishes those under way. Raises TokenRefused if VK does not know the token."""
    failures = 0
    poll: RawPoll | None = None
    loop = asyncio.get_running_loop()
    async with community.intake.working():
        while not stop.is_set():
            await community.intake.lanes.room()
            asked = loop.time()
            try:
                if poll is None:
                    poll = await until(stop, on_thread(lambda: _open(settings, community.group_id, wait)))
                    if poll is None:
                        break
                    poll.ts = await _place(community, store) or poll.ts
                events = await until(stop, on_thread(poll.check))
                if events is None:
                    break
            except TokenRefused:
                raise
            except (DeliveryError, ValueError, KeyError, TypeError, StoreUnavailable) as error:
                failures += 1
                await _rest(stop, failures, str(error)[:200] or type(error).__name__)
                poll = None if failures > 1 else poll
                continue
            await community.intake.accept(event for event in events if isinstance(event, dict))
            if events or loop.time() - asked >= min(_QUICK, wait):
                failures = 0
                await _keep(community, store, poll.ts)
            else:
                # `failed` 1 to 3 were mended by the SDK; an unknown one comes back at once, for ever.
                failures += 1
                if failures > 1:
                    await _rest(stop, failures - 1, "an empty answer at once")


def _open(settings: Settings, group_id: int, wait: int) -> RawPoll:
    """Asks VK where to poll. Blocks."""
    poll = RawPoll(make_api(settings), group_id, wait)
    poll.session.trust_env = False
    return poll


async def on_thread(work: Callable[[], T]) -> T:
    """The work on a thread of its own, which nobody waits for once the result is not wanted: a long poll cannot be interrupted.

    Raises DeliveryError for the SDK's errors.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # a result of None is one of T

    def run() -> None:
        result: T | None = None
        failure: Exception | None = None
        try:
            result = work()
        except (VkApiError, requests.RequestException) as error:
            failure = translate(error)
            failure.__cause__ = error
        except Exception as error:
            failure = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=run, daemon=True, name="vk-poll").start()
    return await future


async def _rest(stop: asyncio.Event, failures: int, why: str) -> None:
    pause = min(PATIENCE, 0.25 * 2 ** min(failures, 10)) * random.uniform(0.75, 1.25)
    _log.warning("no events", platform="vk", error=why, pause=round(pause, 2))
    await until(stop, asyncio.sleep(pause))


async def _place(community: Community, store: Store) -> str:
    """Where we were in the community's history when we stopped; what happened since is answered now."""
    return await store.sessions.get(community.recipient, "ts") or ""


async def _keep(community: Community, store: Store, ts: object) -> None:
    try:
        await store.sessions.put(community.recipient, "ts", str(ts), lifetime=KEPT)
    except StoreUnavailable as error:
        _log.warning("place not kept", platform="vk", error=str(error))
