"""Stories in our own wording that the tests of this room share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.model import (
    Development,
    Disagreement,
    Evidence,
    Facts,
    Group,
    Measure,
    Period,
    Position,
    Reading,
    Source,
    Stage,
    Stance,
    Status,
    Step,
    Story,
    SummarySentence,
)

NOW = dt.datetime(2024, 12, 10, 6, 0, tzinfo=dt.UTC)
DAY = Period(since=NOW - dt.timedelta(days=1), until=NOW)

ARTICLE = Reading(
    article_id="a1",
    url="https://nsn.example/1",
    outlet="НСН",
    title="Замены нет",
    headline="Замены нет: в АУРЭК раскритиковали запрет мессенджеров",
    published=NOW,
    relevant=True,
    relevance=0.9,
    facts=Facts(measure=Measure.BAN, status=Status.DRAFT, effective_date="2026-09"),
    evidence=(Evidence(field="effective_date", value="2026-09", sentence="Запрет ждут в сентябре 2026 года."),),
    summary="В АУРЭК считают запрет неадекватным.",
)


def source(number: int, outlet: str, *, official: bool = False, language: str = "ru", title: str = "") -> Source:
    return Source(
        article_id=f"a{number}",
        outlet=outlet,
        url=f"https://news{number}.example/2024/12/09/{number}",
        title=title or f"Статья {number}",
        published=NOW - dt.timedelta(hours=20 - number),
        official=official,
        language=language,
    )


def story(id: str = "s1", **changes: Any) -> Story:
    """A plain story, updated within DAY; `sentences` is its summary."""
    sentences = changes.pop("sentences", ("Первое предложение пересказа.", "Второе предложение пересказа."))
    values: dict[str, Any] = {
        "id": id,
        "thread": f"t-{id}",
        "headline": f"Заголовок сюжета {id}",
        "summary": tuple(SummarySentence(text=text, article_id="a1", source=text) for text in sentences),
        "facts": Facts(),
        "sources": (source(1, "Интерфакс"),),
        "importance": 0.5,
        "first_seen": NOW - dt.timedelta(hours=10),
        "updated": NOW - dt.timedelta(hours=5),
    }
    return Story(**(values | changes))


def workban(**changes: Any) -> Story:
    """The draft that bans foreign messengers at work: every part of a story is filled in."""
    quote = "Норма вступит в силу 1 сентября 2026 года, сейчас документ согласуют госорганы."
    values: dict[str, Any] = {
        "thread": "workban",
        "headline": "Сотрудникам маркетплейсов, банков и операторов запретят писать клиентам в иностранных мессенджерах",
        "sentences": (
            "Минцифры хочет с 1 сентября 2026 года закрыть рабочую переписку с клиентами в иностранных мессенджерах.",
            "Писать разрешат только через российские сервисы и после входа через Госуслуги.",
            "Рынок против: в АУРЭК считают, что полноценной замены нет.",
        ),
        "facts": Facts(
            regulators=("Минцифры",),
            messengers=("Telegram", "WhatsApp"),
            measure=Measure.BAN,
            audiences=(Group.COMMERCE, Group.BANKS, Group.TELECOM, Group.STATE),
            status=Status.DRAFT,
            stage=Stage.PLANNED,
            effective_date="2026-09-01",
            documents=("законопроект Минцифры об иностранных мессенджерах",),
        ),
        "evidence": (
            Evidence(field="effective_date", value="2026-09-01", sentence=quote, article_id="a1"),
            Evidence(field="status", value="draft", sentence=quote, article_id="a1"),
            Evidence(field="regulators", value="Минцифры", sentence="Минцифры подготовило законопроект.", article_id="a1"),
        ),
        "positions": (
            Position(
                who="Александр Ефимов",
                role="председатель совета АУРЭК",
                stance=Stance.AGAINST,
                sentence="Чем меньше способов взаимодействовать, тем больше проблем.",
            ),
            Position(who="Минцифры", role="", stance=Stance.EXPLAINS, sentence="Запрет коснётся только рабочей переписки."),
        ),
        "timeline": (Step(stage=Stage.PLANNED, status=Status.DRAFT, date=dt.date(2024, 12, 9), story_id="workban"),),
        "disagreements": (Disagreement(field="audiences", values=(("business", ("Интерфакс",)), ("state", ("TSS",)))),),
        "sources": tuple(
            source(number, outlet)
            for number, outlet in enumerate(("Интерфакс", "НСН", "iLuki", "Череповец-Поиск", "TSS", "Оборот"), start=1)
        ),
        "importance": 0.9,
    }
    return story(**({"id": "workban"} | values | changes))


def viber(**changes: Any) -> Story:
    """A fine that was told before and has moved on."""
    values: dict[str, Any] = {
        "headline": "Viber: суд назначил штраф 1 млн ₽",
        "sentences": ("Мировой суд в Москве признал Viber виновным в отказе удалить запрещённые сведения.",),
        "facts": Facts(
            regulators=("Суд", "Роскомнадзор"),
            messengers=("Viber",),
            measure=Measure.FINE,
            audiences=(Group.PLATFORMS,),
            status=Status.RULING,
            stage=Stage.ACTIVE,
            penalties=("1 млн руб.",),
        ),
        "sources": (source(7, "РИА Новости"), source(8, "Роскомнадзор", official=True)),
        "developments": (
            Development(kind="stage", before="proposed", after="ruling", at=NOW - dt.timedelta(hours=6), article_id="a7"),
            Development(kind="official", after="Роскомнадзор", at=NOW - dt.timedelta(hours=5), article_id="a8"),
        ),
        "confirmed": True,
        "importance": 0.6,
        "first_seen": NOW - dt.timedelta(days=9),
        "revision": 3,
    }
    return story(**({"id": "viber"} | values | changes))


def english(**changes: Any) -> Story:
    """A story of another country, told in English."""
    values: dict[str, Any] = {
        "headline": "Ofcom opens an investigation into Telegram over child safety duties",
        "sentences": ("The regulator said on Monday it would check whether the app meets its duties.", "Fines may reach 10% of revenue."),
        "facts": Facts(
            regulators=("Ofcom",),
            messengers=("Telegram",),
            measure=Measure.OBLIGATION,
            audiences=(Group.PLATFORMS, Group.USERS),
            status=Status.PROPOSED,
            stage=Stage.PLANNED,
            territory="United Kingdom",
        ),
        "sources": (source(9, "BBC", language="en"),),
        "language": "en",
        "importance": 0.4,
    }
    return story(**({"id": "ofcom"} | values | changes))


def morning() -> tuple[Story, ...]:
    """What an ordinary edition is made of: seven stories, one of them told before."""
    antifraud = story(
        "antifraud",
        headline="Госдума приняла закон о защите от мошенников: банкам и госорганам закрывают иностранные мессенджеры",
        sentences=(
            "Госдума сразу во втором и третьем чтениях приняла закон о защите граждан от телефонных мошенников.",
            "Банкам, операторам и госорганам нельзя будет писать гражданам через иностранные мессенджеры.",
        ),
        facts=Facts(
            regulators=("Госдума",),
            measure=Measure.BAN,
            audiences=(Group.STATE, Group.BANKS, Group.TELECOM),
            status=Status.ADOPTED,
            stage=Stage.ADOPTED,
            effective_date="2025-06-01",
            documents=("законопроект № 842276-8",),
        ),
        sources=(source(10, "Азия-Плюс"), source(11, "ТАСС"), source(12, "Госдума", official=True)),
        confirmed=True,
        importance=0.8,
    )
    calls = story(
        "calls",
        headline="Роскомнадзор ограничил звонки в Telegram и WhatsApp",
        sentences=(
            "Роскомнадзор подтвердил, что частично ограничил голосовые звонки в двух мессенджерах.",
            "Ведомство объясняет это борьбой с мошенниками; переписка и файлы работают как прежде.",
        ),
        facts=Facts(
            regulators=("Роскомнадзор",),
            messengers=("Telegram", "WhatsApp"),
            measure=Measure.RESTRICTION,
            audiences=(Group.USERS,),
            status=Status.ENFORCED,
            stage=Stage.ACTIVE,
        ),
        sources=(source(13, "Медуза"), source(14, "Коммерсантъ"), source(15, "РБК")),
        importance=0.85,
    )
    schools = story(
        "schools",
        headline="Школьные чаты Москвы переводят в MAX",
        sentences=("С нового учебного года классные чаты московских школ ведут только в MAX.",),
        facts=Facts(
            regulators=("Правительство Москвы",),
            messengers=("MAX",),
            measure=Measure.OBLIGATION,
            audiences=(Group.EDUCATION,),
            status=Status.SIGNED,
            stage=Stage.ADOPTED,
            effective_date="2025-01-09",
            territory="Москва",
        ),
        sources=(source(16, "Интерфакс"),),
        importance=0.5,
    )
    kremlin = story(
        "kremlin",
        headline="Песков: мессенджеры должны конкурировать",
        sentences=(
            "В Кремле считают, что конкуренция сервисов идёт на пользу людям.",
            "Запрещать Telegram никто не предлагает, сказал Песков.",
        ),
        facts=Facts(
            regulators=("Кремль",),
            messengers=("Telegram",),
            measure=Measure.STATEMENT,
            status=Status.STATEMENT,
            stage=Stage.STATEMENT,
        ),
        sources=(source(17, "РИА Новости"), source(18, "Ведомости")),
        importance=0.35,
    )
    return workban(), antifraud, calls, schools, kremlin, english(), viber()
