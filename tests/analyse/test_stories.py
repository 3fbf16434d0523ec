"""Stories: what is one, what is another, what follows; and how a story is told from its articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.analyse import Analyst
from bot.analyse.stories.placing import keys
from bot.model import Article, Cluster, Reading, Stage, Story

Make = Callable[..., Article]
NOW = dt.datetime(2025, 12, 5, 9, tzinfo=dt.UTC)

FIRST = (
    "Роскомнадзор заблокировал FaceTime",
    "Роскомнадзор ограничил доступ к сервису FaceTime. По данным ведомства, через него готовили теракты и обманывали граждан. Пользователи жаловались на сбои с сентября.",
)
SECOND = (
    "FaceTime заблокирован в России",
    "Сервис видеозвонков FaceTime заблокирован, сообщил Роскомнадзор. В ведомстве говорят о терактах и мошенниках. Apple решение не комментировала.",
)
OTHER = (
    "Суд оштрафовал Telegram на 7 млн рублей",
    "Таганский суд Москвы оштрафовал Telegram на 7 млн рублей за неудаление запрещённых материалов. Мессенджер не ответил на требования Роскомнадзора.",
)


@pytest.fixture
def readings(analyst: Analyst, article: Make) -> list[Reading]:
    given = [(FIRST, "a", "Первое"), (SECOND, "b", "Второе"), (OTHER, "c", "Третье")]
    return [analyst.read(article(*text, id=name, outlet=outlet, published="2025-12-04")) for text, name, outlet in given]


def tell(analyst: Analyst, readings: list[Reading], **more: object) -> Story:
    return analyst.tell(readings, id="s1", thread="t1", now=NOW, **more)  # type: ignore[arg-type]  # keywords of the call


def test_one_event_is_one_story(analyst: Analyst, readings: list[Reading]) -> None:
    """Two outlets of one blocking meet, a fine stays apart, in any order."""
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        named = analyst.cluster([readings[index] for index in order])
        story = dict(zip(order, named, strict=True))
        assert story[0] == story[1] != story[2]


def test_a_reading_is_placed(analyst: Analyst, readings: list[Reading]) -> None:
    """Online: into the story that is there, into none where there is none."""
    cluster = Cluster(story=tell(analyst, readings[:1]), readings=(readings[0],))
    assert analyst.place(readings[1], [cluster]).story == "s1"
    assert analyst.place(readings[2], [cluster]).story is None
    assert analyst.place(readings[2], []).thread is None


def test_one_wave_shares_a_bucket(analyst: Analyst, article: Make) -> None:
    """Readings four days apart always share a bucket; those a month apart share none that is timed by days."""
    near = [keys(analyst.read(article(*FIRST, published=day))) for day in ("2025-12-04", "2025-12-08")]
    assert set(near[0]) & set(near[1])
    far = keys(analyst.read(article(*FIRST, published="2026-01-20")))
    assert not {key for key in near[0] if key[0] in "ab"} & {key for key in far if key[0] in "ab"}


def test_a_story_is_told(analyst: Analyst, readings: list[Reading]) -> None:
    """Sources, facts that both give, sentences that stand in an article."""
    story = tell(analyst, readings[:2])
    assert {source.outlet for source in story.sources} == {"Первое", "Второе"}
    assert story.facts.messengers == ("FaceTime",)
    assert story.facts.stage is Stage.ACTIVE
    assert story.headline in {FIRST[0], SECOND[0]}
    assert 1 <= len(story.summary) <= 3
    assert [step.story_id for step in story.timeline] == ["s1"]
    assert not story.confirmed
    assert 0 < story.importance <= 1
    assert story.importance_reasons


def test_the_same_again_is_no_news(analyst: Analyst, readings: list[Reading]) -> None:
    """One more outlet that says the same neither moves the story nor grows its revision."""
    before = tell(analyst, readings[:1])
    after = tell(analyst, readings[:2], previous=before)
    assert (after.revision, after.updated) == (before.revision, before.updated)
    assert len(after.sources) == 2


def test_an_official_word_is_news(analyst: Analyst, article: Make, readings: list[Reading]) -> None:
    """Confirmation grows the revision, and its lag is measured."""
    before = tell(analyst, readings[:1])
    official = analyst.read(article(*SECOND, id="o", outlet="Роскомнадзор", published="2025-12-05", official=True))
    after = tell(analyst, [readings[0], official], previous=before)
    assert after.confirmed
    assert after.confirmation_lag == dt.timedelta(days=1)
    assert [item.kind for item in after.developments] == ["official"]
    assert (after.revision, after.updated) == (1, NOW)


def test_sources_disagree(analyst: Analyst, article: Make) -> None:
    """Two dates of one measure stand side by side with who gives them."""
    texts = [
        f"Минцифры предложило запретить банкам писать клиентам в Telegram. Запрет хотят ввести с 1 {month} 2026 года."
        for month in ("сентября", "октября")
    ]
    both = [analyst.read(article("Банкам хотят запретить Telegram", text, id=text[-15:], outlet=text[-20:-14])) for text in texts]
    found = {item.field: dict(item.values) for item in tell(analyst, both).disagreements}
    assert set(found["effective_date"]) == {"2026-09-01", "2026-10-01"}


def test_a_blocking_outweighs_a_remark(analyst: Analyst, article: Make, readings: list[Reading]) -> None:
    """An order that a person would call obvious."""
    remark = analyst.read(
        article(
            "Депутат назвал Telegram опасным",
            "Telegram опасен для военных, считает депутат Госдумы Иван Петров. Мер он не предложил.",
            id="r",
        )
    )
    assert tell(analyst, readings[:2]).importance > tell(analyst, [remark] if remark.relevant else [readings[2]]).importance


def test_nothing_is_no_story(analyst: Analyst) -> None:
    """Without a relevant reading there is nothing to tell."""
    with pytest.raises(ValueError, match="relevant"):
        tell(analyst, [])


@pytest.mark.parametrize(("firm", "joined"), [(0.95, True), (0.6, False)])
def test_only_what_is_surely_relevant_vouches_for_what_is_doubtful(analyst: Analyst, article: Make, firm: float, *, joined: bool) -> None:
    """Two articles of which neither says enough for itself make no story; beside a sure one the doubtful one is told."""
    sure = replace(analyst.read(article(*FIRST, id="a", published="2025-12-04")), relevance=firm)
    doubtful = replace(analyst.read(article(*SECOND, id="b", published="2025-12-04")), relevant=False, relevance=0.4)
    assert [name is not None for name in analyst.cluster([sure, doubtful])] == [True, joined]
    story = analyst.tell([sure], id="s", thread="s", now=NOW)
    assert (analyst.place(doubtful, [Cluster(story=story, readings=(sure,))]).story == "s") is joined


@pytest.mark.parametrize(
    ("other", "together"),
    [("800 тысяч рублей", False), ("почти 1,02 млн рублей", True), ("более 900 тысяч рублей", True), ("1 млн рублей", True)],
)
def test_two_sums_are_two_fines(analyst: Analyst, article: Make, other: str, *, together: bool) -> None:
    """Fines of one messenger differ by their sums, rounding aside; an undated report joins none of another sum."""
    first = article(
        "Суд оштрафовал Viber на 1 млн рублей",
        "Мировой судья в Москве оштрафовал Viber на 1 млн рублей за неудаление запрещённых материалов.",
        id="a",
    )
    second = article(
        f"Суд оштрафовал Viber на {other}",
        f"Мировой судья в Москве оштрафовал Viber на {other} за неудаление запрещённых материалов.",
        id="b",
        published=None,
    )
    names = analyst.cluster([analyst.read(first), analyst.read(second)])
    assert (names[0] == names[1]) is together


def test_authorities_of_two_regions_make_two_stories(analyst: Analyst, article: Make) -> None:
    """The same ban in the same words on the same day, by two governments of two parts of the country."""
    text = "Правительство {} запретило чиновникам пользоваться Telegram на работе. Переписку переведут в MAX."
    names = analyst.cluster(
        [
            analyst.read(article(f"Чиновникам {part} запретили Telegram", text.format(part), id=part, published="2026-02-10"))
            for part in ("Башкортостана", "Самарской области")
        ]
    )
    assert names[0] != names[1]
