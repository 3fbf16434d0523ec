"""An emulator as a process of its own."""

import asyncio
import signal
import sys

import pytest
from aiohttp import ClientSession


@pytest.mark.parametrize("name", ["telegram", "vk"])
async def test_an_emulator_runs_alone(name: str) -> None:
    """It prints its address, is controlled over HTTP, and ends by Ctrl-C with status 0; a taken port is one line."""
    pipe = asyncio.subprocess.PIPE
    module = f"bot.playground.{name}"
    command = [sys.executable, "-m", module, "--open-doors", "--slim"]
    process = await asyncio.create_subprocess_exec(*command, "--port", "0", stdout=pipe, stderr=pipe)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            url = (await process.stdout.readline()).decode().strip()
            async with ClientSession() as session:
                async with session.post(f"{url}/_control/say", json={"person": 5, "text": "/start"}) as response:
                    assert (await response.json())["text"] == "/start"
                async with session.get(f"{url}/_control/ledger?chat=5") as response:
                    assert [message["sender"] for message in (await response.json())["messages"]] == [5]
            port = url.rpartition(":")[2]
            second = await asyncio.create_subprocess_exec(*command, "--port", port, stdout=pipe, stderr=pipe)
            _, complaint = await second.communicate()
            assert second.returncode == 1
            assert complaint.decode() == f"{name} emulator: port {port} on 127.0.0.1 is taken or not allowed\n"
            process.send_signal(signal.SIGINT)
            _, complaint = await process.communicate()
        assert (process.returncode, complaint) == (0, b"")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
