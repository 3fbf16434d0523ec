"""`python -m bot.playground.vk --port N` serves the emulator alone."""

import argparse
import sys

from bot.playground.running import main
from bot.playground.vk import VkEmulator
from bot.playground.vk.server import CALLS_A_SECOND, TOKEN


def _make(arguments: argparse.Namespace) -> VkEmulator:
    return VkEmulator(
        token=arguments.token or TOKEN,
        calls_a_second=None if arguments.no_limits else CALLS_A_SECOND,
        open_doors=arguments.open_doors,
        seed=arguments.seed,
        keep_params=not arguments.slim,
    )


if __name__ == "__main__":
    sys.exit(main("vk", 8082, _make))
