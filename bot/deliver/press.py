"""Makes messages of stories: a digest once for all who read the same, a document once a layout, a rendering once a platform."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, TypeVar

import structlog

from bot import digest
from bot.deliver.metrics import Metrics
from bot.digest import paging, picture
from bot.digest.render import telegram, vk
from bot.digest.render.document import Document
from bot.model import Audience, Development, Digest, Length, Message, Part, Period, Platform, Story
from bot.store import codec

T = TypeVar("T")
_log = structlog.get_logger(__name__)
_PLAIN: Final[Mapping[Platform, Callable[[Document], Message]]] = {Platform.TELEGRAM: telegram.render, Platform.VK: vk.render}


def _render(platform: Platform, document: Document) -> Message:
    """A message that carries the document, so that whom this platform does not reach can read it on the other."""
    return replace(_PLAIN[platform](document), source=zlib.compress(codec.dump(document)))


RENDERERS: Final[Mapping[Platform, Callable[[Document], Message]]] = {one: partial(_render, one) for one in Platform}


def reprint(message: Message, platform: Platform) -> Message | None:
    """The same for another platform; None if the message does not say what it was made from."""
    return _PLAIN[platform](codec.load(Document, zlib.decompress(message.source))) if message.source else None


def illustrated(message: Message, name: str, caption: str) -> Message:
    """The message with a picture before its text: on VK in the same message, on Telegram in a silent one of its own."""
    if message.platform is Platform.TELEGRAM:
        picture = Part(payload={"picture": name, "caption": caption, "disable_notification": True})
        return replace(message, parts=(picture, *message.parts))
    first, *rest = message.parts
    return replace(message, parts=(Part(payload={**first.payload, "picture": name}), *rest))


def as_illustrated(message: Message, before: Message) -> Message:
    """The message with the picture that it had before it was written anew."""
    picture = before.parts[0].payload.get("picture") if before.parts else None
    return illustrated(message, str(picture), str(before.parts[0].payload.get("caption", ""))) if picture else message


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """An edition page by page. `code` is what its buttons call it: the same for the same pages."""

    code: str = ""
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is sent: the first page, with the revisions of the stories on all of them."""

    message: Message | None = None
    told: Mapping[str, int] = field(default_factory=dict)
    pages: Pages = Pages()


def _pages(made: Digest, length: Length, next_at: dt.datetime | None) -> Pages:
    def written(code: str) -> tuple[Document, ...]:
        numbers = range(paging.count(made))
        return tuple(digest.page(made, one, lambda number: f"leaf:{code}:{number}", length=length, next_at=next_at) for one in numbers)

    said = codec.dump(written(""), tuple[Document, ...])
    code = hashlib.sha256(said).hexdigest()[:16]
    return Pages(code=code, documents=written(code))


_KEPT: Final = 256


class _Memory:
    """The last few results by what they were made of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = make()
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]  # type: ignore[return-value]  # a key is only ever used with one kind of result


class Press:
    """Builds, writes and renders on a thread, so that replies to people do not wait for it."""

    def __init__(self, metrics: Metrics | None = None) -> None:
        self._metrics = metrics
        self._digests, self._messages = _Memory(), _Memory()
        self._one_at_a_time = asyncio.Lock()

    async def edition(
        self,
        audience: Audience,
        stories: Sequence[Story],
        *,
        period: Period,
        told: Mapping[str, int],
        next_at: dt.datetime | None,
    ) -> Printed:
        """The message for an audience; none if there is nothing to tell."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._edition, audience, stories, period, told, next_at)

    def _edition(
        self, audience: Audience, stories: Sequence[Story], period: Period, told: Mapping[str, int], next_at: dt.datetime | None
    ) -> Printed:
        wishes = audience.preferences
        zone = wishes.schedule.timezone
        known = {story.id: told[story.id] for story in stories if story.id in told}
        facts = tuple((story.id, story.revision) for story in stories)
        key = (wishes.filter, wishes.language, zone, period, facts, frozenset(known.items()))

        def build() -> Digest:
            if self._metrics is not None:
                self._metrics.digest()
            return digest.build(stories, period=period, filter=wishes.filter, told=known, language=wishes.language, timezone=zone)

        made = self._digests.get(key, build)
        if not made.entries and not wishes.tell_when_empty:
            return Printed()
        pages = self._messages.get((key, wishes.length, next_at), lambda: _pages(made, wishes.length, next_at))
        message = self._messages.get(
            (key, wishes.length, next_at, audience.platform), lambda: RENDERERS[audience.platform](pages.documents[0])
        )
        return Printed(message=message, told={entry.story.id: entry.story.revision for entry in made.entries}, pages=pages)

    async def picture(self, audience: Audience, stories: Sequence[Story], period: Period) -> tuple[bytes, str] | None:
        """The period in one picture as the audience would read it, and its caption; None if there is nothing to show."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._picture, audience, stories, period)

    def _picture(self, audience: Audience, stories: Sequence[Story], period: Period) -> tuple[bytes, str] | None:
        wishes = audience.preferences
        zone = wishes.schedule.timezone
        facts = tuple((story.id, story.revision) for story in stories)
        key = ("picture", wishes.filter, wishes.language, zone, period, facts)

        def make() -> tuple[bytes, str] | None:
            made = digest.build(stories, period=period, filter=wishes.filter, language=wishes.language, timezone=zone)
            try:
                card = picture.draw(made)
                return (picture.png(card), card.caption) if card else None
            except ValueError as error:
                _log.error("no picture could be drawn", audience=audience.id, error=str(error))
                return None

        return self._messages.get(key, make)

    async def wanted(self, audience: Audience, story: Story) -> bool:
        """Whether the audience wants to read of a story at all."""
        async with self._one_at_a_time:
            return (await asyncio.to_thread(self._alert, audience, (story,), {}))[0] is not None

    async def alert(self, audience: Audience, stories: Sequence[Story], told: Mapping[str, int]) -> tuple[Message | None, dict[str, int]]:
        """An alert of those of the stories that the audience wants and does not know yet, and their revisions."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._alert, audience, stories, told)

    def _alert(self, audience: Audience, stories: Sequence[Story], told: Mapping[str, int]) -> tuple[Message | None, dict[str, int]]:
        if not stories:
            return None, {}
        wishes = audience.preferences
        known = {story.id: told[story.id] for story in stories if story.id in told}
        facts = tuple((story.id, story.revision) for story in stories)
        key = ("alert", wishes.filter, wishes.language, wishes.schedule.timezone, audience.platform, facts, frozenset(known.items()))

        def make() -> tuple[Message | None, dict[str, int]]:
            first, last = min(story.updated for story in stories), max(story.updated for story in stories)
            made = digest.build(
                stories,
                period=Period(since=first, until=last + dt.timedelta(microseconds=1)),
                filter=wishes.filter,
                told=known,
                language=wishes.language,
                timezone=wishes.schedule.timezone,
            )
            if not made.entries:
                return None, {}
            news: dict[str, tuple[Development, ...]] = {entry.story.id: entry.news for entry in made.entries if entry.news}
            document = digest.alert([entry.story for entry in made.entries], news=news, language=wishes.language)
            return RENDERERS[audience.platform](document), {entry.story.id: entry.story.revision for entry in made.entries}

        return self._messages.get(key, make)
