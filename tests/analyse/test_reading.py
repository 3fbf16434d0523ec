"""What is read in one article: relevance, facts with their sentences, positions, a summary that stands alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.language.clean import alone, clean
from bot.analyse.language.text import lemma, sentences_of
from bot.model import Article, Group, Measure, Stage, Stance

Make = Callable[..., Article]

BAN = (
    "Союз операторов узнал о планах ведомства, пишет «Деловая газета». Минцифры предложило запретить сотрудникам банков и маркетплейсов писать клиентам в Telegram и WhatsApp. "
    "Ввести норму хотят с 1 сентября 2026 года. Директор Союза торговли Пётр Иванцов инициативу не поддержал. По его словам, замены пока нет."
)


def test_a_draft_is_read(analyst: Analyst, article: Make) -> None:
    """Who, what, whom, how far and from when."""
    reading = analyst.read(article("Банкам хотят запретить Telegram и WhatsApp в работе", BAN))
    assert reading.relevant
    assert reading.facts.regulators == ("Минцифры",)
    assert set(reading.facts.messengers) == {"Telegram", "WhatsApp"}
    assert reading.facts.measure is Measure.BAN
    assert reading.facts.stage is Stage.PLANNED
    assert reading.facts.effective_date == "2026-09-01"
    assert {Group.BANKS, Group.COMMERCE} <= set(reading.facts.audiences)
    assert [(position.who, position.stance) for position in reading.positions] == [("Пётр Иванцов", Stance.AGAINST)]


def test_english_is_read(analyst: Analyst, article: Make) -> None:
    """The same fields in English, with canonical names."""
    text = (
        "Russia's communications watchdog said on Monday it had blocked the messenger Viber. Roskomnadzor accused the app of breaking the law. "
        "Users across the country reported that messages no longer arrive."
    )
    reading = analyst.read(article("Russia blocks Viber", text))
    assert reading.relevant
    assert reading.language == "en"
    assert reading.facts.regulators == ("Роскомнадзор",)
    assert reading.facts.messengers == ("Viber",)
    assert (reading.facts.measure, reading.facts.stage) == (Measure.BLOCKING, Stage.ACTIVE)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "WhatsApp запустил новые стикеры",
            "Мессенджер WhatsApp добавил стикеры и фильтры. Обновление доступно на iOS. Правительство тут ни при чём.",
        ),
        ("Мошенник из Твери задержан", "Полиция задержала мошенника, который писал жертвам в Telegram. Суд арестовал его на два месяца."),
        ("В городе открыли парк", "Мэр открыл парк. Деревья посадили школьники."),
        ("Telegram outage hits Europe", "Telegram users reported an outage on Monday. The company said service had been restored."),
    ],
)
def test_what_only_names_a_messenger_is_left(analyst: Analyst, article: Make, title: str, text: str) -> None:
    """Products, crime, outages and everything else are not regulation; a reason is given."""
    reading = analyst.read(article(title, text))
    assert not reading.relevant
    assert reading.reasons


def test_evidence_stands_in_the_source(analyst: Analyst, article: Make) -> None:
    """Every sentence is found letter for letter, and every value has one."""
    given = article("Банкам хотят запретить Telegram и WhatsApp в работе", BAN)
    reading = analyst.read(given)
    assert {item.field for item in reading.evidence} >= {"regulators", "messengers", "measure", "audiences", "stage", "effective_date"}
    for item in reading.evidence:
        assert item.sentence in given.text or item.sentence in given.title


def test_furniture_is_not_read(analyst: Analyst, article: Make) -> None:
    """Counters, lists of headlines and calls to subscribe leave no trace."""
    text = (
        BAN.replace(". ", ".\n")
        + "\nГорячие новости\nЗаразились\n22,9 млн\n+2 379 / сут.Умерли\n- Глава Пентагона приедет в Киев\n- МВД нашло клад\nРоспотребнадзор, ВОЗ"
    )
    reading = analyst.read(article("Банкам хотят запретить Telegram и WhatsApp в работе", text))
    assert reading.facts.regulators == ("Минцифры",)
    assert not any("Пентагон" in sentence or "млн" in sentence for sentence in (*reading.sentences, reading.summary))


def test_addresses_are_no_mentions(analyst: Analyst, article: Make) -> None:
    """A messenger in a link's parameters is not what the text is about."""
    text = "Власти ограничили движение на мосту (https://example.org/?utm_source=telegram&utm_campaign=max). Закон об этом подписан. Подробности: https://t.me/telegram"
    assert not analyst.read(article("Движение по мосту ограничили", text)).relevant


