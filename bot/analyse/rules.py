"""What an expert would say of a measure and its stage from the title and the first sentence alone."""

from __future__ import annotations

import functools
import re

from bot.analyse.lexicon import table, union
from bot.analyse.text import Page

Hints = tuple[str, str, str]
"""What the rules say of the title, of the first sentence and of the core; empty where no rule speaks."""


@functools.cache
def _rules(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["says"], union(row["if"])) for row in table("rules")[kind])


def hints(page: Page, kind: str, core: str) -> Hints:
    """The first rule of a kind (`measure` or `stage`) that matches the title, the sentence after it, and the core of the news."""

    def first(folded: str) -> str:
        return next((says for says, form in _rules(kind) if form.search(folded)), "")

    return first(page.title.folded), first(page.body[0].folded) if page.body else "", first(core)
