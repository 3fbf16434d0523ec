"""All models from labelled articles."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analyse.analyst import Analyst
from bot.analyse.linear import Linear
from bot.analyse.training.data import Labelled
from bot.analyse.training.fit import fit
from bot.analyse.training.pairs import fit_pairs

PAIR_THRESHOLD = 0.3
_EVERYTHING = Linear(("true",), (30.0,), {}, 0.5)


def build(articles: Sequence[Labelled]) -> dict[str, Linear]:
    """Fits the article models, reads the relevant articles with them, and fits the pair model to those readings."""
    models = fit(articles)
    models["pair"] = _EVERYTHING
    reader = Analyst({**models, "relevance": _EVERYTHING})
    readings = [(reader.read(item.article), item.story) for item in articles if item.relevant]
    models["pair"] = fit_pairs([(reading, story) for reading, story in readings if reading.relevant], PAIR_THRESHOLD)
    return models
