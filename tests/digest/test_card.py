"""The card of a story, the answer to a link, alerts, corrections and the week."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from bot.digest import alert, build, card, correction, evidence, irrelevant, reading_card, retelling, retraction, weekly
from bot.digest.labels import money
from bot.digest.render import telegram, text
from bot.digest.render.document import Document, Kind
from bot.locales import words
from bot.model import Development, Disagreement, Evidence, Facts, Measure, Period, Position, Reason, Stage, Stance, Status, Step

from .documents import TelegramText
from .samples import ARTICLE, NOW, english, story, viber, workban


def lines(document: Document) -> list[str]:
    return [item.text for item in document.blocks]


def find(document: Document, start: str) -> str:
    return next(line for line in lines(document) if line.startswith(start))


def test_a_card_says_what_who_whom_when_and_how_far() -> None:
    """The facts of a story stand on one line in one order."""
    document = card(workban())
    assert find(document, "Что:") == (
        "Что: запрет · Кто: Минцифры · Мессенджеры: Telegram, WhatsApp · Кого касается: маркетплейсы и доставка, банки, операторы связи, "
        "госслужащие · С: 1 сентября 2026 · Стадия: проект"
    )
    assert find(document, "Документ:") == "Документ: законопроект Минцифры об иностранных мессенджерах"


def test_the_ladder_shows_how_far_it_has_come() -> None:
    """Rungs that were reached are full and dated, the others empty; what is no measure has no ladder."""
    assert find(card(workban()), "Лестница:") == "Лестница: ● проект 9 дек 2024 → ○ Госдума → ○ подписан → ○ действует"
    steps = (
        Step(stage=Stage.PLANNED, status=Status.DRAFT, date=dt.date(2024, 12, 9), story_id="a"),
        Step(stage=Stage.ADOPTED, status=Status.SIGNED, date=dt.date(2025, 4, 1), story_id="b"),
    )
    signed = workban(timeline=steps, facts=Facts(measure=Measure.BAN, status=Status.SIGNED))
    assert find(card(signed), "Лестница:") == "Лестница: ● проект 9 дек 2024 → ● подписан 1 апр 2025 → ○ действует"
    city = workban(facts=Facts(status=Status.PROPOSED, territory="Москва"), timeline=())
    assert find(card(city), "Лестница:") == "Лестница: ● проект → ○ принят → ○ действует"
    passed = workban(facts=Facts(status=Status.ADOPTED), timeline=())
    assert find(card(passed), "Лестница:") == "Лестница: ● принят → ○ действует"
    off = workban(facts=Facts(status=Status.CANCELLED))
    assert find(card(off), "Лестница:").endswith("● отменено")
    assert not any(line.startswith("Лестница:") for line in lines(card(viber())))


def test_who_speaks_stands_beside_what_is_said() -> None:
    """Positions are grouped by side, each with its words in quotes."""
    assert find(card(workban()), "Позиции.") == (
        "Позиции. Против: Александр Ефимов, председатель совета АУРЭК, — «Чем меньше способов взаимодействовать, тем больше проблем». "
        "Поясняет: Минцифры — «Запрет коснётся только рабочей переписки»."
    )


def test_a_sentence_that_names_the_speaker_is_not_put_in_their_mouth() -> None:
    """Reported speech stands as it is, without a second name and without quotes."""
    said = Position(who="Анастасия Ракова", role="заммэра", stance=Stance.EXPLAINS, sentence="Об этом рассказала заммэра Анастасия Ракова.")
    assert find(card(story(positions=(said,))), "Позиции.") == "Позиции. Поясняет: Об этом рассказала заммэра Анастасия Ракова."


def test_disagreements_and_sources_are_named() -> None:
    """Each value with the outlets that give it; whether an authority has confirmed it."""
    assert find(card(workban()), "Расхождения.") == "Расхождения. Касается ли бизнеса: да — Интерфакс; только госорганов — TSS."
    dates = Disagreement(field="effective_date", values=(("2026-03", ("НСН",)), ("2026-09-01", ("Интерфакс", "РБК"))))
    assert find(card(workban(disagreements=(dates,))), "Расхождения.") == (
        "Расхождения. С какого числа: март 2026 — НСН; 1 сентября 2026 — Интерфакс, РБК."
    )
    assert find(card(workban()), "Источники (6).").endswith("(официального подтверждения пока нет)")
    assert find(card(viber()), "Источники (2). Роскомнадзор · РИА Новости").endswith("(официально подтверждено)")


def test_every_fact_opens_to_its_sentence() -> None:
    """One expandable quotation holds the sentences, letter for letter, each once; in VK a button opens it."""
    quoted = [item for item in card(workban()).blocks if item.kind is Kind.QUOTE]
    assert len(quoted) == 1
    for item in workban().evidence:
        assert quoted[0].text.count(item.sentence) == 1
    again = Evidence(field="regulators", value="Минцифры", sentence="Другое издание пишет то же.")
    assert "Другое издание" not in text.render(card(workban(evidence=(*workban().evidence, again))))
    assert "С какого числа: 1 сентября 2026; на какой стадии: проект" in quoted[0].text
    assert "blockquote" in TelegramText(telegram.render(card(workban())).parts[0].payload["text"]).entities
    apart = card(workban(), quotes=False)
    assert not [item for item in apart.blocks if item.kind is Kind.QUOTE]
    assert "facts:workban" in [button.action for row in apart.buttons for button in row]
    assert [item.text for item in evidence(workban()).blocks if item.kind is Kind.QUOTE] == [quoted[0].text]


def test_a_sentence_is_headed_by_what_was_taken_from_it() -> None:
    """The values of a field stand together under one heading, the exact stage replaces the rough one, groups are apart."""
    said = "Сотрудникам банков и маркетплейсов запретят писать клиентам."
    facts = (("audiences", "banks"), ("audiences", "commerce"), ("measure", "ban"), ("stage", "planned"), ("status", "draft"))
    proved = tuple(Evidence(field=field, value=value, sentence=said) for field, value in facts)
    (quoted,) = [item.text for item in card(story(evidence=proved)).blocks if item.kind is Kind.QUOTE]
    assert f"\n\nКого касается: банки, маркетплейсы и доставка; что именно делают: запрет; на какой стадии: проект\n«{said}»\n\n" in quoted
    assert quoted.endswith("Пересказ составлен по этим предложениям\n«Первое предложение пересказа.»\n«Второе предложение пересказа.»")


@pytest.mark.parametrize(
    ("sentence", "status", "said"),
    [
        ("ФСБ сообщила, что сервис опасен для военных.", Status.STATEMENT, "заявлено официально: ФСБ"),
        ("Сервис опасен для военных, подтвердили в ФСБ.", Status.ENFORCED, "заявлено официально: ФСБ"),
        ("Источники ждут проверки ФСБ весной.", Status.PROPOSED, "официального подтверждения пока нет"),
    ],
)
def test_an_officials_words_are_not_called_unconfirmed(sentence: str, status: Status, said: str) -> None:
    """Where an authority itself is quoted, the card does not say that nobody official has spoken."""
    told = workban(
        facts=Facts(regulators=("ФСБ",), measure=Measure.BLOCKING, status=status),
        evidence=(Evidence(field="regulators", value="ФСБ", sentence=sentence),),
    )
    assert find(card(told), "Источники (6).").endswith(f"({said})")


def test_a_position_ends_where_another_speaks() -> None:
    """Of a sentence in which two persons speak, each position shows its own part."""
    both = "Замены пока нет, заявил Пётр Иванцов, а депутат Олег Сергеев сказал, что запрет поможет."
    said = find(
        card(workban(positions=(Position(who="Пётр Иванцов", role="юрист", stance=Stance.AGAINST, sentence=both, article_id="a"),))),
        "Позиции.",
    )
    assert said.endswith("Замены пока нет, заявил Пётр Иванцов.")
    assert "Сергеев" not in said


def test_a_card_speaks_english() -> None:
    """Labels are English, the sources' language is marked."""
    said = text.render(card(workban(), language="en", related=(viber(),)))
    assert "What: ban · Who: Ministry of Digital Development" in said
    assert "From: 1 September 2026 · Stage: draft" in said
    assert "Ladder: ● draft 9 Dec 2024 → ○ State Duma → ○ signed → ○ in force" in said
    assert "in Russian (no official confirmation yet)" in said
    assert "Earlier. 30 Nov 2024 — " not in said  # first seen on 1 December in Moscow
    assert "Earlier. 1 Dec 2024 — Viber" in said


