"""One person on two platforms: where one fails in the middle of a mailing the other one has the edition, once."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.clock import MovableClock
from bot.deliver.handover import Handover, hand_over
from bot.deliver.press import RENDERERS
from bot.deliver.sender import Mailer
from bot.digest.render.document import Document, Kind, block
from bot.model import Outcome, Platform, Preferences, Recipient, Schedule, Subscriber
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkSender
from bot.playground.faults import Fault
from bot.playground.faults import Kind as FaultKind
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from bot.store import Store
from bot.store.editions import Edition
from bot.store.links import Links
from bot.store.outages import Outages
from bot.store.pacer import Limits, Pacer
from tests.deliver.conftest import Desk, running
from tests.deliver.test_scheduler import HOUR, Bench, story

TG, VK = Platform.TELEGRAM, Platform.VK
ANNA = {TG: Recipient(platform=TG, id=7), VK: Recipient(platform=VK, id=70)}


class Two:
    """Both platforms with their senders, and Anna on both."""

    def __init__(
        self, desk: Desk, store: Store, emulators: dict[Platform, TelegramEmulator | VkEmulator], mailers: Callable[[], tuple[Mailer, ...]]
    ) -> None:
        self.desk, self.store, self.emulators, self.mailers = desk, store, emulators, mailers

    async def anna(self, active: Platform) -> None:
        """She reads us on this platform and has linked the other."""
        for platform, recipient in ANNA.items():
            await self.store.subscribers.put(Subscriber(recipient=recipient, active=platform is active))
        await Links(self.store.client).link(*ANNA.values())

    async def mail(self, platform: Platform, *others: int) -> None:
        """Queues an edition for her and some others."""
        message = RENDERERS[platform](Document(blocks=(block(Kind.TITLE, "Выпуск"), block(Kind.TEXT, "Главное за день."))))
        edition = Edition(id="e", audience="a", slot=self.desk.clock.now(), message=message)
        await self.store.editions.create(edition, "test")
        people = [Recipient(platform=platform, id=number) for number in others]
        await self.store.editions.fill("e", "test", 0, [[*people[: len(people) // 2], ANNA[platform], *people[len(people) // 2 :]]])
        await self.store.outbox.push(platform, "e", 1)
        await self.store.editions.seal("e", self.desk.clock.now())

    def got(self, platform: Platform) -> list[str]:
        return [message.text for message in self.emulators[platform].ledger.messages(ANNA[platform].id)]

    async def reads(self, platform: Platform) -> None:
        """Waits until she has something there."""
        await self.emulators[platform].watch.until(lambda: self.got(platform), 10)

    async def gone(self, platform: Platform) -> None:
        """Waits until she is known not to be reached there."""
        async with asyncio.timeout(10):
            while not ((found := await self.store.subscribers.get(ANNA[platform])) and found.gone):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # it is written in the store by another task

    async def active(self) -> dict[Platform, bool]:
        return {one: bool((found := await self.store.subscribers.get(recipient)) and found.active) for one, recipient in ANNA.items()}


@pytest.fixture
async def two(
    desk: Desk, store: Store, telegram: TelegramEmulator, vk: VkEmulator, telegram_sender: TelegramSender, vk_sender: VkSender
) -> Two:
    telegram.people(1, 20)
    vk.people(1, 20)
    vk.people(70, 1)
    handover = Handover(store, clock=desk.clock, metrics=desk.metrics)

    def mailers() -> tuple[Mailer, ...]:
        return tuple(
            Mailer(
                store.editions,
                store.outbox,
                store.subscribers,
                sender,
                Pacer(store.client, sender.platform, Limits(rate=500)),
                seals=store.seals,
                outages=Outages(store.client, sender.platform),
                clock=desk.clock,
                metrics=desk.metrics,
                elsewhere=handover,
            )
            for sender in (telegram_sender, vk_sender)
        )

    return Two(desk, store, {TG: telegram, VK: vk}, mailers)


@asynccontextmanager
async def at_work(two: Two) -> AsyncIterator[None]:
    async with running(*two.mailers()):  # processes that know nothing but what the store does
        yield


@pytest.mark.parametrize(("first", "second"), [(TG, VK), (VK, TG)])
async def test_who_blocked_us_here_reads_it_there(two: Two, first: Platform, second: Platform) -> None:
    """The sender finds her gone: this edition and all later ones go to the other platform, the others here have theirs."""
    await two.anna(first)
    two.emulators[first].faults.add(
        Fault(kind=FaultKind.ERROR, chat=7, times=None, code=403, text="Forbidden: bot was blocked by the user")
        if first is TG
        else Fault(kind=FaultKind.ERROR, chat=70, times=None, code=901)
    )
    await two.mail(first, *range(1, 7))
    async with at_work(two):
        counts = await two.desk.finished("e")
        await two.reads(second)
    assert (counts.outcomes[Outcome.DELIVERED], counts.outcomes[Outcome.GONE]) == (6, 1)
    assert [len(two.got(first)), len(two.got(second))] == [0, 1]
    assert "Главное за день." in two.got(second)[0]
    assert await two.active() == {first: False, second: True}


@pytest.mark.parametrize(("first", "second"), [(TG, VK), (VK, TG)])
async def test_who_was_not_reached_for_an_hour_reads_it_there(two: Two, clock: MovableClock, first: Platform, second: Platform) -> None:
    """Only this edition: what comes later is tried here first. When the platform is back nothing comes twice."""
    await two.anna(first)
    emulator = two.emulators[first]
    emulator.faults.add(
        Fault(kind=FaultKind.ERROR, times=None, code=500 if first is TG else 10, method="sendMessage" if first is TG else "messages.send")
    )
    await two.mail(first)
    async with at_work(two):
        await emulator.watch.until(lambda: sum(emulator.ledger.refused.values()) >= 2, 5)  # the first is noted by then
        assert two.got(second) == []
        clock.move_to(clock.now() + dt.timedelta(minutes=61))
        await two.reads(second)
        emulator.faults.clear()
        counts = await two.desk.finished("e")
    assert counts.outcomes[Outcome.FAILED] == 1
    assert counts.reasons == {"elsewhere": 1}
    assert [len(two.got(first)), len(two.got(second))] == [0, 1]
    assert await two.active() == {first: True, second: False}


def failing(first: Platform, *, everybody: bool) -> Fault:
    """The platform's own failure, for all or for Anna alone."""
    code, method = (500, "sendMessage") if first is TG else (10, "messages.send")
    if everybody:
        return Fault(kind=FaultKind.ERROR, times=None, code=code, method=method)
    return Fault(kind=FaultKind.ERROR, times=None, code=code, chat=ANNA[first].id)


