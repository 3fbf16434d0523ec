"""What administrators corrected in stories."""

from __future__ import annotations

from typing import Any

from bot.store import keys


class StoryFixes:
    """Corrections by story and field. Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def of(self, story_id: str) -> dict[str, str]:
        """The corrections of a story."""
        return {name.decode(): value.decode() for name, value in (await self._client.hgetall(keys.STORY_FIXES(story_id))).items()}

    async def put(self, story_id: str, field: str, value: str) -> None:
        """Keeps one more, as long as the story."""
        await self._client.hset(keys.STORY_FIXES(story_id), field, value)
        await self._client.expire(keys.STORY_FIXES(story_id), keys.STORY_FIXES.seconds)
