"""What an article says by its words: their dictionary forms, and where they lie among the meanings that news give to words."""

from __future__ import annotations

import functools
import importlib.util
import json
import math
import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.analyse.features import View
from bot.analyse.language.text import lemmas

DIMENSIONS = 40
"""Directions of meaning that are kept of navec's 300."""
LOOKED_AT = 13
"""Sentences, with the title, whose words count: what follows is background."""
WORDS, MEANINGS = 6.0, 2.5
"""How much all words and all meanings of an article weigh beside its cues, of which each weighs 1."""
_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*")
_SHORT = frozenset({"не", "нет", "max", "бан", "суд"})
"""The words of less than four letters that mean something here."""

Vector = npt.NDArray[np.float32]


def natasha() -> Path:
    """Where natasha's wheel keeps its data; natasha itself is not imported (that costs a second). Raises ImportError."""
    spec = importlib.util.find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("natasha's data is missing: pip install natasha")
    return Path(spec.submodule_search_locations[0]) / "data"


@functools.cache
def vectors() -> Any:
    """Navec: 250,000 Russian words, learnt from news."""
    from navec import Navec

    return Navec.load(str(natasha() / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))


@functools.lru_cache(maxsize=10_000)
def _vector(word: str) -> Vector | None:
    known = vectors()
    found: Vector | None = known.get(word)
    return found


def mean(text: str) -> Vector:
    """The direction in which the words of a text point together, of length 1; zero if none is known."""
    found = [_vector(word) for word in _WORD.findall(text.lower()) if len(word) > 3 or word in _SHORT]
    known = [vector for vector in found if vector is not None]
    if not known:
        return np.zeros(300, dtype=np.float32)
    total = np.sum(known, axis=0)
    length = float(np.linalg.norm(total))
    return np.asarray(total / length if length else total, dtype=np.float32)


def parts(seen: View) -> dict[str, Vector]:
    """The meanings of the title, of the first sentence, of all, and of the sentences about messengers."""
    texts = [sentence.text for sentence in seen.sentences]
    about = [text for number, text in enumerate(texts) if seen.about(number)]
    return {
        "t": mean(texts[0]),
        "l": mean(texts[1]) if len(texts) > 1 else mean(""),
        "a": mean(" ".join(texts)),
        "m": mean(" ".join(about)),
    }


@functools.cache
def axes() -> tuple[Vector, Vector]:
    """The middle of the labelled articles and the directions in which they differ most: data/axes.json."""
    rows = json.loads(resources.files("bot.analyse").joinpath("data", "axes.json").read_text(encoding="utf-8"))
    return np.array(rows["middle"], dtype=np.float32), np.array(rows["directions"], dtype=np.float32)


def fit_axes(articles: Sequence[View]) -> str:
    """The principal components of the articles' meanings, as data/axes.json keeps them."""
    from sklearn.decomposition import PCA

    found = PCA(DIMENSIONS, svd_solver="full").fit(
        np.array([vector for seen in articles for vector in parts(seen).values()], dtype=np.float64)
    )
    rows = {"middle": found.mean_.round(4).tolist(), "directions": found.components_.round(4).tolist()}
    return json.dumps(rows, separators=(",", ":")) + "\n"


def content(seen: View) -> dict[str, float]:
    """Features of the words of an article and of their meanings."""
    folded = [sentence.folded for sentence in seen.sentences[:LOOKED_AT]]
    title, lead, body = (frozenset(lemmas(text)) for text in (folded[0], " ".join(folded[1:2]), " ".join(folded[1:])))
    words = [f"w:{word}" for word in title | body] + [f"wt:{word}" for word in title] + [f"wl:{word}" for word in lead]
    weight = WORDS / math.sqrt(len(words) or 1)
    features = dict.fromkeys(words, weight)
    middle, directions = axes()
    for place, vector in parts(seen).items():
        for number, value in enumerate((directions @ (vector - middle)).tolist()):
            features[f"~{place}{number}"] = MEANINGS * value
    return features
