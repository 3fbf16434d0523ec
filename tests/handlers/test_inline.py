"""`@bot words` in any chat of Telegram: stories to insert. VK has no such mode."""

from __future__ import annotations

from acting import fill, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.settings import Settings
from bot.store import Store


async def test_stories_are_offered_to_insert(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """By words in any form and with filters; the latest without words; none for nonsense; nothing is written to the person."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        await fill(stage.newsroom, clock)
        anna = stage.person()
        titles = {query: [str(one["title"]) for one in await anna.inline(query)] for query in ("", "вайбера", "Viber за месяц", "кукареку")}
        assert len(titles[""]) >= 5
        assert titles["вайбера"]
        assert all("Viber" in title for title in titles["вайбера"])
        assert titles["Viber за месяц"]
        assert titles["кукареку"] == []
        (first, *_) = await anna.inline("вайбера")
        content = first["input_message_content"]
        assert isinstance(content, dict)
        assert "Источники" in content["message_text"]
        assert content["parse_mode"] == "HTML"
        assert not anna.messages
        asked = list(stage.emulator.world.asked.values())[-1].answer
        assert asked["button"]["text"] == "Открыть Вестник"


async def test_giant_and_odd_queries_are_answered(store: Store, clock: MovableClock, settings: Settings, analyst: Analyst) -> None:
    """Control characters, markup, 256 characters of anything: an answer each, and the bot goes on."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        await fill(stage.newsroom, clock)
        anna = stage.person()
        for query in ("ы" * 256, "\u202e<b>&amp;</b>", "{t:1}*", "\0", "стадия: действует"):
            assert isinstance(await anna.inline(query), list)
        anna.say("/help")
        await anna.expect("слова — наберите в любом чате")


async def test_our_own_words_that_somebody_inserted_are_not_answered(
    store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """A story picked among the results comes back to us as a message, in private too: it is no text to be retold."""
    async with staged("telegram", store, clock, settings, analyst) as stage:
        await fill(stage.newsroom, clock)
        anna, group = stage.person(), stage.emulator.group(-1)
        group.admit(anna)
        (first, *_) = await anna.inline("вайбера")
        for chat in (None, group):
            said = anna.insert(first, chat=chat)
            assert said.via
            assert said.styled("bold")
        anna.say("/help")
        await anna.expect("Что я умею")
        assert len(anna.messages) == 1
        assert not group.messages
