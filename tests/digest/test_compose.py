"""How a digest is laid out."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from bot.digest import build, write
from bot.digest.compose import unrepeated
from bot.digest.render import telegram, text, vk
from bot.digest.render.document import Document, Kind
from bot.model import Development, Digest, Facts, Filter, Group, Length, Measure, Period, Status, Story

from .documents import TelegramText
from .samples import DAY, NOW, english, story, viber, workban


def digest(*stories: Story, **options: object) -> Digest:
    return build(stories or (workban(), viber(), english()), period=DAY, **options)  # type: ignore[arg-type]


def lines(document: Document) -> list[str]:
    return [item.text for item in document.blocks]


def kinds(document: Document, kind: Kind) -> list[str]:
    return [item.text for item in document.blocks if item.kind is kind]


def test_the_most_important_thing_comes_first() -> None:
    """Title with what and when, then the main point, then the first section."""
    assert lines(write(digest()))[:3] == [
        "Мессенджеры: что изменилось за сутки · 10 декабря",
        "Главное: Минцифры хочет с 1 сентября 2026 года закрыть рабочую переписку с клиентами в иностранных мессенджерах.",
        "Предложено",
    ]


def test_the_lead_is_not_said_twice() -> None:
    """The sentence that leads the digest is not repeated under its story."""
    said = text.render(write(digest()))
    assert said.count("закрыть рабочую переписку") == 1
    assert "Писать разрешат только через российские сервисы" in said


def test_a_summary_does_not_repeat_the_headline() -> None:
    """What the headline has said is not said again under it, alone, as a clause or in somebody's mouth."""
    told = story(
        headline="MAX приравняли к паспорту при покупке алкоголя",
        sentences=(
            "MAX приравняли к паспорту при покупке алкоголя; Госдума приняла закон окончательно.",
            "Минцифры: MAX приравняли к паспорту при покупке алкоголя.",
            "Профиль равен паспорту для табака.",
        ),
    )
    assert unrepeated(told) == ["Госдума приняла закон окончательно.", "Профиль равен паспорту для табака."]
    assert unrepeated(workban()) == [item.text for item in workban().summary]


def test_a_later_page_has_no_main_point() -> None:
    """The second page of a long digest goes on with its sections."""
    whole = digest()
    assert not kinds(write(dataclasses.replace(whole, entries=whole.entries[1:])), Kind.LEAD)


def test_a_lead_is_made_of_facts_when_no_sentence_fits() -> None:
    """A summary that leans on its first sentence keeps it; the facts say the main point."""
    leaning = workban(sentences=("Минцифры внесло проект.", "Об этом пишет Интерфакс."))
    assert kinds(write(digest(leaning, viber())), Kind.LEAD) == [
        "Главное: с 1 сентября 2026 хотят ввести запрет для маркетплейсов и доставки, банков, операторов связи (Минцифры)."
    ]
    english = write(digest(leaning, viber(), language="en"))
    (planned,) = kinds(english, Kind.LEAD)
    assert planned.startswith("Main point: a ban for marketplaces and delivery, banks,")
    assert planned.endswith(", planned from 1 September 2026 (Ministry of Digital Development).")
    fined = viber(importance=1.0, sentences=("Суд решил.", "Он назначил штраф."))
    assert kinds(write(digest(fined, story())), Kind.LEAD) == ["Главное: назначили штраф 1 млн ₽ для Viber (Суд, Роскомнадзор)."]


def test_a_summary_of_one_sentence_leads_too() -> None:
    """It is said as the main point and not again under its story; a digest of that story alone keeps it there."""
    one = workban(sentences=("Минцифры хочет закрыть рабочую переписку в иностранных мессенджерах.",))
    document = write(digest(one, viber()))
    assert kinds(document, Kind.LEAD) == ["Главное: Минцифры хочет закрыть рабочую переписку в иностранных мессенджерах."]
    assert sum("рабочую переписку" in line for line in lines(document)) == 1
    alone = write(digest(one))
    assert "Минцифры хочет закрыть рабочую переписку в иностранных мессенджерах." in kinds(alone, Kind.TEXT)


