"""The labelled articles: read, and cut into folds that keep a story together."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

from bot.analyse import features
from bot.analyse.facts import facts, rules
from bot.analyse.language import meaning, text
from bot.model import Article

SETS = ("articles", "more", "extra", "waves", "fresh", "aside")
"""The files of labelled articles; the first is what is evaluated."""


@dataclass(frozen=True)
class Labelled:
    """An article with its labels as in the labelling guide."""

    row: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def relevant(self) -> bool | None:
        """None: borderline, not scored."""
        return None if self.row["relevant"] == "borderline" else bool(self.row["relevant"])

    @property
    def story(self) -> str:
        return str(self.row["story"])

    @property
    def clustered(self) -> bool:
        """False where stories were told apart by one reader alone, too finely to learn from."""
        return bool(self.row.get("clustered", True))

    @property
    def batch(self) -> str:
        """Articles of different batches may tell one event under two names: only pairs within a batch are learned from."""
        return str(self.row.get("batch", ""))

    @property
    def facts(self) -> dict[str, Any] | None:
        return self.row["facts"] if self.relevant else None

    @property
    def published(self) -> dt.date | None:
        given = self.row.get("published")
        return dt.date.fromisoformat(given[:10]) if given else None

    @cached_property
    def article(self) -> Article:
        row = self.row
        published = dt.datetime.combine(self.published, dt.time(12), dt.UTC) if self.published else None
        return Article(
            id=self.id,
            url=f"https://example.org/{self.id}",
            source_id="",
            outlet=row.get("outlet") or "",
            title=row["title"],
            text=row["text"],
            published=published,
        )

    @cached_property
    def view(self) -> features.View:
        return features.view(text.page(self.article))

    @cached_property
    def document(self) -> dict[str, float]:
        return {**features.document(self.view), **meaning.content(self.view)}

    @cached_property
    def relevance(self) -> dict[str, float]:
        return features.relevance(self.view, self.document, rules.hints(self.view.page, "measure", ""))

    @cached_property
    def measured(self) -> dict[str, float]:
        """What the measure is judged by."""
        return facts.measured(self.view, self.document)

    def staged(self, measure: str) -> dict[str, float]:
        """What the stage is judged by if the measure is the given one."""
        return facts.staged(self.view, self.document, measure, self.published)


def read(*names: str) -> list[Labelled]:
    """Reads the labelled articles that stand beside this module."""
    found: list[Labelled] = []
    for name in names or SETS:
        raw = resources.files("bot.analyse.training").joinpath(f"{name}.jsonl").read_text(encoding="utf-8")
        found.extend(Labelled(json.loads(line)) for line in raw.splitlines() if line.strip())
    return found


def folds(articles: Sequence[Labelled], count: int = 10, seed: int = 0) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """Pairs of training and held-out articles; a story is never on both sides."""
    number = {
        story: index
        for index, story in enumerate(sorted({item.story for item in articles}, key=lambda story: zlib.crc32(f"{seed}:{story}".encode())))
    }
    for fold in range(count):
        yield (
            [item for item in articles if number[item.story] % count != fold],
            [item for item in articles if number[item.story] % count == fold],
        )
