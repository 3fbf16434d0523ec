"""Fines of one day: one ruling on whose sum outlets differ, or two cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.model import Article, Cluster

Make = Callable[..., Article]
DAY = "2025-07-28"
FIRST = (
    "Суд оштрафовал WhatsApp на 3 млн рублей",
    "Таганский суд Москвы оштрафовал WhatsApp на 3 млн рублей за отказ удалить запрещённый контент.",
)
"""Told against each of the others."""
ENGLISH = (
    "Moscow court fines WhatsApp 3 million rubles",
    "A court in Moscow fined WhatsApp 3 million rubles for failing to delete banned content.",
)


@pytest.mark.parametrize(
    ("first", "title", "text"),
    [
        (
            FIRST,
            "WhatsApp оштрафован на 4 млн рублей",
            "Таганский районный суд назначил WhatsApp штраф 4 млн рублей за неудаление запрещённой информации.",
        ),
        (
            FIRST,
            "Мессенджер WhatsApp получил штраф в 4 миллиона",
            "Столичный суд взыскал с WhatsApp 4 миллиона рублей: мессенджер не удалил запрещённые материалы.",
        ),
        (
            FIRST,
            "WhatsApp заплатит 3,5 млн рублей",
            "Мессенджер WhatsApp оштрафован на 3,5 млн рублей за неудаление запрещённых сведений, сообщили в Таганском суде.",
        ),
        (
            FIRST,
            "За отказ удалить контент WhatsApp оштрафовали",
            "Суд в Москве назначил WhatsApp штраф в размере 2 млн рублей за отказ удалить запрещённый контент.",
        ),
        (
            FIRST,
            "Moscow court fines WhatsApp 4 million rubles",
            "A court in Moscow fined WhatsApp 4 million rubles for failing to delete banned content, the court said.",
        ),
        (
            ENGLISH,
            "WhatsApp hit with 4 million ruble fine in Russia",
            "WhatsApp was fined 4 million rubles by a Moscow court over its failure to remove banned content.",
        ),
    ],
)
def test_two_sums_of_one_ruling_are_a_disagreement(analyst: Analyst, article: Make, first: tuple[str, str], title: str, text: str) -> None:
    """One court, day, messenger and offence: one story that shows both sums and who gives them."""
    readings = [
        analyst.read(article(*told, id=name, outlet=outlet, published=DAY))
        for told, name, outlet in ((first, "a", "Первое"), ((title, text), "b", "Второе"))
    ]
    now = dt.datetime(2025, 7, 29, tzinfo=dt.UTC)
    one = analyst.tell(readings[:1], id="s", thread="s", now=now)
    assert analyst.place(readings[1], [Cluster(story=one, readings=(readings[0],))]).story == "s"
    found = {item.field: dict(item.values) for item in analyst.tell(readings, id="s", thread="s", now=now).disagreements}
    assert sorted(found["penalties"].values()) == [("Второе",), ("Первое",)]


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "Суд оштрафовал WhatsApp ещё на 4 млн рублей",
            "Таганский суд Москвы оштрафовал WhatsApp ещё на 4 млн рублей за отказ удалить запрещённый контент.",
            DAY,
        ),
        (
            "WhatsApp получил два штрафа",
            "Таганский суд Москвы назначил WhatsApp два штрафа, 4 млн рублей и 2 млн рублей, за отказ удалить запрещённый контент.",
            DAY,
        ),
        (
            "WhatsApp оштрафован на 4 млн рублей за данные россиян",
            "Таганский суд назначил WhatsApp штраф 4 млн рублей за отказ хранить данные россиян в России.",
            DAY,
        ),
        (
            "Суд оштрафовал WhatsApp на 4 млн рублей",
            "Суд назначил WhatsApp второй штраф за день, 4 млн рублей, за отказ удалить запрещённый контент.",
            DAY,
        ),
        (
            "WhatsApp оштрафован на 18 млн рублей",
            "Таганский суд оштрафовал WhatsApp на 18 млн рублей за отказ удалить запрещённый контент.",
            DAY,
        ),
        (
            "WhatsApp оштрафован на 4 млн рублей",
            "Таганский суд оштрафовал WhatsApp на 4 млн рублей за отказ удалить запрещённый контент.",
            "2025-08-01",
        ),
        (
            "Суд оштрафовал Telegram на 4 млн рублей",
            "Таганский суд Москвы оштрафовал Telegram на 4 млн рублей за отказ удалить запрещённый контент.",
            DAY,
        ),
        (
            "Суд оштрафовал Telegram на 3 млн рублей",
            "Таганский суд Москвы оштрафовал Telegram на 3 млн рублей за отказ удалить запрещённый контент.",
            DAY,
        ),
        (
            "Another fine for WhatsApp in Moscow",
            "A Moscow court imposed another fine on WhatsApp, 4 million rubles, for failing to delete banned content.",
            DAY,
        ),
    ],
)
def test_two_cases_stay_two_stories(analyst: Analyst, article: Make, title: str, text: str, day: str) -> None:
    """Another offence, another fine by its own words, many times the sum, another day or another messenger."""
    readings = [
        analyst.read(article(*FIRST, id="a", outlet="Первое", published=DAY)),
        analyst.read(article(title, text, id="b", outlet="Второе", published=day)),
    ]
    assert all(reading.relevant for reading in readings)
    names = analyst.cluster(readings)
    assert names[0] != names[1]


def test_parts_of_an_article_of_the_code_are_two_cases(analyst: Analyst, article: Make) -> None:
    """«ч. 2» and «ч. 4» of one article are two rulings, however like they are told; of one part they are one."""

    def told(part: int, sum_: str, name: str) -> Article:
        text = f"Таганский суд Москвы признал WhatsApp виновным по ч. {part} ст. 13.41 КоАП РФ и оштрафовал на {sum_} млн рублей за неудаление контента."
        return article(f"WhatsApp оштрафован на {sum_} млн рублей", text, id=name, outlet=name, published=DAY)

    names = analyst.cluster([analyst.read(told(2, "3", "a")), analyst.read(told(4, "4", "b")), analyst.read(told(2, "3,5", "c"))])
    assert names[0] == names[2] != names[1]
