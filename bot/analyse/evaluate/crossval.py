"""Reads every labelled article with weights fitted to the other stories alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.analyse.analyst import Analyst
from bot.analyse.dated import settle
from bot.analyse.evaluate.score import Case
from bot.analyse.training.build import build
from bot.analyse.training.data import Labelled, folds
from bot.model import Reading


def cases(articles: Sequence[Labelled], more: Sequence[Labelled], *, count: int = 10, seed: int = 0) -> list[Case]:
    """Cross-validation over stories: a story's articles are read, clustered and summarised by models that never saw any of them.

    The readings of all folds are clustered together, as the acceptance does; each pair is judged by the fold's model of its first article.
    """
    readings: dict[str, Reading] = {}
    analysts: list[tuple[Analyst, list[Labelled]]] = []
    for train, held in folds([*articles, *more], count, seed):
        scored = [item for item in held if item in articles]
        if scored:
            analyst = Analyst(build(train))
            analysts.append((analyst, scored))
            readings.update({item.id: analyst.read(item.article) for item in scored})
    stories = _cluster(articles, readings, analysts)
    for analyst, held in analysts:
        settled = settle(analyst, [item.article for item in articles], [readings[item.id] for item in articles], [stories[item.id] for item in articles])
        dated = {item.id: reading for item, reading in zip(articles, settled, strict=True)}
        readings.update({item.id: dated[item.id] for item in held})
    return [Case(item.row, _row(readings[item.id], stories[item.id])) for item in articles]


def _cluster(articles: Sequence[Labelled], readings: dict[str, Reading], analysts: Sequence[tuple[Analyst, list[Labelled]]]) -> dict[str, str | None]:
    """All readings clustered together once for each fold's pair model; an article's story is that of its own fold's clustering.

    Two articles of one true story share a fold, so they are compared within one clustering; a wrong merge with a story of another fold shows as well.
    """
    stories: dict[str, str | None] = {}
    order = [readings[item.id] for item in articles]
    for fold, (analyst, held) in enumerate(analysts):
        named = analyst.cluster(order)
        own = {item.id for item in held}
        for item, name in zip(articles, named, strict=True):
            if item.id in own:
                others = [other.id for other, label in zip(articles, named, strict=True) if label == name and other.id not in own]
                stories[item.id] = None if name is None else f"{fold}:{name}" if not others else f"shared:{fold}:{name}:{min(others)}"
    return stories


def _row(reading: Reading, story: str | None) -> dict[str, object]:
    facts = reading.facts
    return {
        "relevant": reading.relevant,
        "relevance": reading.relevance,
        "story": story,
        "summary": reading.summary,
        "evidence": [{"field": item.field, "sentence": item.sentence} for item in reading.evidence],
        "facts": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in ((name, getattr(facts, name)) for name in ("regulators", "messengers", "measure", "audiences", "status", "stage", "effective_date"))
        },
    }


def with_story(case: Case, story: str | None) -> Case:
    """The case with another story."""
    return replace(case, said={**case.said, "story": story})
