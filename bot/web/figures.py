"""How well the news are read: the figures of the last measurement, for the page of how it works."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, 0..1: on the labelled articles by cross-validation, and on articles that nothing had been learned from."""

    key: str
    row: str
    """Its name in docs/evaluation.md."""
    known: float
    unseen: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """All figures, and how many articles each column was measured on."""

    known_articles: int
    unseen_articles: int
    figures: tuple[Figure, ...]


@functools.cache
def measured() -> Measurement:
    """The measurement that the program was built with."""
    read = tomllib.loads(resources.files("bot.web").joinpath("figures.toml").read_text(encoding="utf-8"))
    return Measurement(
        known_articles=read["known_articles"],
        unseen_articles=read["unseen_articles"],
        figures=tuple(Figure(**one) for one in read["figure"]),
    )
