"""Fits the model that ranks candidate summaries to their overlap with the ideal sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge

from bot.analyse import compose
from bot.analyse.linear import Linear
from bot.analyse.training.data import Labelled
from bot.model import Reading

STRENGTH = 3.0


def words(text: str) -> list[str]:
    """Words as ROUGE counts them."""
    return re.findall(r"\w+", text.lower())


def rouge_n(said: list[str], ideal: list[str], n: int) -> float:
    """F of the common n-grams."""
    a, b = (Counter(tuple(row[i : i + n]) for i in range(len(row) - n + 1)) for row in (said, ideal))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def rouge_l(said: list[str], ideal: list[str]) -> float:
    """F of the longest common subsequence."""
    row = [0] * (len(ideal) + 1)
    for word in said:
        diagonal = 0
        for j, other in enumerate(ideal, 1):
            above = row[j]
            row[j] = diagonal + 1 if word == other else max(above, row[j - 1])
            diagonal = above
    return 2 * row[-1] / (len(said) + len(ideal)) if said or ideal else 0.0


def worth(said: str, ideal: str) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L."""
    a, b = words(said), words(ideal)
    return rouge_n(a, b, 1), rouge_n(a, b, 2), rouge_l(a, b)


def fit_summaries(items: Sequence[tuple[Labelled, Reading]]) -> Linear:
    """A ridge regression of the summed ROUGE, each article's candidates measured from their own mean."""
    rows: list[dict[str, float]] = []
    values: list[float] = []
    weights: list[float] = []
    for item, reading in items:
        ideal = str(item.row.get("summary") or "")
        found = compose.candidates(item.view, reading.facts, compose.when(item.view, reading.facts)) if ideal else []
        if len(found) < 2:
            continue
        counts = compose.counted(item.view)
        scores = [first + second + 1.4 * longest for first, second, longest in (worth(candidate.text, ideal) for candidate in found)]
        mean = float(np.mean(scores))
        rows.extend(compose.features(item.view, reading.facts, candidate, counts) for candidate in found)
        values.extend(score - mean for score in scores)
        weights.extend([1.0 / len(found)] * len(found))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    fitted = Ridge(alpha=STRENGTH, solver="cholesky").fit(
        matrix.toarray(), np.array(values), sample_weight=np.array(weights) * len(rows) / sum(weights) / 10
    )
    table = {name: (round(float(weight), 4),) for name, weight in zip(vectorizer.get_feature_names_out(), fitted.coef_, strict=True)}
    return Linear(("true",), (round(float(fitted.intercept_), 4),), table)
