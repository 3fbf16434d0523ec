"""Reads every labelled article with weights fitted to the other stories alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.analyse.analyst import Analyst
from bot.analyse.evaluate.score import Case
from bot.analyse.stories.placing import Joiner, named
from bot.analyse.stories.together import settle
from bot.analyse.training.build import build
from bot.analyse.training.data import Labelled, folds
from bot.model import Article, Reading


class _Judges(Joiner):
    """Judges a pair by the models of both articles' folds: neither saw the story of the article it stands for."""

    def __init__(self, joiners: Mapping[str, Joiner]) -> None:
        self._joiners = joiners
        self.threshold = next(iter(joiners.values())).threshold

    def likeness(self, a: Reading, b: Reading) -> float:
        return (self._joiners[a.article_id].likeness(a, b) + self._joiners[b.article_id].likeness(a, b)) / 2


class _Readers:
    """Reads an article again with the models of its own fold."""

    def __init__(self, analysts: Mapping[str, Analyst]) -> None:
        self._analysts = analysts

    def again(self, article: Article, reading: Reading, beside: Sequence[Reading]) -> Reading:
        return self._analysts[article.id].again(article, reading, beside)


def cases(articles: Sequence[Labelled], more: Sequence[Labelled], *, count: int = 10, seed: int = 0) -> list[Case]:
    """Cross-validation over stories: a story's articles are read, clustered and summarised by models that never saw any of them.

    The readings of all folds are clustered together, as articles that come in one file are.
    """
    readings: dict[str, Reading] = {}
    analysts: dict[str, Analyst] = {}
    own = {item.id for item in articles}
    for train, held in folds([*articles, *more], count, seed):
        scored = [item for item in held if item.id in own]
        if scored:
            analyst = Analyst(build(train))
            for item in scored:
                analysts[item.id] = analyst
                readings[item.id] = analyst.read(item.article)
    ordered = [readings[item.id] for item in articles]
    judges = _Judges({name: Joiner(analyst.models["pair"]) for name, analyst in analysts.items()})
    stories = named(judges, ordered)
    settled = settle(_Readers(analysts), [item.article for item in articles], ordered, stories)
    return [Case(item.row, _row(reading, story)) for item, reading, story in zip(articles, settled, stories, strict=True)]


def _row(reading: Reading, story: str | None) -> dict[str, object]:
    names = ("regulators", "messengers", "measure", "audiences", "status", "stage", "effective_date")
    facts = {name: getattr(reading.facts, name) for name in names}
    return {
        "relevant": reading.relevant,
        "relevance": reading.relevance,
        "story": story,
        "summary": reading.summary,
        "evidence": [{"field": item.field, "value": item.value, "sentence": item.sentence} for item in reading.evidence],
        "facts": {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()},
    }
