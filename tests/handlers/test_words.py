"""What people write, as commands and as values: spellings, cases, both languages, and what must not be taken for a request."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Group, Length
from handlers.dialogue import values, zones
from handlers.dialogue.parse import COMMANDS, LONGEST, parse
from handlers.dialogue.stories import read_asked


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/digest@Vestnik_Bot 7d", "digest", "7d"),
        ("/DIGEST", "digest", ""),
        ("Дайджест, неделя!", "digest", "неделя!"),
        ("«Календарь»", "calendar", ""),
        ("/календарь", "calendar", ""),
        ("ПОМОЩЬ!!!", "help", ""),
        ("удалить  мои   данные.", "forget", ""),
        ("Delete my data", "forget", ""),
        ("найди штрафами Viber", "search", "штрафами Viber"),
        ("объем полный", "length", "полный"),
        ("Объём полный", "length", "полный"),
        ("часовой пояс: Омск", "timezone", "Омск"),
        ("кратко Первая\nВторая", "summary", "Первая\nВторая"),
        ("/start ref-1", "start", "ref-1"),
        ("/nonsense", "", ""),
        ("дайджестик", "", "дайджестик"),
        ("Новости о том, как " + "очень длинно " * 20, "summary", ("Новости о том, как " + "очень длинно " * 20).strip()),
        ("", "", ""),
        ("....", "", "...."),
    ],
)
def test_requests_are_read(text: str, name: str, argument: str) -> None:
    """Case, punctuation, ё and the platform's way of writing do not matter; what only resembles a request is none."""
    asked = parse(text, bot_name="vestnik_bot")
    assert (asked.name, asked.argument) == (name, argument)


def test_commands_to_other_bots_are_not_ours() -> None:
    """`/help@another_bot` in a group is for another bot."""
    assert parse("/help@another_bot", bot_name="vestnik_bot").for_other


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://a.ru/x?y=1#z.", ("https://a.ru/x?y=1#z",)),
        ("смотри nsn.fm/policy/x", ("https://nsn.fm/policy/x",)),
        ("(https://a.ru/x), https://a.ru/x", ("https://a.ru/x",)),
        ("кремль.рф/новость", ("https://кремль.рф/новость",)),
        ("file:///etc/passwd", ("file:///etc/passwd",)),
        ("т.е. это не ссылка", ()),
        ("в 5.30 утра", ()),
        ("a@b.ru", ()),
    ],
)
def test_links_are_found(text: str, links: tuple[str, ...]) -> None:
    """An address alone or among a few words is a wish to have it retold; abbreviations and mail addresses are none."""
    assert parse(text).links == links


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_anything_can_be_written(text: str) -> None:
    """No text breaks the reading, and every answer is a known command or nothing."""
    asked = parse(text, bot_name="bot")
    assert asked.name in COMMANDS | {""}
    for read in (values.read_times, values.read_days, values.read_period, values.read_range, values.read_words, zones.find_zone):
        read(text)