def test_a_bare_story_has_a_card_too() -> None:
    """A story without facts, positions and evidence is told without empty labels."""
    assert lines(card(story(sources=()))) == [
        "Заголовок сюжета s1",
        "Первое предложение пересказа. Второе предложение пересказа.",
        "Откуда это известно\n\nПересказ составлен по этим предложениям\n«Первое предложение пересказа.»\n«Второе предложение пересказа.»",
        "Обновлено 10 декабря 2024",
    ]
    assert card(story(retracted=True)).blocks[1].text == "Сюжет снят: сведения не подтвердились."


def test_a_title_and_the_sentence_that_repeats_it_are_one_quotation() -> None:
    """They differ by a full stop alone."""
    found = [
        Evidence(field="measure", value="ban", sentence="Введён запрет"),
        Evidence(field="stage", value="active", sentence="Введён запрет."),
    ]
    said = lines(reading_card(dataclasses.replace(ARTICLE, evidence=tuple(found))))[-1]
    assert said.count("Введён запрет") == 1
    assert "что именно делают: запрет; на какой стадии: действует" in said.lower()


def test_behind_a_link_stand_the_sentences_that_are_told() -> None:
    """What of the article found no room in its summary is no proof of it."""
    unsaid = [Evidence(field="summary", value=text, sentence=text) for text in (ARTICLE.summary, "Акции компаний подорожали.")]
    said = lines(reading_card(dataclasses.replace(ARTICLE, evidence=tuple(unsaid))))[-1]
    assert ARTICLE.summary in said
    assert "Акции" not in said


