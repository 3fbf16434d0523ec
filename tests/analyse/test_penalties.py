"""Penalties: sums and shares with those who are to pay; money that is no penalty is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import Analyst, features
from bot.analyse.facts import bygone, penalties
from bot.analyse.facts.amounts import alike
from bot.analyse.language import text
from bot.model import Article, Measure, Stage

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # one sum
        ("Суд назначил мессенджеру штраф 4 млн рублей.", ["4 млн рублей"]),
        ("Владельца оштрафовали на 3,5 млн рублей.", ["3,5 млн рублей"]),
        ("Оштрафован на семь миллионов рублей.", ["семь миллионов рублей"]),
        ("Оштрафовали на полмиллиона рублей.", ["полмиллиона рублей"]),
        ("Суд взыскал миллион рублей.", ["миллион рублей"]),
        ("Компания заплатит 3 500 000 рублей.", ["3 500 000 рублей"]),
        ("За повторное нарушение взыщут до 8 миллионов рублей.", ["до 8 миллионов рублей"]),
        ("Штраф составил 5,5 млн евро.", ["5,5 млн евро"]),
        ("Назначен штраф по 3,8 млн рублей за каждый из шести протоколов.", ["3,8 млн рублей"]),
        ("Штрафом в 20 базовых величин наказывают подписчиков.", ["20 базовых величин"]),
        ("The court fined the app 6 million rubles.", ["6 million rubles"]),
        ("The regulator imposed a fine of €5.5 million.", ["€5.5 million"]),
        ("Meta was fined €1.2bn.", ["€1.2bn"]),
        ("Telegram was fined R$1.2 million.", ["R$1.2 million"]),
        ("The fine is Rs 213 crore.", ["Rs 213 crore"]),
        ("A penalty of 213 crore rupees was imposed.", ["213 crore rupees"]),
        ("The fine is RUB700,000.", ["RUB700,000"]),
        ("They face a fine of $220 million plus $35,000.", ["$220 million", "$35,000"]),
        # from, to
        ("Штрафы составят от 3 до 7 млн ₽.", ["от 3 до 7 млн ₽"]),
        ("Штраф – 100–200 тысяч рублей.", ["100–200 тысяч рублей"]),
        # whom
        ("Гражданам грозит штраф от 30 до 50 тысяч рублей.", ["от 30 до 50 тысяч рублей (граждане)"]),
        ("Юрлицам грозит штраф до 700 тыс. руб.", ["до 700 тыс. руб. (юрлица)"]),
        ("Штраф — до 700 тыс. рублей для юрлиц.", ["до 700 тыс. рублей (юрлица)"]),
        ("Штраф для должностных лиц составит 50 000 рублей.", ["50 000 рублей (должностные лица)"]),
        ("Штраф для ИП — 20 тысяч рублей.", ["20 тысяч рублей (ИП)"]),
        ("Рекламодателям грозит штраф до 500 тыс. рублей.", ["до 500 тыс. рублей (рекламодатели)"]),
        ("Рекламодателю за объявление у блогера грозит штраф до 500 тыс. рублей.", ["до 500 тыс. рублей (рекламодатели)"]),
        ("Штраф от 300 тысяч до 1 млн рублей для компаний.", ["от 300 тысяч до 1 млн рублей (юрлица)"]),
        (
            "Штраф для граждан — до 5 тыс. рублей, для юрлиц — до 700 тыс. рублей.",
            ["до 5 тыс. рублей (граждане)", "до 700 тыс. рублей (юрлица)"],
        ),
        (
            "Штраф для граждан — от 30 до 50 тысяч, для должностных лиц — от 50 до 100 тысяч, для юридических — от 100 до 700 тысяч рублей.",
            [
                "от 30 до 50 тысяч рублей (граждане)",
                "от 50 до 100 тысяч рублей (должностные лица)",
                "от 100 до 700 тысяч рублей (юрлица)",
            ],
        ),
        ("Individuals face a fine of up to 50,000 rubles.", ["up to 50,000 rubles (individuals)"]),
        ("Штраф для управляющих компаний — до 500 тыс. рублей.", ["до 500 тыс. рублей (управляющие компании)"]),
        ("Банкам грозит штраф до 1 млн рублей.", ["до 1 млн рублей (банки)"]),
        (
            "Штраф: 5 тыс. рублей — для граждан, 50 тыс. рублей — для должностных лиц.",
            ["5 тыс. рублей (граждане)", "50 тыс. рублей (должностные лица)"],
        ),
        ("Штраф составит 50 тыс. рублей (для юрлиц).", ["50 тыс. рублей (юрлица)"]),
        ("Учителей хотят штрафовать на 10 тыс. рублей.", ["10 тыс. рублей (учителя)"]),
        ("Сервису грозит штраф до 6 млн рублей; его директору — до 800 тыс.", ["до 6 млн рублей", "до 800 тыс. рублей (должностные лица)"]),
        ("Lenders face fines of up to 1% of capital.", ["up to 1% of capital (banks)"]),
        # a range, a change
        ("Штраф составит от 3 млн до 5 млн рублей.", ["от 3 млн до 5 млн рублей"]),
        ("Штраф увеличили с 4 до 7 млн рублей.", ["7 млн рублей"]),
        ("Суд снизил штраф с 18 млн до 15 млн рублей.", ["15 млн рублей"]),
        ("Штраф повысили с 500 тыс. рублей до 1 млн рублей.", ["1 млн рублей"]),
        ("Суд снизил штраф мессенджеру до 2 млн рублей.", ["2 млн рублей"]),
        ("Депутаты предложили увеличить штраф до 500 тыс. рублей.", ["до 500 тыс. рублей"]),
        ("The fine ranges from $1 million to $5 million.", ["from $1 million to $5 million"]),
        ("They may be fined between $1 million and $5 million.", ["between $1 million and $5 million"]),
        ("The fine ranges from 1 million to 5 million rubles.", ["from 1 million to 5 million rubles"]),
        ("The fine was raised from $1 million to $5 million.", ["$5 million"]),
        ("The court cut the fine from $10m to $4m.", ["$4m"]),
        ("The penalty was reduced from 4 million to 2 million rubles.", ["2 million rubles"]),
        ("WhatsApp was fined €225M.", ["€225M"]),
        ("The fine could rise to $5 million from $1 million.", ["$5 million"]),
        ("Штраф повысили до 7 млн рублей с 4 млн рублей.", ["7 млн рублей"]),
        (
            "Штрафы для должностных лиц вырастут с 50 тыс. до 100 тыс. рублей, для юрлиц — с 700 тыс. до 1,5 млн рублей.",
            ["100 тыс. рублей (должностные лица)", "1,5 млн рублей (юрлица)"],
        ),
        ("Штрафы для УК составят до 300 тыс. рублей.", ["до 300 тыс. рублей (управляющие компании)"]),
        # each day
        ("Штраф составит 500 тысяч рублей в сутки.", ["500 тысяч рублей в сутки"]),
        ("Суд назначил штраф 100 тыс. рублей за каждый день просрочки.", ["100 тыс. рублей за каждый день"]),
        ("Судья установил ежедневный штраф в 1 млн реалов.", ["1 млн реалов в день"]),
        ("The court set a fine of $100,000 a day.", ["$100,000 a day"]),
        ("The judge upheld a daily fine of 1 million reais.", ["1 million reais a day"]),
        ("Telegram faces daily fines of up to $500,000.", ["up to $500,000 a day"]),
        ("За один день суд назначил штрафов на 10 млн рублей за один день работы.", ["10 млн рублей"]),
        # a share
        ("Грозит оборотный штраф — от 1 до 3% выручки.", ["от 1 до 3% выручки"]),
        ("Штраф составит до 0,1% от капитала.", ["до 0,1% от капитала"]),
        ("Штраф — до 4% мирового оборота или 20 млн евро.", ["до 4% мирового оборота", "20 млн евро"]),
        ("Fines of up to 10 per cent of qualifying worldwide revenue are possible.", ["up to 10 per cent of qualifying worldwide revenue"]),
        ("Грозит штраф до 10 % мировой выручки.", ["до 10 % мировой выручки"]),
        ("Штраф до 1 % годовой выручки.", ["до 1 % годовой выручки"]),
        ("Fines of up to 10% of global turnover are possible.", ["up to 10% of global turnover"]),
        ("Fine of up to £18m or 10% of worldwide revenue.", ["up to £18m", "10% of worldwide revenue"]),
        # the same in other money
        ("Суд наложил штраф в 1,2 млн реалов (около $235 тыс.).", ["1,2 млн реалов"]),
        ("They face fines of up to 50,000 rubles ($630).", ["up to 50,000 rubles"]),
        ("The court fined the app 17 million roubles, roughly $195,000, on Monday.", ["17 million roubles"]),
        # other money, other things
        ("Фирма заработала 4 млн рублей за год.", []),
        ("В приложении 50 млн пользователей, штрафов нет.", []),
        ("Операторы потеряют 15 млрд рублей, штрафов пока нет.", []),
        ("Аккаунты сдают за 500–3000 рублей, штраф за это до 50 тыс. рублей.", ["до 50 тыс. рублей"]),
        ("Штраф достигает 18 млн рублей, выручка компании — 90 млн рублей.", ["18 млн рублей"]),
        ("Санкции коснулись 40 млн человек.", []),
        ("The watchdog reduced a 5.5 million euro fine on the app to 4.2 million euros.", ["4.2 million euros"]),
        ("The fine came after the app earned $40 million.", []),
        ("Суд 7 мая оштрафовал сервис по статье 13.41.", []),
    ],
)
def test_penalties(article: Make, sentence: str, found: list[str]) -> None:
    """Sums in clauses that speak of a penalty, as they are written, with those who are to pay where the clause names them."""
    seen = features.view(text.page(article("", sentence)))
    assert [paper.value for paper in penalties.penalties(seen)] == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Суд оштрафовал Telegram на 7 млн рублей. Ранее сервис уже оштрафовали на 3,8 млн рублей.", ["7 млн рублей"]),
        ("Суд оштрафовал Telegram на 7 млн рублей. Тот же суд оштрафовал Google на 3,8 млн рублей.", ["7 млн рублей"]),
        ("Суд оштрафовал Telegram на 7 млн рублей. Всего штрафов набралось на 34 млн рублей.", ["7 млн рублей"]),
        ("Суд оштрафовал Telegram на 7 млн рублей. Семь миллионов рублей штрафа — не предел.", ["7 млн рублей"]),
        (
            "Суд оштрафовал Telegram на 7 млн рублей. В мае сервис наказали на 4 млн рублей, годом ранее — на 3 млн рублей.",
            ["7 млн рублей"],
        ),
        ("Суд оштрафовал Telegram на 7 млн рублей. Первый штраф, в 3 млн рублей, он получил в 2021 году.", ["7 млн рублей"]),
        (
            "Суд оштрафовал Telegram на 7 млн рублей. В марте Viber оштрафовали на 1 млн рублей, WhatsApp — на 3 млн рублей.",
            ["7 млн рублей"],
        ),
        (
            "Суд оштрафовал Discord на 3,5 млн рублей. В тот же день назначили штрафы Pinterest (2 млн руб.) и Twitch (500 тыс. руб.).",
            ["3,5 млн рублей"],
        ),
        ("A court fined Telegram 7 million roubles. The company was earlier fined $10 million.", ["7 million roubles"]),
        ("A court fined Telegram 7 million roubles. It had already been fined 4 million roubles.", ["7 million roubles"]),
        ("A court fined Telegram 7 million roubles. In June the messenger was fined 4 million roubles.", ["7 million roubles"]),
        ("A court fined Telegram 7 million roubles, after it was fined 4 million roubles last year.", ["7 million roubles"]),
        ("Ofcom opened an investigation into Telegram. Earlier this year it fined the app 4 million pounds.", []),
        ("Ofcom opened an investigation into Telegram. The regulator also fined messaging platform Chat.ly £50,000.", []),
        ("Роскомнадзор заблокировал Viber. Ранее сервис оштрафовали на 1 млн рублей.", []),
        ("Роскомнадзор заблокировал Viber. Напомним, в июне суд оштрафовал мессенджер на 1 млн рублей.", []),
        ("Роскомнадзор заблокировал Viber. До этого сервис наказали на 1 млн рублей.", []),
        # of this news
        ("Мосгорсуд отклонил жалобу на штраф. Ранее мировой суд оштрафовал Viber на 1 млн рублей.", ["1 млн рублей"]),
        ("Telegram оплатил штраф в 10 млн рублей, назначенный в феврале 2024 года.", ["10 млн рублей"]),
        ("Суд оштрафовал Telegram и Viber. Telegram заплатит 7 млн рублей, Viber — 1 млн рублей.", ["7 млн рублей", "1 млн рублей"]),
        ("Суд оштрафовал WhatsApp. Meta заплатит штраф 18 млн рублей.", ["18 млн рублей"]),
        ("Telegram Messenger Inc. was fined 5 million roubles on Tuesday.", ["5 million roubles"]),
        ("Суд оштрафовал Telegram. Решение о штрафе 7 млн рублей вынесли 12 декабря.", ["7 млн рублей"]),
        ("WhatsApp грозит штраф. С 1 марта за повторное нарушение взыщут 6 млн рублей.", ["6 млн рублей"]),
    ],
)
def test_the_penalty_of_this_case(article: Make, told: str, found: list[str]) -> None:
    """Earlier penalties and totals are told only where the news is of a penalty and gives no other; those of others never are."""
    seen = features.view(text.page(article("", told)))
    assert [paper.value for paper in penalties.penalties(seen)] == found


@pytest.mark.parametrize(
    ("clause", "published", "is_past"),
    [
        ("в мае viber оштрафовали на ", dt.date(2025, 8, 20), True),
        ("в августе viber оштрафовали на ", dt.date(2025, 8, 20), False),
        ("в августе 2023 года viber оштрафовали на ", dt.date(2025, 8, 20), True),
        ("19 августа суд назначил штраф ", dt.date(2025, 8, 20), False),
        ("14 марта суд назначил штраф ", dt.date(2025, 8, 20), True),
        ("14 марта суд назначил штраф ", None, True),
        ("с 14 марта граждан будут штрафовать на ", dt.date(2025, 8, 20), False),
        ("in june the app was fined ", dt.date(2025, 8, 20), True),
        ("in august 2025 the app was fined ", dt.date(2025, 8, 20), False),
        ("in 2023 the app was fined ", dt.date(2025, 8, 20), True),
        ("a month ago it paid ", dt.date(2025, 8, 20), True),
        ("от пользователей в мае ждут ", dt.date(2025, 8, 20), False),
    ],
)
def test_the_past(clause: str, published: dt.date | None, is_past: bool) -> None:
    """Another month or year of something done, or a word for the past; a day to come is none."""
    assert bygone.bygone(clause, published) is is_past


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("7 млн рублей", "семь миллионов рублей", True),
        ("7 млн рублей", "7 million rubles", True),
        ("7 млн рублей", "7 000 000 ₽", True),
        ("полмиллиона рублей", "500 тыс. рублей", True),
        ("от 30 до 50 тысяч рублей", "от 30 до 50 тысяч рублей (граждане)", True),
        ("до 50 тыс. рублей (граждане)", "от 30 до 50 тысяч рублей (граждане)", True),
        ("до 200 тыс. рублей (юрлица)", "up to 200,000 rubles (companies)", True),
        ("почти 2 млн рублей", "1,8 млн рублей", True),
        ("до 50 тыс. рублей (граждане)", "до 50 тыс. рублей (юрлица)", False),
        ("6 млн рублей", "7 млн рублей", False),
        ("7 млн рублей", "7 млн евро", False),
        ("7 млн рублей", "7 тыс. рублей", False),
        ("до 10 % выручки", "до 10 млн рублей", False),
        ("$220 million", "$225 million", False),
    ],
)
def test_one_penalty_in_two_wordings(one: str, other: str, is_same: bool) -> None:
    """Figures or words, thousands or noughts, Russian or English; another sum, money or payer is another penalty."""
    assert alike(one, other) is is_same
    assert alike(other, one) is is_same


@pytest.mark.parametrize(
    ("title", "told", "stage"),
    [
        (
            "Роскомнадзор пригрозил WhatsApp штрафом",
            "Роскомнадзор предупредил WhatsApp о штрафе до 6 млн рублей, если тот не удалит каналы.",
            "planned",
        ),
        (
            "Viber грозит штраф до 4 млн рублей",
            "В мировой суд Москвы поступил протокол против Viber. Мессенджеру грозит штраф до 4 млн рублей.",
            "planned",
        ),
        (
            "Signal faces fine of up to $5 million",
            "The regulator said Signal faces a fine of up to $5 million if it does not hand over data.",
            "planned",
        ),
        ("Telegram may be fined over banned channels", "Roskomnadzor warned Telegram it could be fined up to 8 million rubles.", "planned"),
        (
            "ФАС напомнила о штрафах за рекламу в WhatsApp",
            "Федеральная антимонопольная служба напомнила, что за рекламу в WhatsApp грозит штраф до 500 тыс. рублей.",
            "statement",
        ),
        (
            "Суд оштрафовал Viber на 4 млн рублей",
            "Суд оштрафовал Viber на 4 млн рублей. За повторное нарушение грозит до 8 млн рублей.",
            "active",
        ),
        ("Telegram заплатит 7 млн рублей", "Таганский суд Москвы назначил Telegram штраф 7 млн рублей за неудаление каналов.", "active"),
        ("Court fines Signal 5 million rubles", "A Moscow court fined Signal 5 million rubles. It could be fined again.", "active"),
    ],
)
def test_a_warning_of_a_fine_is_no_fine(analyst: Analyst, article: Make, title: str, told: str, stage: str) -> None:
    """What may be imposed is planned, what is reminded of is said, what a court imposed stands."""
    facts = analyst.read(article(title, told)).facts
    assert (facts.measure, facts.stage) == (Measure.FINE, Stage(stage))
