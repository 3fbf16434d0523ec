"""Fits how likely a word, and two words side by side, are to stand in the ideal summary of an article."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.analyse.linear import Linear
from bot.analyse.summaries import compose, weighing
from bot.analyse.training.data import Labelled
from bot.model import Reading

STRENGTH = 0.2
"""Inverse strength of regularisation."""
KNOWN = 40
"""Examples of a word from which on it counts by itself: an ideal rarely says who told whom, «сообщила пресс-служба»."""
OWN = 0.3
"""What an article of our own making weighs: its first sentence tells all more often than a real one's."""
AGREED = 4.0
"""What an article of the first set weighs: two readers agreed on its ideal sentence, on those of the others nobody but the writer."""

LEADING = frozenset({"w3", "w4"})
"""Batches whose ideal sentences keep to the first sentence of the text: nothing is to be learned from them."""


def counted_for(item: Labelled) -> float:
    """What an article counts for."""
    return 0.0 if item.batch in LEADING else {"m": OWN, "d": AGREED}.get(item.id[0], 1.0)


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


def fit_summaries(items: Sequence[tuple[Labelled, Reading]]) -> dict[str, Linear]:
    """The models `summary-word` and `summary-pair`."""
    told = [(item, reading) for item, reading in items if item.row.get("summary") and counted_for(item)]
    drafts = [weighing.Draft(item.view, reading.facts) for item, reading in told]
    texts = [[weighing.words(one.text) for one in compose.candidates(item.view, reading.facts)] for item, reading in told]
    ideals = [weighing.words(str(item.row["summary"])) for item, _ in told]
    weights = [counted_for(item) for item, _ in told]
    rows: list[dict[str, float]] = []
    marks: list[bool] = []
    counted: list[float] = []
    for draft, candidates, ideal, weight in zip(drafts, texts, ideals, weights, strict=True):
        for word in sorted(_held(draft.forms, candidates)):
            rows.append(draft.word(word))
            marks.append(word in ideal)
            counted.append(weight)
    single = _fit(rows, marks, counted)
    rows, marks, counted = [], [], []
    for draft, candidates, ideal, weight in zip(drafts, texts, ideals, weights, strict=True):
        chance = weighing.chances(draft, [sorted(_held(draft.forms, candidates))], single)
        beside = set(itertools.pairwise(ideal))
        pairs = set().union(*draft.pairs[:7], *(itertools.pairwise(text) for text in candidates))
        for pair in sorted(pairs):
            if pair[0] in chance and pair[1] in chance:
                rows.append(draft.pair(*pair, chance))
                marks.append(pair in beside)
                counted.append(weight)
    return {"summary-word": single, "summary-pair": _fit(rows, marks, counted)}


def _held(forms: Sequence[frozenset[str]], candidates: Sequence[list[str]]) -> set[str]:
    return set().union(*forms[:7], *candidates)


def _fit(rows: list[dict[str, float]], marks: list[bool], weights: list[float]) -> Linear:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    names = vectorizer.get_feature_names_out()
    often = np.asarray((matrix != 0).sum(axis=0)).ravel() >= KNOWN
    kept = np.array([common or not name.startswith("base:") for name, common in zip(names, often, strict=True)])
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-8).fit(matrix[:, kept], np.array(marks), sample_weight=np.array(weights))
    table = {name: (round(float(weight), 3),) for name, weight in zip(names[kept], fitted.coef_[0], strict=True) if abs(weight) >= 0.001}
    return Linear(("true",), (round(float(fitted.intercept_[0]), 3),), table)