def test_a_link_is_answered_with_its_facts() -> None:
    """Summary, facts, the outlet with its date, the sentences, and the story that is known already."""
    said = lines(reading_card(ARTICLE, story=workban()))
    assert said[:4] == [
        "Замены нет: в АУРЭК раскритиковали запрет мессенджеров",
        "В АУРЭК считают запрет неадекватным.",
        "Что: запрет · Срок: сентябрь 2026 · Стадия: проект",
        "НСН · 10 декабря 2024",
    ]
    assert said[4].startswith("Этот сюжет уже есть в ленте: Сотрудникам")
    assert said[5] == (
        "Что ещё известно: с 1 сентября 2026 · Минцифры · законопроект Минцифры об иностранных мессенджерах · пишут и Интерфакс, iLuki и ещё 3"
    )
    assert said[6] == "Откуда это известно\n\nС какого числа: сентябрь 2026\n«Запрет ждут в сентябре 2026 года.»"
    assert [button.action for row in reading_card(ARTICLE, story=workban()).buttons for button in row] == ["card:workban", "follow:workban"]


def test_why_a_link_is_in_scope_is_said() -> None:
    """The messengers, the authorities and what is said of them, in the reader's language."""
    reasons = (Reason(code="messenger", detail="Viber"), Reason(code="authority", detail="Роскомнадзор"), Reason(code="cue-block"))
    said = dataclasses.replace(ARTICLE, reasons=reasons)
    assert find(reading_card(said), "Почему") == "Почему это по теме: Viber · Роскомнадзор · говорится о блокировке"
    assert find(reading_card(said, language="en"), "Why") == "Why it is in scope: Viber · Roskomnadzor · a blocking is spoken of"


def test_a_text_without_a_title_is_not_told_twice() -> None:
    """Its first sentence stands for a title: it is neither named beside the verdict nor repeated in the summary."""
    first = "Ключевая ставка — процент, по которому банк выдаёт кредиты."
    written = dataclasses.replace(ARTICLE, headline=first.rstrip("."), summary=first, reasons=(Reason(code="against-howto"),))
    assert lines(irrelevant(written)) == ["Это не о регулировании мессенджеров. Это советы, меры или решения властей в тексте нет."]
    assert lines(retelling(written))[0] == first


