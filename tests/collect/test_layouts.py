"""The text of pages on sixty-five layouts of the Russian web, as they are and stripped of every hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from bot.collect import article_from_html
from bot.errors import NotAnArticle

from .layouts import LAYOUTS, items

ITEMS = items(3, seed=11)
IMPRINT = ("Свидетельство", "гиперссылка", "НАСТОЯЩИЙ МАТЕРИАЛ", "Поделиться", "erid", "Фото:", "cookie", "А вы как думаете")


def score(found: str, gold: str) -> float:
    """F1 of words, as a bag."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    same = sum((one & other).values())
    return 2 * same / (sum(one.values()) + sum(other.values())) if same else 0.0


def read(page: str) -> str:
    """The text that we find on a page; empty if we take it for no article."""
    try:
        return article_from_html(page, "https://example.org/a").text
    except NotAnArticle:
        return ""


def nameless(page: str) -> str:
    """The page with every class and id replaced, the same by the same: what a builder's hashes look like."""
    names: dict[str, str] = {}
    return re.sub(r'(class|id)="([^"]*)"', lambda match: f'{match[1]}="{names.setdefault(match[2], f"n{len(names)}")}"', page)


def headless(page: str) -> str:
    """The page with a heading that is a mere div and a title that speaks of the site."""
    return re.sub(r"<title>.*?</title>", "<title>Портал новостей</title>", re.sub(r"<(/?)h1\b", r"<\1div", page))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_the_article_of_a_layout_is_read_and_its_furniture_is_not(layout: Callable) -> None:
    """Lead, subheadings, lists and quotations included."""
    for item in ITEMS:
        page, gold = layout(item)
        text = read(page)
        assert score(text, gold) > 0.88
        assert not [word for word in IMPRINT if word in text]


@pytest.mark.parametrize(("change", "least"), [(nameless, 0.92), (headless, 0.9), (lambda page: nameless(headless(page)), 0.88)])
def test_no_single_hint_is_needed(change: Callable[[str], str], least: float) -> None:
    """On the average over all layouts: without class names, without a heading and a title, without all of them."""
    scores = [score(read(change(page)), gold) for layout in LAYOUTS for page, gold in [layout(ITEMS[0])]]
    assert sum(scores) / len(scores) > least


def test_there_are_sixty_layouts_and_their_texts_stand_in_them() -> None:
    """The truth is what the page holds."""
    assert len(LAYOUTS) >= 60
    for layout in LAYOUTS:
        page, gold = layout(ITEMS[0])
        plain = re.sub(r"\W+", " ", re.sub(r"<[^>]+>", " ", page))
        lines = [re.sub(r"\W+", " ", line).strip() for line in gold.split("\n")]
        assert sum(line in plain for line in lines) >= 0.5 * len(lines)
