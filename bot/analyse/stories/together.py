"""Articles of one story are read in each other's light: in doubt, what the others say decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.analyse.stories.placing import lifted
from bot.model import Article, Reading


class Reader(Protocol):
    """What reads an article beside the others of its story."""

    def again(self, article: Article, reading: Reading, beside: Sequence[Reading]) -> Reading: ...


def settle(reader: Reader, articles: Sequence[Article], readings: Sequence[Reading], stories: Sequence[str | None]) -> list[Reading]:
    """The readings, each that shares its story read again beside the others' first readings; whatever has a story is relevant."""
    told: dict[str, list[int]] = {}
    for number, story in enumerate(stories):
        if story is not None:
            told.setdefault(story, []).append(number)
    settled = list(readings)
    for numbers in told.values():
        for number in numbers:
            settled[number] = own = lifted(readings[number])
            if beside := [readings[other] for other in numbers if other != number]:
                settled[number] = reader.again(articles[number], own, beside)
    return settled
