"""What an expert would say of a measure and its stage from the title and the first sentence alone."""

from __future__ import annotations

import functools

from bot.analyse.language.index import Index
from bot.analyse.language.lexicon import table
from bot.analyse.language.text import Page

Hints = tuple[str, str, str]
"""What the rules say of the title, of the first sentence and of the core; empty where no rule speaks."""


@functools.cache
def _rules(kind: str) -> tuple[tuple[str, ...], Index]:
    """What each rule says, and their expressions filed by the number of the rule."""
    rows = table("rules")[kind]
    return tuple(row["says"] for row in rows), Index({f"{number:03}": row["if"] for number, row in enumerate(rows)})


def hints(page: Page, kind: str, core: str) -> Hints:
    """The first rule of a kind (`measure` or `stage`) that matches the title, the sentence after it, and the core of the news."""

    def first(folded: str) -> str:
        says, index = _rules(kind)
        found = index.present(folded)
        return says[int(min(found))] if found else ""

    return first(page.title.folded), first(page.body[0].folded) if page.body else "", first(core)


def spoken(hints: Hints) -> dict[str, float]:
    """Features of what the rules say, and where: one opinion among those of the words and cues, weighed with them."""
    found: dict[str, float] = {}
    for where, says in zip("tlc", hints, strict=True):
        if says:
            found[f"rule:{where}:{says}"] = found[f"rule:{says}"] = 1.0
    return found
