"""What a summary says: the act and its actor, in words that stand alone; a story's sentences cover it without repeating."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.features import View, view
from bot.analyse.language.clean import alone, clean
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import lemmas, page
from bot.analyse.summaries import compose, summary, weighing, wording
from bot.model import Article, Facts, Stage, Story

Make = Callable[..., Article]
NOW = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)


def seen(make: Make, title: str, text: str) -> View:
    """An article looked at."""
    return view(page(make(title, text)))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Доступ к сервису открыт, сообщил 18 декабря «Деловой вестник».", "Доступ к сервису открыт."),
        (
            "Банки против переноса, рассказал «Деловому вестнику» источник, знакомый с текстом.",
            "Банки против переноса, по данным источника.",
        ),
        ("Роскомнадзор ограничил Viber, сообщает РИА «Новости» со ссылкой на ведомство.", "Роскомнадзор ограничил Viber."),
        ("Суд удовлетворил иск, передаёт корреспондент «Деловых ведомостей».", "Суд удовлетворил иск."),
        ("Доступ к Signal закрыт, сообщили 9 августа в пресс-службе ведомства.", "Доступ к Signal закрыт."),
        ("Перечень сервисов расширен, сообщает Telegram-канал министерства.", "Перечень сервисов расширен."),
    ],
)
def test_outlets_are_trimmed(sentence: str, told: str) -> None:
    """Who reported it is told by the sources below, not by the summary."""
    assert clean(sentence) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Сервис должен открыть представительство, сказал Дмитрий Песков", "Песков: Сервис должен открыть представительство"),
        ("Данные из Viber попадают к посторонним, заявили в ФСБ", "ФСБ: Данные из Viber попадают к посторонним"),
        ("Новый порядок обсуждают третий месяц подряд, сказал представитель рынка", ""),
        ("Президент США отозвал указы о запрете WeChat, сообщил Белый дом", ""),
        ("Запрет на общение в WhatsApp обсуждается, сообщил Банк России", ""),
        ("С 1 января за продажу без MAX вводятся штрафы, напомнили в Роспотребнадзоре", ""),
        (
            "Telegram заблокировали по просьбе силовиков, сказал Боярский журналистам",
            "Боярский: Telegram заблокировали по просьбе силовиков",
        ),
    ],
)
def test_who_says_it_stands_before_it(sentence: str, told: str) -> None:
    """An official's claim never loses its speaker."""
    assert wording.spoken(sentence).casefold() == told.casefold()


@pytest.mark.parametrize(
    ("piece", "rest", "empty"),
    [
        ("Глава Минцифры Максут Шадаев сообщил президенту", ", что мессенджер создан", True),
        ("Госдума приняла в первом чтении законопроект", ", который запретит мессенджеры", True),
        ("Блокировка Signal связана с тем", ", что компания не исполняет законы", True),
        ("Lawmakers passed a bill", ", which bans foreign messengers", True),
        ("Мессенджер обязан заключить договор и удостовериться", ", что номер принадлежит ему", True),
        ("Госдума приняла закон о мессенджере", ", который связан с Госуслугами", False),
        ("Роскомнадзор предупредил о полной блокировке WhatsApp", ", что обсуждают с осени", False),
        ("Роскомнадзор ограничил звонки в WhatsApp", ", чтобы помешать мошенникам", False),
    ],
)
def test_what_says_nothing_without_its_rest_is_not_cut(piece: str, rest: str, *, empty: bool) -> None:
    """That somebody told somebody, or that there is a paper, is no news by itself."""
    assert wording.hollow(piece, rest) is empty


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Домовые чаты переведут в MAX: что решила Госдума", "Домовые чаты переведут в MAX"),
        ("Песков: как исполнят закон, решит ведомство", "Песков: как исполнят закон, решит ведомство"),
        ("ФАС: реклама в Telegram нарушает закон", "ФАС: реклама в Telegram нарушает закон"),
    ],
)
def test_a_headline_ends_with_no_question(title: str, said: str) -> None:
    """What it asks behind a colon is left out; who says it before one stays."""
    assert wording.told(title) == said


