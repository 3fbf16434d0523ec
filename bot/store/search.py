"""Search: an inverted index of stories by dictionary form, each word's stories sorted by their last change."""

from __future__ import annotations

import asyncio
import enum
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.model import Group, Period, Stage, Story
from bot.store import keys
from bot.store.forms import Lemmas, Question, in_other_language, question, words_besides
from bot.store.guess import forms_of, meant, retyped
from bot.store.lua import Script, on_one_server
from bot.store.vocabulary import Vocabulary

_PAGES: Final = Script("search_page")
_KEEP: Final = Script("search_keep")
_WHICH: Final = Script("search_which")
_ALL: Final = Script("search_all")
_FILE: Final = Script("search_file")

MOST_WORDS: Final = 80
"""Different words by which one story is found."""
_ASKED: Final = 16
"""Words of a question that are looked at."""
_PAGE: Final = 250
"""Stories looked through at first; each further look takes twice as many."""
_SHALLOW: Final = 3000
"""Stories of the rarest word that are looked through at most; where more would be needed, one server is asked for all at once."""
_DEEPEST: Final = 20_000
"""Stories that are looked through where no server has them all."""
_WEIGHED: Final = 1000
"""The newest matches that are weighed, besides those that have every word in their headline."""
MOST_HEADS: Final = 40
"""Words of a headline in the other language."""
_RETRACTED: Final = "retracted=1"


