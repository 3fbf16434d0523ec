"""An important story reaches those who want it within seconds of being read; the figures add up whatever becomes of a mailing."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence

import pytest
from prometheus_client import generate_latest

from bot.analyse import Analyst
from bot.cli import run
from bot.clock import MovableClock, SystemClock
from bot.collect.text.article import make_article
from bot.deliver.alerts import Alerts
from bot.deliver.sender import Mailer
from bot.errors import DeliveryError
from bot.model import Cluster, Outcome, Part, Platform, Recipient
from bot.newsroom import Newsroom
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkSender
from bot.playground.faults import Fault, Kind
from bot.playground.site.edition import read_records
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.settings import read_settings
from bot.store import Store, open_store
from bot.store.editions import Editions
from bot.store.outages import Outages
from bot.store.outbox import Outbox
from bot.store.pacer import Limits, Pacer
from tests.deliver.conftest import Desk, running
from tests.deliver.test_scheduler import Bench, story

TG, VK = Platform.TELEGRAM, Platform.VK
WITHIN = 5.0
"""Seconds from an article to the reader."""


async def test_an_alert_takes_less_than_five_seconds(
    desk: Desk,
    store: Store,
    clock: MovableClock,
    telegram: TelegramEmulator,
    vk: VkEmulator,
    telegram_sender: TelegramSender,
    vk_sender: VkSender,
) -> None:
    """From an article that was read to the last of 50 on either platform, while others wait for a digest."""
    analyst, bench = Analyst(), Bench(store, clock)
    await analyst_ready(analyst)
    for platform, emulator in ((TG, telegram), (VK, vk)):
        emulator.people(1, 400)
        await bench.subscribe(range(1, 51), platform, alerts=True)
        await desk.queue(f"mailing.{platform}", platform, range(101, 401))
    alerts = Alerts(store, clock=clock, metrics=desk.metrics, important=0.0)
    newsroom = Newsroom(store, analyst, clock, heard=alerts.hear)
    pacers = {TG: Limits(rate=30, chat_gap=1.0), VK: Limits(rate=20)}
    mailers = [
        Mailer(
            Editions(store.client), Outbox(store.client), desk.notes, sender, Pacer(store.client, sender.platform, pacers[sender.platform]),
            seals=store.seals, outages=Outages(store.client, sender.platform), clock=clock, metrics=desk.metrics,
        )
        for sender in (telegram_sender, vk_sender)
    ]  # fmt: skip
    record = next(one for one in read_records("articles.jsonl") if one["id"] == "d015")
    async with running(*mailers):
        await telegram.watch.until(lambda: telegram.ledger.delivered > 10, 10)
        began = time.monotonic()
        told = await newsroom.take(
            make_article(
                url="https://news.example/1", title=record["title"], lines=record["text"], source_id="a", outlet="a",
                published=clock.now(), fetched=clock.now(),
            )
        )  # fmt: skip
        assert told is not None
        for emulator in (telegram, vk):
            await emulator.watch.until(lambda emulator=emulator: all(emulator.ledger.messages(number) for number in range(1, 51)), WITHIN)
        assert time.monotonic() - began < WITHIN
    assert [len(emulator.ledger.messages(number)) for emulator in (telegram, vk) for number in range(1, 51)] == [1] * 100


async def analyst_ready(analyst: Analyst) -> None:
    """Its models are loaded before the clock runs, as in a process that is up."""
    analyst.read(make_article(url="https://news.example/0", title="Погода", lines=["Дождь."], source_id="a", outlet="a"))


class Poison:
    """A sender that breaks over one recipient."""

    def __init__(self, inner: TelegramSender) -> None:
        self._inner, self.platform, self.batch, self.repeatable = inner, inner.platform, inner.batch, inner.repeatable

    async def send(self, recipients: Sequence[Recipient], part: Part, *, random_id: int) -> Mapping[int, int | DeliveryError]:
        if recipients[0].id == 13:
            raise ZeroDivisionError("poison")
        return await self._inner.send(recipients, part, random_id=random_id)

    async def close(self) -> None:
        await self._inner.close()


async def test_figures_add_up_with_dead_letters_and_the_gone(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender
) -> None:
    """Queued recipients are those with an outcome and those given up; queued again, the dead have an outcome too."""
    telegram.people(1, 150)
    telegram.faults.add(Fault(kind=Kind.ERROR, chat=140, times=None, code=403, text="Forbidden: bot was blocked by the user"))
    desk.metrics.queued(TG, 150)
    await desk.queue("e", TG, range(1, 151))

    def value(name: str, **labels: str) -> float:
        return desk.registry.get_sample_value(name, {"platform": "telegram", **labels}) or 0.0

    def outcomes() -> float:
        return sum(value("vestnik_settled_total", outcome=outcome) for outcome in Outcome)

    async with running(desk.mailer(Poison(telegram_sender), rate=300)):
        await telegram.watch.until(lambda: telegram.ledger.delivered >= 60, 10)
        async with asyncio.timeout(10):
            while not await desk.outbox.dead(TG) or (await desk.outbox.sizes(TG))[0]:  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # written in the store by another task
    (letter,) = await desk.outbox.dead(TG)
    assert "poison" in letter.reason
    lost = value("vestnik_dead_recipients_total")
    assert lost > 0
    assert value("vestnik_dead_batches_total") == 1
    assert value("vestnik_held") == value("vestnik_in_flight") == 0
    assert value("vestnik_claimed_total") == outcomes() + value("vestnik_handed_back_total")
    assert await desk.outbox.requeue(TG, [letter.id]) == 1
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert sum(counts.outcomes.values()) == counts.recipients == 150
    assert counts.outcomes[Outcome.GONE] == 1
    assert min(len(telegram.ledger.messages(number)) for number in range(1, 140)) == 1
    assert b"vestnik_dead_recipients_total" in generate_latest(desk.registry)


def test_publishing_by_hand(monkeypatch: pytest.MonkeyPatch, valkey: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--now` makes an edition of what nobody was told, once; without it only what is due."""
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)

    async def prepare() -> None:
        clock = SystemClock()
        async with open_store(read_settings(), clock) as store:
            await store.client.flushall()
            bench = Bench(store, MovableClock())
            await bench.subscribe(range(1, 121))
            await store.stories.put(Cluster(story=story("a", clock.now()), readings=()))

    asyncio.run(prepare())
    assert run(["publish", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["editions"] == 0
    assert run(["publish", "--now", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"editions": 1, "recipients": 120, "empty": 0}
    assert run(["publish", "--now"]) == 0
    assert capsys.readouterr().out.startswith("0 editions for 0 recipients queued; ")


def test_a_story_is_withdrawn_by_hand(monkeypatch: pytest.MonkeyPatch, valkey: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says how many are told; a story or a date that cannot be is one clear line."""
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)

    async def prepare() -> None:
        clock = SystemClock()
        async with open_store(read_settings(), clock) as store:
            await store.client.flushall()
            await Bench(store, MovableClock()).subscribe(range(1, 6))
            await store.stories.put(Cluster(story=story("a", clock.now()), readings=()))

    asyncio.run(prepare())
    assert run(["publish", "--now"]) == 0
    assert run(["stories", "correct", "a", "headline", "Верный заголовок"]) == 0
    assert run(["stories", "retract", "a"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["corrected; 5 readers are told", "withdrawn; 5 readers are told"]
    assert run(["stories", "correct", "a", "effective_date", "soon"]) == 2
    assert run(["stories", "retract", "nobody"]) == 2
    assert capsys.readouterr().err == "vestnik: a date is written 2026-09-01 or 01.09.2026\nvestnik: no such story\n"
