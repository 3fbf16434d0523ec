"""Documents are read by their forms, in one spelling each: a table with what is a document and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse.facts import papers
from bot.analyse.language import text
from bot.model import Article

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # laws by number, however it is written
        ("Запрет содержится в законе № 41-ФЗ от 1 апреля 2025 года.", ["41-ФЗ от 1 апреля 2025"]),
        ("Закон 149-ФЗ дополнили статьёй о мессенджерах.", ["149-ФЗ"]),
        ("Штрафы ввёл 584-ФЗ.", ["584-ФЗ"]),
        ("Речь о ФЗ-149 и ФЗ № 126.", ["149-ФЗ", "126-ФЗ"]),
        ("Федеральный закон от 27 июля 2006 г. № 149-ФЗ изменят.", ["149-ФЗ от 27 июля 2006"]),
        ("Federal Law No. 41-FZ took effect.", ["Federal Law No. 41-FZ"]),
        # bills
        ("Законопроект № 1069303-8 внесли в Госдуму.", ["законопроект № 1069303-8"]),
        ("Законопроект под номером 1069303-8 одобрен.", ["законопроект № 1069303-8"]),
        ("Проект закона (№ 1069303-8) рассмотрят весной.", ["законопроект № 1069303-8"]),
        ("Законопроект №1234567-8 отклонили.", ["законопроект № 1234567-8"]),
        # decrees, orders
        (
            "Постановление правительства от 28 декабря 2024 года № 1963 определило порядок.",
            ["постановление правительства № 1963 от 28 декабря 2024"],
        ),
        ("Постановлением правительства РФ № 1801 закреплены правила.", ["постановление правительства РФ № 1801"]),
        ("Постановление № 1801 действует с 2022 года.", ["постановление № 1801"]),
        ("Указ президента № 250 касается госорганов.", ["указ президента № 250"]),
        ("Приказ Роскомнадзора № 51 вступит в силу осенью.", ["приказ Роскомнадзора № 51"]),
        ("Приказом ФСБ № 432 утверждён порядок передачи ключей.", ["приказ ФСБ № 432"]),
        ("Приказ Минцифры от 12 мая 2025 года № 433 зарегистрирован.", ["приказ Минцифры № 433 от 12 мая 2025"]),
        ("Распоряжение № 1880-р опубликовано на сайте.", ["распоряжение № 1880-р"]),
        ("Постановление Правительства РФ от 12 мая 2025 г. № 640 изменено.", ["постановление Правительства РФ № 640 от 12 мая 2025"]),
        ("Перечень поручений № Пр-1094 опубликован.", ["перечень поручений № Пр-1094"]),
        (
            "В перечне поручений Президента РФ от 12 мая 2025 года № Пр-1094 назван мессенджер.",
            ["перечень поручений Президента РФ № Пр-1094 от 12 мая 2025"],
        ),
        ("По поручению № Пр-77 открыт счёт.", ["поручение № Пр-77"]),
        ("Приказ Минстроя № 512/пр утверждён.", ["приказ Минстроя № 512/пр"]),
        ("Закон РФ № 2124-1 дополнен.", ["закон РФ № 2124-1"]),
        ("Закон города Москвы № 15 принят.", ["закон города Москвы № 15"]),
        # articles of codes and laws
        ("Наказание предусмотрено частью 2 статьи 13.41 КоАП РФ.", ["ч. 2 ст. 13.41 КоАП"]),
        ("Протокол по ч. 2 ст. 13.41 КоАП.", ["ч. 2 ст. 13.41 КоАП"]),
        ("По части 5 статьи 13.46 Кодекса об административных правонарушениях.", ["ч. 5 ст. 13.46 КоАП"]),
        ("Дело возбудили по ст. 13.31 КоАП.", ["ст. 13.31 КоАП"]),
        ("Сервис нарушил 13.41 КоАП.", ["ст. 13.41 КоАП"]),
        ("Протоколы составлены по статьям 13.41 и 13.49 КоАП РФ.", ["ст. 13.41 КоАП", "ст. 13.49 КоАП"]),
        ("Статья 274 УК РФ дополнена новым пунктом.", ["ст. 274 УК"]),
        ("Поправки внесут в статью 13.11.3 КоАП.", ["ст. 13.11.3 КоАП"]),
        ("Ст. 23 Конституции защищает тайну переписки.", ["ст. 23 Конституции"]),
        ("Статья 10.1 закона «Об информации» описывает реестр.", ["ст. 10.1 закона «Об информации»"]),
        ("Дело завели по ст. 13.41 КоАП, точнее по ч. 4 ст. 13.41 КоАП.", ["ч. 4 ст. 13.41 КоАП"]),
        # laws by name
        ("Закон «О связи» изменили.", ["закон «О связи»"]),
        ("Закон «Об информации» обязывает хранить.", ["закон «Об информации»"]),
        # other countries
        ("The order cites Section 69A of the IT Act.", ["Section 69A of the IT Act"]),
        ("The Online Safety Act, Section 121 allows it.", ["Online Safety Act, Section 121"]),
        ("The UK's Online Safety Act allows it.", ["Online Safety Act"]),
        ("The regulator referred to the Digital Services Act.", ["Digital Services Act"]),
        ("The Telecommunications Act, 2023 applies.", ["Telecommunications Act, 2023"]),
        ("The bill would amend the Investigatory Powers Act 2016.", ["Investigatory Powers Act 2016"]),
        ("Germany applied the Network Enforcement Act (NetzDG).", ["Network Enforcement Act (NetzDG)"]),
        ("It breaks the GDPR.", ["GDPR"]),
        ("Under Article 13.41 of the Code of Administrative Offences.", ["Article 13.41 of the Code of Administrative Offences"]),
        ("Directive No. 32/2025 orders the block.", ["Directive No. 32/2025"]),
        ("Resolution No. 1801 was adopted.", ["Resolution No. 1801"]),
        ("The president signed Executive Order 13942.", ["Executive Order 13942"]),
        ("The president signed Executive Order No. 14117.", ["Executive Order No. 14117"]),
        ("The president signed EO 14117.", ["Executive Order 14117"]),
        ("Regulation (EU) 2022/2065 binds platforms.", ["Regulation (EU) 2022/2065"]),
        ("It cites Article 28 of Regulation (EU) 2022/2065.", ["Article 28 of Regulation (EU) 2022/2065"]),
        ("Directive (EU) 2018/1972 covers messengers.", ["Directive (EU) 2018/1972"]),
        ("Directive 2002/58/EC covers calls.", ["Directive 2002/58/EC"]),
        ("Federal Law No. 41-FZ, or Law No. 41-FZ, applies.", ["Federal Law No. 41-FZ"]),
        ("The bill, H.R. 1234, would ban the app.", ["H.R. 1234"]),
        ("H.R.1234 passed the House.", ["H.R. 1234"]),
        ("Senators brought the bill, S. 1748, again.", ["S. 1748"]),
        ("Utah signed SB 152 into law.", ["SB 152"]),
        ("Senate Bill 152 binds messengers.", ["Senate Bill 152"]),
        ("Canada's Bill C-63 died.", ["Bill C-63"]),
        ("Senators debated Bill S-210.", ["Bill S-210"]),
        ("Congress passed Public Law 118-50.", ["Public Law 118-50"]),
        ("The order was issued under section 69A.", ["Section 69A"]),
        ("It was blocked under section 69A of the IT Act.", ["Section 69A of the IT Act"]),
        ("Rule 4(2) of the IT Rules demands it.", ["Rule 4(2) of the IT Rules"]),
        ("Vietnam applied Decree 147/2024/ND-CP.", ["Decree 147/2024/ND-CP"]),
        ("Brazil applied Law No. 12.965.", ["Law No. 12.965"]),
        # no documents
        ("Поручения дали 15 ведомствам, перечень опубликуют.", []),
        ("Закон 1 сентября заработает.", []),
        ("The app has 69 sections and 1234 users.", []),
        ("Apt. S. 1748 is empty.", []),
        ("The section 5 of the park is closed.", []),
        ("Galaxy S 24 and Regulation of chats.", []),
        ("HR 12 staff left.", []),
        ("Погода хорошая, на площадь пришли 15 человек.", []),
        ("Статья в газете рассказывает о мессенджере.", []),
        ("В статье 15 советов по настройке мессенджера.", []),
        ("Номер 41 набрали дважды.", []),
        ("Звоните по телефону 8-800-41-ФЗ.", []),
        ("Новый закон вступит в силу 1-го числа.", []),
        ("Закон «Единой России» внесли осенью.", []),
        ("Решение № 5 суда обжаловали.", []),
        ("Протокол № 512 составлен вчера.", []),
        ("Пункт 2 правил чата запрещает рекламу.", []),
        ("The law was adopted.", []),
        ("Bill Gates uses Signal.", []),
        ("Jude Law joined WhatsApp.", []),
        ("The Data Protection Commission acted.", []),
        ("The fine may reach 10 million.", []),
    ],
)
def test_documents(article: Make, sentence: str, found: list[str]) -> None:
    """Laws, bills, decrees, orders and articles of codes in the spelling of a reference; the fuller of two names is kept."""
    page = text.page(article("", sentence))
    assert [paper.value for paper in papers.documents(page.sentences)] == found


def test_a_headline_in_capitals_names_no_act(article: Make) -> None:
    """Where every word has a capital none of them shows a name."""
    page = text.page(article("President Signs New National Messenger Law", "The president signed it."))
    assert papers.documents(page.sentences) == []


def test_a_document_stands_in_its_sentence(article: Make) -> None:
    """The sentence is the source's own, letter for letter, whatever the spelling of the document."""
    given = article("", "Протокол составлен по части 2 статьи 13.41 КоАП РФ. Дело рассмотрят в мае.")
    (paper,) = papers.documents(text.page(given).sentences)
    assert paper.sentence.text in given.text


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("41-ФЗ", "41-ФЗ от 1 апреля 2025", True),
        ("41-ФЗ", "Federal Law No. 41-FZ", True),
        ("постановление № 1963", "постановление правительства № 1963 от 28 декабря 2024", True),
        ("Law No. 41-FZ", "41-ФЗ", True),
        ("Executive Order No. 14117", "Executive Order 14117", True),
        ("Regulation (EU) No 2022/2065", "Regulation (EU) 2022/2065", True),
        ("постановление Правительства РФ № 640 от 12 мая 2025", "постановление Правительства Российской Федерации № 640", True),
        ("перечень поручений Президента РФ № Пр-1094", "поручение № Пр-1094", True),
        ("перечень поручений № Пр-1094", "перечень поручений № Пр-109", False),
        ("Executive Order 14117", "Executive Order 1411", False),
        ("Section 69A", "Section 69A of the IT Act", True),
        ("ст. 13.41 КоАП", "ч. 2 ст. 13.41 КоАП", True),
        ("ч. 4 ст. 13.41 КоАП", "ч. 2 ст. 13.41 КоАП", False),
        ("41-ФЗ", "141-ФЗ", False),
        ("ст. 13.4 КоАП", "ст. 13.41 КоАП", False),
        ("приказ № 51", "постановление № 51", False),
        ("Online Safety Act", "Online Safety Act, Section 121", True),
    ],
)
def test_one_document_in_two_spellings(one: str, other: str, is_same: bool) -> None:
    """With or without its date, its issuer, its part; another number is another document."""
    assert papers.same(one, other) is is_same
