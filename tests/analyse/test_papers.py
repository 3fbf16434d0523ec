"""Documents, penalties and the territory are read by their forms: a table a kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import features, papers, text
from bot.analyse.features import View
from bot.model import Article

Make = Callable[..., Article]


def seen(make: Make, sentence: str) -> View:
    return features.view(text.page(make("", sentence)))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Запрет содержится в законе № 41-ФЗ от 1 апреля 2025 года.", ["№ 41-ФЗ от 1 апреля 2025"]),
        ("Закон 149-ФЗ дополнили статьёй о мессенджерах.", ["149-ФЗ"]),
        (
            "Постановление правительства от 28 декабря 2024 года № 1963 определило порядок.",
            ["Постановление правительства от 28 декабря 2024 года № 1963"],
        ),
        ("Указ президента № 250 касается госорганов.", ["Указ президента № 250"]),
        ("Приказ Роскомнадзора № 51 вступит в силу осенью.", ["Приказ Роскомнадзора № 51"]),
        ("Распоряжение № 1880-р опубликовано на сайте.", ["Распоряжение № 1880-р"]),
        ("Законопроект № 1069303-8 внесли в Госдуму.", ["Законопроект № 1069303-8"]),
        ("Наказание предусмотрено частью 2 статьи 13.41 КоАП РФ.", ["частью 2 статьи 13.41 КоАП РФ"]),
        ("Дело возбудили по ст. 13.31 КоАП.", ["ст. 13.31 КоАП"]),
        ("Статья 274 УК РФ дополнена новым пунктом.", ["Статья 274 УК РФ"]),
        ("Поправки внесут в статью 13.11.3 КоАП.", ["статью 13.11.3 КоАП"]),
        ("Закон «О связи» изменили.", ["Закон «О связи»"]),
        ("The order cites Section 69A of the IT Act.", ["Section 69A of the IT Act"]),
        ("The Online Safety Act, Section 121 allows it.", ["Online Safety Act, Section 121"]),
        ("Directive No. 32/2025 orders the block.", ["Directive No. 32/2025"]),
        ("The regulator referred to the Digital Services Act.", ["Digital Services Act"]),
        ("Federal Law No. 41-FZ took effect.", ["Federal Law No. 41-FZ"]),
        ("Погода хорошая, на площадь пришли 15 человек.", []),
        ("Статья в газете рассказывает о мессенджере.", []),
        ("Номер 41 набрали дважды.", []),
    ],
)
def test_documents(article: Make, sentence: str, found: list[str]) -> None:
    """Laws, bills, decrees, orders and articles of codes, as they are written, the longest form of each."""
    assert [paper.value for paper in papers.documents(seen(article, sentence).sentences)] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Суд назначил мессенджеру штраф 4 млн рублей.", ["4 млн рублей"]),
        ("Владельца оштрафовали на 3,5 млн рублей.", ["3,5 млн рублей"]),
        ("Гражданам грозит штраф от 30 до 50 тысяч рублей.", ["от 30 до 50 тысяч рублей (граждане)"]),
        ("Юрлицам грозит штраф до 700 тыс. руб.", ["до 700 тыс. руб. (юрлица)"]),
        ("Штраф для должностных лиц составит 50 000 рублей.", ["50 000 рублей (должностные лица)"]),
        ("Штраф для ИП — 20 тысяч рублей.", ["20 тысяч рублей"]),
        ("За повторное нарушение взыщут до 8 миллионов рублей.", ["до 8 миллионов рублей"]),
        ("Штраф составил 5,5 млн евро.", ["5,5 млн евро"]),
        ("Оштрафовали на полмиллиона рублей.", ["полмиллиона рублей"]),
        ("Грозит штраф до 10 % мировой выручки.", ["до 10 % мировой выручки"]),
        ("The court fined the app 6 million rubles.", ["6 million rubles"]),
        ("The regulator imposed a fine of €5.5 million.", ["€5.5 million"]),
        ("Individuals face a fine of up to 50,000 rubles.", ["up to 50,000 rubles (individuals)"]),
        ("Fines of up to 10% of global turnover are possible.", ["up to 10% of global turnover"]),
        ("A penalty of 213 crore rupees was imposed.", ["213 crore rupees"]),
        ("Telegram was fined R$1.2 million.", ["R$1.2 million"]),
        ("The fine is Rs 213 crore.", ["Rs 213 crore"]),
        ("Фирма заработала 4 млн рублей за год.", []),
        ("В приложении 50 млн пользователей, штрафов нет.", []),
    ],
)
def test_penalties(article: Make, sentence: str, found: list[str]) -> None:
    """Sums in sentences that speak of a penalty, with those who are to pay where the clause names them."""
    assert [paper.value for paper in papers.penalties(seen(article, sentence).sentences)] == found


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("Россияне не смогут войти в мессенджер.", "Россия"),
        ("Роскомнадзор ограничил Viber.", "Россия"),
        ("Ofcom opened an investigation.", "United Kingdom"),
        ("Власти Казахстана запретили чаты.", "Kazakhstan"),
        ("Еврокомиссия признала WhatsApp крупной платформой.", "European Union"),
        ("India orders SIM binding for WhatsApp.", "India"),
        ("Вьетнам блокирует Telegram.", "Vietnam"),
        ("В Татарстане школьные чаты переведут в MAX.", "Татарстан"),
        ("Чаты столицы перейдут в MAX.", "Москва"),
        ("Узбекистан замедлит Viber.", "Uzbekistan"),
        ("Norway bans Telegram from work phones.", "Norway"),
        ("Уганда ввела налог на WhatsApp.", "Uganda"),
        ("Japan tells the operator of LINE to act.", "Japan"),
        ("На юге России ограничили WhatsApp.", "юг России"),
        ("Cuba restricts WhatsApp after protests.", "Cuba"),
        ("В мессенджере появились стикеры.", None),
    ],
)
def test_territory(article: Make, sentence: str, where: str | None) -> None:
    """A region where one is named, else the country named most, else nothing."""
    assert papers.territory(seen(article, sentence)) == where
