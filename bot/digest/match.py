"""Finds words in a text in whatever form they stand there."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, Final

import snowballstemmer

_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CYRILLIC: Final = re.compile(r"[а-яё]")


def tokens(text: str) -> list[frozenset[str]]:
    """Each word of a text as the set of what it may be a form of."""
    return [forms(word) for word in _WORD.findall(text.lower().replace("ё", "е"))]


def mentions(text: Iterable[frozenset[str]], phrase: str) -> bool:
    """True if the words of the phrase stand in the text side by side, each in any form. An empty phrase is never mentioned."""
    wanted, words = tokens(phrase), list(text)
    if not wanted:
        return False
    return any(all(want & words[start + offset] for offset, want in enumerate(wanted)) for start in range(len(words) - len(wanted) + 1))


@functools.lru_cache(maxsize=50_000)
def forms(word: str) -> frozenset[str]:
    """The stem and the dictionary forms of one lower-case word. Not thread-hostile: what it loads is only read."""
    if _CYRILLIC.search(word):
        lemmas = {parse.normal_form.replace("ё", "е") for parse in _morphology().parse(word) if parse.score >= 0.05}
        return frozenset({_stemmer("russian").stemWord(word), *lemmas})
    return frozenset({word, _stemmer("english").stemWord(word)})


@functools.cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


@functools.cache
def _morphology() -> Any:
    # Its dictionary takes a quarter of a second: only those who mute words wait for it.
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
