"""Whatever is wrong with the input is said in one clear line, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import app
from bot.clock import MovableClock
from bot.errors import ConfigurationError, TokenRefused
from bot.model import Platform, Recipient, Subscriber
from bot.playground.site import SampleSite
from bot.playground.telegram import TelegramEmulator
from bot.playground.vk import VkEmulator
from bot.settings import Settings
from bot.store import Store, open_store


def vestnik(*arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> tuple[int, str, str]:
    """Runs the command as a person does; exit status, stdout, stderr."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VESTNIK_")} | environment
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], input=stdin, capture_output=True, env=clean, cwd=cwd, timeout=100, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


BAD = {
    "no token": (("run",), 2, "VESTNIK_TELEGRAM_TOKEN"),
    "unknown role": (("run", "--only", "postman"), 2, "postman"),
    "role without its token": (("run", "--only", "vk"), 2, "VESTNIK_VK_TOKEN"),
    "unknown command": (("frobnicate",), 2, "frobnicate"),
    "unknown option": (("digest", "--sinse", "1d"), 2, "--sinse"),
    "no period": (("digest", "--since", "yesterday-ish"), 2, "yesterday-ish"),
    "no audience": (("digest", "--audience", "martians"), 2, "commerce"),
    "no file": (("summarise", "no-such-file.txt"), 2, "no-such-file.txt"),
    "private address": (("summarise", "http://127.0.0.1:9/"), 1, "127.0.0.1"),
    "no lines": (("analyse",), 2, "empty"),
}


@pytest.mark.parametrize(("arguments", "status", "word"), BAD.values(), ids=BAD)
def test_a_bad_command_is_one_line(arguments: tuple[str, ...], status: int, word: str, tmp_path: Path) -> None:
    """One line on stderr that names what is wrong, nothing on stdout, no traceback."""
    code, out, err = vestnik(*arguments, cwd=tmp_path, PYTHONPATH=str(Path(__file__).parent.parent))
    assert code == status
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    assert word in err


def test_a_setting_that_is_wrong_is_named(tmp_path: Path) -> None:
    """A wrong value names its variable."""
    code, _, err = vestnik("digest", cwd=tmp_path, PYTHONPATH=str(Path(__file__).parent.parent), VESTNIK_TIMEZONE="Europe/Atlantis")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert "VESTNIK_TIMEZONE" in err


@pytest.mark.parametrize("broken", ["[[source]\nid=", '[[source]]\nid = "a"\n', "\x00\xff"], ids=["no TOML", "no address", "bytes"])
def test_an_unreadable_sources_file_is_one_line(broken: str, tmp_path: Path) -> None:
    """The file and the entry are named."""
    path = tmp_path / "mine.toml"
    path.write_text(broken, encoding="latin-1")
    code, _, err = vestnik("sources", "list", cwd=tmp_path, PYTHONPATH=str(Path(__file__).parent.parent), VESTNIK_SOURCES=str(path))
    assert code == 2
    assert len(err.strip().splitlines()) == 1, err
    assert "mine.toml" in err


