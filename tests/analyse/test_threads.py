"""Sequences of news: what is one story, what a step of one thread, what neither; online, in the order of time and in any other."""

from __future__ import annotations

import datetime as dt
import itertools
import random

from bot.analyse import Analyst
from bot.model import Article, Cluster, Stage


def told(id: str, day: str, title: str, text: str) -> Article:
    published = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    return Article(
        id=id, url=f"https://example.org/{id}", source_id="s", outlet=f"Издание {id}", title=title, text=text, published=published
    )


SEQUENCES: dict[str, list[Article]] = {
    "law": [
        told(
            "p",
            "2026-02-03",
            "Минцифры предложило запретить медикам общаться с пациентами в WhatsApp",
            "Минцифры предложило запретить клиникам общаться с пациентами в WhatsApp и Telegram. Запрет хотят ввести с 1 марта 2027 года, рассказали в министерстве.",
        ),
        told(
            "b",
            "2026-04-14",
            "В Госдуму внесли законопроект о запрете WhatsApp для клиник",
            "Правительство внесло в Госдуму законопроект № 1034567-8, который запрещает клиникам общаться с пациентами в WhatsApp и Telegram. Запрет заработает с 1 марта 2027 года.",
        ),
        told(
            "r",
            "2026-05-20",
            "Госдума приняла в первом чтении запрет WhatsApp для клиник",
            "Госдума приняла в первом чтении законопроект № 1034567-8 о запрете клиникам общаться с пациентами в WhatsApp и Telegram.",
        ),
        told(
            "a",
            "2026-07-08",
            "Госдума окончательно запретила клиникам писать пациентам в WhatsApp",
            "Госдума приняла в третьем, окончательном чтении законопроект № 1034567-8. Клиникам запретят общаться с пациентами в WhatsApp и Telegram с 1 марта 2027 года.",
        ),
        told(
            "s",
            "2026-07-20",
            "Путин подписал закон о запрете WhatsApp для клиник",
            "Президент Владимир Путин подписал закон, который запрещает клиникам общаться с пациентами в WhatsApp и Telegram. Он вступит в силу 1 марта 2027 года.",
        ),
        told(
            "f",
            "2027-03-01",
            "В России вступил в силу запрет на WhatsApp для клиник",
            "С 1 марта 2027 года вступил в силу закон, который запрещает клиникам общаться с пациентами в WhatsApp и Telegram.",
        ),
    ],
    "fine": [
        told(
            "w",
            "2026-03-02",
            "Роскомнадзор предупредил Viber о штрафе",
            "Роскомнадзор направил Viber предупреждение: мессенджер не удалил запрещённые материалы. Если он их не удалит, ему грозит штраф до 4 млн рублей.",
        ),
        told(
            "x",
            "2026-04-20",
            "Суд оштрафовал Viber на 1,5 млн рублей",
            "Таганский суд Москвы оштрафовал Viber на 1,5 млн рублей за то, что мессенджер не удалил запрещённые материалы по требованию Роскомнадзора.",
        ),
    ],
    "warn2": [
        told(
            "m",
            "2026-03-02",
            "Роскомнадзор предупредил Signal о блокировке",
            "Роскомнадзор предупредил Signal, что заблокирует мессенджер, если тот не исполнит закон о регистрации в реестре.",
        ),
        told(
            "n",
            "2026-04-06",
            "Роскомнадзор снова пригрозил Signal блокировкой",
            "Роскомнадзор снова предупредил Signal о возможной блокировке: мессенджер так и не вошёл в реестр.",
        ),
    ],
    "decree": [
        told(
            "d",
            "2026-05-12",
            "Правительство утвердило порядок проверки номеров в мессенджерах",
            "Правительство утвердило постановление № 812 о том, как мессенджеры проверяют номера пользователей у операторов связи. Постановление вступит в силу 1 сентября 2026 года.",
        ),
        told(
            "e",
            "2026-09-01",
            "Мессенджеры обязаны проверять номера с 1 сентября",
            "С сегодняшнего дня действует постановление правительства № 812: мессенджеры проверяют номера пользователей у операторов связи.",
        ),
    ],
    "cancel": [
        told(
            "g",
            "2026-06-02",
            "Минспорт: тренерам запретят чаты в Discord",
            "Депутаты внесли в Госдуму законопроект № 998877-8: тренерам запретят вести чаты с учениками в Discord.",
        ),
        told(
            "h",
            "2026-09-15",
            "Госдума отклонила запрет чатов в Discord для тренеров",
            "Госдума отклонила законопроект № 998877-8, который запрещал тренерам вести чаты с учениками в Discord.",
        ),
    ],
    "apart": [
        told(
            "k",
            "2026-05-20",
            "В Госдуму внесли законопроект о запрете Zoom для судов",
            "В Госдуму внесли законопроект № 1055501-8: он запрещает судам проводить заседания в Zoom.",
        ),
        told(
            "l",
            "2026-06-10",
            "В Госдуму внесли законопроект о запрете Zoom для нотариусов",
            "В Госдуму внесли законопроект № 1061234-8: он запрещает нотариусам заверять сделки в Zoom.",
        ),
    ],
    "lang": [
        told(
            "ru",
            "2026-05-20",
            "Роскомнадзор замедлил Snapchat",
            "Роскомнадзор начал замедлять мессенджер Snapchat с 20 мая. Причиной назвали отказ передавать данные ФСБ.",
        ),
        told(
            "en",
            "2026-05-20",
            "Russia throttles Snapchat",
            "Russia's media watchdog Roskomnadzor began slowing down Snapchat on May 20, citing its refusal to hand data to the FSB.",
        ),
    ],
}


