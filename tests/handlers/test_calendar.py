"""The calendar for other programs, as the conversation hands it over: narrowed to the reader's own profile."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from acting import fill, staged

from bot.analyse import Analyst
from bot.clock import MovableClock
from bot.model import Filter, Group
from bot.settings import Settings
from bot.store import Store
from bot.web.voice import filter_of


@pytest.mark.parametrize("platform", ["telegram", "vk"])
async def test_the_address_to_subscribe_to_is_for_the_readers_profile(
    platform: str, store: Store, clock: MovableClock, settings: Settings, analyst: Analyst
) -> None:
    """Without a profile the whole calendar; with one, the address asks the site for just that, in the reader's language."""
    async with staged(platform, store, clock, settings, analyst, public_url="https://vestnik.example/") as stage:
        await fill(stage.newsroom, clock, ("d001", "d002"))
        anna = stage.person()
        anna.say("календарь")
        await anna.expect("Календарь")
        anna.press("В мой календарь")
        said = await anna.expect("подпишите его на адрес")
        assert said.text.split()[-1] == "https://vestnik.example/calendar.ics"
        for wish in ("касается меня банки, СМИ", "мессенджеры Telegram", "english"):
            anna.say(wish)
        await anna.expect("I speak English now")
        anna.say("calendar")
        await anna.expect("Calendar")
        anna.press("To my calendar")
        said = await anna.expect("subscribe it to")
        found = re.search(r"https://\S+", said.text)
        assert found is not None
        query = dict(parse_qsl(urlsplit(found.group()).query))
        assert query.pop("language") == "en"
        assert filter_of(query) == Filter(audiences=(Group.BANKS, Group.MEDIA), messengers=("Telegram",))
