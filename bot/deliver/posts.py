"""A post in a group, a channel or a conversation is edited when a story in it develops within the day, instead of a new message."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot import digest
from bot.clock import Clock
from bot.deliver.fanout import Fanout
from bot.deliver.metrics import Metrics
from bot.deliver.press import RENDERERS, as_illustrated
from bot.digest.builder import news_of
from bot.digest.render.document import Document
from bot.model import Development, Length, Message, Part, Period, Platform, Recipient, Story
from bot.store import Store, codec
from bot.store.editions import Edition
from bot.store.posts import Post, Posts

DAY: Final = dt.timedelta(hours=23)
"""VK takes no edit of a message after a day, and an edit may have to wait for its turn."""
_MOMENT: Final = dt.timedelta(seconds=1)
_HANDLES: Final = {Platform.TELEGRAM: "message_id", Platform.VK: "conversation_message_id"}


class LivePosts:
    """Any number may run over one store: an edit is named by the post and what it says, so it is made once."""

    def __init__(self, store: Store, *, clock: Clock, metrics: Metrics) -> None:
        self._store, self._posts, self._clock = store, Posts(store.client), clock
        self._fanout = Fanout(store.editions, store.outbox, store.subscribers, owner=uuid.uuid4().hex[:12], clock=clock, metrics=metrics)

    async def hear(self, story: Story) -> frozenset[Recipient]:
        """Takes a story that has something new; returns the chats whose post says it from now on. Raises StoreUnavailable."""
        if story.revision == 0 or story.retracted:
            return frozenset()
        edited: set[Recipient] = set()
        for name in await self._posts.telling(story.id):
            edition = await self._store.editions.get(name)
            if edition is None or not edition.message.source or edition.told.get(story.id, story.revision) >= story.revision:
                continue
            posts = {one: post for one, post in (await self._posts.of(name, edition.platform)).items() if await self._wants(one, post)}
            message = await self._anew(edition) if posts else None
            if message is None:
                continue
            for recipient, post in posts.items():
                if await self._edit(edition, message, recipient, post):
                    edited.add(recipient)
        return frozenset(edited)

    async def _wants(self, recipient: Recipient, post: Post) -> bool:
        if self._clock.now() - post.at > DAY:
            return False
        subscriber = await self._store.subscribers.get(recipient)
        return subscriber is not None and subscriber.active and subscriber.preferences.live

    async def _anew(self, edition: Edition) -> Message | None:
        """The edition with every story in it as it stands now; None if it does not fit into as many messages."""
        language, length = "ru", Length.SHORT
        if edition.audience:
            wishes = (await self._store.subscribers.audience(edition.audience)).preferences
            language, length = wishes.language, wishes.length
        elif edition.id.startswith("follow."):
            language = edition.id.split(".")[4]
        period = Period(since=edition.slot, until=self._clock.now() + _MOMENT)
        now: dict[int, tuple[Story, tuple[Development, ...]]] = {}
        for number, (story_id, revision) in enumerate(edition.told.items()):
            story = await self._store.stories.get(story_id)
            if story is not None and not story.retracted and (news := news_of(story, revision, period)):
                now[number] = (story, news)
        if not now:
            return None
        message = as_illustrated(await asyncio.to_thread(_render, edition, now, language, length), edition.message)
        return message if len(message.parts) == len(edition.message.parts) else None

    async def _edit(self, edition: Edition, message: Message, recipient: Recipient, post: Post) -> bool:
        """Queues the edit of the parts that read differently. Returns whether there are any, and all of them can be named."""
        pairs = enumerate(zip(message.parts, edition.message.parts, strict=True))
        changed = [(number, part) for number, (part, before) in pairs if part.payload != before.payload]
        if not changed or any(number not in post.messages for number, _ in changed):
            return False
        handle = _HANDLES[edition.platform]
        parts = tuple(Part(payload={**part.payload, handle: post.messages[number]}) for number, part in changed)
        said = hashlib.sha256(codec.dump(message)).hexdigest()[:12]
        name = f"edit.{hashlib.sha256(f'{edition.id}/{recipient}'.encode()).hexdigest()[:12]}.{said}"
        edit = Edition(id=name, audience="", slot=self._clock.now(), message=Message(platform=edition.platform, parts=parts))
        await self._fanout.queue_to(edit, [recipient])
        return True


def _render(edition: Edition, now: Mapping[int, tuple[Story, tuple[Development, ...]]], language: str, length: Length) -> Message:
    document = codec.load(Document, zlib.decompress(edition.message.source))
    for number, (story, news) in now.items():
        document = digest.retold(document, number, story, news, language=language, length=length)
    return replace(RENDERERS[edition.platform](document), source=b"")
