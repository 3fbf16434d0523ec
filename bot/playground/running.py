"""Running one emulator as a process of its own until it is interrupted."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable

from bot.errors import BotError
from bot.playground.serving import Emulator


def main(name: str, port: int, make: Callable[[argparse.Namespace], Emulator]) -> int:
    """Reads the command line, prints the address and serves. Returns the exit status."""
    parser = argparse.ArgumentParser(prog=f"python -m bot.playground.{name}", description=f"An emulator of the {name} API on loopback.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=port)
    parser.add_argument("--token", default="", help="the only token that is accepted")
    parser.add_argument("--no-limits", action="store_true", help="let any rate through")
    parser.add_argument("--open-doors", action="store_true", help="the bot may write to any person")
    parser.add_argument("--seed", type=int, default=0, help="of the faults' probability")
    parser.add_argument("--slim", action="store_true", help="keep no parameters in the ledger")
    arguments = parser.parse_args()
    try:
        asyncio.run(_serve(make(arguments), arguments.host, arguments.port))
    except BotError as error:
        sys.stderr.write(f"{name} emulator: {error}\n")
        return 1
    return 0


async def _serve(emulator: Emulator, host: str, port: int) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    await emulator.start(host, port)
    sys.stdout.write(f"{emulator.url}\n")
    sys.stdout.flush()
    await stopped.wait()
    await emulator.stop()
