"""Who speaks without being a person: the service, a company, an authority, a group; each on its side, and nobody who is silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.model import Article

Make = Callable[..., Article]
ACT = "Роскомнадзор ограничил Telegram и WhatsApp в России за нарушение закона."
ENGLISH = "Russia's communications watchdog Roskomnadzor restricted Telegram and WhatsApp for violating the law."


@pytest.mark.parametrize(
    ("sentence", "who", "stance"),
    [
        # the service itself, and its owner
        ("Сам Telegram обвинения отвергал.", "Telegram", "against"),
        ("В Telegram удивились решению и заявили, что отвечали на запросы.", "Telegram", "against"),
        ("В Meta возразили, что под угрозой переписка миллионов людей.", "Meta", "against"),
        ("WhatsApp заявил, что власти пытаются лишить людей права на безопасное общение.", "WhatsApp", "against"),
        ("Мера снизит безопасность людей, говорится в заявлении WhatsApp.", "WhatsApp", "against"),
        ("В Telegram ответили, что ежедневно удаляют миллионы сообщений.", "Telegram", "explains"),
        ("Telegram called compliance technically impossible.", "Telegram", "against"),
        ("Meta said it strongly disagrees with the step.", "Meta", "against"),
        ("WhatsApp and Signal said they would rather leave than weaken encryption.", "WhatsApp", "against"),
        ("Telegram replied that it removes millions of messages daily.", "Telegram", "explains"),
        # groups
        ("Критики считают, что угроза шифрованию осталась.", "Критики", "against"),
        ("Правозащитники называют такую логику опасной для сервисов.", "Правозащитники", "against"),
        ("Операторы связи опасаются, что бизнес откажется от сообщений.", "Операторы связи", "against"),
        ("Военкоры раскритиковали решение Роскомнадзора.", "Военкоры", "against"),
        ("Эксперты предупреждают, что за реестром может последовать штраф.", "Эксперты", "explains"),
        ("Союз потребителей назвал меру несоразмерной.", "Союз потребителей", "against"),
        ("Группа «На виду» считает, что причина в продвижении MAX.", "Группа «На виду»", "explains"),
        ("Critics fear that the state will gain control over messages.", "Critics", "against"),
        ("Digital rights groups called the step an attack on free speech.", "Digital rights groups", "against"),
        ("Industry bodies warn of inconvenience for users.", "Industry bodies", "explains"),
        # authorities, named behind what they said
        ("Доступ вернут, когда сервисы исполнят закон, заявили в Минцифры.", "Минцифры", "explains"),
        ("Данные попадают к посторонним, сообщила ФСБ.", "ФСБ", "explains"),
        ("В реестре числятся тысячи каналов, сообщил Telegram-канал Минцифры.", "Минцифры", "explains"),
    ],
)
def test_a_party_has_a_position(analyst: Analyst, article: Make, sentence: str, who: str, stance: str) -> None:
    """Whoever speaks of the measure is told with the sentence it said."""
    act = ENGLISH if sentence.isascii() else ACT
    found = analyst.read(
        article("Telegram и WhatsApp ограничили" if not sentence.isascii() else "Russia restricts Telegram", f"{act} {sentence}")
    )
    position = next((one for one in found.positions if one.who == who), None)
    assert position is not None, [one.who for one in found.positions]
    assert (str(position.stance), position.role) == (stance, "")
    assert position.sentence in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "В Telegram не прокомментировали решение.",
        "В Meta отказались от комментариев.",
        "Telegram did not comment.",
        "Meta declined to comment on the move.",
        "Через Telegram жителей предупреждают о ракетной опасности.",
        "Критики кино собрались на фестиваль в Москве.",
        "Эксперты и чиновники приехали на форум.",
        "Операторы связи начали проверку оборудования.",
        "Ассоциация банков отправит замечания до конца февраля.",
        "The Commission told operators to block the app.",
    ],
)
def test_the_silent_have_none(analyst: Analyst, article: Make, sentence: str) -> None:
    """No comment, a means of speech, an act: none is a position."""
    act = ENGLISH if sentence.isascii() else ACT
    found = analyst.read(
        article("Telegram и WhatsApp ограничили" if not sentence.isascii() else "Russia restricts Telegram", f"{act} {sentence}")
    )
    assert [one.who for one in found.positions if one.sentence in sentence] == []


@pytest.mark.parametrize(
    ("sentence", "who", "role", "stance"),
    [
        ("Founder Pavel Durov called it an attempt to force citizens onto a state app.", "Pavel Durov", "Founder", "against"),
        ("Pavel Durov, the app's founder, said privacy was not for sale.", "Pavel Durov", "founder", "explains"),
        ("Telecom Minister Anil Kumar said no extension is considered.", "Anil Kumar", "Telecom Minister", "explains"),
        (
            "Transport Minister Omar Demir complained that the platform had refused to share data.",
            "Omar Demir",
            "Transport Minister",
            "explains",
        ),
        ("Дуров назвал меру попыткой пересадить граждан на подконтрольный сервис.", "Дуров", "", "against"),
        ("Глава Минцифры Максут Шадаев заявил, что мера временная.", "Максут Шадаев", "глава Минцифры", "explains"),
        ("Депутат Иван Свиридов предложил запретить Telegram школьникам.", "Иван Свиридов", "депутат", "for"),
        ("Депутат Иван Свиридов предложил отменить запрет Telegram.", "Иван Свиридов", "депутат", "against"),
    ],
)
def test_a_person_has_one(analyst: Analyst, article: Make, sentence: str, who: str, role: str, stance: str) -> None:
    """With the role as it is told; who proposes a measure is for it, an official who blames the messenger is not against the measure."""
    act = ENGLISH if sentence.isascii() else ACT
    found = analyst.read(
        article("Telegram и WhatsApp ограничили" if not sentence.isascii() else "Russia restricts Telegram", f"{act} {sentence}")
    )
    assert [(one.who, one.role, str(one.stance)) for one in found.positions if one.sentence in sentence] == [(who, role, stance)]


def test_who_is_only_named_has_none(analyst: Analyst, article: Make) -> None:
    """A person in the sentence who says nothing."""
    told = "The court ordered to block accounts of supporters of former president Carlos Mendes."
    found = analyst.read(article("Russia restricts Telegram", f"{ENGLISH} {told}"))
    assert [one.who for one in found.positions] == []