@pytest.mark.parametrize("everybody", [True, False], ids=["platform-down", "she-alone"])
@pytest.mark.parametrize(("first", "second"), [(TG, VK), (VK, TG)])
async def test_the_hour_outlives_a_restart(
    two: Two, store: Store, clock: MovableClock, first: Platform, second: Platform, everybody: bool
) -> None:
    """The process that saw the first failure ends after half an hour; the next one counts on, and sends her there after the whole."""
    await two.anna(first)
    emulator = two.emulators[first]
    emulator.faults.add(failing(first, everybody=everybody))
    await two.mail(first, *range(1, 5))
    for minutes in (0, 30):
        clock.move_to(clock.now() + dt.timedelta(minutes=minutes))
        seen = sum(emulator.ledger.refused.values())
        async with at_work(two):
            await emulator.watch.until(lambda seen=seen: sum(emulator.ledger.refused.values()) >= seen + 2, 10)
        assert two.got(second) == []
    clock.move_to(clock.now() + dt.timedelta(minutes=31))
    async with at_work(two):
        await two.reads(second)
        emulator.faults.clear()
        counts = await two.desk.finished("e")
    assert (counts.outcomes[Outcome.DELIVERED], counts.outcomes[Outcome.FAILED]) == (4, 1)
    assert [len(two.got(first)), len(two.got(second))] == [0, 1]


async def test_one_process_that_reaches_the_platform_ends_the_outage_for_all(two: Two, store: Store, clock: MovableClock) -> None:
    """What failed for fifty minutes and works again has not failed for an hour when it fails once more."""
    await two.anna(TG)
    outages = Outages(store.client, TG)
    await outages.down(clock.now())
    clock.move_to(clock.now() + dt.timedelta(minutes=50))
    await two.mail(TG, *range(1, 5))
    fault = failing(TG, everybody=False)
    two.emulators[TG].faults.add(fault)
    async with at_work(two):
        await two.emulators[TG].watch.until(lambda: sum(two.emulators[TG].ledger.refused.values()) >= 2, 5)
    clock.move_to(clock.now() + dt.timedelta(minutes=20))
    async with at_work(two):
        await two.emulators[TG].watch.until(lambda: sum(two.emulators[TG].ledger.refused.values()) >= 4, 5)
    assert two.got(VK) == []
    assert await outages.down(clock.now()) > clock.now() - dt.timedelta(minutes=21)


