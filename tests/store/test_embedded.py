"""The server of our own: durable, shared, found again, brought back, stopped by the last user."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.errors import ConfigurationError, StoreUnavailable
from bot.model import Platform, Recipient, Subscriber
from bot.settings import Settings
from bot.store import Store, open_store
from bot.store.embedded import LONGEST_SOCKET, Embedded
from tests.store.conftest import wait_until

ANNA = Recipient(platform=Platform.TELEGRAM, id=1)
CHILD = """
import asyncio, sys
from pathlib import Path
from bot.model import Platform, Recipient, Subscriber
from bot.settings import Settings
from bot.store import open_store

async def main():
    async with open_store(Settings(_env_file=None, data_dir=Path(sys.argv[1]))) as store:
        await store.subscribers.put(Subscriber(recipient=Recipient(platform=Platform.TELEGRAM, id=int(sys.argv[2])), active=True))
        print("kept", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose server is stopped afterwards, whoever started it."""
    yield tmp_path / "data"
    for found in (tmp_path / "data").glob("**/valkey.pid"):
        server = Embedded(found.parent)
        server.ensure()
        server.release()


def own(folder: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder)


def pid(folder: Path) -> int:
    return int((folder / "store" / "valkey.pid").read_text())


def alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def child(folder: Path, number: int) -> subprocess.Popen[bytes]:
    """Another process that has subscribed somebody and stays; returns once the subscription was acknowledged."""
    process = subprocess.Popen([sys.executable, "-c", CHILD, str(folder), str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"kept\n"
    return process


def end(process: subprocess.Popen[bytes]) -> int:
    process.communicate(timeout=20)
    return process.returncode


async def known(folder: Path) -> set[int]:
    async with open_store(own(folder)) as store:
        return {one.recipient.id async for one in store.subscribers.each()}


async def test_kill_of_everything_loses_nothing_acknowledged(folder: Path) -> None:
    """Server and program are killed at once; the subscription is there at the next start."""
    process = await asyncio.to_thread(child, folder, 1)
    os.kill(pid(folder), signal.SIGKILL)
    process.kill()
    await asyncio.to_thread(end, process)
    assert await known(folder) == {1}


async def test_no_other_user_of_the_machine_reads_who_is_subscribed(folder: Path) -> None:
    """The folder of the server is its owner's alone, one of an older version too."""
    (folder / "store").mkdir(parents=True, mode=0o755)
    async with open_store(own(folder)):
        assert (folder / "store").stat().st_mode & 0o777 == 0o700


async def test_an_orphan_is_found_again_and_stopped(folder: Path) -> None:
    """The program is killed, its server lives on; the next one joins it and stops it in the end."""
    process = await asyncio.to_thread(child, folder, 1)
    orphan = pid(folder)
    process.kill()
    await asyncio.to_thread(end, process)
    assert alive(orphan)
    async with open_store(own(folder)) as store:
        assert pid(folder) == orphan
        assert await store.subscribers.get(ANNA) is not None
    assert not alive(orphan)


async def test_a_second_process_joins_and_the_last_one_stops(folder: Path) -> None:
    """Two processes share one server; it outlives the one that started it."""
    first = await asyncio.to_thread(child, folder, 1)
    server = pid(folder)
    second = await asyncio.to_thread(child, folder, 2)
    assert pid(folder) == server
    assert await asyncio.to_thread(end, first) == 0
    assert alive(server)
    assert await asyncio.to_thread(end, second) == 0
    wait_until(lambda: not alive(server))
    assert await known(folder) == {1, 2}


async def test_a_killed_server_comes_back_for_those_who_use_it(folder: Path) -> None:
    """In flight: one clear error at most; the next call finds everything that was acknowledged."""
    async with open_store(own(folder)) as store:
        for number in range(5):
            one = Subscriber(recipient=Recipient(platform=Platform.VK, id=number), active=True)
            await store.subscribers.put(one)
            os.kill(pid(folder), signal.SIGKILL)
            try:
                found = await store.subscribers.get(one.recipient)
            except StoreUnavailable:
                found = await store.subscribers.get(one.recipient)
            assert found == one


async def test_a_swept_socket_is_replaced(folder: Path) -> None:
    """A server that nobody can reach is ended in order, so that two never write to one folder."""
    async with open_store(own(folder)) as store:
        await store.subscribers.put(Subscriber(recipient=ANNA, active=True))
        before = pid(folder)
        (folder / "store" / "valkey.sock").unlink()
        async with open_store(own(folder)) as other:
            assert await other.subscribers.get(ANNA) is not None
        assert not alive(before)


async def test_a_long_path_works(tmp_path: Path, clock: MovableClock) -> None:
    """Beyond what a socket's address can hold, the socket stands in a short private folder, which goes with the server."""
    deep = tmp_path.joinpath(*["папка"] * 14)
    assert len(os.fsencode(deep)) > LONGEST_SOCKET
    async with open_store(own(deep), clock) as store:
        await store.subscribers.put(Subscriber(recipient=ANNA, active=True))
        socket = Path((deep / "store" / "address").read_text())
        assert socket.is_relative_to(tempfile.gettempdir())
        assert socket.parent.stat().st_mode & 0o777 == 0o700
    assert not socket.parent.exists()
    assert await known(deep) == {1}


@pytest.mark.parametrize("place", ["/proc/vestnik", "/dev/null/data"])
async def test_a_folder_that_cannot_be_written_is_one_clear_line(place: str) -> None:
    """The setting is named, and there is no traceback's worth of text."""
    with pytest.raises(ConfigurationError, match=r"^VESTNIK_DATA_DIR: .* cannot be written"):
        async with open_store(own(Path(place))):
            pass


async def test_damaged_data_is_one_clear_line(folder: Path) -> None:
    """The server's own last word is passed on."""
    async with open_store(own(folder)) as store:
        await store.subscribers.put(Subscriber(recipient=ANNA, active=True))
    manifest = folder / "store" / "appendonlydir" / "appendonly.aof.manifest"
    manifest.write_text("nonsense\n")
    with pytest.raises(ConfigurationError, match="does not start"):
        await asyncio.to_thread(Embedded(folder / "store").ensure)
    (folder / "store" / "valkey.pid").unlink(missing_ok=True)


def test_starters_at_once_make_one_server(folder: Path) -> None:
    """Whoever comes while another starts it waits and joins."""
    servers = [Embedded(folder) for _ in range(6)]
    found: list[str] = []
    threads = [threading.Thread(target=lambda one=server: found.append(one.ensure())) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 6
    assert (folder / "valkey.log").read_text().count("Server initialized") == 1
    number = int((folder / "valkey.pid").read_text())
    for server in servers:
        assert alive(number)
        server.release()
    assert not alive(number)


def test_a_stale_pid_harms_nobody(folder: Path) -> None:
    """The number in the file may belong to a stranger by now."""
    folder.mkdir()
    stranger = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    (folder / "valkey.pid").write_text(str(stranger.pid))
    (folder / "address").write_text(str(folder / "valkey.sock"))
    server = Embedded(folder)
    server.ensure()
    assert stranger.poll() is None
    server.release()
    stranger.communicate(timeout=10)


@pytest.mark.parametrize("url", ["http://localhost", "redis://localhost:notaport", "redis+sentinel://localhost:26379"])
async def test_a_wrong_address_is_one_clear_line(url: str, tmp_path: Path) -> None:
    """The variable is named before anything is tried."""
    with pytest.raises(ConfigurationError, match=r"^VESTNIK_REDIS_URL"):
        async with open_store(Settings(_env_file=None, redis_url=url, data_dir=tmp_path)):
            pass


async def test_an_absent_server_is_one_clear_error(tmp_path: Path) -> None:
    """Nobody listens there."""
    with pytest.raises(StoreUnavailable, match="does not answer"):
        async with open_store(Settings(_env_file=None, redis_url=f"unix://{tmp_path}/none.sock", data_dir=tmp_path)):
            pass


async def test_a_node_that_restarts_loses_nothing(cluster: list, settings: Settings, clock: MovableClock) -> None:
    """Every subscription that was acknowledged around the kill of a node is there when it is back."""
    cluster_settings = settings.model_copy(update={"redis_url": type(settings.redis_url)(f"redis+cluster://127.0.0.1:{cluster[0].port}")})
    async with open_store(cluster_settings, clock) as store:
        await store.client.flushall()
        kept = await _subscribe(store, range(100))
        cluster[1].kill()
        kept |= await _subscribe(store, range(100, 130))
        cluster[1].start()
        await asyncio.to_thread(wait_until, lambda: all(node.whole() for node in cluster))
        kept |= await _subscribe(store, range(130, 200), insist=True)
        found = {one.recipient.id async for one in store.subscribers.each()}
        assert kept <= found
        assert kept >= set(range(100)) | set(range(130, 200))
        await store.client.flushall()


async def _subscribe(store: Store, numbers: range, *, insist: bool = False) -> set[int]:
    kept = set()
    for number in numbers:
        for _ in range(20 if insist else 1):
            try:
                await store.subscribers.put(Subscriber(recipient=Recipient(platform=Platform.TELEGRAM, id=number), active=True))
            except StoreUnavailable:
                continue
            kept.add(number)
            break
    return kept
