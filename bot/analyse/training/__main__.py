"""Rebuilds the shipped weights from the labelled articles, bit for bit: `python -m bot.analyse.training`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from bot.analyse import analyst, linear
from bot.analyse.language import meaning, terms
from bot.analyse.training.build import build
from bot.analyse.training.data import read
from bot.analyse.training.pairs import rarity

DATA = Path(analyst.__file__).parent / "data"


def main() -> None:
    """Writes data/rarity.json, data/axes.json and data/weights.json."""
    articles = read()
    (DATA / "rarity.json").write_text(rarity(articles), encoding="utf-8")
    (DATA / "axes.json").write_text(meaning.fit_axes([item.view for item in articles]), encoding="utf-8")
    for remembered in (terms.rarity, terms.notion_rarities, terms.bag, meaning.axes):
        remembered.cache_clear()  # the tables have just been rewritten
    models = build(articles)
    (DATA / "weights.json").write_text(linear.dump(models), encoding="utf-8")
    sizes = ", ".join(f"{name} {len(dataclasses.astuple(model)[2])}" for name, model in sorted(models.items()))
    click.echo(f"{len(articles)} articles; weights a model: {sizes}")


if __name__ == "__main__":
    main()
