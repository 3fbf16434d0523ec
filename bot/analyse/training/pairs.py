"""Fits the model that says whether two readings tell one event, and counts how rare words are."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence

from bot.analyse import stories, text
from bot.analyse.linear import Linear
from bot.analyse.training.data import Labelled
from bot.analyse.training.fit import binary
from bot.model import Reading


def rarity(articles: Sequence[Labelled]) -> str:
    """Inverse document frequencies as JSON; the empty word stands for all that were never seen."""
    counts: dict[str, int] = {}
    for item in articles:
        words = {word for sentence in item.view.sentences for word in text.lemmas(sentence.folded)}
        names = {f"={mention.name}" for row in (*item.view.messengers, *item.view.regulators) for mention in row}
        for word in words | names:
            counts[word] = counts.get(word, 0) + 1
    table = {word: round(math.log((1 + len(articles)) / (1 + count)) + 0.3, 2) for word, count in sorted(counts.items()) if count >= 2}
    table[""] = round(math.log((1 + len(articles)) / 2) + 0.3, 2)
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def fit_pairs(readings: Sequence[tuple[Reading, str]], threshold: float) -> Linear:
    """The model from readings with their labelled stories: every pair is an example."""
    rows, marks = [], []
    for (a, story_a), (b, story_b) in itertools.combinations(readings, 2):
        rows.append(stories.pair(a, b))
        marks.append(story_a == story_b)
    fitted = binary(rows, marks, "pair")
    return Linear(fitted.classes, fitted.bias, fitted.weights, threshold)
