"""Dates, sums and lists as people say them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.locales import words
from bot.locales.words import sentence

RU, EN = words("ru"), words("en")
DAY = dt.date(2026, 12, 10)


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("ru", "India", "Индия"),
        ("en", "Индия", "India"),
        ("en", "Россия", "Russia"),
        ("ru", "Россия", "Россия"),
        ("en", "Тридевятое царство", "Тридевятое царство"),
    ],
)
def test_a_country_is_named_in_the_readers_language(language: str, name: str, said: str) -> None:
    """Whichever of our languages its name was taken down in; what is no country stays as it is."""
    assert words(language).territory(name) == said


def test_a_missing_message_or_parameter_is_an_error() -> None:
    """Nobody ever reads a bare key or an empty place."""
    with pytest.raises(LookupError, match="no-such-key"):
        RU.say("no-such-key")
    with pytest.raises(ValueError, match="digest-next"):
        RU.say("digest-next")


@pytest.mark.parametrize(("code", "language"), [("ru", "ru"), ("ru-RU", "ru"), ("RU", "ru"), ("en_US", "en"), ("de", "en"), ("", "en")])
def test_languages_that_we_do_not_speak_get_english(code: str, language: str) -> None:
    """The region does not matter, and words are loaded once."""
    assert words(code).language == language
    assert words(code) is words(code)


def test_dates() -> None:
    """Days, months alone, ranges; «со второго», not «с второго»."""
    assert RU.date("2026-09-01") == "1 сентября 2026"
    assert RU.date("2026-09") == "сентябрь 2026"
    assert RU.date("2026-09-01", today=DAY) == "1 сентября"
    assert EN.date("2026-09-01") == "1 September 2026"
    assert RU.since("2026-09-01") == "с 1 сентября 2026"
    assert RU.since("2026-09-02") == "со 2 сентября 2026"
    assert RU.since("2026-09") == "с сентября 2026"
    assert EN.since("2026-09-02") == "from 2 September 2026"
    assert RU.short_date(dt.date(2024, 12, 9)) == "9 дек 2024"
    assert RU.days(dt.date(2026, 12, 1), dt.date(2026, 12, 7)) == "1–7 декабря"
    assert RU.days(dt.date(2026, 11, 28), dt.date(2026, 12, 4)) == "28 ноября – 4 декабря"
    assert RU.days(dt.date(2026, 12, 28), dt.date(2027, 1, 3)) == "28 декабря 2026 – 3 января 2027"
    assert RU.from_to(dt.date(2026, 12, 1), dt.date(2026, 12, 7)) == "с 1 по 7 декабря"
    assert RU.from_to(dt.date(2026, 12, 2), dt.date(2027, 1, 7)) == "со 2 декабря 2026 по 7 января 2027"
    assert EN.from_to(dt.date(2026, 11, 29), dt.date(2026, 12, 7)) == "from 29 November to 7 December"
    assert RU.weekday(DAY) == "четверг"
    assert RU.month(DAY) == "декабрь 2026"


@pytest.mark.parametrize("text", ["2026-13", "завтра", "2026-02-30", ""])
def test_a_wrong_date_is_an_error(text: str) -> None:
    """What is no date is not guessed."""
    with pytest.raises(ValueError, match=r".*"):
        RU.date(text)


def test_days_near_today() -> None:
    """Yesterday to the day after tomorrow have words."""
    said = [RU.day(DAY + dt.timedelta(days=n), today=DAY) for n in (-1, 0, 1, 2, 3, 40)]
    assert said == ["вчера", "сегодня", "завтра", "послезавтра", "13 декабря", "19 января 2027"]
    assert EN.day(DAY + dt.timedelta(days=2), today=DAY) == "12 December"


def test_a_moment_is_told_in_the_readers_timezone() -> None:
    """Half past ten at night in UTC is tomorrow in Vladivostok."""
    now = dt.datetime(2026, 12, 10, 6, tzinfo=dt.UTC)
    late = dt.datetime(2026, 12, 10, 22, 30, tzinfo=dt.UTC)
    assert RU.moment(late, now=now, timezone="Asia/Vladivostok") == "завтра в 08:30"
    assert EN.moment(late, now=now, timezone="UTC") == "today at 22:30"


@pytest.mark.parametrize(
    ("amount", "russian", "english"),
    [
        (1_000_000, "1 млн ₽", "1 million ₽"),
        (3_500_000, "3,5 млн ₽", "3.5 million ₽"),
        (500_000, "500 тыс. ₽", "500 thousand ₽"),
        (15_500, "15,5 тыс. ₽", "15.5 thousand ₽"),
        (3_500, "3\u00a0500 ₽", "3,500 ₽"),
        (2_000_000_000, "2 млрд ₽", "2 billion ₽"),
    ],
)
def test_sums(amount: int, russian: str, english: str) -> None:
    """Great sums in words, small ones in groups of three figures."""
    assert (RU.sum(amount), EN.sum(amount)) == (russian, english)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 сюжет"),
        (2, "2 сюжета"),
        (5, "5 сюжетов"),
        (11, "11 сюжетов"),
        (21, "21 сюжет"),
        (112, "112 сюжетов"),
        (1000, "1\u00a0000 сюжетов"),
    ],
)
def test_plurals(count: int, said: str) -> None:
    """Numerals agree with what is counted."""
    assert RU.say("count-stories", count=count) == said


def test_lists() -> None:
    """The last item has a conjunction unless an item has one of its own; one outlet is never «ещё 1»."""
    assert RU.list(["банки", "СМИ", "школы"]) == "банки, СМИ и школы"
    assert RU.list(["банки", "СМИ и блогеры"]) == "банки, СМИ и блогеры"
    assert RU.list(["маркетплейсы и доставка", "банки"]) == "маркетплейсы и доставка, банки"
    assert EN.list(["a", "b"]) == "a and b"
    assert RU.outlets(["а", "б", "в", "г"]) == "а, б и ещё 2"
    assert RU.outlets(["а", "б", "в"]) == "а, б, в"


def test_countries_have_names_in_both_languages() -> None:
    """A country's English name becomes the reader's; what is no country stays."""
    assert RU.territory("United Kingdom") == "Великобритания"
    assert RU.territory("Turkey") == "Турция"
    assert EN.territory("Россия") == "Russia"
    assert RU.territory("Татарстан") == "Татарстан"
    assert EN.territory("Ростовская область") == "Rostov Region"
    assert EN.territory("Дагестан, Чечня") == "Dagestan, Chechnya"


def test_every_part_of_russia_has_an_english_name() -> None:
    """Whatever the analysis may say of a place."""
    from bot.analyse.facts.places import RUSSIA, russian

    assert all(EN.territory(name).isascii() for name in russian() | {RUSSIA})


def test_a_sentence_begins_with_a_capital() -> None:
    """Only the first letter changes."""
    assert sentence("iOS") == "IOS"
    assert sentence("с 1 сентября") == "С 1 сентября"
    assert sentence("") == ""
