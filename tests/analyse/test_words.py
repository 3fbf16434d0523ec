"""Words that only look like a group or a measure: pensions, anonymous channels, copies of text messages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.analyse.facts import rules
from bot.analyse.language import lexicon, text
from bot.model import Article, Group

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("told", "cue", "is_named"),
    [
        ("Военным запретят Telegram.", "military", True),
        ("Запрет касается военнослужащих.", "military", True),
        ("Ukrainian military may not use it.", "military", True),
        ("Вырастут военные пенсии.", "military", False),
        ("Вырастут пенсии военных.", "military", False),
        ("Изменится военная ипотека.", "military", False),
        ("В стране военное положение.", "military", False),
        ("В городе пройдёт военный парад.", "military", False),
        ("The military junta blocked it.", "military", False),
        ("Анонимность в мессенджерах запретят.", "ident", True),
        ("Анонимным пользователям закроют доступ.", "ident", True),
        ("Каналы ждёт деанонимизация.", "ident", True),
        ("Anonymous accounts will be closed.", "ident", True),
        ("Анонимные каналы пишут о блокировке.", "ident", False),
        ("Анонимные Telegram-каналы хотят закрыть.", "ident", False),
        ("Анонимный источник рассказал об этом.", "ident", False),
        ("Anonymous Telegram channels wrote so.", "ident", False),
        ("An anonymous official said so.", "ident", False),
        ("Банки обяжут это делать.", "duty", True),
        ("It proposed obliging banks to do so.", "duty", True),
    ],
)
def test_cues(told: str, cue: str, is_named: bool) -> None:
    """A word counts for a group or a measure where it means it."""
    assert (cue in lexicon.cues().present(lexicon.fold(told))) is is_named


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Банки обяжут дублировать СМС в MAX", "obligation"),
        ("Банковские СМС продублируют в MAX", "obligation"),
        ("Минфин предложил обязать банки слать уведомления в MAX", "obligation"),
        ("Операторов заставят отправлять СМС и в MAX", "obligation"),
        ("Central bank wants lenders to duplicate SMS codes in MAX", "obligation"),
        ("Russia may require banks to send codes in MAX", "obligation"),
        ("Банковские СМС переведут в MAX", "national-messenger"),
        ("Уведомления банков уйдут в MAX", "national-messenger"),
        ("MAX предустановят на смартфоны", "national-messenger"),
        ("Госдума отклонила запрет анонимных каналов", "ban"),
        ("Анонимные Telegram-каналы запретят", "ban"),
        ("Duma to ban anonymous Telegram channels", "ban"),
        ("Анонимность в мессенджерах запретят", "identification"),
        ("Анонимных пользователей мессенджеров не станет", "identification"),
    ],
)
def test_the_measure_of_a_title(article: Make, title: str, says: str) -> None:
    """Copying messages is a duty, moving them makes the national messenger; anonymous channels are no check of identity."""
    assert rules.hints(text.page(article(title, "Текст.")), "measure", "")[0] == says


@pytest.mark.parametrize(
    ("told", "is_touched"),
    [
        ("Кроме того, с 1 октября вырастут оклады военнослужащих.", False),
        ("Также в октябре пройдёт слёт военкоров.", False),
        ("Кроме того, запрет коснётся военнослужащих.", True),
    ],
)
def test_another_subject_touches_nobody(analyst: Analyst, article: Make, told: str, is_touched: bool) -> None:
    """A sentence that turns to something else names nobody whom the measure touches."""
    reading = analyst.read(
        article(
            "С 1 сентября чиновникам запретят Telegram",
            f"Госслужащим запретят пользоваться Telegram и WhatsApp на службе с 1 сентября. Закон подписал президент. {told}",
        )
    )
    assert (Group.MILITARY in reading.facts.audiences) is is_touched
