"""A year of told stories as the analysis makes them: sources, sentences with their origins, positions, threads."""

from __future__ import annotations

import asyncio
import datetime as dt
import random

from bot.model import (
    Cluster,
    Development,
    Evidence,
    Facts,
    Group,
    Measure,
    Position,
    Reason,
    Source,
    Stance,
    Status,
    Step,
    Story,
    SummarySentence,
)
from bot.store import Store

WORDS = [
    "мессенджер",
    "закон",
    "штраф",
    "блокировка",
    "депутат",
    "суд",
    "оператор",
    "реестр",
    "маркетплейс",
    "банк",
    "школа",
    "блогер",
    "реклама",
    "сервис",
    "пользователь",
    "звонок",
    "номер",
    "проверка",
    "возраст",
    "доступ",
    "решение",
    "правительство",
    "министерство",
    "комиссия",
    "поправка",
    "чтение",
    "совет",
    "агентство",
    "компания",
    "услуга",
    "связь",
    "данные",
]
MESSENGERS = ("Telegram", "WhatsApp", "MAX", "Viber", "Signal", "VK Мессенджер", "Discord")
OUTLETS = ("Интерфакс", "ТАСС", "НСН", "Коммерсантъ", "РБК", "Ведомости", "TSS")
STATUSES = (Status.PROPOSED, Status.DRAFT, Status.ADOPTED, Status.SIGNED, Status.IN_FORCE, Status.ENFORCED)
A_DAY = 270
"""Stories told in a day."""


def story(number: int, count: int, now: dt.datetime) -> Story:
    """The story of this number out of so many; the last one was told a minute ago."""
    draw = random.Random(number)
    updated = now - dt.timedelta(minutes=1 + (count - 1 - number) * 1440 / A_DAY)
    said = [" ".join(draw.choices(WORDS, k=12)).capitalize() + "." for _ in range(9)]
    articles = [f"{number:08x}{part}" for part in range(5)]
    status = draw.choice(STATUSES)
    facts = Facts(
        regulators=("Роскомнадзор", "Минцифры"),
        messengers=tuple(draw.sample(MESSENGERS, 2)),
        measure=draw.choice([Measure.BAN, Measure.BLOCKING, Measure.FINE, Measure.OBLIGATION, Measure.SLOWDOWN]),
        audiences=tuple(draw.sample(list(Group), 2)),
        status=status,
        stage=status.stage,
        effective_date=(updated + dt.timedelta(days=draw.randrange(5, 200))).date().isoformat() if draw.random() < 0.001 else None,
    )
    return Story(
        id=f"{number:012x}",
        thread=f"{number // 3 * 3:012x}",
        headline=said[0][:90],
        summary=tuple(
            SummarySentence(text=said[n], article_id=articles[n], source=said[n] + " Так сказано в источнике.") for n in (1, 2, 3)
        ),
        facts=facts,
        evidence=tuple(
            Evidence(field=field, value=value, sentence=said[4], article_id=articles[0])
            for field, value in (("regulators", "Роскомнадзор"), ("messengers", facts.messengers[0]), ("measure", str(facts.measure)))
        ),
        positions=(
            Position(who="Александр Ефимов", role="председатель совета", stance=Stance.AGAINST, sentence=said[5], article_id=articles[1]),
        ),
        sources=tuple(
            Source(
                article_id=one,
                outlet=OUTLETS[part],
                url=f"https://{part}.example/{number}",
                title=said[6][:80],
                published=updated - dt.timedelta(hours=part),
            )
            for part, one in enumerate(articles)
        ),
        timeline=(Step(stage=status.stage, status=status, date=updated.date(), story_id=f"{number:012x}", headline=said[0][:90]),),
        developments=(Development(kind="stage", before="proposed", after=str(status.stage), at=updated, article_id=articles[2]),),
        importance=draw.random(),
        importance_reasons=(Reason(code="stage", detail=str(status.stage)),),
        first_seen=updated - dt.timedelta(hours=5),
        updated=updated,
    )


async def fill(store: Store, count: int, now: dt.datetime) -> None:
    """Keeps so many stories, some dozens at a time."""
    numbers = iter(range(count))

    async def keep() -> None:
        for number in numbers:
            await store.stories.put(Cluster(story=story(number, count, now), readings=()))

    async with asyncio.TaskGroup() as group:
        for _ in range(24):
            group.create_task(keep())
