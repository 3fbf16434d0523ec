"""The words that stories are found by, kept so that the one meant by a slip of the finger is found without a scan."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.store import keys
from bot.store.lua import Script

_SPELT: Final = Script("search_spelt")

_ENDING: Final = re.compile(r"(?<=...)(?:ть|ться)?[аеиоуыэюяйь]*$")
_FORGIVEN: Final = ((8, 2), (4, 1))
"""Letters that a word must have, without its ending, for so many slips."""
_SURE: Final = 5
"""Letters from which on the first one may be wrong: among short words another first letter is another word."""
_SHORTEST: Final = 3
_UNTYPED: Final = 12
"""Letters of a beginning that a word may be found by, and those that it may go on for."""
_LONGEST: Final = 40
_GUESSES: Final = 20
_HELD: Final = 300
"""Buckets held: one has some hundreds of words."""
_AT_ONCE: Final = 200
"""Stories whose words are read at once."""


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
        self._held: OrderedDict[str, dict[str, str]] = OrderedDict()
        """Buckets as they were read, each word with its core."""

    async def keep(self, words: Iterable[str]) -> None:
        """Keeps these words."""
        filed: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            core = _core(word)
            if word.isalpha() and len(core) >= _FORGIVEN[-1][0] and len(word) <= _LONGEST:
                for bucket in _buckets(core):
                    filed[bucket].append(word)
        pipe = self._client.pipeline(transaction=False)
        for bucket, meant in filed.items():
            pipe.sadd(keys.STORIES_SPELT(bucket), *meant)
            pipe.expire(keys.STORIES_SPELT(bucket), self._seconds)
        await pipe.execute()

    async def near(self, word: str) -> dict[str, float]:
        """The words that this one may have been meant for, each with how far it is off; none if it is too short to tell."""
        core = _core(word)
        slips = next((slips for length, slips in _FORGIVEN if len(core) >= length), 0)
        if not slips or not word.isalpha() or len(word) > _LONGEST:
            return {}
        buckets = list(dict.fromkeys(_buckets(core, slips)))
        found: dict[str, float] = {}
        for words in await self._read(buckets):
            near = process.extract(core, words, scorer=OSA.distance, score_cutoff=slips, limit=_GUESSES)
            found |= {other: distance for _, distance, other in near if len(core) >= _SURE or other[0] == word[0]}
        return found

    async def beginning(self, text: str) -> list[str]:
        """Words that begin so, for who has not typed a word to its end; none if it is too short to tell."""
        if not text.isalpha() or len(text) < _SHORTEST or len(text) > _LONGEST:
            return []
        lengths = range(max(len(_core(text)), _FORGIVEN[-1][0]), len(text) + _UNTYPED)
        read = await self._read([f"^{text[0]}{length}" for length in lengths])
        return [word for words in read for word in words if word.startswith(text)]

    async def _read(self, buckets: Sequence[str]) -> list[dict[str, str]]:
        """The words of some buckets with their cores. No word ever leaves a bucket: one of the same size is the same."""
        pipe = self._client.pipeline(transaction=False)
        for bucket in buckets:
            pipe.scard(keys.STORIES_SPELT(bucket))
        sizes = dict(zip(buckets, await pipe.execute(), strict=True))
        read: list[dict[str, str]] = []
        for bucket in buckets:
            words = self._held.get(bucket, {})
            if len(words) != sizes[bucket]:
                listed = (await _SPELT(self._client, [keys.STORIES_SPELT(bucket)], [])).decode().split()
                words = self._held[bucket] = {word: _core(word) for word in listed}
            if words:
                self._held.move_to_end(bucket)
            read.append(words)
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        return read


async def spell(client: Any) -> None:
    """Files the words of the stories that were kept before slips were forgiven. May be interrupted and run again."""
    vocabulary, known = Vocabulary(client, int(keys.EVER.total_seconds())), set[str]()
    names = [name.decode() for name in await client.zrange(keys.STORIES_UPDATED(), 0, -1)]
    for start in range(0, len(names), _AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for name in names[start : start + _AT_ONCE]:
            pipe.hget(keys.STORY(name), "words")
        found = {word for part in await pipe.execute() if part for word in part.decode().split("\n")}
        await vocabulary.keep(sorted(found - known))
        known |= found