def test_giant_texts_are_read_quickly() -> None:
    """A message of a million characters is cut, not pondered."""
    asked = parse("а.б" * 400_000)
    assert len(asked.argument) <= LONGEST


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("9", ("09:00",)),
        ("8.30 и 19", ("08:30", "19:00")),
        ("7 вечера", ("19:00",)),
        ("9pm, 9am", ("09:00", "21:00")),
        ("12 ночи", ("00:00",)),
        ("9 12 18", ("09:00", "12:00", "18:00")),
        ("9 30", ("09:30",)),
        ("в полдень и в 24:00", ("00:00", "12:00")),
        ("25", ()),
        ("9:75", ()),
        ("утром", ()),
        ("1 2 3 4 5 6 7", ()),
    ],
)
def test_times_are_read(text: str, times: tuple[str, ...]) -> None:
    """As people write them; a wrong one spoils the whole, rather than being guessed."""
    assert values.read_times(text) == times


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("каждый день", "daily"),
        ("по будням", "weekdays"),
        ("пн, ср и пт", "mon,wed,fri"),
        ("пн-пт", "weekdays"),
        ("вс, сб", "weekends"),
        ("каждый день кроме пятницы", "mon,tue,wed,thu,sat,sun"),
        ("кроме выходных", "weekdays"),
        ("кроме меня", ""),
        ("с субботы по вторник", "mon,tue,sat,sun"),
        ("monday", "mon"),
        ("раз в месяц", "monthly"),
        ("когда-нибудь", ""),
    ],
)
def test_days_are_read(text: str, days: str) -> None:
    """Named days, ranges over the end of the week, and the usual phrases."""
    assert values.read_days(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [("1d", 1), ("за сутки", 1), ("7d", 7), ("Неделя", 7), ("2 недели", 14), ("30d", 30), ("3 days", 3), ("0d", None), ("999d", None)],
)
def test_periods_are_read(text: str, days: int | None) -> None:
    """Up to a year."""
    assert values.read_period(text) == (None if days is None else dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Омск", "Asia/Omsk"),
        ("г. Питер", "Europe/Moscow"),
        ("омкс", ""),
        ("Новосебирск", "Asia/Novosibirsk"),
        ("Yekaterinburg", "Asia/Yekaterinburg"),
        ("Нью-Йорк", "America/New_York"),
        ("UTC+7", "Asia/Krasnoyarsk"),
        ("МСК+4", "Asia/Krasnoyarsk"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("-3", "Etc/GMT+3"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("Елабуга", "Europe/Moscow"),
        ("Лабытнанги", "Asia/Yekaterinburg"),
        ("Усть-Илимск", "Asia/Irkutsk"),
        ("ростов на дону", "Europe/Moscow"),
        ("в Нижнем Новгороде", "Europe/Moscow"),
        ("Уфа, Башкортостан", "Asia/Yekaterinburg"),
        ("самарское время", "Europe/Samara"),
        ("по московскому времени", "Europe/Moscow"),
        ("Бурятия", "Asia/Irkutsk"),
        ("Казахстан", "Asia/Almaty"),
        ("Барселона", "Europe/Madrid"),
        ("Tolyatti", "Europe/Samara"),
        ("Муринно", "Europe/Moscow"),
        ("Россия", ""),
        ("Энск", ""),
        ("../../etc/passwd", ""),
        ("абракадабра", ""),
    ],
)
def test_cities_are_found(text: str, zone: str) -> None:
    """In both languages, towns, regions and countries with one time too, in any case and with a slip of the finger; nothing is guessed."""
    assert zones.find_zone(text) == zone


def test_places_have_zones_and_zones_have_names() -> None:
    """A location gives the zone, also at sea and out of range; every offered zone has a city in both languages."""
    assert zones.zone_at(55.0, 73.4) == "Asia/Omsk"
    assert zones.zone_at(1000, 0) == ""
    for zone in (*zones.OFFERED, zones.zone_at(0, -30)):
        ZoneInfo(zone)
        assert zones.city(zone, "ru")
        assert zones.city(zone, "en")


@pytest.mark.parametrize(
    ("text", "groups", "days"),
    [
        ("банки", ["banks"], 7),
        ("для банков за месяц", ["banks"], 30),
        ("за месяц для банков и школ", ["banks", "education"], 30),
        ("for users in the past 3 days", ["users"], 3),
        ("за полвека для банков", ["banks"], None),
    ],
)
def test_digests_for_somebody_are_read(text: str, groups: list[str], days: int | None) -> None:
    """Whichever of the two is named first; a period that is none is not taken for a week."""
    found, span = read_asked(text)
    assert [group.value for group in found] == groups
    assert (span.days if span else None) == days


def test_groups_messengers_and_lengths_are_read() -> None:
    """By the words people use for them."""
    assert values.read_groups("банки, маркетплейсы и СМИ") == (Group.COMMERCE, Group.BANKS, Group.MEDIA)
    assert values.read_messengers("телега, ватсап и MAX") == ("Telegram", "WhatsApp", "MAX")
    assert values.read_messengers("почта") == ()
    assert values.read_length("полностью") is Length.FULL
    assert values.read_range("с 22:30 до 7") == ("22:30", "07:00")
    assert values.read_range("23–8") == ("23:00", "08:00")
