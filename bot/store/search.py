"""Search: an inverted index of stories by dictionary form, each word's stories sorted by their last change."""

from __future__ import annotations

import asyncio
import enum
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.model import Group, Measure, Period, Stage, Story
from bot.store import keys
from bot.store.lua import Script
from bot.store.vocabulary import Vocabulary, retyped

_PAGES: Final = Script("search_page")
_KEEP: Final = Script("search_keep")
_FILE: Final = Script("search_file")

Lemmas = Callable[[str], Iterable[str]]

MOST_WORDS: Final = 80
"""Different words by which one story is found."""
_ASKED: Final = 16
"""Words of a question that are looked at."""
_PAGE: Final = 250
"""Stories looked through at first; each further look takes twice as many."""
_DEEPEST: Final = 20_000
"""Stories with the rarest word that are looked through for the others."""
_WEIGHED: Final = 1000
"""The newest matches of which the most relevant are chosen."""
_MOST_ALSO: Final = 60
"""Words in the other language, and those of the labels, by which one story is found."""
_RETRACTED: Final = "retracted=1"


class Order(enum.StrEnum):
    """What stands first among what was found."""

    NEWEST = "newest"
    BEST = "best"
    """The words stand in the headline, the rarer the better; of equals the newest."""


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


def dictionary_forms(text: str) -> Iterable[str]:
    """The dictionary forms of a text's words; loads the dictionaries when it is first called."""
    from bot.analyse.lexicon import fold  # they take a quarter of a second that most commands need not spend
    from bot.analyse.text import lemmas

    return lemmas(fold(text))


def _spoken_names(text: str) -> tuple[str, str]:
    """The text without the messengers it names, and these by their canonical names: «ватсап» is WhatsApp."""
    from bot.analyse.lexicon import fold, messengers  # as above

    folded, names = fold(text), []
    for mention in reversed(messengers().find(folded)):
        names.append(mention.name)
        folded = folded[: mention.start] + " " + folded[mention.stop :]
    return folded, " ".join(dict.fromkeys(reversed(names)))


