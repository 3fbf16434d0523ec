"""Stories as the analysis makes them: one told by many, its thread, one in force, one foreign, one hostile."""

from __future__ import annotations

import datetime as dt

from bot.model import (
    Development,
    Disagreement,
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

NOW = dt.datetime(2026, 3, 11, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

HOSTILE = (
    "<script>window.broken=1</script>",
    '"><img src=x onerror="window.broken=1">',
    "</title><svg onload=window.broken=1>",
    "{{ 7 * 7 }} {% raw %}",
    "]]></summary><script>window.broken=1</script>",
    "javascript:window.broken=1",
    "\u202eпереворот\u202c и \u0000 нуль",
    "&lt;b&gt; уже экранировано &amp;",
)
HOSTILE_URLS = (
    "javascript:window.broken=1",
    "data:text/html,<script>window.broken=1</script>",
    'https://example.org/"onmouseover="window.broken=1',
    "https://user:pass@example.org/",
    "//example.org/x",
    "vbscript:msgbox(1)",
)


def source(number: int, outlet: str, *, official: bool = False, url: str = "", published: dt.datetime = NOW - 5 * HOUR) -> Source:
    return Source(
        article_id=f"a{number}",
        outlet=outlet,
        url=url or f"https://news{number}.example/story/{number}",
        title=f"Как об этом пишет {outlet}",
        published=published,
        official=official,
    )


def story(
    number: int, headline: str, *, measure: Measure, status: Status, messengers: tuple[str, ...] = ("Telegram",), **values: object
) -> Story:
    """A story with all that a page shows; `values` override its fields, `date` and `audiences` those of its facts."""
    date = values.pop("date", None)
    audiences = values.pop("audiences", (Group.USERS,))
    text = "Роскомнадзор сообщил о мере. "
    standard: dict[str, object] = {
        "id": f"s{number}",
        "thread": f"s{number}",
        "headline": headline,
        "summary": (SummarySentence(text=f"{headline}: об этом сообщили в ведомстве.", article_id=f"a{number}", source=text.strip()),),
        "facts": Facts(
            regulators=("Роскомнадзор",),
            messengers=messengers,
            measure=measure,
            audiences=audiences,  # type: ignore[arg-type]
            status=status,
            stage=status.stage,
            effective_date=date,  # type: ignore[arg-type]
        ),
        "evidence": (Evidence(field="regulators", value="Роскомнадзор", sentence=text.strip(), article_id=f"a{number}"),),
        "sources": (source(number, "Интерфакс"), source(number + 1000, "Роскомнадзор", official=True)),
        "timeline": (Step(stage=status.stage, status=status, date=(NOW - 5 * HOUR).date(), story_id=f"s{number}", headline=headline),),
        "importance": 0.5,
        "first_seen": NOW - 5 * HOUR,
        "updated": NOW - 4 * HOUR,
    }
    return Story(**{**standard, **values})  # type: ignore[arg-type]


def shelf() -> list[Story]:
    """What the site is filled with."""
    draft = story(
        1,
        "Сотрудникам маркетплейсов, банков и операторов запретят писать клиентам в иностранных мессенджерах",
        measure=Measure.BAN,
        status=Status.DRAFT,
        messengers=("Telegram", "WhatsApp"),
        audiences=(Group.COMMERCE, Group.BANKS, Group.TELECOM, Group.STATE),
        date="2026-09-01",
        importance=0.9,
        importance_reasons=(Reason(code="unknown-code", detail="x"),),
        sources=tuple(source(100 + number, name) for number, name in enumerate(["Интерфакс", "НСН", "ТАСС", "Коммерсантъ", "РБК", "TSS"])),
        positions=(
            Position(
                who="Александр Ефимов",
                role="председатель совета АУРЭК",
                stance=Stance.AGAINST,
                sentence="Чем меньше способов взаимодействовать, тем больше проблем.",
                article_id="a101",
            ),
        ),
        disagreements=(Disagreement(field="audiences", values=(("commerce", ("Интерфакс",)), ("state", ("TSS", "ТАСС")))),),
        developments=(
            Development(kind="stage", before="proposed", after="draft", at=NOW - 6 * HOUR, article_id="a100"),
            Development(kind="effective_date", before="", after="2026-09-01", at=NOW - 5 * HOUR, article_id="a101"),
        ),
        summary=(
            SummarySentence(
                text="Проект Минцифры разрешает писать клиентам только через российские сервисы.",
                article_id="a100",
                source="Проект разрешает…",
            ),
            SummarySentence(
                text="Рынок против: в АУРЭК считают, что полноценной замены нет.", article_id="a101", source="Замены нет, сказал Ефимов."
            ),
        ),
    )
    law = story(
        2,
        "Закон о работе с клиентами в мессенджерах принят",
        measure=Measure.BAN,
        status=Status.ADOPTED,
        thread="s1",
        date="2026-06",
        audiences=(Group.BANKS,),
        first_seen=NOW - 20 * DAY,
        updated=NOW - 20 * DAY,
        timeline=(
            Step(stage=Status.DRAFT.stage, status=Status.DRAFT, date=dt.date(2025, 12, 9), story_id="s1"),
            Step(stage=Status.ADOPTED.stage, status=Status.ADOPTED, date=dt.date(2026, 2, 19), story_id="s2"),
        ),
    )
    return [
        draft,
        law,
        story(3, "Telegram замедляют", measure=Measure.SLOWDOWN, status=Status.ENFORCED, importance=0.8, confirmed=True),
        story(
            4, "Viber: суд назначил штраф 1 млн ₽", measure=Measure.FINE, status=Status.RULING, messengers=("Viber",), updated=NOW - 3 * DAY
        ),
        story(5, "EU opens a probe into WhatsApp", measure=Measure.OTHER, status=Status.STATEMENT, messengers=("WhatsApp",), language="en"),
        story(
            6,
            "Домовые чаты переезжают в MAX",
            measure=Measure.OBLIGATION,
            status=Status.IN_FORCE,
            messengers=("MAX",),
            date="2026-02-01",
            audiences=(Group.HOUSING,),
        ),
        story(7, "Сюжет, который сняли", measure=Measure.BAN, status=Status.ENFORCED, retracted=True),
        *(
            story(
                20 + number,
                f"{text} конец",
                measure=Measure.BLOCKING,
                status=Status.PROPOSED,
                messengers=(text,),
                sources=tuple(source(2000 + 10 * number + n, text, url=url) for n, url in enumerate(HOSTILE_URLS)),
                positions=(Position(who=text, role=text, stance=Stance.FOR, sentence=text, article_id=f"a{2000 + 10 * number}"),),
            )
            for number, text in enumerate(HOSTILE)
        ),
    ]
