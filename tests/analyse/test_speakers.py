"""A story's speakers: one entry a person, whatever the articles call them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.analyse import Analyst
from bot.analyse.stories import merge
from bot.model import Article, Position, Stance

Make = Callable[..., Article]


def position(who: str, role: str, stance: Stance) -> Position:
    return Position(who=who, role=role, stance=stance, sentence=f"{who} сказал.", article_id="a")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (("Максут Шадаев", "глава Минцифры"), ("Шадаев", ""), [("Максут Шадаев", "глава Минцифры")]),
        (("Шадаев", ""), ("Максут Шадаев", "глава Минцифры"), [("Максут Шадаев", "глава Минцифры")]),
        (("Dmitry Peskov", "Kremlin spokesman"), ("Дмитрий Песков", ""), [("Дмитрий Песков", "")]),
        (("Олег Зимин", "сенатор"), ("Егор Зимин", "депутат"), [("Егор Зимин", "депутат"), ("Олег Зимин", "сенатор")]),
        (("Роскомнадзор", ""), ("Роскомсвобода", ""), [("Роскомнадзор", ""), ("Роскомсвобода", "")]),
    ],
)
def test_one_a_person(
    analyst: Analyst, article: Make, first: tuple[str, str], second: tuple[str, str], said: list[tuple[str, str]]
) -> None:
    """The fullest name and the role of either article, however the stances differ."""
    reading = analyst.read(article("Telegram заблокировали", "Роскомнадзор заблокировал Telegram."))
    readings = [
        replace(reading, positions=(position(*first, Stance.EXPLAINS),)),
        replace(reading, positions=(position(*second, Stance.AGAINST),)),
    ]
    assert sorted((one.who, one.role) for one in merge.positions(readings)) == said
