"""Stories as they are read from the store: many in parts, those of lists held until any story changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Generic, TypeVar

from bot.model import Story
from bot.store import codec, keys
from bot.store.mention import Outline

T = TypeVar("T")
S = TypeVar("S", Story, Outline)

_PART: Final = 40
"""Stories read at once: to read one costs a twentieth of a millisecond, and meanwhile nobody else is answered."""
_GLANCED: Final = 100
"""Parts of stories read at once."""


async def read(client: Any, kind: type[T], story_ids: Sequence[str]) -> tuple[T, ...]:
    """Those stories that are there, or so much of each as `kind` has, in the same order. Raises StoreUnavailable."""
    found: list[T] = []
    part = _PART if kind is Story else _GLANCED
    for start in range(0, len(story_ids), part):
        pipe = client.pipeline(transaction=False)
        for story_id in story_ids[start : start + part]:
            pipe.hget(keys.STORY(story_id), "story")
        found += [codec.load(kind, raw) for raw in await pipe.execute() if raw is not None]
    return tuple(found)


class Held(Generic[S]):
    """Lists are read again and again, mostly unchanged. Every method raises StoreUnavailable."""

    def __init__(self, client: Any, kind: type[S], most: int) -> None:
        """Holds at most so many stories, whole or in outline."""
        self._client, self._most = client, most
        self._kind: type[S] = kind
        self._mark: bytes | None = b""
        self._stories: dict[str, S] = {}

    async def listed(self, pipe: Any) -> tuple[S, ...]:
        """The stories that the questions of `pipe` name, in their order."""
        pipe.get(keys.STORIES_CHANGES())
        *parts, mark = await pipe.execute()
        names = [name.decode() for part in parts for name in part]
        if mark != self._mark:
            self._mark, self._stories = mark, {}
        held = {name: story for name in names if (story := self._stories.get(name))}
        fresh = await read(self._client, self._kind, [name for name in names if name not in held])
        if mark == self._mark:
            # What was read after the mark is true as long as the mark stands still.
            if len(self._stories) + len(fresh) > self._most:
                self._stories = held
            self._stories |= {story.id: story for story in fresh[: self._most]}
        held |= {story.id: story for story in fresh}
        return tuple(story for name in names if (story := held.get(name)))
