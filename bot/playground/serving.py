"""What both emulators share: a server on a port, faults, the ledger, the stream of changes, control over HTTP."""

from __future__ import annotations

import abc
import asyncio
import errno
import ssl
from collections.abc import Coroutine
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.errors import BadInput, ConfigurationError
from bot.playground.control import control
from bot.playground.faults import Fault, Faults, Kind
from bot.playground.ledger import Delivered, Ledger
from bot.playground.watch import Watch

PAGE = (
    "<html>\r\n<head><title>{code} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>{code} Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


class Cut(Exception):
    """The connection is to be cut without an answer."""


class Emulator(abc.ABC):
    """A platform's server on loopback. An asynchronous context manager; leave it in the task that entered it."""

    name = ""
    """What the stream of changes calls it."""

    def __init__(self, *, clock: Clock | None = None, seed: int = 0, keep_params: bool = True) -> None:
        """Takes its dates from `clock`; `keep_params` False saves memory where many messages are sent."""
        self.clock: Clock = clock or SystemClock()
        self.faults = Faults(seed)
        self.ledger = Ledger()
        self.watch = Watch(self.name)
        self.keep_params = keep_params
        self._runner: web.ServerRunner | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._background: list[asyncio.Task[None]] = []
        self._client: aiohttp.ClientSession | None = None
        self._address = ("http", "", 0)

    async def start(self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None) -> Self:
        """Listens; port 0 takes a free one. Raises ConfigurationError if the port is taken."""
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None), shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024, ssl_context=tls)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise ConfigurationError(f"port {port} on {host} is taken or not allowed") from error
            raise
        bound = self._runner.addresses[0]
        self._address = ("https" if tls else "http", host, int(bound[1]))
        self._tasks = asyncio.TaskGroup()
        await self._tasks.__aenter__()
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        return self

    async def stop(self) -> None:
        """Stops listening and ends what it posts."""
        if self._runner is None or self._tasks is None:
            return
        self.closing()
        for task in self._background:
            task.cancel()
        await self._tasks.__aexit__(None, None, None)
        if self._client is not None:
            await self._client.close()
        await self._runner.cleanup()
        self._runner = self._tasks = self._client = None
        self._background.clear()

    async def __aenter__(self) -> Self:
        return self if self._runner else await self.start()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The base address, without a slash at its end."""
        scheme, host, port = self._address
        return f"{scheme}://{host}:{port}"

    def fault(self, kind: Kind | str, **fields: object) -> int:
        """Arms a fault: `fault("flood", seconds=3, chat=7)`; the fields are Fault's. Returns its number."""
        return self.faults.add(Fault.read({"kind": kind, **fields}))

    def closing(self) -> None:  # noqa: B027  # an emulator may have nothing to wake
        """Wakes long polls before the server stops."""

    def spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Runs what the emulator does by itself, until it stops. Raises BadInput before start."""
        if self._tasks is None:
            work.close()
            raise BadInput("the emulator is not started")
        task = self._tasks.create_task(work)
        self._background = [other for other in self._background if not other.done()] + [task]
        return task

    @property
    def client(self) -> aiohttp.ClientSession:
        """For posting to webhooks. Raises BadInput before start."""
        if self._client is None:
            raise BadInput("the emulator is not started")
        return self._client

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            if request.path.startswith("/_control/"):
                return await control(self, request)
            return await self.answer(request)
        except Cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

    @abc.abstractmethod
    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answers one request of the platform's own addresses. Raises Cut."""

    @abc.abstractmethod
    async def act(self, action: str, body: dict[str, object]) -> object:
        """Does what a simulated person does, for the control addresses: `say`, `press`, `block`, … Raises BadInput."""

    async def before(self, drawn: dict[Kind, Fault]) -> web.Response | None:
        """The faults that keep a call from being accepted, as far as they are the same on both platforms. Raises Cut."""
        if slow := drawn.get(Kind.SLOW):
            await asyncio.sleep(slow.seconds)
        if Kind.DROP in drawn:
            raise Cut
        if page := drawn.get(Kind.PAGE):
            code = page.code or 502
            return web.Response(status=code, text=PAGE.format(code=code), content_type="text/html")
        if Kind.GARBAGE in drawn:
            return web.Response(text="<!doctype html><title>Welcome</title>", content_type="text/html")
        return None

    async def after(self, drawn: dict[Kind, Fault]) -> None:
        """The faults that befall the answer of an accepted call. Raises Cut."""
        if slow := drawn.get(Kind.SLOW_AFTER):
            await asyncio.sleep(slow.seconds)
        if Kind.DROP_AFTER in drawn:
            raise Cut

    def delivered(self, message: Delivered, *, kind: str = "message") -> None:
        """Tells those who watch that a message is new or has changed."""
        self.watch.ring()
        if self.watch.watched:
            self.watch.tell(kind, **message.json())