class Order(enum.StrEnum):
    """What stands first among what was found."""

    NEWEST = "newest"
    BEST = "best"
    """The words stand in the headline, in either language, the rarer the better; of equals the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; without words, all that passes the filters."""

    words: str = ""
    stage: Stage | None = None
    audience: Group | None = None
    messenger: str | None = None
    period: Period | None = None
    """Of the last change."""
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What was found."""

    ids: tuple[str, ...] = ()
    more: bool = False
    """There may be more than was asked for."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """A word that nothing has → the one that was looked for in its place."""


class Search:
    """The index. What a story is filtered by is filed as a word of its own, such as `stage=adopted` or `head=штраф`."""

    def __init__(self, client: Any, seconds: int, lemmas: Lemmas) -> None:
        self._client = client
        self._seconds = seconds
        self._lemmas = lemmas
        self._vocabulary = Vocabulary(client, seconds)

    def words_of(self, story: Story) -> set[str]:
        """The words that a story is found by; none that a person can ask for if it is retracted. Takes some milliseconds."""
        if story.retracted:
            return {_RETRACTED}
        facts = story.facts
        head = dict.fromkeys(word for text in (story.headline, *facts.messengers, *facts.regulators) for word in self._lemmas(text))
        texts = [*facts.documents, facts.territory or "", story.text, *(source.title for source in story.sources[:10])]
        found = head | dict.fromkeys(word for text in texts for word in self._lemmas(text))
        words = set(list(found)[:MOST_WORDS]) | words_besides(story, self._lemmas)
        words |= {f"head={word}" for word in [*list(head)[:_ASKED], *in_other_language(story.headline)[:MOST_HEADS]]}
        words |= {f"audience={group}" for group in facts.audiences} | {f"messenger={name.lower()}" for name in facts.messengers}
        if facts.stage:
            words.add(f"stage={facts.stage}")
        return words

    async def file(self, story: Story, words: Iterable[str], *, lost: Iterable[str]) -> None:
        """Files a story under its words and takes it from those it has lost."""
        words = tuple(words)
        listed = await _FILE.over(self._client, [keys.STORIES_WORD(word) for word in words], [story.id, repr(story.updated.timestamp())])
        fresh = [word for word, new in zip(words, listed, strict=True) if new]
        if fresh:
            await self._vocabulary.keep(fresh)
            pipe = self._client.pipeline(transaction=False)
            for word in fresh:  # last: a word without a lifetime is one that may not be in the vocabulary yet
                pipe.expire(keys.STORIES_WORD(word), self._seconds)
            await pipe.execute()
        await self.remove(story.id, lost)

    async def remove(self, story_id: str, words: Iterable[str]) -> None:
        """Takes a story from the index."""
        pipe = self._client.pipeline(transaction=False)
        for word in words:
            pipe.zrem(keys.STORIES_WORD(word), story_id)
        await pipe.execute()

    async def find(self, wanted: Wanted, limit: int) -> Matches:
        """Stories that have all the words, in any form, and pass the filters; words that say nothing find nothing."""
        asked, instead = await self._understood(wanted.words)
        if wanted.words.strip() and not asked:
            return Matches(instead=instead)
        filters = (("stage", wanted.stage), ("audience", wanted.audience), ("messenger", wanted.messenger))
        filed = [*asked, *(f"{name}={value}".lower() for name, value in filters if value)]
        best = bool(asked) and wanted.order is Order.BEST
        sizes = await self._sizes([*filed, *(f"head={word}" for word in asked if best)])
        if not all(sizes[word] for word in filed):
            return Matches(instead=instead)
        if best:
            found, more = await self._best(asked, filed[len(asked) :], sizes, wanted.period, limit)
        else:
            found, more = await self._walk(_rarest_first(filed, sizes), wanted.period, limit + 1)
        return Matches(ids=tuple(found[:limit]), more=more or len(found) > limit, instead=instead)

    async def _best(
        self, asked: list[str], filters: list[str], sizes: Mapping[str, int], period: Period | None, limit: int
    ) -> tuple[list[str], bool]:
        """Those that have every word in their headline, however old, then the newest of the others, the weightier headlines first."""
        heads = [f"head={word}" for word in asked]
        found: list[str] = []
        more = False
        if all(sizes[head] for head in heads):
            found, more = await self._walk(_rarest_first([*heads, *filters], sizes), period, limit + 1)
        if len(found) > limit:
            return found, True
        others, many = await self._walk(_rarest_first([*asked, *filters], sizes), period, max(limit + 1, _WEIGHED))
        weights = {word: 1 / math.log2(2 + sizes[word]) for word in asked}
        whole = set(found)
        return found + [name for name in await self._weigh(others, weights) if name not in whole], more or many

    async def _understood(self, text: str) -> tuple[list[str], dict[str, str]]:
        """The words to look for, all of which some stories have, and which of them stand in place of what; none if a word says nothing."""
        asked = await asyncio.to_thread(question, text)
        words = await self._words(asked)
        sizes = await self._sizes(words)
        if all(sizes.values()):
            return words, {}
        other = retyped(text)
        if other == text:
            return await self._guessed(asked, words, sizes)
        theirs = await asyncio.to_thread(question, other)
        other_words = await self._words(theirs)
        other_sizes = await self._sizes(other_words)
        if other_words and all(other_sizes.values()):
            return other_words, {text.strip(): other.strip()}
        found, instead = await self._guessed(asked, words, sizes)
        if not found:
            found, instead = await self._guessed(theirs, other_words, other_sizes)
        return found, instead

    async def _guessed(self, asked: Question, words: Sequence[str], sizes: Mapping[str, int]) -> tuple[list[str], dict[str, str]]:
        """The words, those that no story has by what they were meant for; none if that cannot be told of one of them."""
        typed = dict(reversed(asked.said))
        joined = await self._joined(asked.said, sizes)
        instead: dict[str, str] = {}
        found: list[str] = []
        for word in words:
            if word in joined:
                found += joined[word]
            elif sizes[word]:
                found.append(word)
            elif word in typed and (others := await meant(word, typed[word], self._sizes, self._vocabulary)):
                instead[word] = " ".join(others)
                found += others
            else:
                return [], {}
        return list(dict.fromkeys(found))[:_ASKED], instead

    async def _joined(self, said: Sequence[tuple[str, str]], sizes: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        """Neighbours one of which no story has, each with what they make together: «гос услуги»."""
        found: dict[str, tuple[str, ...]] = {}
        for (one, begins), (other, ends) in itertools.pairwise(said):
            if not (sizes.get(one, 1) and sizes.get(other, 1)):
                whole = await asyncio.to_thread(forms_of, begins + ends)
                if len(whole) == 1 and all((await self._sizes(whole)).values()):
                    found |= {one: whole, other: whole}
        return found

    async def _words(self, asked: Question) -> list[str]:
        """Every story of an authority is filed under its canonical name, whatever it is called there: that is asked for if any is."""
        words = [*asked.names, *(form for form, _ in asked.said)]
        for said, name in asked.authorities:
            words += name if all((await self._sizes(name)).values()) else said
        return list(dict.fromkeys(words))[:_ASKED]

    async def _sizes(self, words: Iterable[str]) -> dict[str, int]:
        """How many stories have each word."""
        words = tuple(words)
        if not words:
            return {}
        pipe = self._client.pipeline(transaction=False)
        for word in words:
            pipe.zcard(keys.STORIES_WORD(word))
        return dict(zip(words, await pipe.execute(), strict=True))

    async def _walk(self, ordered: list[str], period: Period | None, limit: int) -> tuple[list[str], bool]:
        """Goes through the stories of the rarest word, the newest first, and keeps those that all other words have too.

        Gives so many, the newest first, and whether there may be more that were not looked at.
        """
        lowest = repr(period.since.timestamp()) if period else "-inf"
        highest = f"({period.until.timestamp()!r}" if period else "+inf"
        rarest = keys.STORIES_WORD(ordered[0]) if ordered else keys.STORIES_UPDATED()
        whole = on_one_server(self._client) and len(ordered) > 1
        found: list[str] = []
        start, size = 0, _PAGE
        while start < (_SHALLOW if whole else _DEEPEST):
            names = await _PAGES(self._client, [rarest], [highest, lowest, start, size])
            if ordered:
                found += await self._having(names, ordered[1:])
            else:
                found += await self._having(names, [_RETRACTED], lacking=True)
            if len(found) >= limit or names.count(b" ") < size - 1:
                return found[:limit], len(found) > limit
            start, size = start + size, size * 2
            if whole and len(found) * _SHALLOW < limit * start:
                break
        if not whole:
            return found, True
        bounds = [repr(period.since.timestamp()), repr(period.until.timestamp())] if period else []
        names = await _ALL(self._client, [keys.STORIES_WORD(word) for word in ordered], [limit, *bounds])
        return names.decode().split(), False

    async def _having(self, names: bytes, words: list[str], *, lacking: bool = False) -> list[str]:
        """Those of the stories that all the words have, in the same order."""
        listed: list[str] = names.decode().split()
        if not listed or not words:
            return listed
        kept = await _KEEP.over(self._client, [keys.STORIES_WORD(word) for word in words], ["0" if lacking else "1", names])
        first, *others = (part.decode().split() for part in kept)
        common = set(first).intersection(*others)
        return [name for name in first if name in common]

    async def _weigh(self, names: list[str], weights: Mapping[str, float]) -> list[str]:
        """The newest of them, those first whose headlines have the words."""
        names = names[:_WEIGHED]
        scores = dict.fromkeys(names, 0.0)
        heads = [keys.STORIES_WORD(f"head={word}") for word in weights]
        having = await _WHICH.over(self._client, heads, [" ".join(names)]) if names else []
        for weight, part in zip(weights.values(), having, strict=False):
            for name in part.decode().split():
                scores[name] += weight
        return sorted(names, key=lambda name: -scores[name])


def _rarest_first(words: Iterable[str], sizes: Mapping[str, int]) -> list[str]:
    return sorted(dict.fromkeys(words), key=lambda word: (sizes[word], word))