@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("Госдума во вторник приняла закон", "Госдума приняла закон"),
        ("Сегодня суд оштрафовал сервис", "Суд оштрафовал сервис"),
        ("Закон вступит в силу в понедельник", "Закон вступит в силу в понедельник"),
    ],
)
def test_the_day_of_the_news_is_left_out(told: str, short: str) -> None:
    """«Во вторник» is wrong in a digest of the week; where the day is the news it stays."""
    assert wording.short(told) == short


@pytest.mark.parametrize(
    ("said", "dated"),
    [
        ("Запрет может быть введён с 1 января 2027 года, сказал министр.", False),
        ("Запрет введут с 1 января 2027 года, сказал министр.", True),
    ],
)
def test_no_date_is_put_to_a_headline_that_the_text_only_thinks_possible(article: Make, said: str, *, dated: bool) -> None:
    """What «может быть введён с 1 января» is no «запретят с 1 января»."""
    looked = seen(article, "Чиновникам запретят WhatsApp и Telegram", f"Поправки готовят в парламенте. {said}")
    facts = Facts(messengers=("WhatsApp", "Telegram"), stage=Stage.PLANNED, effective_date="2027-01-01")
    told = [one.text for one in compose.candidates(looked, facts)]
    assert ("Чиновникам запретят WhatsApp и Telegram с 1 января 2027 года." in told) is dated


@pytest.mark.parametrize(
    ("title", "body", "dated"),
    [
        ("МВД переведет сотрудников на MAX", "Использовать WhatsApp запретят с 1 февраля 2026 года.", False),
        ("МВД переведет сотрудников на MAX", "Сотрудников переведут с 1 февраля 2026 года.", True),
        ("МВД переведет сотрудников на MAX", "Приказ вступит в силу 1 февраля 2026 года.", True),
        ("МВД не переведет сотрудников на MAX", "Сотрудников переведут с 1 февраля 2026 года.", False),
    ],
)
def test_a_date_is_put_only_to_what_it_is_told_of(article: Make, title: str, body: str, *, dated: bool) -> None:
    """The day of another rule, or a day under «не», follows no headline."""
    looked = seen(article, title, f"Приказ подписан в декабре. {body}")
    facts = Facts(messengers=("MAX",), stage=Stage.ADOPTED, effective_date="2026-02-01")
    told = [one.text for one in compose.candidates(looked, facts)]
    assert (f"{title} с 1 февраля 2026 года." in told) is dated


@pytest.mark.parametrize(
    "told", ["«Власти решений об ограничении мессенджера не принимали», — заявил он", "The ban will stay in place for now, he said"]
)
def test_words_of_somebody_who_stands_elsewhere_do_not_stand_alone(told: str) -> None:
    """However far from the beginning «он» stands."""
    assert not alone(told)


def test_a_question_tells_nothing(article: Make) -> None:
    """A headline or a sentence that asks is no summary."""
    asking = seen(
        article,
        "Прощай, соседский WhatsApp? Что решили",
        "Можно ли остаться в WhatsApp, если класс переехал? Чаты школ создадут в мессенджере MAX.",
    )
    told = [one.text for one in compose.candidates(asking, Facts(messengers=("WhatsApp",)))]
    assert told
    assert not [text for text in told if "?" in text]


def test_the_actor_is_named(article: Make) -> None:
    """An impersonal headline gets the one authority that the text shows acting, and only that."""
    acting = seen(article, "FaceTime ограничили по всей стране", "Роскомнадзор сообщил, что ограничил FaceTime. Жалобы пошли с утра.")
    body = wording.actor(acting, ("Роскомнадзор",))
    assert body is not None
    assert wording.by("FaceTime ограничили по всей стране", body) == "Роскомнадзор ограничил FaceTime по всей стране"
    assert wording.by("Доступ к Viber ограничен", body) == "Роскомнадзор ограничил доступ к Viber"
    assert wording.by("Эксперты заметили, что FaceTime ограничили", body) == ""
    assert wording.did("Роскомнадзор объявил о блокировке мессенджера Viber в России") == "Роскомнадзор заблокировал Viber в России"
    assert wording.actor(acting, ("Роскомнадзор", "ФСБ")) is None
    silent = seen(article, "FaceTime ограничили", "Сервис не открывается. Юристы вспоминают старые требования к Роскомнадзору.")
    assert wording.actor(silent, ("Роскомнадзор",)) is None


