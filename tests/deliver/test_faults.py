"""Whatever a platform does to a call, nobody is lost, and repeats are bounded and counted."""

from __future__ import annotations

import time

import pytest

from bot.model import Outcome, Platform, Recipient
from bot.platforms.telegram_mail import TelegramSender
from bot.platforms.vk import VkSender
from bot.playground.faults import Fault, Kind
from bot.playground.telegram.server import TelegramEmulator
from bot.playground.vk.server import VkEmulator
from tests.deliver.conftest import Desk, running

TG, VK = Platform.TELEGRAM, Platform.VK


def copies(emulator: TelegramEmulator | VkEmulator, ids: range) -> list[int]:
    """How many messages each chat has."""
    return [len(emulator.ledger.messages(number)) for number in ids]


async def test_retry_after_stops_the_whole_bot(desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender) -> None:
    """After a 429 nothing reaches the platform until the time is over; then everyone is served."""
    people = range(1, 121)
    telegram.people(1, 120)
    telegram.faults.add(Fault(kind=Kind.FLOOD, method="sendMessage", skip=40, seconds=1))
    await desk.queue("e", TG, people)
    began = time.monotonic()
    async with running(desk.mailer(telegram_sender, rate=200)):
        counts = await desk.finished("e")
    assert time.monotonic() - began > 1.2
    assert counts.outcomes[Outcome.DELIVERED] == 120
    assert copies(telegram, people) == [1] * 120
    # those in flight at the moment of the refusal may be refused too, two grants of 24 at most; nobody else
    assert telegram.ledger.refused[429] <= 48


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [(403, "Forbidden: bot was blocked by the user", "blocked"), (400, "Bad Request: chat not found", "chat-not-found")],
)
async def test_who_is_gone_is_paused_and_the_rest_go_on(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender, code: int, text: str, reason: str
) -> None:
    """One refused chat costs nobody else anything."""
    telegram.people(1, 30)
    telegram.faults.add(Fault(kind=Kind.ERROR, chat=7, times=None, code=code, text=text))
    await desk.queue("e", TG, range(1, 31), ["one", "two"])
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 29
    assert counts.outcomes[Outcome.GONE] == 1
    assert counts.reasons == {reason: 1}
    assert desk.notes.paused == {Recipient(platform=TG, id=7): reason}


async def test_a_moved_chat_gets_its_message_at_the_new_id(desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender) -> None:
    """A group that became a supergroup loses nothing."""
    telegram.group(-5, kind="group")
    telegram.group(-1005)
    telegram.faults.add(Fault(kind=Kind.MIGRATE, chat=-5, times=None, new_id=-1005))
    await desk.queue("e", TG, [-5])
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 1
    assert len(telegram.ledger.messages(-1005)) == 1
    assert desk.notes.moved == {Recipient(platform=TG, id=-5): -1005}


@pytest.mark.parametrize("fault", [Fault(kind=Kind.PAGE, times=3), Fault(kind=Kind.ERROR, times=3, code=500)], ids=["page", "500"])
async def test_a_broken_server_is_asked_again(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender, fault: Fault
) -> None:
    """An HTML page of a proxy or a 500 mean that nothing was sent."""
    telegram.people(1, 20)
    telegram.faults.add(fault)
    await desk.queue("e", TG, range(1, 21))
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 20
    assert copies(telegram, range(1, 21)) == [1] * 20


async def test_lost_answers_on_telegram_are_counted_and_sent_again_once(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender
) -> None:
    """One answer in fifty is lost after the message was accepted: nobody is lost, at most one repeat each, all of it in the receipts."""
    people = range(1, 501)
    telegram.people(1, 500)
    telegram.faults.add(Fault(kind=Kind.DROP_AFTER, method="sendMessage", times=None, probability=0.02))
    await desk.queue("e", TG, people)
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    got = copies(telegram, people)
    assert min(got) == 1
    assert max(got) <= 2
    dropped = telegram.faults.hit[Kind.DROP_AFTER]
    assert dropped > 0
    assert counts.unsure + counts.outcomes[Outcome.UNKNOWN] == dropped
    assert counts.outcomes[Outcome.DELIVERED] + counts.outcomes[Outcome.UNKNOWN] == 500
    doubtful = [receipt.recipient.id async for receipt in desk.editions.receipts("e") if receipt.attempts > 1]
    assert set(doubtful) == {number for number, count in zip(people, got, strict=True) if count > 1}


async def test_an_outcome_unknown_twice_stays_unknown(desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender) -> None:
    """A chat whose answers are always lost is sent to twice and then left alone."""
    telegram.people(1, 3)
    telegram.faults.add(Fault(kind=Kind.DROP_AFTER, chat=2, times=None))
    await desk.queue("e", TG, range(1, 4))
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert copies(telegram, range(1, 4)) == [1, 2, 1]
    assert counts.outcomes[Outcome.UNKNOWN] == 1
    assert counts.reasons == {"connection-lost": 1}


