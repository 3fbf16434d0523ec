"""Importance: orderings that a person would call obvious, each with its reasons in words of both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.analyse.stories.importance import weigh
from bot.model import Facts, Group, Measure, Reading, Reason, Stage, Story
from bot.web.voice import Voice

NOW = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
BAN = Facts(measure=Measure.BAN, stage=Stage.PLANNED, audiences=(Group.BANKS,), messengers=("Viber",))
LAW = Facts(
    measure=Measure.IDENTIFICATION,
    stage=Stage.ADOPTED,
    audiences=(Group.USERS,),
    messengers=("Telegram",),
    effective_date="2026-03-11",
)
REMARK = Facts(measure=Measure.STATEMENT, stage=Stage.STATEMENT, messengers=("Telegram",))


def readings(outlets: int) -> list[Reading]:
    return [
        Reading(
            article_id=str(number),
            url=f"https://example.org/{number}",
            outlet=f"Издание {number}",
            title="",
            published=NOW,
            relevant=True,
            relevance=1.0,
        )
        for number in range(outlets)
    ]


def of(facts: Facts, *, outlets: int = 1, confirmed: bool = False, now: dt.datetime = NOW) -> tuple[float, tuple[Reason, ...]]:
    return weigh(readings(outlets), facts, confirmed=confirmed, now=now)


def changed(**fields: object) -> Facts:
    """The planned ban with other facts."""
    return Facts(**({name: getattr(BAN, name) for name in ("measure", "stage", "audiences", "messengers")} | fields))  # type: ignore[arg-type]  # its own fields


ORDERINGS = {
    "a law in force tomorrow for all citizens, a deputy's opinion": (of(LAW), of(REMARK)),
    "the same law, that opinion told by ten outlets": (of(LAW), of(REMARK, outlets=10)),
    "official, only reported": (of(BAN, confirmed=True), of(BAN)),
    "five outlets, one": (of(BAN, outlets=5), of(BAN)),
    "two outlets, one": (of(BAN, outlets=2), of(BAN)),
    "a new stage, one more reprint": (of(changed(stage=Stage.ADOPTED)), of(BAN, outlets=2)),
    "a bill that passed a reading, a plan": (of(changed(stage=Stage.PASSING)), of(BAN)),
    "an adopted law, one in reading": (of(changed(stage=Stage.ADOPTED)), of(changed(stage=Stage.PASSING))),
    "a measure in force, a remark on it": (of(changed(stage=Stage.ACTIVE)), of(changed(stage=Stage.STATEMENT))),
    "a measure called off, a mere plan": (of(changed(stage=Stage.CANCELLED)), of(BAN)),
    "from next week, from next winter": (of(changed(effective_date="2026-03-17")), of(changed(effective_date="2026-12-01"))),
    "from next month, no date": (of(changed(effective_date="2026-04")), of(BAN)),
    "from tomorrow, from last year": (of(changed(effective_date="2026-03-11")), of(changed(effective_date="2025-03-11"))),
    "all users, the banks": (of(changed(audiences=(Group.USERS,))), of(BAN)),
    "all business, the banks": (of(changed(audiences=(Group.BUSINESS,))), of(BAN)),
    "banks and telecom, the banks": (of(changed(audiences=(Group.BANKS, Group.TELECOM))), of(BAN)),
    "the banks, the messenger alone": (of(BAN), of(changed(audiences=(Group.PLATFORMS,)))),
    "a messenger of millions, a rare one": (of(changed(messengers=("WhatsApp",))), of(changed(messengers=("Threema",)))),
    "a blocking, a fine": (of(changed(measure=Measure.BLOCKING)), of(changed(measure=Measure.FINE))),
    "a blocking, calls restricted": (of(changed(measure=Measure.BLOCKING)), of(changed(measure=Measure.RESTRICTION))),
    "a duty, words": (of(changed(measure=Measure.OBLIGATION)), of(changed(measure=Measure.STATEMENT))),
    "the day before, a month before": (
        of(LAW, now=NOW),
        of(LAW, now=NOW - dt.timedelta(days=30)),
    ),
}


@pytest.mark.parametrize("name", ORDERINGS)
def test_an_obvious_ordering(name: str) -> None:
    """The first of the two weighs more."""
    more, less = ORDERINGS[name]
    assert more[0] > less[0]


@pytest.mark.parametrize("name", ORDERINGS)
def test_it_stays_a_share(name: str) -> None:
    """However much comes together, 0..1, and what weighs is explained."""
    for value, reasons in ORDERINGS[name]:
        assert 0 < value <= 1
        assert reasons


def test_the_weightiest_reason_stands_first() -> None:
    """Of a law for all from tomorrow: that it is adopted, then its nearness, then whom it touches."""
    _, reasons = of(LAW, confirmed=True)
    assert [reason.code for reason in reasons] == ["stage", "soon", "confirmed", "breadth", "measure", "widely-used"]


def test_all_at_once_is_not_over_one() -> None:
    """Every reason together still fits the scale."""
    everything = changed(
        stage=Stage.ACTIVE,
        measure=Measure.BLOCKING,
        audiences=tuple(Group),
        messengers=("Telegram", "WhatsApp", "MAX"),
        effective_date="2026-03-10",
    )
    assert 0.8 < of(everything, outlets=500, confirmed=True)[0] <= 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", ["стадия: принят", "касается многих: пользователи"]), ("en", ["stage: adopted", "it touches many: users"])],
)
def test_reasons_are_words(language: str, words: list[str]) -> None:
    """A person reads no codes."""
    story = Story(id="s", thread="t", headline="", summary=(), facts=LAW, first_seen=NOW, updated=NOW, importance_reasons=of(LAW)[1])
    said = Voice(language, "Europe/Moscow").reasons(story)
    assert set(words) <= set(said)
    assert len(said) == len(of(LAW)[1])