def test_the_summary_stands_alone(analyst: Analyst, article: Make) -> None:
    """At most 300 characters, no dangling word."""
    reading = analyst.read(article("Банкам хотят запретить Telegram и WhatsApp в работе", BAN))
    assert 0 < len(reading.summary) <= 300
    assert alone(reading.summary)


@pytest.mark.parametrize(
    ("sentence", "cleaned"),
    [
        ("Роскомнадзор ограничил Viber, сообщает ТАСС.", "Роскомнадзор ограничил Viber."),
        ("Компания Meta (признана экстремистской и запрещена в России) владеет WhatsApp.", "Компания Meta владеет WhatsApp."),
        ("Кроме того, суд оштрафовал мессенджер на 7 млн рублей.", "Суд оштрафовал мессенджер на 7 млн рублей."),
        ("Полноценной замены мессенджерам в стране нет, - рассказал он.", "Полноценной замены мессенджерам в стране нет."),
    ],
)
def test_a_sentence_is_cleaned_for_reading(sentence: str, cleaned: str) -> None:
    """Attributions, legal marks and connectives go, what is said stays."""
    assert clean(sentence) == cleaned


def test_the_first_look_is_cheap(analyst: Analyst, article: Make) -> None:
    """News on other things pass before any word is looked up: not one lemma is asked for. How fast it is, benchmarks/ tell."""
    analyst.read(article("Роскомнадзор заблокировал Viber", "Роскомнадзор заблокировал Viber за нарушение закона."))
    asked = lemma.cache_info()
    reading = analyst.read(article("В городе открыли парк", "Мэр открыл парк. Деревья посадили школьники. Погода стояла ясная. " * 12))
    assert not reading.relevant
    assert lemma.cache_info() == asked


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "«" * 500, "Telegram " * 3000, "\x00\ud7ff заблокировал Telegram суд", "🙂" * 200 + " Роскомнадзор заблокировал Telegram"],
)
def test_odd_text_is_survived(analyst: Analyst, article: Make, text: str) -> None:
    """Nothing that a page can hold stops the analyst."""
    assert analyst.read(article("Роскомнадзор заблокировал Telegram", text)).headline


def test_lines_broken_to_a_width_are_read_as_sentences(analyst: Analyst, article: Make) -> None:
    """Text from a letter or a terminal: the facts on both sides of a break are read, and cited with the break as it stands."""
    told = article(
        "Роскомнадзор оштрафовал WhatsApp на 3 млн рублей",
        "Суд в Москве 5 марта 2025 года признал мессенджер виновным в отказе\nлокализовать данные. Решение вступит в силу по закону с\n1 сентября 2025 года.\n",
        published="2025-03-05",
    )
    reading = analyst.read(told)
    cited = {item.sentence for item in reading.evidence}
    assert "Суд в Москве 5 марта 2025 года признал мессенджер виновным в отказе\nлокализовать данные." in cited
    assert all(sentence in told.title or sentence in told.text for sentence in cited)
    assert "\n" not in reading.summary
    assert reading.facts.effective_date == "2025-09-01"


def test_what_does_not_show_hides_nothing(analyst: Analyst, article: Make) -> None:
    """Soft hyphens, joiners and doubled blanks part no word; what is cited is the source's own, with them."""
    told = article(
        "Рос\u00adком\u00adнадзор замедлил  Tele\u00adgram",
        "Роскомнадзор\u00a0 с  10 февраля за\u00adмедляет Tele\u200bgram в России, со\u00adобщили в ведомстве. Павел  Ду\u00adров ответил, что это не решение.",
        published="2026-02-10",
    )
    reading = analyst.read(told)
    assert (reading.relevant, reading.facts.messengers, reading.facts.regulators) == (True, ("Telegram",), ("Роскомнадзор",))
    assert reading.facts.effective_date == "2026-02-10"
    assert [one.who for one in reading.positions] == ["Павел Дуров"]
    cited = [item.sentence for item in (*reading.evidence, *reading.positions)]
    assert cited
    assert all(sentence in told.title or sentence in told.text for sentence in cited)
    assert "\u00ad" not in reading.headline + reading.summary


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ("He told lawmakers on Feb. 18. Soldiers need time.", ["He told lawmakers on Feb. 18.", "Soldiers need time."]),
        ("Sen. Warner agreed. It ends at 5 p.m. Moscow time.", ["Sen. Warner agreed.", "It ends at 5 p.m. Moscow time."]),
        ("Order No. 12 of Sept. 5 was signed.", ["Order No. 12 of Sept. 5 was signed."]),
    ],
)
def test_a_shortened_word_ends_no_sentence(told: str, sentences: list[str]) -> None:
    """A month, a number or a rank in short: the day and the name behind it are of the same sentence."""
    assert [part.text for part in sentences_of(told)] == sentences