def test_kinds_give_way_to_names(article: Make) -> None:
    """«Ведомство» and «мессенджер» become names where one can be meant, and stay where two can."""
    text = "ФСБ проверила Viber. Ведомство заявило об угрозе. Мессенджер отверг обвинения."
    one = seen(article, "ФСБ проверила Viber", text)
    assert wording.resolve("Ведомство заявило об угрозе", one, 2) == "ФСБ заявила об угрозе"
    assert wording.resolve("Мессенджер отверг обвинения", one, 3) == "Viber отверг обвинения"
    two = seen(article, "ФСБ и МВД проверили Viber и Signal", "ФСБ и МВД проверили Viber и Signal. Ведомство заявило об угрозе.")
    assert wording.resolve("Ведомство заявило об угрозе", two, 2) == "Ведомство заявило об угрозе"
    assert wording.short("Доступ к мессенджеру Viber закрыл Иван Петров") == "Доступ к Viber закрыл Петров"
    assert wording.short("Сервис Apple для видеозвонков не работает") == "Сервис Apple для видеозвонков не работает"


def test_reasons_follow_their_act(article: Make) -> None:
    """What the authority gave as its reason becomes the end of the sentence on its act."""
    given = seen(article, "Роскомнадзор ограничил Viber", "Роскомнадзор ограничил Viber. Ведомство обвинило сервис в нарушении закона.")
    assert wording.added("Ведомство обвинило сервис в нарушении закона", given, 2) == (
        "Роскомнадзор",
        "обвинив сервис в нарушении закона",
    )
    assert wording.cause("Причиной названо нарушение требований закона") == "из-за нарушения требований закона"
    assert wording.cause("Причиной стало то, чего никто не ждал") == ""


REACTION = (
    "Не все захотят входить через портал, заявил председатель союза Пётр Иванцов. "
    "Минцифры предложило запретить сотрудникам банков и маркетплейсов писать клиентам в WhatsApp и Viber. "
    "Проект согласуют ведомства. Нормы хотят ввести с 1 сентября 2026 года."
)


def test_a_reaction_is_told_with_what_it_reacts_to(analyst: Analyst, article: Make) -> None:
    """The proposal comes before what somebody thinks of it; no date is put to an opinion."""
    reading = analyst.read(article("Отказ от иностранных мессенджеров назвали неадекватным", REACTION))
    story = analyst.tell([reading], id="s", thread="s", now=NOW)
    assert story.summary[0].text.startswith("Минцифры предложило запретить")
    assert "назвали неадекватным с 1 сентября" not in reading.summary
    given = seen(article, "Отказ от иностранных мессенджеров назвали неадекватным", REACTION)
    dated = [one.text for one in compose.candidates(given, reading.facts) if "с 1 сентября 2026" in one.text and one.parts == (0,)]
    assert dated == []


def test_candidates_stand_alone(analyst: Analyst, article: Make) -> None:
    """None is longer than 290 characters, none points outside itself, each names the sentences it was made of."""
    given = article("Банкам хотят запретить Viber", REACTION)
    facts = analyst.read(given).facts
    looked = view(page(given))
    found = compose.candidates(looked, facts)
    assert found
    for one in found:
        assert len(one.text) <= compose.LIMIT
        assert alone(one.text)
        assert all(0 <= part < len(looked.sentences) for part in one.parts)


def test_a_summary_is_cited(analyst: Analyst, article: Make) -> None:
    """The sentences it was made of are evidence, letter for letter."""
    given = article("Банкам хотят запретить Viber", REACTION)
    reading = analyst.read(given)
    behind = [item.sentence for item in reading.evidence if item.field == "summary" and item.value == reading.summary]
    assert behind
    assert all(sentence in given.text or sentence == given.title for sentence in behind)


