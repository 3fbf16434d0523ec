"""Webhook and Callback API: who may speak for a platform, and that every update is answered once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from acting import staged
from aiohttp import web

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store
from handlers import telegram, vk

SECRET = "a-secret-of-the-test"


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """The application on a free port of loopback."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield "http://{}:{}".format(*runner.addresses[0][:2])
    finally:
        await runner.cleanup()


async def test_the_webhook_answers_telegram_alone(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Updates with the right secret are answered; a wrong or strange secret gets 401, a malformed body is taken and logged."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        await stage.end()
        app = web.Application()
        dispatcher = telegram.make_dispatcher(stage.dialogue)
        hook = telegram.Webhook(dispatcher, stage.sdk, telegram.make_intake(stage.sdk, dispatcher, store), secret=SECRET)
        hook.register(app, telegram.PATH)
        stop = asyncio.Event()
        running = asyncio.create_task(hook.run(stop=stop))
        async with serving(app) as base, aiohttp.ClientSession() as client:
            url = base + telegram.PATH
            for secret in ("", "wrong", "сек\u00adрет", SECRET + "x"):
                async with client.post(url, json={"update_id": 1}, headers={telegram.HEADER: secret}) as response:
                    assert response.status == 401
            for body in (b"", b"[]", b"{", b'"x"', b'{"update_id": "x"}', b'{"update_id": 5, "message": {"chat": 7}}'):
                async with client.post(url, data=body, headers={telegram.HEADER: SECRET}) as response:
                    assert response.status == 200, body
            await hook.announce(url)
            person = stage.person()
            for text in ("/help", "/privacy", "/help"):
                person.say(text)
            await stage.emulator.watch.until(lambda: len(person.messages) >= 3, 5)
            person.press("Настройки")
            await person.expect("Время: 09:00")
            stop.set()
            await running
            # From webhook to long poll: the webhook is taken away by itself.
            await stage.restart()
            person.say("/calendar")
            await person.expect("вступа", timeout=10)


async def test_the_callback_answers_vk_alone(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """The code to a confirmation, `ok` at once to events with the secret, 403 to others; a repeated event is answered once."""
    async with staged("vk", store, clock, settings, analyst) as stage:
        await stage.end()
        community = vk.Community(stage.sdk, stage.dialogue, store, stage.emulator.group_id)
        callback = vk.Callback(community, secret=SECRET, confirmation="c0de")
        app = web.Application()
        callback.register(app)
        stop = asyncio.Event()
        running = asyncio.create_task(callback.run(stop=stop))
        async with serving(app) as base, aiohttp.ClientSession() as client:
            url = base + vk.PATH
            group = stage.emulator.group_id
            for body, status in (
                ({"type": "message_new", "group_id": group, "object": {}}, 403),
                ({"type": "message_new", "group_id": group, "object": {}, "secret": "сек"}, 403),
                ({"type": "message_new", "group_id": 1, "object": {}, "secret": SECRET}, 403),
                ([], 400),
                ({"type": "message_new", "group_id": group, "object": None, "secret": SECRET}, 200),
                ({"type": ["x"], "group_id": group, "object": {}, "secret": SECRET}, 200),
            ):
                async with client.post(url, json=body) as response:
                    assert response.status == status, body
            await stage.emulator.events.set_callback(url, secret=SECRET, confirmation="c0de")
            person = stage.person()
            person.say("Помощь")
            await person.expect("Что я умею")
            event = stage.emulator.events.history[-1]
            assert await stage.emulator.events.repeat(event) == "ok"
            person.say("Приватность")
            await person.expect("Что я храню")
            assert len(person.messages) == 2
        stop.set()
        await running


@pytest.mark.parametrize(
    "make", [lambda stage: telegram.Webhook(None, None, None, secret=""), lambda stage: vk.Callback(None, secret="", confirmation="")]
)
def test_without_a_secret_nobody_listens(make: object) -> None:
    """An empty secret is a mistake of the operator's, not an open door."""
    with pytest.raises(ValueError, match="secret"):
        make(None)  # type: ignore[operator]
