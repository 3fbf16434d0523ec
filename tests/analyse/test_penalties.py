"""Penalties: sums and shares with those who are to pay; money that is no penalty is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst, features, penalties, text
from bot.analyse.amounts import alike
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
        # a share
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
        ("Роскомнадзор заблокировал Viber. Ранее сервис оштрафовали на 1 млн рублей.", ["1 млн рублей"]),
    ],
)
def test_the_penalty_of_this_case(article: Make, told: str, found: list[str]) -> None:
    """Earlier penalties, those of others and totals give way to the penalty of the case; alone they are told."""
    seen = features.view(text.page(article("", told)))
    assert [paper.value for paper in penalties.penalties(seen)] == found


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