def _authorities(folded: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    from bot.analyse.tongues import authorities  # as above

    return authorities(folded)


def words_besides(story: Story, lemmas: Lemmas) -> set[str]:
    """What a story is found by besides its own words, in either language: its headline's notions, its measure, stage and audiences."""
    from bot.analyse.tongues import rendered  # as above
    from bot.locales.words import LANGUAGES, words

    facts = story.facts
    labels = [f"group-{group}" for group in facts.audiences]
    labels += [f"measure-{facts.measure}"] if facts.measure not in (None, Measure.OTHER) else []
    labels += [f"status-{facts.status}"] if facts.status else []
    labels += [f"stage-{facts.stage}"] if facts.stage else []
    said = (words(language).say(label) for label in labels for language in LANGUAGES)
    found = dict.fromkeys(word for text in said for word in lemmas(text))
    return set([*found, *sorted(rendered(lemmas(story.headline)))][:_MOST_ALSO])


def _authority(word: str) -> str:
    """The canonical name of an authority that a word stands for: «ркн»; else nothing."""
    from bot.analyse.lexicon import regulators  # as above

    found = regulators().find(word)
    return found[0].name if found and found[0].stop - found[0].start == len(word) else ""


def load_dictionaries() -> None:
    """Loads now what the first search would wait for, about half a second."""
    _authority(_spoken_names(" ".join(dictionary_forms("штрафы")))[0])


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
        words |= {f"head={word}" for word in list(head)[:_ASKED]}
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
        asked, named = await asyncio.to_thread(self._asked, wanted.words)
        for said, name in named:
            # every story of an authority is filed under its canonical name, whatever it is called there
            asked += name if all((await self._sizes(name)).values()) else said
        asked = list(dict.fromkeys(asked))[:_ASKED]
        if wanted.words.strip() and not asked:
            return Matches()
        sizes = await self._sizes(asked)
        instead = {word: await self._meant(word) for word in asked if not sizes[word]}
        if not all(instead.values()):
            return Matches()
        asked = list(dict.fromkeys(part for word in asked for part in (instead.get(word) or word).split(" ")))
        filters = (("stage", wanted.stage), ("audience", wanted.audience), ("messenger", wanted.messenger))
        filed = [*asked, *(f"{name}={value}".lower() for name, value in filters if value)]
        sizes = await self._sizes(filed)
        if not all(sizes.values()):
            return Matches(instead=instead)
        ordered = sorted(filed, key=lambda word: (sizes[word], word))
        weights = {word: 1 / math.log2(2 + sizes[word]) for word in asked} if wanted.order is Order.BEST else {}
        found = await self._walk(ordered, wanted.period, max(limit + 1, _WEIGHED) if weights else limit + 1)
        if weights:
            found = await self._weigh(found, weights)
        return Matches(ids=tuple(found[:limit]), more=len(found) > limit, instead=instead)

    def _asked(self, text: str) -> tuple[list[str], list[tuple[list[str], list[str]]]]:
        """The words of a question, and the authorities in it: as they were said, and by their canonical names."""
        folded, names = _spoken_names(text)
        folded, named = _authorities(folded)
        parts = [(list(self._lemmas(said)), list(self._lemmas(name))) for said, name in named]
        return [*self._lemmas(names), *self._lemmas(folded)], parts

    async def _sizes(self, words: Iterable[str]) -> dict[str, int]:
        """How many stories have each word."""
        words = tuple(words)
        if not words:
            return {}
        pipe = self._client.pipeline(transaction=False)
        for word in words:
            pipe.zcard(keys.STORIES_WORD(word))
        return dict(zip(words, await pipe.execute(), strict=True))

    async def _meant(self, word: str) -> str:
        """The word or words that a word which nothing has stands for, or nothing."""
        for other in (" ".join(self._lemmas(_authority(word))), *self._lemmas(retyped(word) if word.isascii() else "")):
            if other and all((await self._sizes(other.split(" "))).values()):
                return other
        near = await self._vocabulary.near(word)
        if not near and word.isascii():
            near = [found for other in self._lemmas(retyped(word)) for found in await self._vocabulary.near(other)]
        sizes = await self._sizes(near)
        return next((other for other in near if sizes[other]), "")

    async def _walk(self, ordered: list[str], period: Period | None, limit: int) -> list[str]:
        """Goes through the stories of the rarest word, the newest first, and keeps those that all other words have too."""
        lowest = repr(period.since.timestamp()) if period else "-inf"
        highest = f"({period.until.timestamp()!r}" if period else "+inf"
        rarest = keys.STORIES_WORD(ordered[0]) if ordered else keys.STORIES_UPDATED()
        found: list[str] = []
        start, size = 0, _PAGE
        while start < _DEEPEST:
            names = await _PAGES(self._client, [rarest], [highest, lowest, start, size])
            kept = names
            for word in ordered[1:]:
                kept = await self._having(kept, word)
            if not ordered:
                kept = await self._having(kept, _RETRACTED, lacking=True)
            found += kept.decode().split()
            if len(found) >= limit or names.count(b" ") < size - 1:
                break
            start, size = start + size, size * 2
        return found

    async def _having(self, names: bytes, word: str, *, lacking: bool = False) -> bytes:
        """Those of the stories that a word has."""
        return await _KEEP(self._client, [keys.STORIES_WORD(word)], ["0" if lacking else "1", names]) if names else names

    async def _weigh(self, names: list[str], weights: Mapping[str, float]) -> list[str]:
        """The newest of them, those first whose headlines have the words."""
        names = names[:_WEIGHED]
        scores = dict.fromkeys(names, 0.0)
        for word, weight in weights.items():
            for name in (await self._having(" ".join(names).encode(), f"head={word}")).decode().split():
                scores[name] += weight
        return sorted(names, key=lambda name: -scores[name])
