"""`python -m bot.playground.telegram --port N` serves the emulator alone."""

import argparse
import sys

from bot.playground.running import main
from bot.playground.telegram import TelegramEmulator, TelegramLimits
from bot.playground.telegram.server import TOKEN


def _make(arguments: argparse.Namespace) -> TelegramEmulator:
    return TelegramEmulator(
        token=arguments.token or TOKEN,
        limits=TelegramLimits.none() if arguments.no_limits else None,
        open_doors=arguments.open_doors,
        seed=arguments.seed,
        keep_params=not arguments.slim,
    )


if __name__ == "__main__":
    sys.exit(main("telegram", 8081, _make))