async def test_a_refused_part_is_told_and_the_other_parts_go_on(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender
) -> None:
    """The platform refuses one part for everybody: it is not tried on all of them, the administrator hears once."""
    telegram.people(1, 200)
    await desk.queue("e", TG, range(1, 201), ["<b>broken", "whole"])
    async with running(desk.mailer(telegram_sender, rate=200)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.REJECTED] == 200
    assert [message.text for message in telegram.ledger.messages(9)] == ["whole"]
    assert telegram.ledger.refused[400] < 200
    assert desk.notes.refused == [("e", "bad-request")]


async def test_a_refusal_of_one_chat_is_not_a_refusal_of_the_edition(
    desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender
) -> None:
    """An unknown 400 from the first chat does not take the edition from the others."""
    telegram.people(1, 60)
    telegram.faults.add(Fault(kind=Kind.ERROR, chat=1, times=None, code=400, text="Bad Request: SOMETHING_NEW"))
    await desk.queue("e", TG, range(1, 61))
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 59
    assert counts.outcomes[Outcome.REJECTED] == 1


async def test_lost_answers_on_vk_repeat_nothing(desk: Desk, vk: VkEmulator, vk_sender: VkSender) -> None:
    """The same random_id makes VK drop what it has sent before."""
    people = range(1, 501)
    vk.people(1, 500)
    vk.faults.add(Fault(kind=Kind.DROP_AFTER, method="messages.send", times=2, skip=1))
    vk.faults.add(Fault(kind=Kind.DROP, method="messages.send", times=1, skip=2))
    await desk.queue("e", VK, people, ["one", "two"])
    async with running(desk.mailer(vk_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 500
    assert copies(vk, people) == [2] * 500
    assert vk.faults.hit[Kind.DROP_AFTER] == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind=Kind.FLOOD, method="messages.send", times=2),
        Fault(kind=Kind.ERROR, method="messages.send", code=10),
        Fault(kind=Kind.PAGE, method="messages.send"),
        Fault(kind=Kind.GARBAGE, method="messages.send"),
    ],
    ids=["error-6", "error-10", "page", "garbage"],
)
async def test_vk_is_asked_again_after_passing_failures(desk: Desk, vk: VkEmulator, vk_sender: VkSender, fault: Fault) -> None:
    """Everyone gets it once."""
    vk.people(1, 150)
    vk.faults.add(fault)
    await desk.queue("e", VK, range(1, 151))
    async with running(desk.mailer(vk_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 150
    assert copies(vk, range(1, 151)) == [1] * 150


async def test_one_refused_vk_peer_does_not_stop_the_rest(desk: Desk, vk: VkEmulator, vk_sender: VkSender) -> None:
    """Its error is its own, it is paused and not tried again."""
    vk.people(1, 100)
    vk.person(101, allowed=False)
    await desk.queue("e", VK, range(1, 102), ["one", "two"])
    async with running(desk.mailer(vk_sender)):
        counts = await desk.finished("e")
    assert counts.outcomes[Outcome.DELIVERED] == 100
    assert counts.outcomes[Outcome.GONE] == 1
    assert desk.notes.paused == {Recipient(platform=VK, id=101): "not-allowed"}


async def test_figures_add_up_to_the_recipients(desk: Desk, telegram: TelegramEmulator, telegram_sender: TelegramSender) -> None:
    """Claimed recipients are those with an outcome and those still held; the outcomes are those of the store."""
    telegram.people(1, 200)
    telegram.faults.add(Fault(kind=Kind.ERROR, chat=3, times=None, code=403, text="Forbidden: user is deactivated"))
    telegram.faults.add(Fault(kind=Kind.DROP_AFTER, method="sendMessage", times=5, skip=50))
    telegram.faults.add(Fault(kind=Kind.ERROR, chat=9, times=None, code=400, text="Bad Request: ODD"))
    await desk.queue("e", TG, range(1, 201))
    async with running(desk.mailer(telegram_sender)):
        counts = await desk.finished("e")

    def value(name: str, **labels: str) -> float:
        return desk.registry.get_sample_value(name, {"platform": "telegram", **labels}) or 0.0

    settled = {outcome: value("vestnik_settled_total", outcome=outcome) for outcome in Outcome}
    assert settled == {outcome: float(count) for outcome, count in counts.outcomes.items()}
    assert sum(settled.values()) + value("vestnik_held") == value("vestnik_claimed_total") - value("vestnik_handed_back_total") == 200
    assert value("vestnik_in_flight") == 0
    assert value("vestnik_unsure_total") >= 5
