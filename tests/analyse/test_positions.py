"""Positions: who speaks, called as one calls them, on which side, and who is no speaker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.speech.called import name as nominative
from bot.model import Article

Make = Callable[..., Article]
LEAD = "Роскомнадзор ограничил звонки в WhatsApp и Telegram. "


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Решение правильное, сказал депутат Госдумы Антон Немкин.", [("Антон Немкин", "депутат Госдумы", "for")]),
        ("По словам депутата Госдумы Антона Немкина, решение правильное.", [("Антон Немкин", "депутат Госдумы", "for")]),
        ("По мнению адвоката Марии Захаровой, это ошибка.", [("Мария Захарова", "адвокат", "against")]),
        ("Первый замглавы комитета Иван Петров меру раскритиковал.", [("Иван Петров", "первый замглавы комитета", "against")]),
        ("Там ответили журналисту Дмитрию Киселёву о числе пользователей.", []),
        ("В аппарате вице-премьера Дмитрия Григоренко говорили о защите граждан.", []),
        ("Порядок простой: заявление на Госуслугах, затем ответ ведомства.", []),
        ("Эксперт Фёдор Дбар из «Кода Безопасности» рассказал о новых схемах.", [("Фёдор Дбар", "эксперт", "explains")]),
        ("Ранее депутат Иван Петров назвал такие меры ошибкой.", [("Иван Петров", "депутат", "explains")]),
        ("В ФСБ считают, что переписку читают.", [("ФСБ", "", "explains")]),
        ("Минцифры утверждает, что переписку читают чужие спецслужбы, сервис это отвергает.", [("Минцифры", "", "explains")]),
        ("Минцифры уточнило перечень услуг.", []),
    ],
)
def test_positions(analyst: Analyst, article: Make, sentence: str, said: list[tuple[str, str, str]]) -> None:
    """Names and roles in the nominative; an authority takes no side; nobody spoken to or only named has a position."""
    found = analyst.read(article("Роскомнадзор ограничил звонки в мессенджерах", LEAD + sentence)).positions
    assert [(one.who, one.role, str(one.stance)) for one in found] == said


def test_what_is_somebodys_is_not_what_they_say(analyst: Analyst, article: Make) -> None:
    """Praise of a founder's readiness is no word of the founder."""
    text = "Russia lifts the Telegram ban. Roskomnadzor unblocked the app. It praised founder Pavel Durov's willingness to help."
    assert analyst.read(article("Russia lifts the Telegram ban", text)).positions == ()


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Анастасии Раковой", "Анастасия Ракова"),
        ("Анастасия Ракова", "Анастасия Ракова"),
        ("Дмитрия Григоренко", "Дмитрий Григоренко"),
        ("Ильи Перекопского", "Илья Перекопский"),
        ("Саркиса Дарбиняна", "Саркис Дарбинян"),
        ("Pavel Durov", "Pavel Durov"),
    ],
)
def test_names_are_called_by_their_first_case(said: str, called: str) -> None:
    """Whatever case the sentence puts them in."""
    assert nominative(said) == called
