"""Fits the model that says whether two readings tell one event, and counts how rare words are."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer

from bot.analyse.language import text
from bot.analyse.linear import Linear
from bot.analyse.stories import likeness
from bot.analyse.training.data import Labelled
from bot.model import Reading

STRENGTH = 0.3
"""Inverse strength of regularisation."""


def rarity(articles: Sequence[Labelled]) -> str:
    """Inverse document frequencies of the words of news as JSON, a word a line; the empty word stands for all that were never seen."""
    counts: dict[str, int] = {}
    for item in articles:
        words = {word for sentence in item.view.sentences for word in text.lemmas(sentence.folded)}
        names = {f"={mention.name}" for row in (*item.view.messengers, *item.view.regulators) for mention in row}
        for word in words | names:
            counts[word] = counts.get(word, 0) + 1
    table = {word: round(math.log((1 + len(articles)) / (1 + count)) + 0.3, 2) for word, count in sorted(counts.items()) if count >= 2}
    table[""] = round(math.log((1 + len(articles)) / 2) + 0.3, 2)
    return json.dumps(table, ensure_ascii=False, separators=(",\n", ":"), sort_keys=True) + "\n"


def fit_pairs(batches: Sequence[Sequence[tuple[Reading, str]]], threshold: float) -> Linear:
    """The model from readings with their labelled stories; readings of different batches are not compared.

    Every pair is an example; those of a large story count for less, so that each article has the same say. A feature that by its
    meaning speaks for one event (or against it) never gets a weight of the other sign.
    """
    couples = [couple for readings in batches for couple in itertools.combinations(readings, 2)]
    couples += [
        (a, (replace(b, published=None, seen=None), story)) for a, (b, story) in couples if likeness.moment(a[0]) and likeness.moment(b)
    ]
    rows = [likeness.pair(a, b) for (a, _), (b, _) in couples]
    same = np.array([one == other for (_, one), (_, other) in couples], dtype=float)
    sizes = Counter(story for readings in batches for _, story in readings)
    share = np.array([1 / (sizes[one] - 1) if one == other else 1.0 for (_, one), (_, other) in couples])
    share[same == 1] *= same.sum() / max(share[same == 1].sum(), 1e-9)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    names = list(vectorizer.get_feature_names_out())

    def loss(flat: Any) -> tuple[float, Any]:
        scores = matrix @ flat[:-1] + flat[-1]
        value = (share * (np.logaddexp(0, scores) - same * scores)).sum() + (flat[:-1] ** 2).sum() / (2 * STRENGTH)
        apart = share * (1 / (1 + np.exp(-scores)) - same)
        return float(value), np.append(matrix.T @ apart + flat[:-1] / STRENGTH, apart.sum())

    bounds = [(0, None) if name in likeness.FOR else (None, 0) for name in names] + [(None, None)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x
    weights = {name: (round(float(value), 3),) for name, value in zip(names, found, strict=False) if abs(value) >= 0.001}
    return Linear(("true",), (round(float(found[-1]), 3),), weights, threshold)
