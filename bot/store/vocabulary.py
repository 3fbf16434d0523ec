"""The words that stories are found by, kept so that the one meant by a slip of the finger is found without a scan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.store import keys
from bot.store.lua import Script

_SPELT: Final = Script("search_spelt")

_ENDING: Final = re.compile(r"(?<=...)(?:ть|ться)?[аеиоуыэюяйь]*$")
_LETTERS: Final = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    "йцукенгшщзхъфывапролджэячсмитьбюе",
)
"""What a Russian word becomes when the keyboard was left in English."""
_FORGIVEN: Final = ((8, 2), (4, 1))
"""Letters that a word must have, without its ending, for so many slips."""
_LONGEST: Final = 40
_GUESSES: Final = 20


def retyped(text: str) -> str:
    """The same keys in the Russian layout: «inhfa» is «штраф»."""
    return text.translate(_LETTERS)


def _core(word: str) -> str:
    """The word without what changes from form to form: the ending of a misspelt word is guessed, and guessed wrong."""
    return _ENDING.sub("", word)


def _buckets(core: str, reach: int = 0) -> Iterable[str]:
    """Where a word is filed: by its first letter, and by its last; a slip seldom spoils both."""
    for length in range(len(core) - reach, len(core) + reach + 1):
        yield f"^{core[0]}{length}"
        yield f"{core[-1]}${length}"


class Vocabulary:
    """The words of the index. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, seconds: int) -> None:
        self._client, self._seconds = client, seconds

    def file(self, pipe: Any, words: Iterable[str]) -> None:
        """Adds to a pipeline what keeps these words."""
        for word in words:
            core = _core(word)
            if word.isalpha() and len(core) >= _FORGIVEN[-1][0] and len(word) <= _LONGEST:
                for bucket in _buckets(core):
                    pipe.sadd(keys.STORIES_SPELT(bucket), word)
                    pipe.expire(keys.STORIES_SPELT(bucket), self._seconds)

    async def near(self, word: str) -> list[str]:
        """The words that this one may have been meant for, the nearest first; none if it is too short to tell."""
        core = _core(word)
        slips = next((slips for length, slips in _FORGIVEN if len(core) >= length), 0)
        if not slips or not word.isalpha() or len(word) > _LONGEST:
            return []
        found = [await _SPELT(self._client, [keys.STORIES_SPELT(bucket)], []) for bucket in _buckets(core, slips)]
        known = {other: _core(other) for part in found for other in part.decode().split()}
        near = process.extract(core, known, scorer=OSA.distance, score_cutoff=slips, limit=_GUESSES)
        return [other for _, _, other in near]