async def test_who_is_on_one_platform_alone_is_tried_on(two: Two, clock: MovableClock) -> None:
    """An hour without an answer changes nothing for others."""
    await two.store.subscribers.put(Subscriber(recipient=ANNA[TG], active=True))
    two.emulators[TG].faults.add(Fault(kind=FaultKind.ERROR, times=3, code=500, method="sendMessage"))
    await two.mail(TG)
    async with at_work(two):
        await two.emulators[TG].watch.until(lambda: two.emulators[TG].ledger.refused[500] >= 2, 5)
        clock.move_to(clock.now() + dt.timedelta(minutes=61))
        counts = await two.desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 1


async def test_what_goes_elsewhere_and_fails_there_too_goes_nowhere(two: Two) -> None:
    """Both sides are closed: it ends there."""
    await two.anna(TG)
    two.emulators[TG].faults.add(Fault(kind=FaultKind.ERROR, chat=7, times=None, code=403, text="Forbidden: bot was blocked by the user"))
    two.emulators[VK].faults.add(Fault(kind=FaultKind.ERROR, chat=70, times=None, code=901))
    await two.mail(TG)
    async with at_work(two):
        await two.desk.finished("e")
        await two.gone(VK)
    assert await two.active() == {TG: False, VK: False}
    assert two.got(TG) == two.got(VK) == []


async def test_the_next_edition_goes_on_where_the_last_one_ended(store: Store, clock: MovableClock) -> None:
    """Told on Telegram at nine; handed to VK at ten, where others are told at noon: she hears what came since nine, nothing twice, no gap."""
    bench = Bench(store, clock)
    await bench.subscribe([1, 7])
    await bench.subscribe([1], VK)
    await store.subscribers.put(Subscriber(recipient=ANNA[VK], preferences=Preferences()))
    await Links(store.client).link(*ANNA.values())
    scheduler = bench.scheduler()
    await scheduler.tick()
    await bench.tell(story("a", clock.now()))
    clock.move_to(clock.now() + 24 * HOUR)
    await scheduler.tick()
    await bench.tell(story("b", clock.now()))
    clock.move_to(clock.now() + HOUR)
    await hand_over(store, ANNA[TG])
    clock.move_to(clock.now() + 23 * HOUR)
    await scheduler.tick()
    told = [(set(edition.told), ids) for edition, ids in await bench.queued(VK)]
    assert [stories for stories, ids in told if 70 in ids] == [{"b"}]
    assert [stories for stories, ids in told if 1 in ids] == [{"a"}, {"b"}]
    assert [set(edition.told) for edition, ids in await bench.queued(TG) if 7 in ids] == [{"a"}]


async def test_who_comes_back_after_an_edition_has_it_next_time(store: Store, clock: MovableClock) -> None:
    """Away in an audience of Mondays while the daily one was told: the next daily edition has that for them alone."""
    bench = Bench(store, clock)
    weekly = Preferences(schedule=Schedule(days="mon"))  # it is Tuesday
    await bench.subscribe([1, 7])
    scheduler = bench.scheduler()
    await scheduler.tick()
    await bench.tell(story("a", clock.now()))
    await store.subscribers.put(Subscriber(recipient=ANNA[TG], preferences=weekly, active=True))
    clock.move_to(clock.now() + 24 * HOUR)
    await scheduler.tick()
    await store.subscribers.put(Subscriber(recipient=ANNA[TG], active=True))
    await bench.tell(story("b", clock.now()))
    clock.move_to(clock.now() + 24 * HOUR)
    await scheduler.tick()
    told = [(set(edition.told), ids) for edition, ids in await bench.queued()]
    assert [stories for stories, ids in told if 7 in ids] == [{"a", "b"}]
    assert [stories for stories, ids in told if 1 in ids] == [{"a"}, {"b"}]
