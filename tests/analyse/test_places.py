"""Territory: a part of Russia where the beginning says so, else the country named most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import Analyst, features
from bot.analyse.facts import places
from bot.analyse.language import text
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
        # several
        ("", "Telegram заблокировали в Дагестане, Чечне и Ингушетии.", "Дагестан, Чечня, Ингушетия"),
        ("", "В республиках Дагестан, Чечня и Ингушетия ограничили Telegram.", "Дагестан, Чечня, Ингушетия"),
        ("", "Telegram ограничили в Чечне, Ингушетии, а также в Северной Осетии.", "Чечня, Ингушетия, Северная Осетия"),
        ("", "Мессенджер ограничили в Чеченской Республике и Республике Дагестан.", "Чечня, Дагестан"),
        ("", "В Курской, Брянской и Белгородской областях отключили Telegram.", "Курская область, Брянская область, Белгородская область"),
        ("", "Ограничения ввели в Краснодарском и Ставропольском краях.", "Краснодарский край, Ставропольский край"),
        ("", "На Северном Кавказе — в Дагестане, Чечне и Ингушетии — заблокировали Telegram.", "Дагестан, Чечня, Ингушетия"),
        ("", "На юге России и в Москве ограничили WhatsApp.", "юг России, Москва"),
        ("", "Власти Татарстана, Башкирии и Удмуртии перевели чаты в MAX.", "Татарстан, Башкортостан, Удмуртия"),
        ("В Дагестане отключили Telegram", "В Дагестане и Чечне заблокировали Telegram.", "Дагестан, Чечня"),
        ("", "Roskomnadzor blocked Telegram in Dagestan, Chechnya and Ingushetia.", "Дагестан, Чечня, Ингушетия"),
        ("", "Roskomnadzor blocked Telegram in Dagestan, Chechnya, and North Ossetia.", "Дагестан, Чечня, Северная Осетия"),
        ("", "Telegram was blocked in the Tula, Kaluga and Tver regions.", "Тульская область, Калужская область, Тверская область"),
        ("", "Roskomnadzor restricted WhatsApp in Tatarstan as well as Bashkortostan.", "Татарстан, Башкортостан"),
        # one of several
        ("В Дагестане отключили Telegram", "В Дагестане отключили Telegram, сообщили в Москве.", "Дагестан"),
        ("", "Telegram заблокирован в России, массовые жалобы пришли из Дагестана, Чечни и Ингушетии.", "Россия"),
        ("", "Роскомнадзор замедлил Telegram в ряде регионов, например в Дагестане, Чечне и Ингушетии.", "Россия"),
        ("", "Roskomnadzor blocked Telegram; most reports came from Dagestan, Chechnya and Tatarstan.", "Россия"),
        ("", "Блокировку Telegram фиксируют в 34 регионах, среди них Москва, Татарстан и Новосибирская область.", "Россия"),
        ("Ограничения мессенджеров заметили в 30 регионах", "В списке закрытых Москва, Татарстан и Новосибирская область.", "Россия"),
        ("", "О мессенджере MAX рассказали в Дагестане, Чечне и Ингушетии.", "Россия"),
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


@pytest.mark.parametrize(
    ("told", "where", "sentence"),
    [
        ("Мессенджер замедлили. Меру ввели в Ростовской области.", "Ростовская область", "Меру ввели в Ростовской области."),
        (
            "Telegram перестал открываться. Власти Казахстана запретили его чиновникам.",
            "Kazakhstan",
            "Власти Казахстана запретили его чиновникам.",
        ),
        ("WhatsApp must open its API. The European Commission decided so.", "European Union", "The European Commission decided so."),
        (
            "В Дагестане отключили Telegram. Его заблокировали в Дагестане и Чечне.",
            "Дагестан, Чечня",
            "Его заблокировали в Дагестане и Чечне.",
        ),
        (
            "Мессенджер замедлили. Меру ввели в Курской и Брянской областях.",
            "Курская область, Брянская область",
            "Меру ввели в Курской и Брянской областях.",
        ),
        ("Telegram замедлили. Россияне жалуются.", "Россия", "Россияне жалуются."),
    ],
)
def test_a_place_has_its_sentence(article: Make, told: str, where: str, sentence: str) -> None:
    """The sentence that names it, letter for letter."""
    (found,) = places.cited(features.view(text.page(article("", told))), where)
    assert (found.value, found.sentence.text) == (where, sentence)


def test_the_place_is_cited(analyst: Analyst, article: Make) -> None:
    """Territory is a fact with its evidence, in the article and in the story."""
    reading = analyst.read(
        article("Роскомнадзор замедлил Telegram", "Роскомнадзор замедлил Telegram в Дагестане. Меру объяснили нарушением закона.")
    )
    assert reading.facts.territory == "Дагестан"
    assert [(item.value, item.sentence) for item in reading.evidence if item.field == "territory"] == [
        ("Дагестан", "Роскомнадзор замедлил Telegram в Дагестане.")
    ]
    story = analyst.tell([reading], id="s", thread="s", now=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert [item.value for item in story.evidence if item.field == "territory"] == ["Дагестан"]


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