def placed(analyst: Analyst, articles: list[Article]) -> tuple[dict[str, tuple[str, str]], dict[str, Cluster]]:
    """Story and thread of each article, one after another as a newsroom does it, and the stories at the end."""
    clusters: dict[str, Cluster] = {}
    where: dict[str, tuple[str, str]] = {}
    for article in articles:
        reading = analyst.read(article)
        place = analyst.place(reading, list(clusters.values()))
        old = clusters.get(place.story or "")
        story_id, thread = (old.story.id, old.story.thread) if old else (f"s-{article.id}", place.thread or f"t-{article.id}")
        readings = (*(old.readings if old else ()), reading)
        related = [one.story for one in clusters.values() if one.story.thread == thread and one.story.id != story_id]
        assert article.published is not None
        story = analyst.tell(
            readings, id=story_id, thread=thread, now=article.published, previous=old.story if old else None, related=related
        )
        clusters[story_id] = Cluster(story=story, readings=readings)
        where[article.id] = (story_id, thread)
    return where, clusters


def ladder(analyst: Analyst, name: str) -> tuple[list[tuple[Stage, str]], int, int]:
    """The rungs of the last story with their dates; how many stories and how many threads there are."""
    where, clusters = placed(analyst, SEQUENCES[name])
    steps = list(clusters.values())[-1].story.timeline
    return [(step.stage, str(step.date)) for step in steps], len(clusters), len({thread for _, thread in where.values()})


def test_from_the_proposal_to_the_entry_into_force(analyst: Analyst) -> None:
    """Six steps of one measure are six stories of one thread, dated on the ladder."""
    steps, stories, threads = ladder(analyst, "law")
    assert (stories, threads) == (6, 1)
    assert steps == [
        (Stage.PLANNED, "2026-02-03"),
        (Stage.PLANNED, "2026-04-14"),
        (Stage.PASSING, "2026-05-20"),
        (Stage.ADOPTED, "2026-07-08"),
        (Stage.ADOPTED, "2026-07-20"),
        (Stage.ACTIVE, "2027-03-01"),
    ]


def test_a_warning_and_its_fine(analyst: Analyst) -> None:
    """What was threatened and what was done weeks later are two stories."""
    assert ladder(analyst, "fine")[1] == 2


def test_two_warnings_a_month_apart(analyst: Analyst) -> None:
    """The same words five weeks later are another event."""
    assert ladder(analyst, "warn2")[1] == 2


def test_a_decree_and_its_entry_into_force(analyst: Analyst) -> None:
    """Two stories of one thread."""
    assert ladder(analyst, "decree") == ([(Stage.ADOPTED, "2026-05-12"), (Stage.ACTIVE, "2026-09-01")], 2, 1)


def test_a_bill_that_is_rejected(analyst: Analyst) -> None:
    """The thread ends in the branch of what was called off."""
    assert ladder(analyst, "cancel") == ([(Stage.PLANNED, "2026-06-02"), (Stage.CANCELLED, "2026-09-15")], 2, 1)


def test_two_bills_in_the_same_words(analyst: Analyst) -> None:
    """Bills of other numbers for other people share neither story nor thread, on one day or weeks apart."""
    assert ladder(analyst, "apart")[1:] == (2, 2)
    one, other = (told(item.id, "2026-05-20", item.title, item.text) for item in SEQUENCES["apart"])
    assert len(placed(analyst, [one, other])[1]) == 2


def test_two_languages(analyst: Analyst) -> None:
    """The Russian and the English report of one event are one story."""
    assert ladder(analyst, "lang")[1] == 1


def test_sequences_do_not_mix(analyst: Analyst) -> None:
    """All of them told together in the order of time: no story holds articles of two of them, in twenty orders nearly the same stories come out."""
    origin = {item.id: name for name, items in SEQUENCES.items() for item in items}
    articles = sorted((item for items in SEQUENCES.values() for item in items), key=lambda item: (item.published, item.id))
    base = placed(analyst, articles)[0]
    for one, other in itertools.combinations(base, 2):
        assert origin[one] == origin[other] or base[one] != base[other]
    wanted = together(base)
    for seed in range(20):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert len(wanted ^ together(placed(analyst, shuffled)[0])) <= 1


def together(where: dict[str, tuple[str, str]]) -> set[tuple[str, str]]:
    return {(a, b) for a, b in itertools.combinations(sorted(where), 2) if where[a][0] == where[b][0]}


LEAD = "Роскомнадзор обязал мессенджер Zoom до 1 июня передать данные российских пользователей на хранение в Россию."
BODY = " За отказ компании грозит штраф до 6 млн рублей. В ведомстве напомнили, что требование действует для всех зарубежных сервисов. Представители Zoom не ответили на запрос."


def test_reprints(analyst: Analyst) -> None:
    """The same text under another lead, with an agency's mark, or cut, is one story."""
    title = "Zoom обязали хранить данные россиян в России"
    articles = [
        told("r1", "2026-05-04", title, LEAD + BODY),
        told("r2", "2026-05-04", title, "МОСКВА, 4 мая — РИА Новости. " + LEAD + BODY),
        told("r3", "2026-05-05", "Роскомнадзор выдвинул требование Zoom", LEAD),
        told(
            "r4",
            "2026-05-05",
            "Данные пользователей Zoom останутся в России",
            "Zoom получил требование регулятора о данных. " + LEAD + BODY,
        ),
    ]
    for order in itertools.permutations(articles):
        assert len(placed(analyst, list(order))[1]) == 1
