"""From a request to its topic; whatever goes wrong on the way is said in a person's words."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

import structlog

from bot import digest
from bot.clock import Clock
from bot.collect import Fetcher
from bot.deliver.correcting import Corrector
from bot.deliver.handover import hand_over
from bot.digest.render.document import Document, Kind, block
from bot.errors import BadInput, BotError, StoreUnavailable
from bot.locales import Words, words
from bot.model import Preferences, Recipient, Schedule, Subscriber
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.store import Store
from bot.store.journal import Journal
from bot.store.links import Links
from bot.store.seals import Seal
from handlers.dialogue import admin, searching, settings, summary
from handlers.dialogue.choices import SETTINGS
from handlers.dialogue.parse import PASTED, Asked, parse
from handlers.dialogue.query import read_query
from handlers.dialogue.request import ChatKind, Event, Found, Own, Reply, Request
from handlers.dialogue.talk import Alarm, Announce, Desk, Talk, home, no_alarm
from handlers.dialogue.topics import CHANGING, MAILED, PRESSES, TOPICS

_log = structlog.get_logger()

MEANT: Final = frozenset({"announce", "correct"})
"""Questions of ours that a text of any length may answer."""
MOST_LINKS: Final = 5
INLINE: Final = 10
LONGEST_QUERY: Final = 200
"""Characters of an inline query that are looked at."""
_RUSSIAN: Final = ("ru", "uk", "be", "kk")
"""Languages whose speakers read our Russian more readily than our English."""

STALE_WINDOW: Final = dt.timedelta(minutes=10)
"""A group is shown the way on from a button that is none of ours once in so long."""


class Dialogue:
    """Answers people. It keeps nothing between two requests but what the store keeps, so any process may answer any request."""

    def __init__(
        self,
        store: Store,
        newsroom: Newsroom,
        fetcher: Fetcher,
        settings: Settings,
        clock: Clock,
        *,
        alarm: Alarm = no_alarm,
        bot_name: str = "",
        trusted: tuple[str, ...] = (),
        announce: Announce | None = None,
        editor: Corrector | None = None,
    ) -> None:
        """`alarm` tells the administrators; `bot_name` is ours on Telegram, without @.

        Links that begin with one of `trusted` are read even on a private network.

        `announce` sends a text to all, `editor` corrects and withdraws stories.
        """
        self._desk = Desk(
            store=store,
            newsroom=newsroom,
            fetcher=fetcher,
            settings=settings,
            clock=clock,
            alarm=alarm,
            trusted=trusted,
            announce=announce,
            editor=editor,
        )
        self.bot_name = bot_name

    async def answer(self, request: Request) -> AsyncIterator[Reply]:
        """What the person sees, in order. Raises nothing but cancellation: a failure is an answer too."""
        language = self._language(request)
        try:
            talk = await self._meet(request)
            language = talk.words.language
            async for reply in self._route(talk):
                if talk.keyboard_left:
                    talk.keyboard_left = False
                    yield Reply(document=talk.document(talk.say("place-away")), own=Own.GONE, passing=True)
                yield _leading_on(reply, talk.words)
        except BadInput as error:
            _log.info("refused", platform=request.recipient.platform, reason=str(error))
            yield _sorry(language, error, pressed=bool(request.action))
        except BotError as error:
            _log.warning("failed", platform=request.recipient.platform, error=str(error), kind=type(error).__name__)
            yield _sorry(language, error, pressed=bool(request.action))
        except Exception as error:
            code = secrets.token_hex(4)
            _log.exception("broke", platform=request.recipient.platform, code=code)
            yield _sorry(language, BotError("our fault"), pressed=bool(request.action))
            await self._tell(code, f"{type(error).__name__}: {request.recipient.platform}")

    async def found(self, request: Request) -> tuple[Found, ...]:
        """Stories for inline mode, newest first; without words, the latest. Nothing while the store is away."""
        try:
            return await self._found(request)
        except BotError as error:
            _log.warning("failed", platform=request.recipient.platform, error=str(error), kind=type(error).__name__)
            return ()

    async def _found(self, request: Request) -> tuple[Found, ...]:
        talk = await self._meet(request)
        query = read_query(request.text[:LONGEST_QUERY])
        kept = self._desk.store.stories
        if query.words or query.filtered:
            stories_ = await kept.load((await kept.find(query.wanted(talk.now), INLINE)).ids[:INLINE])
        else:
            stories_ = await kept.recent(INLINE)
        timezone = talk.preferences.schedule.timezone
        shown = [story for story in stories_ if not story.retracted]
        return tuple(
            Found(
                id=story.id,
                title=story.headline,
                description=story.text[:200],
                document=digest.card(story, language=talk.words.language, timezone=timezone, quotes=False, buttons=False),
            )
            for story in shown[:INLINE]
        )

    async def sealer(self, recipient: Recipient) -> Seal:
        """Seals the buttons of one chat; while no key can be read they go unsealed, and a press on one shows the way on."""
        try:
            return await self._desk.store.seals.sealer(recipient)
        except StoreUnavailable as error:
            _log.warning("buttons go unsealed", platform=recipient.platform, error=str(error))
            return str

    def to_bot(self, language: str) -> str:
        """What stands over the results of inline mode, as a way to us."""
        return words(self._language_of(language)).say("inline-open")

    async def happened(self, recipient: Recipient, event: Event) -> None:
        """A chat closed or opened itself to us."""
        subscribers = self._desk.store.subscribers
        for one in await subscribers.topics(recipient):  # a forum closes and opens with all its topics
            if event is Event.BLOCKED:
                await hand_over(self._desk.store, one)
                await subscribers.pause(one, "blocked")
            else:
                await subscribers.resume(one)

    async def let_in(self, request: Request, title: str) -> AsyncIterator[Reply]:
        """For who made us an administrator of a channel of this title: how it is subscribed. Raises nothing but cancellation."""
        try:
            talk = await self._meet(request)
            yield _leading_on(talk.reply("channel-let-in", title=title), talk.words)
        except BotError as error:
            _log.warning("failed", platform=request.recipient.platform, error=str(error), kind=type(error).__name__)

    async def moved(self, recipient: Recipient, new_id: int) -> None:
        """A group became a supergroup: everything goes with it."""
        await self._desk.store.subscribers.move(recipient, new_id)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _tell(self, code: str, text: str) -> None:
        """Tells the administrators; that they cannot be told is no second failure for the person."""
        try:
            await Journal(self._desk.store.client, self._desk.clock).add(admin.DEFECTS, code=code, what=text)
            await self._desk.alarm(words("ru").say("admin-broke", what=text))
        except BotError as error:
            _log.warning("administrators not told", error=str(error))

    def _language(self, request: Request) -> str:
        return self._language_of(request.language)

    @staticmethod
    def _language_of(tag: str) -> str:
        short = tag.lower().partition("-")[0]
        return "ru" if not short or short in _RUSSIAN else words(short).language

    async def _meet(self, request: Request) -> Talk:
        """Who is talking; a stranger gets the defaults, and nothing is kept of them."""
        known = await self._desk.store.subscribers.get(request.recipient)
        stranger = Subscriber(
            recipient=request.recipient,
            preferences=Preferences(schedule=Schedule(timezone=self._desk.settings.timezone), language=self._language(request)),
        )
        return Talk(
            desk=self._desk,
            request=request,
            subscriber=known or stranger,
            known=known is not None,
            bot_name=self.bot_name,
            elsewhere=None if known is None or known.active else await self._elsewhere(request.recipient),
        )

    async def _elsewhere(self, recipient: Recipient) -> Subscriber | None:
        other = await Links(self._desk.store.client).other(recipient)
        there = await self._desk.store.subscribers.get(other) if other else None
        return there if there is not None and there.active else None

    async def _route(self, talk: Talk) -> AsyncIterator[Reply]:
        request = talk.request
        if request.action:
            stream = await self._pressed(talk)
        elif request.place is not None:
            stream = await self._guarded(talk, "timezone", settings.placed(talk, request.place.latitude, request.place.longitude))
        elif request.file is not None:
            stream = summary.file(talk, request.file)
        else:
            stream = await self._said(talk)
        async for reply in stream:
            yield reply

    async def _pressed(self, talk: Talk) -> AsyncIterator[Reply]:
        opened = await self._desk.store.seals.open(talk.request.action, talk.recipient)
        if opened is None:
            return _stale(talk)
        name, _, argument = opened.action.partition(":")
        topic = PRESSES.get(name)
        ours = opened.action.isascii() and opened.action.isprintable()
        if topic is None or not ours or (opened.shared and name not in MAILED):
            return _stale(talk)
        return await self._guarded(talk, name, topic(talk, argument))

    async def _said(self, talk: Talk) -> AsyncIterator[Reply]:
        request = talk.request
        asked = parse(request.text, bot_name=self.bot_name, pasted=request.forwarded)
        if asked.for_other:
            return _nothing()
        if asked.name in MEANT and not talk.is_admin and len(request.text) >= PASTED:
            asked = Asked(name="summary", argument=request.text)  # to others «Объявление…» is a text like any other
        if asked.name == "summary" and asked.argument == request.text.strip() and await talk.expected() in MEANT:
            asked = Asked(name="")  # a long answer to our question, not a text to be retold
        if asked.name:
            await talk.settle()  # who asks for something else no longer answers our question
        if asked.name == "summary":
            return self._summary(talk, asked)
        if not asked.name and not request.text.startswith("/") and (command := await talk.expected()):
            asked = Asked(name=command, argument=request.text.strip())
            if command == "summary":
                return summary.text(talk, asked.argument)
        if asked.name in SETTINGS:
            return await self._guarded(talk, asked.name if asked.argument else "", settings.by_words(talk, asked.name, asked.argument))
        topic = TOPICS.get(asked.name)
        if topic is None:
            return searching.offer(talk)
        return await self._guarded(talk, asked.name, topic(talk, asked.argument))

    def _summary(self, talk: Talk, asked: Asked) -> AsyncIterator[Reply]:
        if asked.links:
            return summary.links(talk, asked.links[: MOST_LINKS + 1])
        if not asked.argument and talk.request.replied_file is not None:
            return summary.file(talk, talk.request.replied_file)
        written = asked.argument or talk.request.replied
        replied = parse(written).links if not asked.argument else ()
        return summary.links(talk, replied[:1]) if replied else summary.text(talk, written)

    async def _guarded(self, talk: Talk, name: str, stream: AsyncIterator[Reply]) -> AsyncIterator[Reply]:
        """The answer, unless it would change a group for somebody who does not administer it."""
        if name in CHANGING and talk.request.chat is not ChatKind.PRIVATE and not await talk.request.may_change():
            raise BadInput("not an administrator of the chat", key="only-admins")
        return stream


async def _stale(talk: Talk) -> AsyncIterator[Reply]:
    """A button that we did not make for this chat, or made before its key was renewed: it does nothing, and the way on is shown.

    To a person always; to a group now and then, since one member could fill it with our words.
    """
    _log.info("refused", platform=talk.recipient.platform, reason="a button without a seal of ours for this chat")
    yield Reply(toast=talk.say("stale-button"))
    sessions = talk.desk.store.sessions
    if talk.request.chat is ChatKind.PRIVATE or await sessions.count(talk.recipient, "stale", window=STALE_WINDOW) == 1:
        yield talk.reply("old-button", rows=talk.home)


def _sorry(language: str, error: BotError, *, pressed: bool) -> Reply:
    say = words(language)
    params = {name: value if isinstance(value, str | int | float) else str(value) for name, value in error.params.items()}
    text = say.say(error.key, **params)
    if pressed and len(text) <= 180:
        return Reply(toast=text)
    return _leading_on(Reply(document=Document(blocks=(block(Kind.TEXT, text),))), say)


def _leading_on(reply: Reply, said: Words) -> Reply:
    """The reply; one that offers nothing to press gets the ways on from anywhere: no answer is a dead end."""
    if reply.document is None or reply.document.buttons or reply.passing:
        return reply
    return replace(reply, document=replace(reply.document, buttons=tuple(tuple(row) for row in home(said))))


async def _nothing() -> AsyncIterator[Reply]:
    """Silence, where what was said was not said to us."""
    return
    yield
