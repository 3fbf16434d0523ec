"""What stands in groups, channels and conversations: which message of which edition, so that it can be edited within the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.model import Platform, Recipient
from bot.store.editions import write_recipient
from bot.store.keys import EDITION_POSTS, STORY_POSTS

_CONVERSATIONS: Final = 2_000_000_000
"""Above this VK's peers are conversations."""


def is_public(recipient: Recipient) -> bool:
    """Whether the recipient is a group, a channel or a conversation rather than a person."""
    return recipient.id < 0 if recipient.platform is Platform.TELEGRAM else recipient.id > _CONVERSATIONS


@dataclass(slots=True)
class Post:
    """The messages of one edition in one chat, by part."""

    at: dt.datetime
    """When its first part was delivered."""
    messages: dict[int, int] = field(default_factory=dict)


class Posts:
    """Every method raises StoreUnavailable."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def note(self, edition: str, stories: Iterable[str], recipient: Recipient, part: int, message: int, at: dt.datetime) -> None:
        """A part of an edition that tells these stories stands in the chat as this message. May be repeated."""
        pipe = self._client.pipeline(transaction=False)
        pipe.hset(EDITION_POSTS(edition), f"{write_recipient(recipient)}/{part}", f"{message}@{at.timestamp():.0f}")
        pipe.expire(EDITION_POSTS(edition), EDITION_POSTS.seconds)
        for story in stories:
            pipe.sadd(STORY_POSTS(story), edition)
            pipe.expire(STORY_POSTS(story), STORY_POSTS.seconds)
        await pipe.execute()

    async def telling(self, story: str) -> tuple[str, ...]:
        """The editions that told a story in public lately."""
        return tuple(sorted(name.decode() for name in await self._client.smembers(STORY_POSTS(story))))

    async def of(self, edition: str, platform: Platform) -> dict[Recipient, Post]:
        """Where an edition stands."""
        found: dict[Recipient, Post] = {}
        for name, value in sorted((await self._client.hgetall(EDITION_POSTS(edition))).items()):
            who, _, part = name.decode().partition("/")
            number, _, thread = who.partition(":")
            message, _, at = value.decode().partition("@")
            recipient = Recipient(platform=platform, id=int(number), thread=int(thread or 0))
            moment = dt.datetime.fromtimestamp(int(at), dt.UTC)
            post = found.setdefault(recipient, Post(moment))
            post.at = min(post.at, moment)
            post.messages[int(part)] = int(message)
        return found
