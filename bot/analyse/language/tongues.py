"""The words of the subject in the other language: by them an English word finds what is told in Russian, and the other way round."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import lemma

_COURT = "Суд"
"""Any court: the one authority whose name is a common word."""


def rendered(words: Iterable[str]) -> frozenset[str]:
    """The dictionary forms, in the other language, of those of the words that the glossary has. Takes and gives what `lemmas` gives."""
    known = _renditions()
    return frozenset(other for word in words for other in known.get(word, ()))


def authorities(folded: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text without the authorities that it names in English or by several words, and these: as they were said, canonical."""
    found = []
    for mention in reversed(lexicon.regulators().find(folded)):
        said = folded[mention.start : mention.stop]
        if mention.name != _COURT and (said.isascii() or " " in said):
            found.append((said, mention.name))
            folded = folded[: mention.start] + " " + folded[mention.stop :]
    return folded, tuple(reversed(found))


@functools.cache
def _renditions() -> Mapping[str, frozenset[str]]:
    """Names of authorities are left out: a foreign regulator is not Roskomnadzor."""
    found: dict[str, frozenset[str]] = {}
    for line in lexicon.table("glossary")["notions"]:
        words = {lemma(fold(word)) for word in line.split() if not _is_name(fold(word))}
        english = frozenset(word for word in words if word.isascii())
        russian = frozenset(words) - english
        for word in words:
            found[word] = found.get(word, frozenset()) | (russian if word in english else english)
    return found


def _is_name(word: str) -> bool:
    return any(mention.stop - mention.start == len(word) and mention.name != _COURT for mention in lexicon.regulators().find(word))
