"""How much of what one text says is said by another, in the same words or in words of like meaning."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.analyse.language import meaning
from bot.analyse.language.terms import notions, rare

_STEM = 5
"""Letters by which «увеличить» and «увеличение» are one word."""
_LIKE = 0.42
"""The cosine of two words in navec from which on they may mean one thing: «закрыть» and «заблокировать» have 0.5, unrelated verbs 0.2."""
_MOST = 400
"""Words of a text that are looked at."""

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text: each with its weight, and the directions in which they point."""

    stems: frozenset[str]
    notions: frozenset[int]
    """What they stand for in either language."""
    rows: Vector
    """A unit vector a word that navec knows."""


@functools.lru_cache(maxsize=20_000)
def _direction(lemma: str) -> Vector | None:
    found = meaning.vectors().get(lemma) if not lemma.isascii() else None
    if found is None:
        return None
    length = float(np.linalg.norm(found))
    return np.asarray(found / length, dtype=np.float32) if length else None


def said(lemmas: Iterable[str]) -> Said:
    """The words of a text that was told."""
    words = list(dict.fromkeys(lemmas))[:_MOST]
    rows = [row for word in words if (row := _direction(word)) is not None]
    known = notions()
    return Said(
        frozenset(word[:_STEM] for word in words),
        frozenset(known[word] for word in words if word in known),
        np.array(rows, dtype=np.float32).reshape(len(rows), 300),
    )


def held(lemmas: Sequence[str], by: Said) -> dict[str, float]:
    """For each word how surely the text `by` says it too, 0..1: its stem stands there, or a word of like meaning."""
    found = dict.fromkeys(lemmas, 0.0)
    open_words: list[str] = []
    known = notions()
    for word in found:
        if word[:_STEM] in by.stems or known.get(word) in by.notions:
            found[word] = 1.0
        elif not word.isdigit() and _direction(word) is not None:
            open_words.append(word)
    if open_words and len(by.rows):
        asked = np.array([_direction(word) for word in open_words], dtype=np.float32)
        nearest = (asked @ by.rows.T).max(axis=1)
        for word, cosine in zip(open_words, nearest.tolist(), strict=True):
            found[word] = max(0.0, min(1.0, (cosine - _LIKE) / (0.75 - _LIKE)))
    return found


def share(values: Mapping[str, float]) -> float:
    """The share of a text that is held, its rare words counting for more."""
    total = sum(rare(word) for word in values)
    return sum(rare(word) * value for word, value in values.items()) / total if total else 1.0
