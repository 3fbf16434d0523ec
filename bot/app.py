"""Composition: builds the parts from settings and runs the chosen roles under one task group."""

from __future__ import annotations

import asyncio
import contextlib
import enum
import itertools
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.errors import BotError, ConfigurationError, DeliveryError, TokenRefused
from bot.parts import Parts, open_parts
from bot.ready import make_ready
from bot.settings import Settings
from bot.web.app import CACHE, make_web
from bot.web.listen import listening
from handlers.dialogue import Dialogue

_log = structlog.get_logger()

GRACE: Final = 10.0
"""Seconds that the roles have to finish what is in flight."""
_PAUSES: Final = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds between attempts to reach a platform at the start."""


class Role(enum.StrEnum):
    """What a process may do; any number of processes may do any of it."""

    TELEGRAM = "telegram"
    VK = "vk"
    COLLECTOR = "collector"
    SCHEDULER = "scheduler"
    SENDER = "sender"
    WEB = "web"


def configured(settings: Settings) -> tuple[Role, ...]:
    """The roles that the settings allow. Raises ConfigurationError if there is no platform at all."""
    lacking = {
        Role.TELEGRAM: settings.telegram_token is None,
        Role.VK: settings.vk_token is None or settings.vk_group_id is None,
    }
    if all(lacking.values()):
        raise ConfigurationError(
            "no token is set: set VESTNIK_TELEGRAM_TOKEN, or VESTNIK_VK_TOKEN with VESTNIK_VK_GROUP_ID, or try `vestnik demo`"
        )
    return tuple(role for role in Role if not lacking.get(role))


def chosen(settings: Settings, only: Iterable[str]) -> tuple[Role, ...]:
    """The roles named, or all that are configured. Raises ConfigurationError for an unknown or an unconfigured one."""
    names = tuple(only)
    if not names:
        return configured(settings)
    try:
        roles = tuple(dict.fromkeys(Role(name) for name in names))
    except ValueError as error:
        raise ConfigurationError(f"{error}; the roles are: {', '.join(Role)}") from None
    if Role.TELEGRAM in roles and settings.telegram_token is None:
        raise ConfigurationError("the role telegram needs VESTNIK_TELEGRAM_TOKEN")
    if Role.VK in roles and (settings.vk_token is None or settings.vk_group_id is None):
        raise ConfigurationError("the role vk needs VESTNIK_VK_TOKEN and VESTNIK_VK_GROUP_ID")
    if Role.SENDER in roles and settings.telegram_token is None and settings.vk_token is None:
        raise ConfigurationError("the role sender needs a token of a platform")
    return roles


Service = Callable[[asyncio.Event], Coroutine[object, object, None]]
"""A role at work: runs until the event is set, then finishes what is in flight."""


class Process:
    """The services of the chosen roles over one set of parts."""

    def __init__(self, parts: Parts, roles: Iterable[Role], *, trusted: tuple[str, ...] = ()) -> None:
        """Links that begin with one of `trusted` are read even on a private network: the demonstration's own news."""
        self.parts = parts
        self._trusted = trusted
        self.roles = tuple(roles)
        self.web_address = ""
        """Where the pages are served, once they are."""
        self._stack = AsyncExitStack()
        self._web: web.Application | None = None

    @asynccontextmanager
    async def services(self) -> AsyncIterator[list[Service]]:
        """Prepares every role, so that what is wrongly set is said before anything starts. Raises BotError."""
        async with AsyncExitStack() as stack:
            self._stack = stack
            if Role.WEB in self.roles:
                self._web = make_web(
                    self.parts.store,
                    self.parts.settings,
                    self.parts.clock,
                    registry=self.parts.registry,
                    probes=self.parts.probes,
                    sources=self.parts.source_states,
                )
            makers = {
                Role.TELEGRAM: self._telegram,
                Role.VK: self._vk,
                Role.COLLECTOR: self._collector,
                Role.SCHEDULER: self._scheduler,
                Role.SENDER: self._sender,
            }
            found = [service for role in self.roles if role in makers for service in await makers[role]()]
            # in every process: a role that is away cannot tell that it is
            found.append(self.parts.watch.run)
            if self._web is not None:
                found.append(await self._serve(self._web))
            if {Role.TELEGRAM, Role.VK, Role.WEB}.intersection(self.roles):
                found.append(self._get_ready)
            yield found

    async def _telegram(self) -> list[Service]:
        from handlers import telegram  # with the SDK, which takes 120 MB: for this role alone

        parts, settings = self.parts, self.parts.settings
        bot = parts.telegram_bot
        dialogue = self._dialogue()
        dispatcher = telegram.make_dispatcher(dialogue)
        intake = telegram.make_intake(bot, dispatcher, parts.store)

        async def answer(stop: asyncio.Event) -> None:
            with _naming("VESTNIK_TELEGRAM_TOKEN"):
                await _patiently(lambda: telegram.introduce(bot, dialogue), stop)
                await telegram.poll(bot, intake, stop=stop)

        if settings.telegram_webhook_url is None:
            return [answer]
        if self._web is None or settings.telegram_webhook_secret is None:
            raise ConfigurationError(
                "VESTNIK_TELEGRAM_WEBHOOK_URL needs VESTNIK_TELEGRAM_WEBHOOK_SECRET and the role web in the same process"
            )
        hook = telegram.Webhook(dispatcher, bot, intake, secret=settings.telegram_webhook_secret.get_secret_value())
        hook.register(self._web, path="/telegram")
        url = settings.telegram_webhook_url

        async def announce(stop: asyncio.Event) -> None:
            with _naming("VESTNIK_TELEGRAM_TOKEN"):
                await _patiently(lambda: telegram.introduce(bot, dialogue), stop)
                await _patiently(lambda: hook.announce(url), stop)
            await hook.run(stop=stop)

        return [announce]

    async def _vk(self) -> list[Service]:
        from handlers import vk

        parts, settings = self.parts, self.parts.settings
        assert settings.vk_group_id is not None  # noqa: S101 - `chosen` has looked
        community = vk.Community(parts.vk_client, self._dialogue(), parts.store, settings.vk_group_id)

        async def answer(stop: asyncio.Event) -> None:
            with _naming("VESTNIK_VK_TOKEN"):
                await vk.listen(community, settings, parts.store, stop=stop)

        if settings.vk_callback_secret is None:
            return [answer]
        if self._web is None or settings.vk_confirmation is None:
            raise ConfigurationError("VESTNIK_VK_CALLBACK_SECRET needs VESTNIK_VK_CONFIRMATION and the role web in the same process")
        callback = vk.Callback(community, secret=settings.vk_callback_secret.get_secret_value(), confirmation=settings.vk_confirmation)
        callback.register(self._web)

        async def work(stop: asyncio.Event) -> None:
            await callback.run(stop=stop)

        return [work]

    async def _collector(self) -> list[Service]:
        collector = self.parts.collector

        async def poll(stop: asyncio.Event) -> None:
            async with asyncio.TaskGroup() as group:
                polling = group.create_task(collector.run())
                await stop.wait()
                polling.cancel()

        return [poll]

    async def _scheduler(self) -> list[Service]:
        return [
            self.parts.scheduler.run,
            self.parts.alerts.run,
            self.parts.following.run,
            self.parts.reminding.run,
            self.parts.corrector.run,
        ]

    async def _sender(self) -> list[Service]:
        return [mailer.run for mailer in self.parts.mailers]

    async def _serve(self, application: web.Application) -> Service:
        settings = self.parts.settings
        self.web_address = await self._stack.enter_async_context(listening(application, settings.web_host, settings.web_port))
        _log.info("pages", address=self.web_address)

        async def serve(stop: asyncio.Event) -> None:
            await application[CACHE].warm(stop)

        return serve

    async def _get_ready(self, _stop: asyncio.Event) -> None:
        await make_ready()

    def _dialogue(self) -> Dialogue:
        parts = self.parts
        return Dialogue(
            parts.store,
            parts.newsroom,
            parts.fetcher,
            parts.settings,
            parts.clock,
            alarm=parts.admins.tell,
            trusted=self._trusted,
            announce=parts.announcer.send,
            editor=parts.corrector,
        )


