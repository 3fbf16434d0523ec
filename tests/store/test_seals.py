"""Seals on buttons: one key for all processes, made once, renewed by a command."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cli import run
from bot.model import Platform, Recipient
from bot.settings import Settings
from bot.store import Store, open_store
from bot.store.client import connect
from bot.store.seals import LENGTH, Ring, Seals

ANNA = Recipient(platform=Platform.TELEGRAM, id=7)
actions = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=48)


async def test_processes_that_start_at_once_agree_on_a_key(anywhere: Store) -> None:
    """Whoever comes first makes it; a button that one process seals another opens."""
    processes = [Seals(anywhere.client) for _ in range(8)]
    rings = await asyncio.gather(*(one.ring() for one in processes))
    assert len({ring.held for ring in rings}) == 1
    seal = await processes[0].sealer(ANNA)
    opened = await processes[1].open(seal("subscribe"), ANNA)
    assert opened is not None
    assert (opened.action, opened.shared) == ("subscribe", False)


async def test_the_newest_key_and_the_one_before_open(anywhere: Store) -> None:
    """Two renewals later a button is old."""
    seals = anywhere.seals
    seal = await seals.sealer(ANNA)
    await seals.renew()
    assert len((await seals.ring()).held) == 2
    assert await seals.open(seal("start"), ANNA) is not None
    await seals.renew()
    assert await seals.open(seal("start"), ANNA) is None
    assert len((await seals.ring()).held) == 2


async def test_the_keys_outlive_a_store_that_goes_away(store: Store, settings: Settings) -> None:
    """A process that has read them goes on; one that never did says that the store is away."""
    from bot.errors import StoreUnavailable

    seal = await store.seals.sealer(ANNA)
    away = connect("redis://127.0.0.1:1")
    lost = Seals(away)
    with pytest.raises(StoreUnavailable):
        await lost.ring()
    lost._ring = await store.seals.ring()
    opened = await lost.open(seal("start"), ANNA)
    assert opened is not None
    await away.aclose()


@given(actions, actions, st.integers(1, 5), st.integers(1, 5))
@example("a", "a", 1, 1)
@example("a.b", "a", 1, 1)
def test_a_seal_opens_its_own_action_in_its_own_chat_alone(one: str, other: str, here: int, there: int) -> None:
    """Neither another action nor another chat nor another key; 64 bytes hold the longest, with a hint behind it."""
    ring = Ring((b"1" * 32, b"2" * 32))
    chat, elsewhere = Recipient(platform=Platform.VK, id=here), Recipient(platform=Platform.VK, id=there)
    sealed = ring.seal(one, chat)
    assert len(sealed) == len(one) + LENGTH
    assert len(f"{sealed}~en") <= 64
    opened = ring.open(sealed, chat)
    assert opened is not None
    assert opened.action == one
    assert (ring.open(sealed, elsewhere) is None) == (here != there)
    assert (ring.open(other + sealed[-LENGTH:], chat) is None) == (one != other)
    assert Ring((b"3" * 32,)).open(sealed, chat) is None
    assert ring.open(sealed, Recipient(platform=Platform.VK, id=here, thread=1)) is None


@given(st.text(max_size=120))
@example("\ud800" * 20)
def test_any_text_is_opened_calmly(text: str) -> None:
    """Whatever a stranger sends is no button of ours."""
    assert Ring((b"1" * 32,)).open(text, ANNA) is None


def test_the_command_renews_the_key(valkey: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what holds from now on; `--at-once` leaves a single key."""
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)
    settings = Settings(_env_file=None, redis_url=valkey)

    async def held() -> tuple[bytes, ...]:
        async with open_store(settings) as store:
            return (await store.seals.ring()).held

    first = asyncio.run(held())
    assert run(["reseal"]) == 0
    assert "those of the last key still open" in capsys.readouterr().out
    second = asyncio.run(held())
    assert len(second) == 2
    assert second[1:] == first
    assert run(["reseal", "--at-once"]) == 0
    assert "already sent are closed" in capsys.readouterr().out
    third = asyncio.run(held())
    assert len(third) == 1
    assert not set(third) & set(second)
