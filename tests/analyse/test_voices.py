"""Who is let speak: the role with its body, one entry a person, the side that the words take."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.speech import stances
from bot.model import Article, Position

Make = Callable[..., Article]
ACT = "Роскомнадзор ограничил Telegram и WhatsApp в России за нарушение закона."
ENGLISH = "Russia's communications watchdog Roskomnadzor restricted Telegram and WhatsApp for violating the law."


def read(analyst: Analyst, article: Make, text: str) -> tuple[Position, ...]:
    title = "Russia restricts Telegram" if text.isascii() else "Telegram и WhatsApp ограничили"
    return analyst.read(article(title, f"{ENGLISH if text.isascii() else ACT} {text}")).positions


@pytest.mark.parametrize(
    ("sentence", "who", "role"),
    [
        # whom it was told is no part of the role
        ("Мера временная, сообщил журналистам пресс-секретарь губернатора Олег Зимин.", "Олег Зимин", "пресс-секретарь губернатора"),
        ("Мера временная, сказал депутатам замминистра Олег Зимин.", "Олег Зимин", "замминистра"),
        ("Мера временная, сказал журналисту глава Минцифры Олег Зимин.", "Олег Зимин", "глава Минцифры"),
        # deputies, vices, former ones
        ("Первый заместитель председателя Госдумы Олег Зимин заявил о мерах.", "Олег Зимин", "первый заместитель председателя Госдумы"),
        ("Вице-спикер Госдумы Олег Зимин заявил о мерах.", "Олег Зимин", "вице-спикер Госдумы"),
        ("Бывший глава Роскомнадзора Олег Зимин заявил о мерах.", "Олег Зимин", "бывший глава Роскомнадзора"),
        ("Врио губернатора Олег Зимин заявил о мерах.", "Олег Зимин", "врио губернатора"),
        # a role that lists what it is about
        (
            "Министр связи, печати и массовых коммуникаций Олег Зимин заявил о мерах.",
            "Олег Зимин",
            "министр связи, печати и массовых коммуникаций",
        ),
        ("Так решили врачи, заявила юристка «Правозащиты» Анна Зимина.", "Анна Зимина", "юристка «Правозащиты»"),
        ("По словам директора по развитию Марии Зиминой, мера временная.", "Мария Зимина", "директор по развитию"),
        # a body that is only pointed at
        ("Мера временная, заявил глава ведомства Олег Зимин.", "Олег Зимин", "глава Роскомнадзора"),
        ("Минцифры поддержит операторов, рассказал глава ведомства Олег Зимин.", "Олег Зимин", "глава Минцифры"),
        ("Представитель регулятора Олег Зимин заявил, что мера временная.", "Олег Зимин", "представитель Роскомнадзора"),
        ("Минцифры и ФСБ обсуждают меру, заявил глава ведомства Олег Зимин.", "Олег Зимин", ""),
        ("Представитель компании Олег Зимин заявил, что мера временная.", "Олег Зимин", ""),
        ("Директор Олег Зимин заявил, что мера временная.", "Олег Зимин", ""),
        ("Основатель мессенджера Олег Зимин заявил, что мера временная.", "Олег Зимин", ""),
        # English
        ("The Bank of Russia wants codes in MAX, its deputy governor Olga Zimina said.", "Olga Zimina", "Bank of Russia deputy governor"),
        ("Australia's eSafety Commissioner Jane Doe said the step was late.", "Jane Doe", "Australia's eSafety Commissioner"),
        ("Signal president Jane Doe said the app would stay.", "Jane Doe", "Signal president"),
        ("Deputy Prime Minister Jane Doe said the step was late.", "Jane Doe", "Deputy Prime Minister"),
        ("The agency's head Jane Doe said the step was late.", "Jane Doe", "Roskomnadzor head"),
        ("The company's head Jane Doe said the step was late.", "Jane Doe", ""),
    ],
)
def test_a_role(analyst: Analyst, article: Make, sentence: str, who: str, role: str) -> None:
    """Nothing of whom it was told, all of the rank, the body by its name or nothing of it."""
    found = [(one.who, one.role) for one in read(analyst, article, sentence) if one.sentence.rstrip(".") in sentence]
    assert found == [(who, role)]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Автор назвал запрет своевременным.", "for"),
        ("Он с ним не согласен: мессенджер следовало запретить еще три года назад.", "for"),
        ("Запрещать мессенджер не следовало, он с этим не согласен.", "against"),
        ("He called it an absolutely justified measure.", "for"),
        ("Сенатор выступил за блокировку сервиса.", "for"),
        ("Депутат призвал полностью запретить сервис.", "for"),
        ("Чиновник выступил против отмены ограничений.", "for"),
        ("Мера защитит граждан, считает чиновник.", "for"),
        ("Это снизит число мошенничеств, сказал депутат.", "for"),
        ("Lawmakers called for a nationwide ban on the app.", "for"),
        ("She welcomed the rules.", "for"),
        ("He backed the bill.", "for"),
        ("The minister defended the ban.", "for"),
        ("Депутат раскритиковал запрет.", "against"),
        ("Союз выступил против меры.", "against"),
        ("Против идеи выступила оппозиция.", "against"),
        ("Юрист назвал решение ошибкой.", "against"),
        ("Юрист назвал меру избыточной.", "against"),
        ("Депутат призвал отменить запрет.", "against"),
        ("Учителя просят отказаться от идеи запрета.", "against"),
        ("В компании сожалеют о решении.", "against"),
        ("The company regrets the decision.", "against"),
        ("They called on the government to drop the bill.", "against"),
        ("They urged the EU to withdraw the proposal.", "against"),
        ("She called for the ban to be lifted.", "against"),
        ("They condemned the blocking.", "against"),
        ("He opposes the order.", "against"),
        ("He slammed the order.", "against"),
        ("Закон вступит в силу 1 марта, напомнил юрист.", "explains"),
        ("Решение приняли из соображений безопасности, рассказал министр.", "explains"),
        ("Из-за запрета заказов станет меньше, рассказал владелец магазина.", "explains"),
        ("Чиновник призвал отказаться от спешки.", "explains"),
        ("Депутат не возражает против переписки.", "explains"),
        ("The ban takes effect in June, the safety commissioner said.", "explains"),
        ("He expressed no regret over the outage.", "explains"),
        ("The bill was proposed in May to block apps, she said.", "explains"),
        ("She urged users to back up their chats.", "explains"),
        ("Стране нужны свои сервисы, сказал он.", "explains"),
    ],
)
def test_a_side(sentence: str, stance: str) -> None:
    """Praise, blame, what somebody asks to do or to undo; what only informs takes no side."""
    assert str(stances.of(sentence)) == stance


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Запрет необходим для защиты граждан, заявили в Роскомнадзоре.", "for"),
        ("В Роскомнадзоре считают блокировку оправданной.", "for"),
        ("Roskomnadzor said the ban was justified.", "for"),
        ("Roskomnadzor defended its decision: the app ignored the law.", "for"),
        ("В Роскомнадзоре заявили, что меру не поддерживают: её не поддержали и операторы.", "against"),
        ("Использование сервиса опасно для граждан, заявили в Роскомнадзоре.", "explains"),
        ("Roskomnadzor said the app fails to protect personal data.", "explains"),
        ("Roskomnadzor said it would keep slowing the app down.", "explains"),
    ],
)
def test_an_authority(analyst: Analyst, article: Make, sentence: str, stance: str) -> None:
    """Who has made a measure explains it, unless it defends it."""
    found = read(analyst, article, sentence)
    assert [(one.who, str(one.stance)) for one in found] == [("Роскомнадзор", stance)]


@pytest.mark.parametrize(
    ("sentence", "who", "stance"),
    [
        ("Ассоциация интернет-издателей раскритиковала запрет.", "Ассоциация интернет-издателей", "against"),
        ("В Ассоциации онлайн-торговли (АОТ) предложение раскритиковали.", "Ассоциация онлайн-торговли (АОТ)", "against"),
        ("Операторы — «Первый», «Второй» и «Третий» — поддержали инициативу.", "Операторы", "for"),
        ("Против перевода чатов выступил профсоюз учителей.", "Профсоюз учителей", "against"),
        ("Партия «Новые люди» назвала замедление ошибкой.", "Партия «Новые люди»", "against"),
        ("Фракция ЛДПР поддержала законопроект.", "Фракция ЛДПР", "for"),
        ("Запрет раскритиковали правозащитники.", "Правозащитники", "against"),
        ("Штрафы для бизнеса избыточны, считают в Союзе ритейлеров.", "Союз ритейлеров", "against"),
        ("Rights groups condemned the ban.", "Rights groups", "against"),
        ("The Internet Freedom Foundation opposes the order.", "Internet Freedom Foundation", "against"),
        ("The bill was condemned by digital rights groups.", "Digital rights groups", "against"),
        ("The Consumers Union welcomed the rules.", "Consumers Union", "for"),
        ("The Kremlin said on Wednesday that President John Doe had not ordered the step.", "Кремль", "explains"),
    ],
)
def test_a_body(analyst: Analyst, article: Make, sentence: str, who: str, stance: str) -> None:
    """Unions, parties and groups, in whatever order of words."""
    assert [(one.who, str(one.stance)) for one in read(analyst, article, sentence)] == [(who, stance)]


@pytest.mark.parametrize(
    "sentence",
    [
        "WhatsApp грозит до 6 млн рублей штрафа.",
        "WhatsApp грозит блокировка.",
        "Президент Олег Зимин подписал закон о защите граждан.",
        "Олег Зимин ответил на вопрос, заблокируют ли Telegram весной.",
        "Олег Зимин на выпад не ответил.",
        "Глава Роскомнадзора Олег Зимин представил доказательства обмана.",
        "На вопрос журналиста Олега Зимина чиновник ответил.",
        "Telegram закрыл каналы беглого политика Ильи Зимина, через которые людям обещали деньги.",
        "Мессенджер закрыли на фоне протестов после гибели Олега Зимина.",
        "В центре города раскритиковали парковку.",
        "Партия чая прибыла в порт.",
        "В ассоциации раскритиковали запрет.",
        "Telegram и WhatsApp ограничили.",
    ],
)
def test_no_voice(analyst: Analyst, article: Make, sentence: str) -> None:
    """A threat of a fine, an act, an answer that is not told, a name in passing, the title once more: none is a position."""
    assert read(analyst, article, sentence) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Мера временная, заявил глава Минцифры Максут Шадаев. Для этого меняют закон, добавил Шадаев.",
            [("Максут Шадаев", "глава Минцифры")],
        ),
        ("Проект готов, заявил Шадаев. Это рассказал глава Минцифры Максут Шадаев.", [("Максут Шадаев", "глава Минцифры")]),
        (
            "По словам замминистра Олега Зимина, мера временная. Зимин выступил против штрафов. По его словам, хватит и замедления.",
            [("Олег Зимин", "замминистра")],
        ),
        (
            "Мера временная, сказал пресс-секретарь губернатора Олег Зимин. Других планов нет, подчеркнул пресс-секретарь губернатора.",
            [("Олег Зимин", "пресс-секретарь губернатора")],
        ),
        ("Telecom Minister Anil Kumar said the step was late. Kumar added that fines would follow.", [("Anil Kumar", "Telecom Minister")]),
        (
            "Сенатор Олег Зимин поддержал меру. Сенатор Анна Зимина меру раскритиковала.",
            [("Олег Зимин", "сенатор"), ("Анна Зимина", "сенатор")],
        ),
    ],
)
def test_one_a_person(analyst: Analyst, article: Make, text: str, said: list[tuple[str, str]]) -> None:
    """A surname alone, «по его словам» and a role without a name go on with the person named in full."""
    assert [(one.who, one.role) for one in read(analyst, article, text)] == said


def test_what_only_points_tells_what_it_points_at(analyst: Analyst, article: Make) -> None:
    """«С такой инициативой выступил депутат» is told with the initiative."""
    (found,) = read(analyst, article, "Школьникам хотят запретить переписку в сервисе. С такой инициативой выступил депутат Олег Зимин.")
    assert (found.who, found.sentence, str(found.stance)) == ("Олег Зимин", "Школьникам хотят запретить переписку в сервисе.", "for")