def test_the_likelier_words_win(analyst: Analyst, article: Make) -> None:
    """The act is worth more than what stands beside it; the same text longer by side matters is worth less."""
    given = article(
        "Роскомнадзор заблокировал Viber", "Роскомнадзор заблокировал Viber за нарушение закона. Акции одной компании подорожали на бирже."
    )
    reading, looked = analyst.read(given), view(page(given))
    draft = weighing.Draft(looked, reading.facts)
    texts = [
        compose.Candidate("Роскомнадзор заблокировал Viber за нарушение закона.", (1,)),
        compose.Candidate("Акции одной компании подорожали на бирже.", (2,)),
        compose.Candidate("Роскомнадзор заблокировал Viber за нарушение закона. Акции одной компании подорожали на бирже.", (1, 2)),
    ]
    worths = weighing.worths(draft, texts, analyst.models["summary-word"], analyst.models["summary-pair"])
    assert worths[0] == max(worths)


def told(analyst: Analyst, article: Make, *pairs: tuple[str, str]) -> Story:
    """A story of several articles."""
    readings = [
        dataclasses.replace(analyst.read(article(title, text)), article_id=f"a{number}", outlet=f"Газета {number}")
        for number, (title, text) in enumerate(pairs)
    ]
    assert all(reading.relevant for reading in readings)
    return analyst.tell(readings, id="s", thread="s", now=NOW)


BLOCKED = (
    (
        "Роскомнадзор заблокировал Viber",
        "Роскомнадзор заблокировал мессенджер Viber за нарушение закона. По данным ведомства, штрафы на 1,8 млн рублей не оплачены. Пользователи ищут замену.",
    ),
    (
        "В России заблокирован Viber",
        "Мессенджер Viber заблокирован в России, сообщил Роскомнадзор. Неоплаченные штрафы сервиса достигли 1,8 млн рублей.",
    ),
    (
        "Viber больше не открывается",
        "Роскомнадзор ограничил доступ к Viber за нарушение закона. Сервису назначили штрафы на 1,8 млн рублей, их не оплатили.",
    ),
)


def test_a_story_is_covered_without_repeating(analyst: Analyst, article: Make) -> None:
    """One to three sentences: what the articles agree on is in, nothing is said twice, each has its article and source."""
    story = told(analyst, article, *BLOCKED)
    texts = [item.text for item in story.summary]
    assert 1 <= len(texts) <= 3
    assert any("1,8 млн" in text for text in texts)
    assert sum("заблокирова" in fold(text) or "ограничил" in fold(text) for text in texts) == 1
    bodies = " ".join(title + " " + text for title, text in BLOCKED)
    assert all(item.source in bodies for item in story.summary)
    for index, text in enumerate(texts):
        for other in texts[index + 1 :]:
            own, its = set(lemmas(fold(text))), set(lemmas(fold(other)))
            assert len(own & its) <= 0.5 * min(len(own), len(its))


def test_the_headline_is_not_told_again(analyst: Analyst, article: Make) -> None:
    """A summary under a headline says what the headline does not."""
    story = told(analyst, article, BLOCKED[0])
    assert story.summary[0].text.rstrip(".") != story.headline
    assert ";" not in story.text


def test_an_article_on_something_else_is_shown_by_its_beginning(article: Make) -> None:
    """Whoever asks all the same gets the first sentences, whole."""
    assert summary.plain(article("Парк", "Мэр открыл парк у реки. Погода стояла ясная.")) == "Мэр открыл парк у реки. Погода стояла ясная."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The ministry has ordered carriers on Monday to block Telegram.", "The ministry ordered carriers to block Telegram."),
        ("The app has been blocked by carriers.", "The app has been blocked by carriers."),
        ("A judge blocked the order that would have removed WeChat.", "A judge blocked the order that would have removed WeChat."),
        ("President Vladimir Putin has signed a law on messengers.", "Putin signed a law on messengers."),
    ],
)
def test_english_is_told_in_the_past(sentence: str, told: str) -> None:
    """An English summary tells what was done, without the weekday."""
    assert wording.brief(clean(sentence)) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("MOSCOW, March 3 - Watchdogs restricted the messenger.", "Watchdogs restricted the messenger."),
        ("HAVANA (AP) — Access to the messenger is cut.", "Access to the messenger is cut."),
        ("KUALA LUMPUR: The commission sued the messenger.", "The commission sued the messenger."),
        ("MAX is mandatory - for now at least, officials say.", "MAX is mandatory - for now at least, officials say."),
    ],
)
def test_datelines_are_trimmed(sentence: str, told: str) -> None:
    """The place and day that an agency puts first are no part of the news."""
    assert clean(sentence) == told
