"""Territory: a part of Russia where the beginning says so, else the country named most."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import features, places, text
from bot.model import Article, Measure

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("title", "told", "where"),
    [
        # countries
        ("", "Россияне не смогут войти в мессенджер.", "Россия"),
        ("", "Роскомнадзор ограничил Viber.", "Россия"),
        ("", "Ofcom opened an investigation.", "United Kingdom"),
        ("", "Власти Казахстана запретили чаты.", "Kazakhstan"),
        ("", "Еврокомиссия признала WhatsApp крупной платформой.", "European Union"),
        ("", "India orders SIM binding for WhatsApp.", "India"),
        ("", "Вьетнам блокирует Telegram.", "Vietnam"),
        ("", "Узбекистан замедлит Viber.", "Uzbekistan"),
        ("", "Norway bans Telegram from work phones.", "Norway"),
        ("", "Уганда ввела налог на WhatsApp.", "Uganda"),
        ("", "Japan tells the operator of LINE to act.", "Japan"),
        ("", "Cuba restricts WhatsApp after protests.", "Cuba"),
        # parts of Russia
        ("", "В Татарстане школьные чаты переведут в MAX.", "Татарстан"),
        ("", "Чаты столицы перейдут в MAX.", "Москва"),
        ("", "На юге России ограничили WhatsApp.", "юг России"),
        ("", "В Ростовской области ограничили Telegram.", "Ростовская область"),
        ("", "Школы Новосибирской области перейдут в MAX.", "Новосибирская область"),
        ("", "Власти Крыма запретили чиновникам Telegram.", "Крым"),
        ("", "В приграничных районах отключают мессенджеры.", "приграничные регионы"),
        ("", "Telegram замедлили на Дальнем Востоке.", "Дальний Восток"),
        ("", "Роскомнадзор ограничил Telegram в Дагестане и Чечне.", "Дагестан, Чечня"),
        ("", "Roskomnadzor restricts Telegram in Dagestan.", "Дагестан"),
        ("Губернатор Белгородской области попросил не замедлять Telegram", "Письмо ушло в ведомство.", "Белгородская область"),
        # a place that is not where the measure applies
        ("Суд в Москве запретил Telegram", "Таганский суд Москвы удовлетворил иск Роскомнадзора.", "Россия"),
        ("", "WhatsApp ограничили по всей стране, первыми жаловались в Ростовской области.", "Россия"),
        ("", "Роскомнадзор замедлил Telegram. Сбои были в Татарстане, Башкирии, Самарской и Томской области.", "Россия"),
        ("", "Роскомнадзор замедлил Telegram с 10:00 по московскому времени.", "Россия"),
        ("", "В мессенджере появились стикеры.", None),
    ],
)
def test_territory(article: Make, title: str, told: str, where: str | None) -> None:
    """Where the measure applies; a list of examples, the seat of a court and «по всей стране» are no part of it."""
    assert places.territory(features.view(text.page(article(title, told))), Measure.RESTRICTION) == where


def test_a_court_decides_for_the_country(article: Make) -> None:
    """A fine holds for the country, wherever the court sits."""
    seen = features.view(
        text.page(article("Telegram оштрафовали в Москве", "В Москве мессенджер оштрафовали на 7 млн рублей. Так решил суд России."))
    )
    assert places.territory(seen, Measure.FINE) == "Россия"
    assert places.territory(seen, Measure.RESTRICTION) == "Москва"


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("Россия", "Россия", False),
        ("Россия", "Ростовская область", False),
        ("юг России", "Ростовская область", True),
        ("Дагестан, Чечня", "Чечня", False),
        ("Россия", "India", True),
        ("Москва", "Kazakhstan", True),
        (None, "India", False),
    ],
)
def test_a_part_is_not_apart_from_its_country(one: str | None, other: str | None, is_apart: bool) -> None:
    """Two parts are apart from each other, a part and the whole are not."""
    assert places.apart(one, other) is is_apart