def test_a_story_says_whom_from_when_and_how_far() -> None:
    """The facts line stands under the summary, the sources under the facts."""
    document = write(digest(workban(), viber()))
    start = lines(document).index("1. " + workban().headline)
    assert lines(document)[start + 2 : start + 4] == [
        "Кого касается: маркетплейсы и доставка, банки, операторы связи, госслужащие · С 1 сентября 2026 · Проект",
        "Интерфакс, НСН и ещё 4 · источники расходятся: касается ли бизнеса",
    ]


def test_every_source_shown_is_a_link() -> None:
    """Outlets are links to their articles; what disagrees is in italics."""
    read = TelegramText(telegram.render(write(digest(workban(), viber()))).parts[0].payload["text"])
    assert workban().sources[0].url in read.links
    assert "i" in read.entities


def test_the_readers_own_groups_go_first() -> None:
    """Whom it touches begins with the groups of the reader's profile."""
    facts = kinds(write(digest(workban(), filter=Filter(audiences=(Group.STATE, Group.TELECOM)))), Kind.FACTS)
    assert facts[0].startswith("Кого касается: операторы связи, госслужащие, маркетплейсы и доставка, банки")


def test_a_development_says_what_was_and_what_is_new() -> None:
    """A story told before stands apart, with what stood before and the rest of the news."""
    document = write(digest(told={"viber": 1}))
    start = lines(document).index("Развитие")
    assert lines(document)[start + 1 : start + 3] == [
        "3. Viber: суд назначил штраф 1 млн ₽ (было: предложено)",
        "Новое: подтверждено официально: Роскомнадзор.",
    ]


def test_headlines_are_bold_lines_and_facts_alone() -> None:
    """The headlines mode has no summaries and no sources; the headline itself is the link."""
    document = write(digest(), length=Length.HEADLINES)
    assert not kinds(document, Kind.TEXT)
    assert not kinds(document, Kind.SOURCES)
    assert len(kinds(document, Kind.STORY)) == len(kinds(document, Kind.FACTS)) == 3
    assert workban().sources[0].url in TelegramText(telegram.render(document).parts[0].payload["text"]).links


def test_full_tells_every_sentence() -> None:
    """The full length keeps the whole summary and more sources."""
    long = workban(sentences=tuple(f"Предложение номер {n} о рабочей переписке и её запрете с большими подробностями." for n in range(9)))
    full, short = (text.render(write(digest(long, viber()), length=length)) for length in (Length.FULL, Length.SHORT))
    assert all(sentence.text in full for sentence in long.summary)
    assert "номер 8" not in short
    assert "Оборот" in full
    assert "Оборот" not in short


def test_english_readers_get_english_labels_and_the_language_of_sources() -> None:
    """Labels, regulators, countries and sums are English; what is said in Russian is marked and explained by its facts."""
    said = text.render(write(digest(language="en"), next_at=NOW + dt.timedelta(days=1)))
    assert "Messengers: what changed today · 10 December" in said
    assert "Ban · Ministry of Digital Development · Touches: marketplaces and delivery, banks" in said
    assert "From 1 September 2026 · Draft" in said
    assert "and 4 more · in Russian · sources disagree: whether it touches business" in said
    assert "Fine: 1 million ₽" in said
    assert "Where: United Kingdom" in said
    assert "Next edition tomorrow at 09:00." in said
    assert "BBC (https://news9.example/2024/12/09/9)\n" in said


def test_a_russian_reader_is_told_of_foreign_sources() -> None:
    """An English story keeps its words, says what is done in Russian, and its language is marked."""
    said = text.render(write(digest(english(), viber())))
    assert "Обязанность · Ofcom · Кого касается: сами мессенджеры, пользователи · Где: Великобритания · Предложено" in said
    assert "на английском" in said


