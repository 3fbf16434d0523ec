"""Search: an inverted index of stories by dictionary form, each word's stories sorted by their last change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from bot.model import Group, Period, Stage, Story
from bot.store import keys

Lemmas = Callable[[str], Iterable[str]]

MOST_WORDS: Final = 80
"""Different words by which one story is found."""
_PAGE: Final = 500
_DEEPEST: Final = 10_000
"""Stories with the rarest word that are looked through for the others."""


def dictionary_forms(text: str) -> Iterable[str]:
    """The dictionary forms of a text's words; loads the dictionaries when it is first called."""
    from bot.analyse.lexicon import fold  # they take a quarter of a second that most commands need not spend
    from bot.analyse.text import lemmas

    return lemmas(fold(text))


class Search:
    """The index. What a story is filtered by is filed as a word of its own, such as `stage=adopted`."""

    def __init__(self, client: Any, seconds: int, lemmas: Lemmas) -> None:
        self._client = client
        self._seconds = seconds
        self._lemmas = lemmas

    def words_of(self, story: Story) -> set[str]:
        """The words that a story is found by. Takes some milliseconds."""
        facts = story.facts
        texts = [story.headline, *facts.messengers, *facts.regulators, *facts.documents, facts.territory or "", story.text]
        texts += [source.title for source in story.sources[:10]]
        found = dict.fromkeys(word for text in texts for word in self._lemmas(text))
        words = set(list(found)[:MOST_WORDS])
        words |= {f"audience={group}" for group in facts.audiences} | {f"messenger={name.lower()}" for name in facts.messengers}
        if facts.stage:
            words.add(f"stage={facts.stage}")
        return words

    async def file(self, story: Story, words: Iterable[str], *, lost: Iterable[str]) -> None:
        """Files a story under its words and takes it from those it has lost."""
        stamp = story.updated.timestamp()
        pipe = self._client.pipeline(transaction=False)
        for word in words:
            pipe.zadd(keys.STORIES_WORD(word), {story.id: stamp})
            pipe.zremrangebyscore(keys.STORIES_WORD(word), "-inf", stamp - self._seconds)
            pipe.expire(keys.STORIES_WORD(word), self._seconds)
        for word in lost:
            pipe.zrem(keys.STORIES_WORD(word), story.id)
        await pipe.execute()

    async def remove(self, story_id: str, words: Iterable[str]) -> None:
        """Takes a story from the index."""
        pipe = self._client.pipeline(transaction=False)
        for word in words:
            pipe.zrem(keys.STORIES_WORD(word), story_id)
        await pipe.execute()

    async def find(
        self, words: str, limit: int, *, stage: Stage | None, audience: Group | None, messenger: str | None, period: Period | None
    ) -> list[str]:
        """Ids of stories that have all the words and pass the filters, the newest first; nothing for words that say nothing."""
        asked = set(list(dict.fromkeys(self._lemmas(words)))[:16])
        asked |= {
            f"{name}={value}".lower() for name, value in (("stage", stage), ("audience", audience), ("messenger", messenger)) if value
        }
        if not asked or (words.strip() and not any("=" not in word for word in asked)):
            return []
        pipe = self._client.pipeline(transaction=False)
        for word in asked:
            pipe.zcard(keys.STORIES_WORD(word))
        sizes = dict(zip(asked, await pipe.execute(), strict=True))
        rarest, *others = sorted(asked, key=lambda word: (sizes[word], word))
        return await self._walk(rarest, others, limit, period) if sizes[rarest] else []

    async def _walk(self, rarest: str, others: list[str], limit: int, period: Period | None) -> list[str]:
        """Goes through the stories of the rarest word, the newest first, and keeps those that all other words have too."""
        lowest = period.since.timestamp() if period else "-inf"
        highest = f"({period.until.timestamp()}" if period else "+inf"
        found: list[str] = []
        for start in range(0, _DEEPEST, _PAGE):
            names = await self._client.zrevrangebyscore(keys.STORIES_WORD(rarest), highest, lowest, start=start, num=_PAGE)
            if not names:
                break
            pipe = self._client.pipeline(transaction=False)
            for word in others:
                pipe.zmscore(keys.STORIES_WORD(word), names)
            scores = await pipe.execute() if others else []
            found += [name.decode() for number, name in enumerate(names) if all(part[number] is not None for part in scores)]
            if len(found) >= limit or len(names) < _PAGE:
                break
        return found[:limit]
