"""Steps from one shape of the stored data to the next that file stories anew."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from bot.model import Story
from bot.store import codec, keys
from bot.store.search import Search, dictionary_forms, words_besides

_AT_ONCE: Final = 100


async def file_in_both_languages(client: Any) -> None:
    """Files every story under what it is found by in the other language. May be interrupted and run again."""
    search = Search(client, int(keys.EVER.total_seconds()), dictionary_forms)
    names = [name.decode() for name in await client.zrange(keys.STORIES_UPDATED(), 0, -1)]
    for start in range(0, len(names), _AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for name in names[start : start + _AT_ONCE]:
            pipe.hmget(keys.STORY(name), "story", "words")
        for body, words in await pipe.execute():
            if body is not None:
                await _file(client, search, codec.load(Story, body), (words or b"").decode().split("\n"))


async def _file(client: Any, search: Search, story: Story, filed: list[str]) -> None:
    fresh = set() if story.retracted else (await asyncio.to_thread(words_besides, story, dictionary_forms)) - set(filed)
    if fresh:
        await search.file(story, sorted(fresh), lost=())
        await client.hset(keys.STORY(story.id), "words", "\n".join(sorted({*filed, *fresh})))
