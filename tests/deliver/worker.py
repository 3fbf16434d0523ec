"""A sender as a process of its own, to be killed: `python -m tests.deliver.worker JSON`; it prints `ready`, then works until SIGTERM."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import timedelta

from prometheus_client import CollectorRegistry

from bot.clock import SystemClock
from bot.deliver.metrics import Metrics
from bot.deliver.sender import Mailer
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import open_store
from bot.store.editions import Editions
from bot.store.outages import Outages
from bot.store.outbox import Outbox
from bot.store.pacer import Limits, Pacer, limits_for


class Nobody:
    """Where recipients are no subscribers."""

    async def pause(self, recipient: Recipient, reason: str) -> None:
        """Nothing to pause."""

    async def move(self, recipient: Recipient, new_id: int) -> None:
        """Nothing to move."""


async def main(order: dict[str, object]) -> None:
    settings = Settings(_env_file=None, **order["settings"])  # type: ignore[arg-type]
    platform = Platform(str(order["platform"]))
    if platform is Platform.TELEGRAM:
        from bot.platforms.telegram_mail import TelegramSender

        sender = TelegramSender(settings)
    else:
        from bot.platforms.vk import VkClient, VkSender

        sender = VkSender(VkClient(settings))  # type: ignore[assignment]
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with open_store(settings) as store:
        limits = Limits(**order["limits"]) if order.get("limits") else limits_for(platform, settings)  # type: ignore[arg-type]
        pacer = Pacer(store.client, platform, limits)
        mailer = Mailer(
            Editions(store.client),
            Outbox(store.client),
            Nobody(),
            sender,
            pacer,
            seals=store.seals,
            outages=Outages(store.client, platform),
            clock=SystemClock(),
            metrics=Metrics(CollectorRegistry()),
            lease=timedelta(seconds=float(str(order.get("lease", 8)))),
        )
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await mailer.run(stopping)
    await sender.close()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
