"""`vestnik doctor`: looks at everything the bot needs, and says what to do about what is wrong."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

import click

from bot.clock import SystemClock
from bot.errors import BotError, OutcomeUnknown, RetryLater, TokenRefused
from bot.model import Platform
from bot.settings import Settings, read_settings
from bot.store import Store, open_store

OK, WARNING, FAILED, SKIPPED = "ok", "warning", "failed", "skipped"
_MARKS: Final = {OK: "✓", WARNING: "!", FAILED: "✗", SKIPPED: "·"}
_SKEW: Final = 5.0
"""Seconds between two clocks from which on limits and slots suffer."""
_DARK: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check showed, and what to do about it."""

    check: str
    status: str
    says: str
    todo: str = ""


class Unwell(BotError):
    """Something the bot needs does not work."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.option("--requeue", is_flag=True, help="Queue the mailings again that were given up.")
def doctor(as_json: bool, requeue: bool) -> None:
    """Checks tokens, store, sources, clock, proxies and queues; says what to do about each.

    Exit status 1 if something does not work.

    \b
    Examples:
      vestnik doctor
      vestnik doctor --requeue      once the cause of dead letters is removed
    """
    findings = asyncio.run(_examine(read_settings(), requeue=requeue))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            click.echo(f"{_MARKS[one.status]} {one.check}: {one.says}" + (f"\n    → {one.todo}" if one.todo else ""))
    if failed := [one.check for one in findings if one.status == FAILED]:
        raise Unwell(f"does not work: {', '.join(failed)}")


async def _examine(settings: Settings, *, requeue: bool) -> list[Finding]:
    found = [await _telegram(settings), await _vk(settings), *[one async for one in _proxies(settings)]]
    try:
        async with open_store(settings) as store:
            found += [await _store(store), await _clock(store)]
            found += [one async for one in _queues(store, requeue=requeue)]
            found += [one async for one in _sources(settings, store)]
    except BotError as error:
        found.append(
            Finding("store", FAILED, str(error), "see VESTNIK_REDIS_URL or VESTNIK_DATA_DIR; is the server running and the disk free?")
        )
    return found


async def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        return Finding("telegram", SKIPPED, "no token", "for a bot in Telegram get a token from @BotFather and set VESTNIK_TELEGRAM_TOKEN")
    from bot.platforms import telegram

    try:
        name = await telegram.probe(settings)
    except TokenRefused as error:
        return Finding("telegram", FAILED, str(error), "VESTNIK_TELEGRAM_TOKEN is wrong or revoked: get the present one from @BotFather")
    except (RetryLater, OutcomeUnknown) as error:
        todo = "where Telegram is blocked set VESTNIK_TELEGRAM_PROXY, or VESTNIK_TELEGRAM_API_URL to a Bot API server of your own"
        return Finding("telegram", FAILED, str(error), todo)
    except BotError as error:
        return Finding("telegram", FAILED, str(error), "see VESTNIK_TELEGRAM_TOKEN, VESTNIK_TELEGRAM_API_URL and VESTNIK_TELEGRAM_PROXY")
    return Finding("telegram", OK, f"@{name}")


async def _vk(settings: Settings) -> Finding:
    if settings.vk_token is None:
        return Finding("vk", SKIPPED, "no token", "for a bot in VK make a token in the community's settings and set VESTNIK_VK_TOKEN")
    from bot.platforms.vk import VkClient

    try:
        client = VkClient(settings)
        try:
            async with asyncio.timeout(20):
                answer = await client.call("groups.getById", {})
        finally:
            await client.close()
    except TokenRefused as error:
        return Finding("vk", FAILED, str(error), "VESTNIK_VK_TOKEN is wrong or revoked: make a new one with access to messages")
    except (BotError, TimeoutError) as error:
        return Finding("vk", FAILED, str(error) or "no answer in 20 seconds", "see VESTNIK_VK_TOKEN and VESTNIK_VK_API_URL")
    groups = answer.get("groups", []) if isinstance(answer, dict) else answer
    group = groups[0] if groups else {}
    if settings.vk_group_id is not None and group.get("id") not in (None, settings.vk_group_id):
        return Finding("vk", FAILED, f"the token is of community {group['id']}", f"set VESTNIK_VK_GROUP_ID to {group['id']}")
    if settings.vk_group_id is None:
        return Finding(
            "vk", FAILED, str(group.get("name", "")), f"set VESTNIK_VK_GROUP_ID to {group.get('id', 'the number of the community')}"
        )
    return Finding("vk", OK, str(group.get("name", "")))


async def _proxies(settings: Settings) -> AsyncIterator[Finding]:
    for name, address in (("TELEGRAM_PROXY", settings.telegram_proxy), ("HTTP_PROXY_SOURCES", settings.http_proxy_sources)):
        if not address:
            continue
        parts = urlsplit(address)
        where = f"{parts.scheme}://{parts.hostname}:{parts.port}"  # without the password
        try:
            async with asyncio.timeout(5):
                _, writer = await asyncio.open_connection(parts.hostname, parts.port or 1080)
            writer.close()
            yield Finding(f"proxy {name}", OK, where)
        except (OSError, TimeoutError) as error:
            yield Finding(f"proxy {name}", FAILED, f"{where}: {error or 'no answer'}", f"start the proxy, or change VESTNIK_{name}")


async def _store(store: Store) -> Finding:
    began = time.monotonic()
    await store.ping()
    spent = (time.monotonic() - began) * 1000
    count, told = await store.subscribers.count(), await store.facts()
    says = f"{told.version}, answers in {spent:.1f} ms, {told.used / 2**20:.0f} MiB, {count.total} subscribers"
    if not told.writes:
        return Finding("store", FAILED, f"{says}; it cannot write to its disk", "free some space, and look into the server's log")
    if told.evicts:
        return Finding("store", FAILED, f"{says}; it throws keys away when memory is short", "set maxmemory-policy to noeviction")
    if told.limit and told.used > 0.8 * told.limit:
        return Finding("store", WARNING, f"{says} of {told.limit / 2**20:.0f}", "raise maxmemory, or lower VESTNIK_RETENTION_DAYS")
    if not told.durable:
        return Finding(
            "store", WARNING, f"{says}; it keeps no append-only file", "set appendonly yes, or a crash loses the last subscriptions"
        )
    return Finding("store", OK, says)


async def _clock(store: Store) -> Finding:
    skew = abs(await store.server_time() - SystemClock().now().timestamp())
    if skew > _SKEW:
        return Finding(
            "clock", FAILED, f"{skew:.0f} s apart from the store's", "set both machines' clocks (NTP): slots and limits depend on them"
        )
    return Finding("clock", OK, f"{SystemClock().now():%Y-%m-%d %H:%M} UTC, as the store's")


async def _queues(store: Store, *, requeue: bool) -> AsyncIterator[Finding]:
    for platform in Platform:
        letters = await store.outbox.dead(platform)
        if letters and requeue:
            number = await store.outbox.requeue(platform, [one.id for one in letters])
            yield Finding(f"queue {platform}", OK, f"{number} dead letters queued again")
            continue
        queued, dead = await store.outbox.sizes(platform)
        if dead:
            reasons = "; ".join(sorted({one.reason for one in letters})[:3])
            says = f"{dead} batches were given up ({reasons}), {queued} queued"
            yield Finding(f"queue {platform}", FAILED, says, "remove the cause, then: vestnik doctor --requeue")
        else:
            yield Finding(f"queue {platform}", OK, f"{queued} batches queued, none given up")


async def _sources(settings: Settings, store: Store) -> AsyncIterator[Finding]:
    from bot.collect.sources import load_sources

    try:
        listed = [one for one in load_sources(settings.sources) if one.enabled]
    except BotError as error:
        yield Finding("sources", FAILED, str(error), "mend the file that VESTNIK_SOURCES names")
        return
    states, now = await store.polls.states(), SystemClock().now()
    polled = [one for one in listed if one.id in states]
    failing = [one for one in polled if states[one.id].failures]
    dark = [one for one in failing if (since := states[one.id].failing_since) and now - since > _DARK]
    says = f"{len(listed)} listed, {len(polled)} polled, {len(failing)} failing"
    if polled and len(failing) == len(polled):
        yield Finding("sources", FAILED, says, "no source answers: check the network, VESTNIK_HTTP_PROXY_SOURCES and DNS")
    elif not listed:
        yield Finding("sources", FAILED, "none is enabled", "list some in the file that VESTNIK_SOURCES names")
    else:
        yield Finding("sources", WARNING if dark else OK, says, "vestnik sources check says why each fails" if dark else "")
    for one in dark:
        yield Finding(f"source {one.id}", WARNING, f"silent for more than a day: {states[one.id].error}", f"vestnik sources try {one.id}")


COMMANDS = (doctor,)
