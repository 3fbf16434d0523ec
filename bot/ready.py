"""Makes a process quick to answer: loads what first answers would wait for, and keeps the garbage collector from stopping the others."""

from __future__ import annotations

import asyncio
import gc
from typing import Final

from bot.digest import marks
from bot.locales import LANGUAGES, words
from bot.store.forms import load_dictionaries

_THRESHOLDS: Final = (1_000, 5, 1_000)
"""To look at all that lives stops the answers for a quarter of a second, with the stories of a week at hand: it is done seldom."""


async def make_ready() -> None:
    """Loads the dictionaries, the words and the marks, then sets all that lives by now aside from garbage collection."""
    await asyncio.to_thread(_load)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


def _load() -> None:
    load_dictionaries()
    marks.load()
    for language in LANGUAGES:
        words(language)
