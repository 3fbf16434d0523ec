"""Both emulators on loopback, without limits unless a test sets them, and bots of the real SDKs that talk to them."""

from collections.abc import AsyncIterator, Callable, Mapping

import pytest
import requests
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from requests.adapters import HTTPAdapter
from vk_api import VkApiGroup

from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.playground.vk import VkEmulator


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator(limits=TelegramLimits.none()) as emulator:
        yield emulator


@pytest.fixture
async def bot(telegram: TelegramEmulator) -> AsyncIterator[Bot]:
    """aiogram's own Bot on the emulated server."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    yield Bot(telegram.token, session=session)
    # the session's own close sleeps a quarter of a second for TLS, which there is none of
    await (await session.create_session()).close()


@pytest.fixture
async def vk() -> AsyncIterator[VkEmulator]:
    async with VkEmulator(calls_a_second=None) as emulator:
        yield emulator


class Elsewhere(HTTPAdapter):
    """Sends what is meant for api.vk.ru to another base address."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        request.url = str(request.url).replace("https://api.vk.ru", self.base)
        return super().send(request, **{**options, "timeout": 10})  # type: ignore[arg-type]


Call = Callable[[str, Mapping[str, object]], object]


@pytest.fixture
def vk_bot(vk: VkEmulator) -> VkApiGroup:
    """vk_api's own client on the emulated server."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://api.vk.ru/", Elsewhere(vk.url))
    api = VkApiGroup(token=vk.token, api_version="5.199", session=session)
    api.RPS_DELAY = 0
    api.error_handlers.pop(6)
    return api