@pytest.mark.parametrize(
    "garbage",
    [os.urandom(10 * 2**20), b"<html>" * (10 * 2**20 // 6), "<p>слово ".encode() * 700_000],
    ids=["bytes", "tags", "words"],
)
def test_ten_megabytes_of_garbage_end_in_one_line(garbage: bytes, tmp_path: Path) -> None:
    """No traceback and no hang: an answer, or one line that says why not."""
    (tmp_path / "garbage.html").write_bytes(garbage)
    code, out, err = vestnik("summarise", "garbage.html", cwd=tmp_path, PYTHONPATH=str(Path(__file__).parent.parent))
    assert "Traceback" not in err
    assert code in {0, 1, 2}
    assert bool(out) != bool(err.strip())
    assert len(err.strip().splitlines()) <= 1


async def test_a_taken_port_is_one_line(settings: Settings, store: Store, clock: MovableClock, taken_port: int) -> None:
    """The port and the setting that changes it are named, and nothing was started."""
    with pytest.raises(ConfigurationError, match=f"{taken_port}.*VESTNIK_WEB_PORT"):
        await app.run(settings.model_copy(update={"web_port": taken_port}), (app.Role.WEB,), clock=clock)


async def test_a_taken_port_of_the_demonstration_is_one_line(taken_port: int, tmp_path: Path) -> None:
    """The same for the demonstration's page."""
    code, _, err = await asyncio.to_thread(vestnik, "demo", "--no-browser", "--port", str(taken_port), cwd=None)
    assert code == 2
    assert len(err.strip().splitlines()) == 1, err
    assert str(taken_port) in err


async def test_a_wrong_telegram_token_ends_the_bot(settings: Settings, store: Store, clock: MovableClock) -> None:
    """Telegram's refusal names the setting."""
    async with TelegramEmulator(clock=clock) as emulator:
        wrong = Settings(
            _env_file=None,
            redis_url=settings.redis_url,
            telegram_token="987654321:" + "A" * 35,
            telegram_api_url=emulator.url,
            data_dir=settings.data_dir,
        )
        with pytest.raises(TokenRefused, match="VESTNIK_TELEGRAM_TOKEN"):
            await app.run(wrong, (app.Role.TELEGRAM,), clock=clock)


async def test_a_wrong_vk_token_ends_the_bot(settings: Settings, store: Store, clock: MovableClock) -> None:
    """VK's refusal names the setting."""
    async with VkEmulator(clock=clock) as emulator:
        wrong = Settings(
            _env_file=None,
            redis_url=settings.redis_url,
            vk_token="vk1.a.wrong",
            vk_group_id=emulator.group_id,
            vk_api_url=emulator.url,
            data_dir=settings.data_dir,
        )
        with pytest.raises(TokenRefused, match="VESTNIK_VK_TOKEN"):
            await app.run(wrong, (app.Role.VK,), clock=clock)


async def test_a_store_that_goes_and_comes_back_loses_nothing(tmp_path: Path, clock: MovableClock) -> None:
    """The server is killed while the bot runs: the person is answered again as soon as it is back, and is still subscribed."""
    async with TelegramEmulator(clock=clock) as emulator:
        settings = Settings(_env_file=None, data_dir=tmp_path / "data", telegram_token=emulator.token, telegram_api_url=emulator.url)
        person, stop = emulator.person(7, "Анна"), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(app.run(settings, (app.Role.TELEGRAM, app.Role.SCHEDULER, app.Role.SENDER), clock=clock, stop=stop))
            person.say("/subscribe")
            await person.expect("Готово", 30)
            async with open_store(settings, clock) as beside:
                os.kill((await beside.client.info("server"))["process_id"], signal.SIGKILL)
            person.say("/settings")
            await person.expect("", 30)
            person.say("/unsubscribe")
            await person.expect("Больше не пришлю", 30)
            stop.set()
        async with open_store(settings, clock) as store:
            kept = await store.subscribers.get(Recipient(platform=Platform.TELEGRAM, id=7))
        assert isinstance(kept, Subscriber)
        assert not kept.active


async def test_a_page_that_is_no_article_and_a_broken_feed_harm_nobody_else(
    settings: Settings, store: Store, clock: MovableClock, tmp_path: Path
) -> None:
    """The sample site has a consent page and a missing one; with a broken feed beside them every other source is still read."""
    async with SampleSite(clock) as site:
        path = site.sources_toml(tmp_path / "sources.toml")
        one = site.sources[0]
        broken = f'\n[[source]]\nid = "broken"\nname = "Broken"\nurl = "{site.url}/nowhere/rss.xml"\nkind = "rss"\nallow_private = true\n'
        kept = "\n[[source]]\n" + "\n".join(
            f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in one.items()
        )
        path.write_text(kept.replace("'", '"') + broken, encoding="utf-8")
        from bot.parts import open_parts

        async with open_parts(settings.model_copy(update={"sources": path}), clock) as parts:
            report = await parts.collector.once()
    assert report.polled == 2
    assert set(report.failed) == {"broken"}
    assert report.new > 0
