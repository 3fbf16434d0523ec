"""One exchange with one person: who they are, their words, and the documents we answer with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.collect import Fetcher
from bot.deliver import slots
from bot.deliver.correcting import Corrector
from bot.digest.render.document import Block, Button, Document, Kind, Span
from bot.locales import Words, words
from bot.locales.words import Value
from bot.model import Platform, Preferences, Recipient, Subscriber
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.store import Store
from bot.store.links import Links
from handlers.dialogue.request import Attachment, Reply, Request

MEMORY: Final = dt.timedelta(minutes=15)
"""How long a question of ours waits for its answer."""

Rows = Sequence[Sequence[Button]]
Alarm = Callable[[str], Awaitable[None]]
Announce = Callable[[str, str], Awaitable[int]]


async def no_alarm(_text: str) -> None:
    """Where no administrator is set there is nobody to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the dialogue works with; one for all exchanges."""

    store: Store
    newsroom: Newsroom
    fetcher: Fetcher
    settings: Settings
    clock: Clock
    alarm: Alarm = no_alarm
    """Tells the administrators."""
    announce: Announce | None = None
    """Sends a text to all subscribers; how many they are."""
    editor: Corrector | None = None
    """Corrects and withdraws stories, and tells their readers."""
    trusted: tuple[str, ...] = ()
    """What addresses begin with that may stand on a private network: the sample site of the demonstration."""


@dataclass(slots=True, kw_only=True)
class Talk:
    """One exchange. It lives as long as its answer; `subscriber` follows what the answer changes."""

    desk: Desk
    request: Request
    subscriber: Subscriber
    known: bool
    """Whether anything is kept of this person."""
    keyboard_left: bool = False
    """Whether a keyboard in place of the person's own waits to be taken away."""
    bot_name: str = ""
    """Ours on Telegram, without @, once it is known."""
    elsewhere: Subscriber | None = None
    """The same person on the other platform, if the digests come there."""
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = words(self.subscriber.preferences.language)

    @property
    def recipient(self) -> Recipient:
        """Who is answered and whose settings these are."""
        return self.subscriber.recipient

    @property
    def preferences(self) -> Preferences:
        """The settings as they are now."""
        return self.subscriber.preferences

    @property
    def now(self) -> dt.datetime:
        """The time, aware, in UTC."""
        return self.desk.clock.now()

    @property
    def is_admin(self) -> bool:
        """Whether the operator named this person an administrator of the bot."""
        return self.request.person in self.desk.settings.admins

    async def keep(self, subscriber: Subscriber) -> None:
        """Makes a change of settings last."""
        await self.desk.store.subscribers.put(subscriber)
        self.subscriber, self.known = subscriber, True
        other = await Links(self.desk.store.client).other(subscriber.recipient)
        there = await self.desk.store.subscribers.get(other) if other else None
        if there is not None:
            # One person on two platforms: the same settings, and digests on one of the two.
            active = there.active and not subscriber.active
            there = replace(there, preferences=subscriber.preferences, active=active)
            await self.desk.store.subscribers.put(there)
        self.elsewhere = there if there is not None and there.active else None
        self.words = words(subscriber.preferences.language)

    @property
    def subscribed(self) -> bool:
        """Whether digests come to this person, here or on the other platform."""
        return self.subscriber.active or self.elsewhere is not None

    async def sides(self) -> tuple[Recipient, ...]:
        """This chat and, of a person on two platforms, the other one."""
        other = await Links(self.desk.store.client).other(self.recipient)
        return (self.recipient,) if other is None else (self.recipient, other)

    async def prefer(self, preferences: Preferences) -> None:
        """Makes new preferences last."""
        await self.keep(replace(self.subscriber, preferences=preferences))

    # ── small memory ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def expect(self, command: str) -> None:
        """The next words that this person writes in this chat, and that are no request, are the argument of this command."""
        await self.desk.store.sessions.put(self.request.person, "asked", f"{command} {self.request.recipient}", lifetime=MEMORY)

    async def expected(self) -> str:
        """What `expect` was told in this chat, or nothing."""
        command, _, where = (await self.desk.store.sessions.get(self.request.person, "asked") or "").partition(" ")
        return command if where == str(self.request.recipient) else ""

    async def settle(self) -> None:
        """Nothing is expected any more, and a keyboard that asked for a place is to be taken away."""
        asked = await self.desk.store.sessions.drop(self.request.person, "asked")
        self.keyboard_left = (asked or "").startswith("place ")

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, key: str, /, **params: Value) -> str:
        """A message in the person's language."""
        return self.words.say(key, **params)

    def button(self, key: str, action: str, /, **params: Value) -> Button:
        """A button with a message on it."""
        return Button(text=self.words.say(key, **params), action=action)

    def document(self, *texts: str, rows: Rows = ()) -> Document:
        """Texts as paragraphs, a line each; `__` marks what is bold."""
        blocks: list[Block] = []
        for text in texts:
            for number, line in enumerate(filter(None, text.split("\n"))):
                blocks.append(Block(kind=Kind.TEXT, spans=spans(line), gap=number == 0 and bool(blocks)))
        return Document(blocks=tuple(blocks), buttons=tuple(tuple(row) for row in rows if row))

    def attachment(self, name: str, data: bytes) -> Attachment:
        """A file, and what is said if it cannot be handed over."""
        return Attachment(name=name, data=data, lost=self.document(self.say("file-refused"), rows=self.home))

    def reply(self, key: str, /, *, rows: Rows = (), **params: Value) -> Reply:
        """One message as a new reply."""
        return Reply(document=self.document(self.words.say(key, **params), rows=rows))

    @property
    def home(self) -> Rows:
        """The ways on from anywhere."""
        return home(self.words)

    @property
    def next_issue(self) -> dt.datetime:
        """When the next digest is due."""
        return slots.following(self.preferences.schedule, self.now)

    def when_next(self) -> str:
        """«завтра» where the hour was just said, else «завтра в 09:00»."""
        schedule = self.preferences.schedule
        if len(schedule.times) > 1:
            return self.words.moment(self.next_issue, now=self.now, timezone=schedule.timezone)
        zone = ZoneInfo(schedule.timezone)
        return self.words.day(self.next_issue.astimezone(zone).date(), today=self.now.astimezone(zone).date())

    def help_word(self, command: str) -> str:
        """How a request is written on this platform: `/forget`, or «Удалить мои данные»."""
        if self.recipient.platform is Platform.TELEGRAM:
            return f"/{command}"
        return self.say(f"word-{command}")


def home(said: Words) -> Rows:
    """Digest, settings, help: what an answer offers that has nothing nearer to offer."""
    named = (("button-digest", "digest:1d"), ("button-all-settings", "settings"), ("button-help", "help"))
    return [[Button(text=said.say(key), action=action) for key, action in named]]


_BOLD: Final = re.compile(r"__(.+?)__", re.DOTALL)


def spans(line: str) -> tuple[Span, ...]:
    """Plain and bold runs of a line in which `__` marks what is bold."""
    parts = _BOLD.split(line)
    return tuple(Span(text=part, bold=bool(number % 2)) for number, part in enumerate(parts) if part)