def test_the_footer_announces_the_next_edition_and_what_was_omitted() -> None:
    """The last line says when the next one comes and how many stories did not fit."""
    stories = [story(f"s{n}", importance=n / 30) for n in range(23)]
    document = write(build(stories, period=DAY), next_at=NOW + dt.timedelta(days=3))
    assert kinds(document, Kind.FOOTER) == ["И ещё 3 сюжета, менее важных. Следующий выпуск 13 декабря в 09:00."]


@pytest.mark.parametrize(
    ("since", "until", "title"),
    [
        ("2024-12-09T06:00", "2024-12-10T06:00", "Мессенджеры: что изменилось за сутки · 10 декабря"),
        ("2024-12-09T21:00", "2024-12-10T06:00", "Мессенджеры: что изменилось за 9 часов · 10 декабря"),
        ("2024-12-07T06:00", "2024-12-10T06:00", "Мессенджеры: что изменилось за 3 дня · 7–10 декабря"),
        ("2024-12-03T06:00", "2024-12-10T06:00", "Мессенджеры: что изменилось за неделю · 3–10 декабря"),
        ("2024-11-10T06:00", "2024-12-10T06:00", "Мессенджеры: что изменилось за месяц · 10 ноября – 10 декабря"),
        ("2024-12-01T21:00", "2024-12-06T21:00", "Мессенджеры: что изменилось со 2 по 6 декабря"),
    ],
)
def test_the_title_names_the_period(since: str, until: str, title: str) -> None:
    """Usual periods have words, unusual ones their days, in the reader's timezone."""
    period = Period(since=dt.datetime.fromisoformat(since + "+00:00"), until=dt.datetime.fromisoformat(until + "+00:00"))
    assert lines(write(build([story(updated=period.since)], period=period)))[0] == title


@pytest.mark.parametrize(
    ("days", "said", "offer"),
    [
        (1, "За сутки важного не было.", "digest:7d"),
        (7, "За неделю важного не было.", "digest:30d"),
        (30, "За месяц важного не было.", None),
        (12, "С 28 ноября по 10 декабря важного не было.", None),
    ],
)
def test_an_empty_period_says_so_and_offers_more(days: int, said: str, offer: str | None) -> None:
    """On request an empty period is a plain sentence with a button for a longer one."""
    document = write(build([], period=Period(since=NOW - dt.timedelta(days=days), until=NOW)))
    assert lines(document) == [said]
    assert [button.action for row in document.buttons for button in row] == [*([offer] if offer else []), "settings"]


def test_an_empty_digest_of_a_filter_says_that_it_filters() -> None:
    """A reader who narrowed the choice is reminded of it."""
    document = write(build([], period=DAY, filter=Filter(audiences=(Group.BANKS,)), language="en"))
    assert lines(document) == ["Nothing important today.", "This shows only what matches your settings."]


def test_buttons_open_what_the_numbers_name() -> None:
    """Many stories have rows of numbers; up to five, and one, have their three actions each; all have settings and calendar."""
    many = write(build([story(f"s{n}", importance=(9 - n) / 10) for n in range(7)], period=DAY)).buttons
    assert [[button.text for button in row] for row in many] == [["1", "2", "3", "4", "5"], ["6", "7"], ["Настроить", "Календарь"]]
    assert many[0][0].action == "card:s0"
    few = write(build([story(f"s{n}", importance=(9 - n) / 10) for n in range(3)], period=DAY)).buttons
    assert [button.text for button in few[1]] == ["2 · Подробнее", "Следить", "Скрыть такое"]
    assert [button.action for button in few[1]] == ["card:s1", "follow:s1", "mute:s1"]
    one = write(digest(workban())).buttons
    assert [[button.action for button in row] for row in one] == [
        ["card:workban", "follow:workban", "mute:workban"],
        ["settings", "calendar"],
    ]
    assert write(digest(), buttons=False).buttons == ()


