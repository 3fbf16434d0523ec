"""A story's headline and summary from several articles: the event as most tell it, its reason and terms, no background, nothing twice."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.language.clean import alone
from bot.analyse.summaries import covering
from bot.model import Article, Story

Make = Callable[..., Article]
DAY = "2026-02-10"
NOW = dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)


def told(analyst: Analyst, make: Make, *pairs: tuple[str, str]) -> Story:
    """A story of several articles of one day."""
    readings = [
        analyst.read(make(title, text, id=f"a{number}", outlet=f"Газета {number}", published=DAY))
        for number, (title, text) in enumerate(pairs)
    ]
    assert all(reading.relevant for reading in readings)
    return analyst.tell(readings, id="s", thread="s", now=NOW)


BLOCKED = (
    (
        "Роскомнадзор заблокировал Signal",
        (
            "Роскомнадзор ограничил доступ к Signal за нарушение закона о противодействии терроризму. Регулирование таких сервисов началось в 2014 году, "
            "когда появился реестр организаторов распространения информации. Сервис не открывается без VPN."
        ),
    ),
    (
        "Доступ к Signal в России закрыт",
        "Мессенджер Signal заблокирован в России за нарушение закона о противодействии терроризму, сообщил Роскомнадзор. В августе 2025 года ведомство ограничило звонки в Telegram.",
    ),
    (
        "За неделю Роскомнадзор заблокировал Signal, Discord и ещё один сервис",
        "Роскомнадзор заблокировал Signal из-за нарушения закона о противодействии терроризму. Раньше Discord уже отключали. Акции компаний подорожали.",
    ),
)


def test_the_background_is_not_told(analyst: Analyst, article: Make) -> None:
    """What happened years or months before, and to other services, is no part of the event."""
    story = told(analyst, article, *BLOCKED)
    assert "Signal" in story.summary[0].text
    assert not any(word in story.text for word in ("2014", "2025", "Discord", "Акции"))


def test_the_reason_is_told(analyst: Analyst, article: Make) -> None:
    """What all articles give as the reason stands in the summary."""
    assert "терроризму" in told(analyst, article, *BLOCKED).text


def test_the_headline_tells_this_event(analyst: Analyst, article: Make) -> None:
    """The news of a week with other services in it is not the headline."""
    assert told(analyst, article, *BLOCKED).headline in {BLOCKED[0][0], BLOCKED[1][0]}


def test_an_opinion_is_not_the_headline(analyst: Analyst, article: Make) -> None:
    """What an author thinks of a measure gives way to a plain title of it, though it stands nearer to all the others."""
    thought = ("Доступ к Signal закрыли, Роскомнадзор заблокировал мессенджер зря, считает автор", BLOCKED[0][1])
    assert told(analyst, article, thought, *BLOCKED[:2]).headline in {BLOCKED[0][0], BLOCKED[1][0]}


DRAFT = (
    (
        "Минцифры подготовило запрет мессенджеров для банков",
        "Минцифры подготовило законопроект, который запретит банкам переписываться с клиентами в WhatsApp. Запрет предлагают ввести с 1 сентября 2027 года.",
    ),
    (
        "Банкам хотят запретить WhatsApp",
        "Минцифры предложило запретить банкам общение с клиентами в WhatsApp. Запрет может заработать с 1 сентября 2027 года, проект согласуют ведомства.",
    ),
    (
        "Банки лишат WhatsApp",
        "Банкам запретят писать клиентам в WhatsApp, такой законопроект подготовило Минцифры. Запрет заработает с 1 сентября 2027 года.",
    ),
)


def test_one_act_is_told_once(analyst: Analyst, article: Make) -> None:
    """Three wordings of one proposal are one sentence; what is new after it, the date, may follow."""
    story = told(analyst, article, *DRAFT)
    acts = [item.text for item in story.summary if "запрети" in item.text.lower() or "запретя" in item.text.lower()]
    assert len(acts) == 1
    assert "1 сентября 2027" in story.text


def test_what_is_called_by_its_kind_follows_what_names_it(analyst: Analyst, article: Make) -> None:
    """«Запрет предлагают ввести» may stand second, never first."""
    assert alone(told(analyst, article, *DRAFT).summary[0].text)


@pytest.mark.parametrize(
    ("sentence", "is_whole"),
    [
        ("Министерство связи Вьетнама поручило заблокировать Telegram.", True),
        ("Министерство поручило заблокировать Telegram.", False),
        ("Служба безопасности Украины запретила Telegram чиновникам.", True),
        ("Служба запретила Telegram чиновникам.", False),
        ("Закон о штрафах за пересылку кодов подписан.", True),
        ("Закон вступит в силу в марте.", False),
        ("Автор поправки Иван Петров назвал Telegram опасным.", True),
        ("Депутат назвал Telegram опасным.", False),
        ("Сервис Apple для звонков заблокирован.", True),
        ("В список вошли Viber и Signal.", False),
        ("По такому сценарию отключили Viber.", False),
        ("Банкам запретят Viber, им разрешат MAX.", False),
        ("The Ministry of Electronics told WhatsApp to act.", True),
        ("The ministry told WhatsApp to act.", False),
        ("The Telegram app was blocked.", True),
        ("The app was blocked.", False),
    ],
)
def test_a_kind_with_its_name_stands_alone(sentence: str, is_whole: bool) -> None:
    """A ministry of something is named; a bare ministry points outside the sentence."""
    assert alone(sentence) is is_whole


def test_reprints_by_the_hundred_are_not_all_compared(analyst: Analyst, article: Make) -> None:
    """Of very many articles the first and the newest are looked at; all of them are sources."""
    one = analyst.read(article(*BLOCKED[0], published=DAY))
    readings = [dataclasses.replace(one, article_id=f"a{number:03}", outlet=f"Газета {number}") for number in range(200)]
    assert len(covering.looked_at(readings)) == covering.LOOKED_AT
    assert {reading.article_id for reading in covering.looked_at(readings)} >= {"a000", "a199"}
    story = analyst.tell(readings, id="s", thread="s", now=NOW)
    assert len(story.sources) == 200
    assert story.headline == BLOCKED[0][0]
