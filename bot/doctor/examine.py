"""All checks in the order in which a person would make them: from what is set up to what is queued."""

from __future__ import annotations

from bot.doctor.doors import see_links, see_port, see_proxies, see_webhooks
from bot.doctor.finding import Finding, wrong
from bot.doctor.platforms import see_telegram, see_vk
from bot.doctor.rounds import see_queues, see_sources
from bot.doctor.store import see_clock, see_folder, see_shape, see_store, unreached
from bot.errors import BotError
from bot.settings import Settings
from bot.store import open_store


async def examine(settings: Settings, *, requeue: bool = False) -> list[Finding]:
    """Looks at everything; `requeue` gives dead letters another chance. Raises nothing that a set-up can cause."""
    found: list[Finding] = []
    for see in (see_telegram, see_vk, see_proxies, see_webhooks, see_port, see_links):
        found += [one async for one in see(settings)]
    found += see_folder(settings)
    try:
        async with open_store(settings, migrated=False) as store:
            found.append(await see_store(store))
            found += [one async for one in see_clock(settings, store)]
            shape = await see_shape(store)
            found.append(shape)
            if shape.status != "failed":
                found += [one async for one in see_queues(store, requeue=requeue)]
                found += [one async for one in see_sources(settings, store)]
    except BotError as error:
        if not any(one.check == "store" for one in found):  # what was found wrong with it is the cause
            found.append(unreached(settings, error))
    except Exception as error:
        found.append(wrong("store", f"{type(error).__name__}: {error}", "see that VESTNIK_REDIS_URL leads to a Valkey or Redis server"))
    return found