@pytest.mark.parametrize(
    ("count", "wide", "narrow"),
    [
        (2, [3, 3, 2], [["1 · Подробнее", "Следить", "Скрыть такое"], ["2 · Подробнее", "Следить", "Скрыть такое"]]),
        (3, [3, 3, 3, 2], [["1 · Подробнее", "2 · Подробнее", "3 · Подробнее"]]),
        (5, [3, 3, 3, 3, 3, 2], [["1", "2", "3", "4", "5"]]),
    ],
)
def test_each_platform_offers_what_it_has_room_for(count: int, wide: list[int], narrow: list[list[str]]) -> None:
    """Telegram has a row a story; VK, with its ten buttons, keeps the way to the cards."""
    document = write(build([story(f"s{n}", importance=(9 - n) / 10) for n in range(count)], period=DAY))
    assert [len(row) for row in telegram.keyboard(document.buttons)] == wide
    drawn = [[str(button["action"]["label"]) for button in row] for row in vk.keyboard(document.buttons)]  # type: ignore[index]
    assert drawn == [*narrow, ["Настроить", "Календарь"]]


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        ([Facts(measure=Measure.FINE, status=Status.RULING)], "Штрафы и решения судов"),
        ([Facts(measure=Measure.BLOCKING, status=Status.ENFORCED)], "Блокировки и ограничения"),
        (
            [Facts(measure=Measure.FINE, status=Status.RULING), Facts(measure=Measure.BLOCKING, status=Status.ENFORCED)],
            "Блокировки, ограничения и штрафы",
        ),
        ([Facts(measure=Measure.BAN, status=Status.IN_FORCE)], "Действует"),
        ([Facts(measure=Measure.BAN, status=Status.SIGNED, effective_date="2024-12-20")], "Вступает в силу"),
        ([Facts(measure=Measure.BAN, status=Status.ADOPTED_READING)], "Рассматривается"),
        ([Facts(measure=Measure.BAN, status=Status.CANCELLED)], "Отменено"),
    ],
)
def test_a_heading_says_what_stands_under_it(facts: list[Facts], heading: str) -> None:
    """A section is named after what it holds."""
    document = write(digest(*(story(f"s{n}", facts=item) for n, item in enumerate(facts))))
    assert kinds(document, Kind.SECTION) == [heading]


def test_a_mark_stands_once_where_it_is_due() -> None:
    """A digest that names WhatsApp ends with the legal mark, once; one that does not has none."""
    named = write(digest(story("a", headline="WhatsApp заблокируют"), story("b", headline="WHATSAPP и Instagram")))
    assert kinds(named, Kind.NOTE) == ["* Meta (владелец WhatsApp) признана экстремистской и запрещена в России."]
    assert not kinds(write(digest(story("a", headline="Метаданные и metadata"))), Kind.NOTE)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Development(kind="effective_date", after="2026-09-01", at=NOW), "назван срок — с 1 сентября 2026."),
        (
            Development(kind="effective_date", before="2026-03", after="2026-09-01", at=NOW),
            "новый срок — с 1 сентября 2026, раньше называли с марта 2026.",
        ),
        (Development(kind="effective_date", before="2026-03-02", after="", at=NOW), "срока больше нет, раньше называли со 2 марта 2026."),
        (
            Development(kind="penalty", before="до 500 тыс. руб.", after="до 1 млн рублей", at=NOW),
            "санкции: до 1 млн ₽, раньше — до 500 тыс. ₽.",
        ),
        (Development(kind="disagreement", after="effective_date", at=NOW), "источники разошлись: с какого числа."),
        (Development(kind="official", after="Суд", at=NOW), "подтверждено официально: Суд."),
        (Development(kind="correction", after="retracted", at=NOW), "сюжет снят, сведения не подтвердились."),
        (Development(kind="correction", before="15 млн", after="5 млн", at=NOW), "поправка: 5 млн; раньше писали: 15 млн."),
    ],
)
def test_each_kind_of_news_has_its_words(item: Development, said: str) -> None:
    """A change of date, sum, confirmation, disagreement or a correction is told in plain words."""
    moved = viber(developments=(Development(kind=item.kind, before=item.before, after=item.after, at=NOW - dt.timedelta(hours=1)),))
    assert f"Новое: {said}" in lines(write(digest(moved, told={"viber": 1})))
