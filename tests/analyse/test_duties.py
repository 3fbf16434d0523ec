"""Duties of one day: two reports of one, or two that are told in the same words."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.stories.duties import two_duties
from bot.model import Article, Reading

Make = Callable[..., Article]
DAY = dt.datetime(2025, 10, 20, tzinfo=dt.UTC)
TOLD = {
    "traffic": (
        "Операторов обяжут не тарифицировать MAX",
        "Операторов связи обяжут не тарифицировать трафик мессенджера MAX, пишут издания со ссылкой на участников рынка. В Минцифры это не подтвердили.",
    ),
    "traffic-2": (
        "Трафик MAX станет бесплатным",
        "Операторов мобильной связи заставят не списывать трафик за пользование мессенджером MAX, сообщили источники на рынке. В Минцифры комментариев не дали.",
    ),
    "marks": (
        "Мессенджеры обяжут маркировать ИИ-контент",
        "Минцифры предложило обязать мессенджеры и соцсети маркировать контент, созданный нейросетями. Законопроект могут внести до конца года.",
    ),
    "marks-2": (
        "Ролики нейросетей в мессенджерах потребуют помечать",
        "Владельцев мессенджеров и соцсетей обяжут помечать материалы, созданные искусственным интеллектом, сообщили в Минцифры.",
    ),
    "caller": (
        "Мессенджеры обяжут показывать страну звонящего",
        "Минцифры предложило обязать мессенджеры показывать страну и оператора того, кто звонит.",
    ),
    "children": (
        "Мессенджеры обяжут ввести детский режим",
        "Депутаты предложили обязать мессенджеры включать детский режим для пользователей младше 14 лет.",
    ),
    "schools": (
        "Школы обязали перевести чаты в MAX",
        "Минпросвещения обязало школы до 1 ноября перевести родительские чаты в мессенджер MAX.",
    ),
    "schools-2": (
        "Родительские чаты переедут в MAX к ноябрю",
        "Школьные чаты с родителями должны перейти в MAX до 1 ноября, сообщили в Минпросвещения.",
    ),
    "housing": (
        "Управляющие компании обяжут завести домовые чаты в MAX",
        "Госдума приняла закон, который обязывает управляющие компании вести домовые чаты в MAX.",
    ),
    "banks": ("Банки обяжут дублировать СМС в MAX", "ЦБ предложил обязать банки дублировать уведомления клиентам в мессенджере MAX."),
    "sim": (
        "India orders apps to bind accounts to SIM",
        "India's telecom department has ordered WhatsApp and Telegram to bind accounts to active SIM cards within 90 days.",
    ),
    "sim-2": (
        "WhatsApp accounts must stay tied to SIM cards in India",
        "WhatsApp and Telegram must keep accounts bound to an active SIM under an order of India's telecom department.",
    ),
    "labels": (
        "India tells WhatsApp to label unknown businesses",
        "India's telecom department has ordered WhatsApp and Telegram to label messages from unknown business senders.",
    ),
}


@pytest.fixture(scope="module")
def readings(analyst: Analyst) -> dict[str, Reading]:
    made = {}
    for name, (title, text) in TOLD.items():
        made[name] = analyst.read(
            Article(id=name, url=f"https://example.org/{name}", source_id="s", outlet=name, title=title, text=text, published=DAY)
        )
    return made


def one(name: str) -> str:
    return name.removesuffix("-2")


@pytest.mark.parametrize(
    ("name", "other"),
    [pair for pair in itertools.combinations(TOLD, 2) if one(pair[0]) != one(pair[1]) and not {"sim", "sim-2", "labels"} & set(pair)],
)
def test_duties_of_one_day_stay_apart(analyst: Analyst, readings: dict[str, Reading], name: str, other: str) -> None:
    """One ministry, one day, «обяжут», «мессенджеры»: what is to be done differs."""
    names = analyst.cluster([readings[name], readings[other]])
    assert names[0] is not None
    assert names[0] != names[1]


@pytest.mark.parametrize("name", [name for name in TOLD if name.endswith("-2")])
def test_one_duty_in_other_words_is_one_story(analyst: Analyst, readings: dict[str, Reading], name: str) -> None:
    """Two outlets of one duty share what is to be done, or whom it is laid on."""
    assert not two_duties(readings[one(name)], readings[name])
    names = analyst.cluster([readings[one(name)], readings[name]])
    assert names[0] == names[1] is not None


def test_what_sells_devices_is_not_what_founds_the_messenger(analyst: Analyst, article: Make) -> None:
    """A law on the national messenger and the order to sell phones with it take effect on one day."""
    law = article(
        "Закон о национальном мессенджере начал действовать",
        "С 1 сентября в России действует закон о национальном мессенджере. Сервис MAX связан с госуслугами, им можно подтвердить возраст.",
        id="a",
        published="2025-09-01",
    )
    phones = article(
        "Новые смартфоны в России продаются с MAX",
        "С сегодняшнего дня мессенджер MAX обязательно предустанавливают на все смартфоны и планшеты, которые продаются в стране.",
        id="b",
        published="2025-09-01",
    )
    names = analyst.cluster([analyst.read(law), analyst.read(phones)])
    assert names[0] != names[1]
