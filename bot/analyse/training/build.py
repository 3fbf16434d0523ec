"""All models from labelled articles."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analyse.analyst import Analyst
from bot.analyse.linear import Linear
from bot.analyse.training.data import Labelled
from bot.analyse.training.fit import fit
from bot.analyse.training.pairs import fit_pairs
from bot.analyse.training.summaries import fit_summaries
from bot.model import Reading

PAIR_THRESHOLD = 0.22
_EVERYTHING = Linear(("true",), (30.0,), {}, 0.5)


def build(articles: Sequence[Labelled]) -> dict[str, Linear]:
    """Fits the article models, reads the relevant articles with them, and fits the pair model to those readings."""
    models = fit(articles)
    models["pair"] = models["summary-word"] = models["summary-pair"] = _EVERYTHING
    reader = Analyst({**models, "relevance": _EVERYTHING})
    readings = [(item, reader.read(item.article)) for item in articles if item.relevant]
    batches: dict[str, list[tuple[Reading, str]]] = {}
    for item, reading in readings:
        if item.clustered:
            batches.setdefault(item.batch, []).append((reading, f"{item.batch}:{item.story}"))
    models["pair"] = fit_pairs(list(batches.values()), PAIR_THRESHOLD)
    return models | fit_summaries(readings)
