"""The store and the machine under it: server, memory, disk, shape of the data, clock."""

from __future__ import annotations

import email.utils
import shutil
import time
from collections.abc import AsyncIterator
from typing import Final

import aiohttp

from bot.clock import SystemClock
from bot.doctor.finding import Finding, doubt, fine, wrong
from bot.errors import BotError, ConfigurationError, StoreUnavailable
from bot.settings import Settings
from bot.store import Store, schema

_SKEW: Final = 5.0
"""Seconds between two clocks from which on limits and slots suffer."""
_ROUGH: Final = 30.0
"""The same beside a platform's server, whose clock is told in whole seconds and from afar."""
_NEARLY: Final = 0.8
_OLDEST: Final = (6, 2)
_MIB: Final = 2**20
_LITTLE, _TOO_LITTLE = 1024 * _MIB, 64 * _MIB
"""Bytes of a disk: the append-only file is rewritten beside itself."""


def unreached(settings: Settings, error: BotError) -> Finding:
    """Why the store cannot be opened, and what to do about each."""
    says = str(error)
    if settings.redis_url is None:
        todo = "let this user write to the folder, or set VESTNIK_DATA_DIR to another, or VESTNIK_REDIS_URL to a server of your own"
        if isinstance(error, StoreUnavailable):
            todo = "see valkey.log in the data folder; is the disk full?"
    elif "name or password" in says:
        todo = "put the right name and password into VESTNIK_REDIS_URL: redis://name:password@host:6379/0"
    elif isinstance(error, ConfigurationError):
        todo = "correct VESTNIK_REDIS_URL: redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://"
    elif "cluster" in says.casefold():
        todo = "bring back the nodes that are away (`valkey-cli --cluster check`), or see VESTNIK_REDIS_URL"
    else:
        todo = "start the server, or correct VESTNIK_REDIS_URL; is there a firewall, does it want rediss://?"
    return wrong("store", says, todo)


async def see_store(store: Store) -> Finding:
    """The server, and whether it keeps what it is given. Raises StoreUnavailable."""
    began = time.monotonic()
    await store.ping()
    spent = (time.monotonic() - began) * 1000
    told = await store.facts()
    says = f"{told.version}, answers in {spent:.1f} ms, {told.used / _MIB:.0f} MiB"
    if told.number < _OLDEST:
        return wrong("store", f"{says}: too old", "use Valkey, or Redis 6.2 or newer")
    if told.replica:
        return wrong(
            "store",
            f"{says}: a replica, which takes no writes",
            "set VESTNIK_REDIS_URL to the primary, or with redis+sentinel:// to the Sentinels",
        )
    if not told.writes:
        return wrong("store", f"{says}: it cannot write to its disk", "free some space, and look into the server's log")
    if told.evicts:
        return wrong("store", f"{says}: it throws keys away when memory is short", "set maxmemory-policy to noeviction")
    if told.limit and told.used >= told.limit:
        return wrong("store", f"{says} of {told.limit / _MIB:.0f}: full", "raise maxmemory, or lower VESTNIK_RETENTION_DAYS")
    if told.limit and told.used > _NEARLY * told.limit:
        return doubt("store", f"{says} of {told.limit / _MIB:.0f}", "raise maxmemory, or lower VESTNIK_RETENTION_DAYS")
    used, most = await store.memory()
    if not told.limit and most and used > _NEARLY * most:
        says = f"{says}; {used / _MIB:.0f} of {most / _MIB:.0f} MiB of its container or machine are used"
        return doubt("store", says, "give it more memory, or lower VESTNIK_RETENTION_DAYS")
    if not told.durable:
        return doubt("store", f"{says}: it keeps no append-only file", "set appendonly yes, or a crash loses the last subscriptions")
    return fine("store", says)


async def see_shape(store: Store) -> Finding:
    """Whether this version can work with the data. Raises StoreUnavailable."""
    try:
        await schema.migrate(store.client)
    except ConfigurationError as error:
        todo = "upgrade the program, or restore a backup of this version"
        return wrong("data", str(error), "repeat the restore" if "half" in str(error) else todo)
    count = await store.subscribers.count()
    return fine("data", f"shape {schema.CURRENT}, {count.total} subscribers, {await store.stories.count()} stories")


def see_folder(settings: Settings) -> list[Finding]:
    """Room on the disk of the embedded store; whether the folder can be written its start tells."""
    if settings.redis_url is not None:
        return []
    folder = settings.data_dir.expanduser().absolute()
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return [wrong("disk", f"{there}: {error.strerror}", "set VESTNIK_DATA_DIR to a folder on a disk that works")]
    says = f"{free / 2**30:.1f} GiB free under {there}"
    if free < _TOO_LITTLE:
        return [wrong("disk", says, "free some space: the store stops taking writes when the disk is full")]
    if free < _LITTLE:
        return [doubt("disk", says, "free some space: the append-only file needs room for a second one when it is rewritten")]
    return [fine("disk", says)]


async def see_clock(settings: Settings, store: Store) -> AsyncIterator[Finding]:
    """This machine's clock beside the store's and, where the store stands on this machine, beside a platform's. Raises StoreUnavailable."""
    now = SystemClock().now()
    skew = abs(await store.server_time() - now.timestamp())
    if skew > _SKEW:
        yield wrong("clock", f"{skew:.0f} s apart from the store's", "set both machines' clocks (NTP): slots and limits depend on them")
        return
    outside = [settings.telegram_api_url] * (settings.telegram_token is not None and not settings.telegram_proxy)
    outside += [settings.vk_api_url] * (settings.vk_token is not None)
    for address in outside:
        said = await _date(address)
        if said is None:
            continue
        skew = SystemClock().now().timestamp() - said
        if abs(skew) > _ROUGH:
            todo = "set this machine's clock (`timedatectl set-ntp true`): slots are computed from it"
            yield wrong("clock", f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} {address}", todo)
            return
    yield fine("clock", f"{now:%Y-%m-%d %H:%M} UTC, as the store's" + (" and the platform's" if outside else ""))


async def _date(address: str) -> float | None:
    """What a server says of the time, in seconds since 1970; None if it does not say."""
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.head(address, allow_redirects=False) as response:
            return email.utils.parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
