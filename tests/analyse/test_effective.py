"""Which of an article's dates is the one from which the measure applies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import features
from bot.analyse.facts import effective
from bot.analyse.facts.dates import dates
from bot.analyse.language import text
from bot.model import Article

Make = Callable[..., Article]
DAY = dt.date(2026, 2, 17)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("закон вступит в силу 1 сентября", "force"),
        ("распоряжение применяется с 1 декабря", "force"),
        ("the rules take effect on 1 march 2026", "force"),
        ("запрет введут с 1 марта", "act"),
        ("сервис заблокируют 1 апреля", "act"),
        ("звонки ограничили 13 августа", "act"),
        ("меры приняли 10 октября", "act"),
        ("the measure was taken on october 10", "act"),
        ("законопроект приняли 10 октября", "paper"),
        ("об этом сообщили 9 февраля в ведомстве", "tell"),
        ("the regulator announced on 9 february", "tell"),
        ("президент подписал документ 29 декабря", "paper"),
        ("депутаты голосовали 24 июня", "paper"),
        ("the bill was introduced on 18 november", "paper"),
        ("доклад нужно представить до 15 апреля", "task"),
        ("суд оштрафовал компанию 25 февраля", "case"),
        ("первые сбои отметили 21 октября", "event"),
        ("опрос прошел 14 апреля", "event"),
    ],
)
def test_a_date_belongs_to_its_nearest_verb(sentence: str, kind: str) -> None:
    """The kind of the word that stands nearest, borders of clauses counted as distance."""
    assert effective.verb(sentence, dates(sentence, DAY)[0])[0] == kind


@pytest.mark.parametrize(
    ("title", "sentence", "measure", "stage", "left"),
    [
        ("Мессенджер заблокируют", "Запрет введут с 1 апреля 2026 года.", "blocking", "planned", ["2026-04-01"]),
        ("Закон подписан", "Норма вступит в силу 1 сентября 2026 года.", "ban", "adopted", ["2026-09-01"]),
        ("Закон подписан", "Он заработает со второго полугодия 2026 года.", "ban", "adopted", ["2026-07"]),
        ("Слухи опровергли", "Слухи о блокировке с 1 апреля депутат опроверг.", "statement", "statement", []),
        ("Планов нет", "Нет планов блокировать сервис с 1 апреля.", "statement", "statement", []),
        ("Мессенджеру грозит блокировка", "Замедление действует с 10 января 2026 года.", "blocking", "planned", []),
        ("Ограничения сняты", "Сервис был заблокирован в апреле 2018 года.", "easing", "active", []),
        ("Ограничения сняты", "Доступ восстановили 10 февраля.", "easing", "active", ["2026-02-10"]),
        ("Мессенджер замедлили", "Перебои начались 10 февраля.", "slowdown", "active", ["2026-02-10"]),
        ("Мессенджер хотят замедлить", "Перебои начались 10 февраля.", "slowdown", "planned", []),
        ("Штраф назначен", "Мессенджер замедляют с 10 февраля.", "fine", "active", []),
        ("Проект внесён", "Законопроект внесли 12 февраля.", "ban", "planned", []),
        ("Доклад ждут весной", "Доклад нужно представить до 15 апреля.", "ban", "planned", []),
        ("Порядок определён", "Постановление от 28 декабря 2026 года определило порядок.", "registration", "active", []),
        ("Мессенджер внесли в реестр", "Запись датирована 9 февраля.", "registration", "active", ["2026-02-09"]),
        ("Мессенджер внесут в реестр", "Встреча прошла 9 февраля.", "registration", "planned", []),
        ("Мессенджер заблокирован", "Сбои начались утром 10 февраля.", "blocking", "active", ["2026-02-10"]),
        ("WhatsApp banned", "Staff were told to stop using WhatsApp by March 8, 2026.", "ban", "adopted", ["2026-03-08"]),
        ("Закон подписан", "Закон опубликован 14 февраля. Он вступил в силу в день публикации.", "ban", "active", ["2026-02-14"]),
        ("Закон подписан", "Закон вступает в силу со дня его официального опубликования.", "ban", "active", []),
        ("Роскомнадзор замедляет Telegram", "Люди жалуются на него с 10 февраля.", "slowdown", "active", []),
        (
            "Закон подписан",
            "Закон вступит в силу через 10 дней после опубликования, а штрафы начнут действовать с 1 июня 2026 года.",
            "ban",
            "adopted",
            ["2026-02-27"],
        ),
        (
            "Закон подписан",
            "Норма заработает 1 марта, за исключением статьи, которая вступит в силу с 1 июня 2026 года.",
            "ban",
            "adopted",
            ["2026-03-01"],
        ),
        (
            "Law signed",
            "The law takes effect on March 1, except for one clause that applies from June 1, 2026.",
            "ban",
            "adopted",
            ["2026-03-01"],
        ),
        (
            "Ministry orders staff off WhatsApp",
            "The ministry ordered staff to stop using WhatsApp by April 1.",
            "ban",
            "active",
            ["2026-04-01"],
        ),
        ("Госдума приняла проект", "Третье чтение запланировано на 25 февраля.", "ban", "passing", []),
        ("Запрет предложили", "A bill is expected in parliament in March; the ban could follow.", "ban", "planned", []),
        ("Запрет отложили", "Запрет перенесли с 1 марта 2026 года на 1 июня 2026 года.", "ban", "adopted", ["2026-06-01"]),
        ("Ban delayed", "The ban was delayed from March 1, 2026 to June 1, 2026.", "ban", "adopted", ["2026-06-01"]),
        (
            "Запрет просят отложить",
            "Банки просят перенести запрет с 1 марта 2026 года на 1 июня 2026 года.",
            "ban",
            "planned",
            ["2026-03-01", "2026-06-01"],
        ),
        ("Plan dropped", "The bill had been due to take effect on March 1, 2026.", "ban", "planned", []),
        ("Суд приостановил запрет", "Запрет должен был вступить в силу 20 февраля.", "court-ruling", "active", []),
    ],
)
def test_background_is_left_out(article: Make, title: str, sentence: str, measure: str, stage: str, left: list[str]) -> None:
    """Denied, past, lifted, proposed and announced days are no candidates; what applies later is one."""
    seen = features.view(text.page(article(title, sentence)))
    assert [found.date.value for found in effective.candidates(seen, DAY, measure, stage)] == left


@pytest.mark.parametrize(
    ("sentence", "stage", "value"),
    [
        ("С 1 июня закон запрещает банкам писать клиентам, на переход могут дать время.", "active", "2025-06-01"),
        ("С 1 июня госслужащим запрещено вести переписку в мессенджере, об этом могут забыть.", "active", "2025-06-01"),
        ("С 1 июня закон запретит банкам писать клиентам, на переход могут дать время.", "adopted", "2026-06-01"),
    ],
)
def test_a_rule_told_in_the_present_began_before(article: Make, sentence: str, stage: str, value: str) -> None:
    """«С 1 июня закон запрещает» is told after that day, «запретит» before it."""
    seen = features.view(text.page(article("Запрет для банков", sentence)))
    assert [found.date.value for found in effective.candidates(seen, dt.date(2025, 12, 20), "ban", stage)] == [value]


def test_the_year_of_an_article_that_gives_no_day(article: Make) -> None:
    """The latest year named, but not one from which something is to hold: that lies ahead."""
    seen = features.view(text.page(article("Реестр заработал", "В 2024 году заработал реестр. С 2025 года запретят рекламу.")))
    assert effective.reference(seen, None) == 2024


@pytest.mark.parametrize(
    ("sentence", "course"),
    [
        ("Закон вступит в силу через полгода после опубликования.", "ahead"),
        ("Закон вступил в силу через полгода после опубликования.", ""),
        ("The terms were due to take effect on 1 March.", ""),
        ("Закон вступит в силу 1 сентября 2026 года.", "ahead"),
        ("Распоряжение применяется с 1 марта.", "ahead"),
        ("С сегодняшнего дня действует запрет.", "now"),
        ("Запрет действует с 1 июня 2025 года.", "over"),
        ("Депутат высказался 1 февраля.", ""),
    ],
)
def test_the_course_of_a_rule(article: Make, sentence: str, course: str) -> None:
    """Whether it takes effect later, now, or has done so: what the stage is judged by."""
    assert effective.course(features.view(text.page(article("", sentence))), DAY) == course