def test_what_is_not_about_us_is_said_plainly() -> None:
    """An irrelevant article gets a plain sentence and the offer to summarise it."""
    document = irrelevant(ARTICLE, action="retell:a1")
    assert lines(document) == [
        (
            "Это не о регулировании мессенджеров. Замены нет: в АУРЭК раскритиковали запрет мессенджеров — "
            "меры или решения властей в тексте нет."
        ),
        "Всё равно пересказать?",
    ]
    assert document.buttons[0][0].action == "retell:a1"
    assert lines(retelling(ARTICLE)) == [ARTICLE.headline, ARTICLE.summary, "НСН · 10 декабря 2024"]


def test_an_alert_tells_one_story_whole() -> None:
    """One story has no number and its three buttons; what is new in a known one is said."""
    first = alert([workban()])
    assert lines(first)[:2] == ["Важное", workban().headline]
    assert [button.action for button in first.buttons[0]] == ["card:workban", "follow:workban", "mute:workban"]
    known = alert([viber()], news={"viber": viber().developments})
    assert lines(known)[:3] == [
        "Развитие",
        "Viber: суд назначил штраф 1 млн ₽ (было: предложено)",
        "Новое: подтверждено официально: Роскомнадзор.",
    ]
    assert lines(alert([workban(), english()]))[1].startswith("1. ")
    followed = alert([viber()], news={"viber": viber().developments}, followed=True)
    assert [button.action for row in followed.buttons for button in row] == ["card:viber", "unfollow:viber", "mute:viber"]


def test_corrections_say_what_was_wrong_and_what_is_right() -> None:
    """A correction goes to those who were told; a retraction takes the story back."""
    wrong = Development(kind="correction", before="штраф 15 млн ₽", after="штраф 1 млн ₽", at=NOW)
    said = lines(correction(viber(), [wrong]))
    assert said[0] == "Поправка · Viber: суд назначил штраф 1 млн ₽"
    assert said[1] == "Раньше мы писали: штраф 15 млн ₽. Верно так: штраф 1 млн ₽."
    assert lines(retraction(viber(), language="en"))[0] == "Withdrawn · Viber: суд назначил штраф 1 млн ₽"


def test_the_week_in_figures() -> None:
    """The weekly summary counts its sections and gives the headlines."""
    week = Period(since=NOW - dt.timedelta(days=7), until=NOW)
    said = lines(weekly(build([workban(), viber(), english()], period=week)))
    assert said[0] == "Неделя в мессенджерах · 3–10 декабря"
    assert said[1] == "3 сюжета: предложено — 2, штрафы и решения судов — 1"
    assert lines(weekly(build([], period=week))) == ["За неделю важного не было."]


@pytest.mark.parametrize(
    ("penalty", "language", "told"),
    [
        ("до 700 тыс. рублей (юрлица)", "ru", "до 700 тыс. ₽ (юрлица)"),
        ("до 700 тыс. рублей (юрлица)", "en", "до 700 thousand ₽ (companies)"),
        ("up to 50,000 rubles (individuals)", "ru", "up to 50 тыс. ₽ (граждане)"),
        ("7 млн рублей", "ru", "7 млн ₽"),
        ("800,000 roubles", "en", "800 thousand ₽"),
        ("3.5 million rubles", "en", "3.5 million ₽"),
        ("3 500 000 рублей", "ru", "3,5 млн ₽"),
        ("до 10 % выручки", "ru", "до 10 % выручки"),
        ("штраф (по решению суда)", "ru", "штраф (по решению суда)"),
    ],
)
def test_who_pays_is_told_in_the_readers_words(penalty: str, language: str, told: str) -> None:
    """The sum as people write it, the payer in the reader's language, whatever the article's; other brackets stay."""
    assert money(penalty, words(language)).replace("\u00a0", " ") == told
