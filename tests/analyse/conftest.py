"""One analyst for the room's tests: its models are read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.analyse import Analyst
from bot.model import Article

Make = Callable[..., Article]


@pytest.fixture(scope="session")
def analyst() -> Analyst:
    return Analyst()


@pytest.fixture
def article() -> Make:
    """Makes an article from a title and a text."""

    def make(
        title: str, text: str, *, id: str = "a", published: str | None = "2025-12-17", outlet: str = "Издание", official: bool = False
    ) -> Article:
        day = dt.datetime.fromisoformat(published).replace(tzinfo=dt.UTC) if published else None
        return Article(
            id=id, url=f"https://example.org/{id}", source_id="s", outlet=outlet, title=title, text=text, published=day, official=official
        )

    return make
