"""Articles borrow from their story what they do not say: undated ones the day of publication, doubtful ones that they are relevant."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from typing import Protocol

from bot.analyse.stories import lifted
from bot.model import Article, Reading


class Reader(Protocol):
    """What reads the effective date again."""

    def date_again(self, article: Article, reading: Reading, published: dt.date) -> Reading: ...


def settle(reader: Reader, articles: Sequence[Article], readings: Sequence[Reading], stories: Sequence[str | None]) -> list[Reading]:
    """The readings, those of undated articles completed by the median day of their story's dated ones; whatever has a story is relevant."""
    days: dict[str, list[int]] = {}
    for reading, story in zip(readings, stories, strict=True):
        if story is not None and reading.published is not None:
            days.setdefault(story, []).append(reading.published.date().toordinal())
    settled = []
    for article, own, story in zip(articles, readings, stories, strict=True):
        reading = lifted(own) if story is not None else own
        if story in days and reading.published is None:
            settled.append(reader.date_again(article, reading, dt.date.fromordinal(int(statistics.median(days[story])))))
        else:
            settled.append(reading)
    return settled
