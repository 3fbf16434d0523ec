"""Linear models as plain weights: trained elsewhere, read from JSON, scored with sums."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Linear:
    """One weight vector a class; with a single class the score is that of `true`."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    threshold: float = 0.5

    def scores(self, features: Features) -> list[float]:
        """The linear scores, in the order of `classes`."""
        total = list(self.bias)
        weights = self.weights
        if len(total) == 1:
            return [total[0] + sum([weights[name][0] * value for name, value in features.items() if name in weights])]
        for name, value in features.items():
            row = weights.get(name)
            if row is not None:
                for index, weight in enumerate(row):
                    total[index] += weight * value
        return total

    def probability(self, features: Features) -> float:
        """The probability of the single class."""
        score = max(-30.0, min(30.0, self.scores(features)[0]))
        return 1.0 / (1.0 + math.exp(-score))

    def accepts(self, features: Features, lean: float = 0.0) -> bool:
        """True if the probability of the single class, its log-odds moved by `lean`, reaches the threshold."""
        return self.scores(features)[0] + lean >= math.log(self.threshold / (1.0 - self.threshold))

    def choose(self, features: Features, lean: Mapping[str, float] | None = None) -> str:
        """The class of the highest score, `lean` added to it."""
        scores = [score + (lean or {}).get(name, 0.0) for name, score in zip(self.classes, self.scores(features), strict=True)]
        return self.classes[scores.index(max(scores))]

    def because(self, features: Features, count: int = 3) -> list[str]:
        """The features that spoke loudest for the single class."""
        pulls = {name: self.weights[name][0] * value for name, value in features.items() if name in self.weights}
        return [name for name in sorted(pulls, key=lambda name: (-pulls[name], name)) if pulls[name] > 0][:count]


Models = Mapping[str, Linear]


def load(text: str | None = None) -> dict[str, Linear]:
    """Reads the shipped models, or those of a JSON text."""
    if text is None:
        text = resources.files("bot.analyse").joinpath("data", "weights.json").read_text(encoding="utf-8")
    return {
        name: Linear(
            tuple(row["classes"]),
            tuple(row["bias"]),
            {key: tuple(values) for key, values in row["weights"].items()},
            row["threshold"],
        )
        for name, row in json.loads(text).items()
    }


def dump(models: Models) -> str:
    """Writes models as JSON, the same bytes for the same weights."""
    rows = {
        name: {
            "classes": model.classes,
            "bias": model.bias,
            "threshold": model.threshold,
            "weights": {key: model.weights[key] for key in sorted(model.weights)},
        }
        for name, model in sorted(models.items())
    }
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n"
