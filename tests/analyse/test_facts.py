"""Facts that were once read wrongly, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst, features
from bot.analyse.language import text
from bot.model import Article, Measure, Stage

Make = Callable[..., Article]
DAY = "2026-02-17"


def test_a_denied_rumour_is_a_statement(analyst: Analyst, article: Make) -> None:
    """What is denied is neither planned nor dated."""
    given = article(
        "Депутат опроверг слухи о блокировке Telegram",
        "Слухи о блокировке Telegram с 1 апреля депутат Госдумы Иван Петров опроверг. По его словам, таких планов у Роскомнадзора нет.",
        published=DAY,
    )
    facts = analyst.read(given).facts
    assert (facts.stage, facts.effective_date) == (Stage.STATEMENT, None)


def test_a_blocked_messenger_is_blocked(analyst: Analyst, article: Make) -> None:
    """The short participle is a measure applied, no mere statement."""
    given = article(
        "Viber заблокирован", "Viber заблокирован в России. Роскомнадзор сообщил об ограничении доступа к мессенджеру.", published=DAY
    )
    facts = analyst.read(given).facts
    assert (facts.measure, facts.stage) == (Measure.BLOCKING, Stage.ACTIVE)


def test_an_adopted_law_is_not_in_force(analyst: Analyst, article: Make) -> None:
    """A law that goes on to the upper house is adopted."""
    given = article(
        "MAX приравняли к паспорту",
        "Госдума приняла закон, по которому показать возраст на кассе можно через MAX. Документ заменит паспорт при покупке алкоголя. "
        "Закон направлен в Совет Федерации.",
        published=DAY,
    )
    assert analyst.read(given).facts.stage is Stage.ADOPTED


def test_an_earlier_decision_gives_no_date(analyst: Analyst, article: Make) -> None:
    """«С 20 сентября» of what already goes on is not the day of what is threatened."""
    given = article(
        "Роскомнадзор предупредил WhatsApp",
        "Роскомнадзор предупредил о возможной блокировке WhatsApp. Звонки в мессенджере ограничены с 20 сентября.",
        published=DAY,
    )
    assert analyst.read(given).facts.effective_date is None


@pytest.mark.parametrize("name", ["MAX", "Max", "«Макс»", "мессенджер Макс", "национальный мессенджер MAX"])
def test_max_has_one_name(article: Make, name: str) -> None:
    """However it is written."""
    seen = features.view(text.page(article("", f"Родительские чаты переведут в {name} с сентября.")))
    assert {mention.name for row in seen.messengers for mention in row} == {"MAX"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Министерство юстиции Норвегии запретило Telegram.", {"Ministry of Justice and Public Security (Norway)"}),
        ("Правительство Уганды ввело налог на WhatsApp.", {"Government of Uganda"}),
        ("The Tanzania Communications Regulatory Authority told operators to act.", {"Tanzania Communications Regulatory Authority"}),
        ("Kazakhstan's Ministry of Education bans chats.", {"Ministry of Education (Kazakhstan)"}),
        ("Власти Эфиопии закрыли Telegram.", {"Government of Ethiopia"}),
        ("Роскомнадзор и МВД ограничили звонки в России.", {"Роскомнадзор", "МВД"}),
        ("Правительство России утвердило перечень.", {"Правительство РФ"}),
        ("Власти ограничили доступ.", set()),
    ],
)
def test_bodies_of_other_countries(article: Make, sentence: str, names: set[str]) -> None:
    """By their kind and their country, under an English name; Russian bodies keep theirs; nameless authorities have none."""
    seen = features.view(text.page(article("", sentence)))
    assert {mention.name for row in seen.regulators for mention in row} == names


def test_a_dateline_is_no_sentence(article: Make) -> None:
    """Place, day and agency before the first sentence are left aside."""
    seen = features.view(text.page(article("Заголовок", "МОСКВА, 19 февраля. /ТАСС/. Роскомнадзор ограничил звонки в мессенджерах.")))
    assert seen.page.body[0].text.endswith("Роскомнадзор ограничил звонки в мессенджерах.")
    assert not seen.page.body[0].text.startswith("МОСКВА")


@pytest.mark.parametrize(
    ("title", "sentence", "kept"),
    [
        ("Роскомнадзор не видит оснований для разблокировки WhatsApp", "Сервис нарушает закон, заявили в ведомстве.", True),
        ("Роскомнадзор опроверг сообщения о снятии блокировки Signal", "Доступ к мессенджеру по-прежнему ограничен.", True),
        ("Минцифры о звонках", "Снимать ограничения со звонков в Telegram и WhatsApp Минцифры не планирует.", True),
        ("Kremlin sees no reason to unblock WhatsApp", "The messenger has been blocked since February.", True),
        ("Роскомнадзор снял блокировку Telegram", "Мессенджер исполнил требования закона, сообщили в Роскомнадзоре.", False),
        ("Regulator lifts ban on Telegram", "The messenger was unblocked on Friday, the regulator said.", False),
    ],
)
def test_what_is_not_taken_back_is_no_easing(analyst: Analyst, article: Make, title: str, sentence: str, *, kept: bool) -> None:
    """An authority that refuses to lift a measure eases nothing, whatever words of lifting it uses."""
    facts = analyst.read(article(title, sentence)).facts
    assert (facts.measure is Measure.EASING) is not kept


@pytest.mark.parametrize(
    ("title", "sentence", "date"),
    [
        (
            "Чиновников обязали уйти из WhatsApp",
            "Чиновникам запретили пользоваться WhatsApp. Приказ вступит в силу через полгода после опубликования.",
            "2026-06-01",
        ),
        (
            "Ministry orders officials off WhatsApp",
            "The ministry ordered its employees to stop using WhatsApp for work and move to a domestic app by April 1.",
            "2026-04-01",
        ),
    ],
)
def test_what_holds_from_a_later_day_does_not_hold_yet(analyst: Analyst, article: Make, title: str, sentence: str, date: str) -> None:
    """A measure with a day to come is decided, not in force."""
    facts = analyst.read(article(title, sentence, published="2025-12-01")).facts
    assert (facts.stage, facts.effective_date) == (Stage.ADOPTED, date)
