"""Steps from one shape of the stored data to the next that file stories anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from bot.model import Story
from bot.store import codec, keys
from bot.store.forms import dictionary_forms
from bot.store.search import Search

_AT_ONCE: Final = 100


async def file_anew(client: Any) -> None:
    """Files every story under the words that it is found by today and was not filed under. May be interrupted and run again."""
    search = Search(client, int(keys.EVER.total_seconds()), dictionary_forms)
    names = [name.decode() for name in await client.zrange(keys.STORIES_UPDATED(), 0, -1)]
    for start in range(0, len(names), _AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for name in names[start : start + _AT_ONCE]:
            pipe.hmget(keys.STORY(name), "story", "words")
        kept = [(codec.load(Story, body), _split(words)) for body, words in await pipe.execute() if body is not None]
        found = await asyncio.to_thread(_words, search, [story for story, _ in kept])
        changed = [(story, words, filed) for (story, filed), words in zip(kept, found, strict=True) if words != filed]
        await asyncio.gather(*(search.file(story, sorted(words - filed), lost=filed - words) for story, words, filed in changed))
        pipe = client.pipeline(transaction=False)
        for story, words, _ in changed:
            pipe.hset(keys.STORY(story.id), "words", "\n".join(sorted(words)))
        await pipe.execute()


def _words(search: Search, stories: Sequence[Story]) -> list[set[str]]:
    return [search.words_of(story) for story in stories]


def _split(words: bytes | None) -> set[str]:
    return set((words or b"").decode().split("\n")) - {""}