@contextlib.contextmanager
def _naming(setting: str) -> Iterator[None]:
    """A refused token is told by the name of its setting."""
    try:
        yield
    except* TokenRefused as group:
        raise TokenRefused(f"the platform does not know {setting}: {_first(group)}") from None


async def _patiently(attempt: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Tries until it works: a platform that is away at the start must not end the process. Raises TokenRefused."""
    from bot.platforms.telegram import translate

    pauses = itertools.chain(_PAUSES, itertools.repeat(_PAUSES[-1]))
    while not stop.is_set():
        try:
            await attempt()
            break
        except Exception as error:
            ours = error if isinstance(error, DeliveryError) else translate(error)
            if isinstance(ours, TokenRefused):
                raise ours from error
            pause = next(pauses)
            _log.warning("platform away", platform="telegram", error=str(ours), pause=pause)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()


async def run(
    settings: Settings,
    roles: Iterable[Role],
    *,
    clock: Clock | None = None,
    stop: asyncio.Event | None = None,
    ready: Callable[[Process], Awaitable[None]] | None = None,
    trusted: tuple[str, ...] = (),
) -> None:
    """Runs the roles until SIGTERM, SIGINT or `stop`, then finishes what is in flight, within 10 s.

    `ready` is awaited once everything is prepared. Raises BotError if a role cannot work at all.
    """
    stop = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with open_parts(settings, clock) as parts:
            process = Process(parts, roles, trusted=trusted)
            async with process.services() as services:
                if ready is not None:
                    await ready(process)
                _log.info("running", roles=[str(role) for role in process.roles])
                await _together(services, stop)
    except* BotError as group:
        raise _first(group) from None
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
    _log.info("stopped")


async def _together(services: Iterable[Service], stop: asyncio.Event) -> None:
    """All services under one group; once `stop` is set they have a grace to end."""

    async def limit_the_end(limit: asyncio.Timeout) -> None:
        await stop.wait()
        limit.reschedule(asyncio.get_running_loop().time() + GRACE)

    try:
        async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
            for service in services:
                group.create_task(service(stop))
            group.create_task(limit_the_end(limit))
    except TimeoutError:
        _log.warning("not all was finished", grace=GRACE)


def _first(group: BaseExceptionGroup[BotError]) -> BotError:
    """The first error in a tree of groups."""
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
