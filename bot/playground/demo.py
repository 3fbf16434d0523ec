"""The demonstration: both emulators, the sample site and a page with the two chats side by side."""

from __future__ import annotations

import asyncio
import base64
import binascii
import datetime as dt
import errno
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import orjson
from aiohttp import web

from bot.clock import MovableClock
from bot.deliver import slots
from bot.errors import BadInput, ConfigurationError
from bot.model import Platform, Recipient, Schedule
from bot.playground.ledger import Delivered, Key
from bot.playground.site import EDITION_DAY, SampleSite
from bot.playground.telegram import Person, TelegramEmulator
from bot.playground.vk import VkEmulator, VkPerson
from bot.playground.watch import Change, Watch
from bot.settings import Settings, read_settings

PAGE: Final = Path(__file__).parent / "page"
READER: Final = 700001
"""The number of the person at the page, on both platforms."""
BIGGEST_FILE: Final = 10 * 2**20
EARLY: Final = dt.timedelta(minutes=5)
"""How long before the slot the night's news is read."""
_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html"}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_BEAT: Final = 15.0

NextSlot = Callable[[dt.datetime], Awaitable[dt.datetime]]


async def _nine(now: dt.datetime) -> dt.datetime:
    """The next slot of a subscriber who has changed nothing."""
    return slots.following(Schedule(), now)


async def _nothing() -> None:
    return None


class Demo:
    """An asynchronous context manager: inside, everything listens on loopback and `settings` lead a bot to it.

    `next_slot` tells when the next edition is due; `before_slot` reads the night's news. Both may be set once the bot is there.
    """

    def __init__(self, data_dir: Path, *, port: int = 0, clock: MovableClock | None = None, web_port: int = 0) -> None:
        """`port` is the page's; 0 takes a free one. `web_port` is that of the bot's own web role; the clock starts on the edition's day."""
        self.clock = clock or MovableClock(EDITION_DAY)
        self.telegram = TelegramEmulator(clock=self.clock)
        self.vk = VkEmulator(clock=self.clock)
        self.site = SampleSite(self.clock)
        self.reader: Person = self.telegram.person(READER, "Анна", started=False)
        self.vk_reader: VkPerson = self.vk.person(READER, "Анна Петрова", allowed=False)
        self.next_slot: NextSlot = _nine
        self.before_slot: Callable[[], Awaitable[None]] = _nothing
        self._data_dir, self._port, self._web_port = data_dir, port, web_port
        self._stack = AsyncExitStack()
        self._watch = Watch("clock")
        self._streams: set[asyncio.Queue[Change]] = set()
        self._closing = False
        self._dawn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Starts all servers. Raises ConfigurationError if the port is taken."""
        async with AsyncExitStack() as stack:
            await self._listen(stack)
            await stack.enter_async_context(self.telegram)
            await stack.enter_async_context(self.vk)
            await stack.enter_async_context(self.site)
            stack.callback(self._end_streams)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self._port}/"

    @property
    def settings(self) -> Settings:
        """Settings of a bot that lives in the demonstration; the environment's platforms, store and proxies are left aside."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        return read_settings(
            data_dir=self._data_dir,
            redis_url=None,
            sources=self.site.sources_toml(self._data_dir / "sources.toml"),
            http_proxy_sources=None,
            telegram_token=self.telegram.token,
            telegram_api_url=self.telegram.url,
            telegram_proxy=None,
            telegram_rate=None,
            telegram_paid_broadcast=False,
            telegram_webhook_url=None,
            vk_token=self.vk.token,
            vk_group_id=self.vk.group_id,
            vk_api_url=self.vk.url,
            vk_callback_secret=None,
            vk_confirmation=None,
            admins=tuple(Recipient(platform=platform, id=READER) for platform in Platform),  # so that all can be tried
            llm_url=None,
            web_port=self._web_port,
            public_url=f"http://127.0.0.1:{self._web_port}" if self._web_port else None,
        )

    async def morning(self) -> dt.datetime:
        """Moves the clock to the next slot: shortly before it first, so that the night's news is read. Returns the slot."""
        async with self._dawn:
            slot = await self.next_slot(self.clock.now())
            if slot - EARLY > self.clock.now():
                self._move(slot - EARLY)
                await self.before_slot()
            self._move(max(slot, self.clock.now()))
            return slot

    def _move(self, moment: dt.datetime) -> None:
        self.clock.move_to(moment)
        self._watch.tell("moved", now=moment.isoformat())

    # ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _listen(self, stack: AsyncExitStack) -> None:
        application = web.Application(middlewares=[self._guard], client_max_size=2 * BIGGEST_FILE)
        application.router.add_get("/", self._index)
        application.router.add_get("/page/{name}", self._static)
        application.router.add_get("/events", self._events)
        for name in ("say", "press", "file", "block", "language", "morning"):
            application.router.add_post(f"/{name}", self._act)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise ConfigurationError(f"port {self._port} is taken or not allowed: choose another with --port, or 0 for any") from error
            raise
        self._port = int(runner.addresses[0][1])

    @web.middleware
    async def _guard(self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
        """Lets in only this page: a site elsewhere must not speak for the person."""
        if request.host not in (f"127.0.0.1:{self._port}", f"localhost:{self._port}"):
            return _json({"error": "this address is not ours"}, status=403)
        if request.method == "POST" and request.content_type != "application/json":
            return _json({"error": "JSON is expected"}, status=415)
        try:
            return await handler(request)
        except (BadInput, KeyError, ValueError, TypeError, IndexError, binascii.Error) as error:
            return _json({"error": str(error)}, status=400)

    async def _index(self, request: web.Request) -> web.Response:
        return _file(PAGE / "index.html")

    async def _static(self, request: web.Request) -> web.Response:
        path = PAGE / request.match_info["name"]
        if path.parent != PAGE or path.suffix not in _TYPES or not path.is_file():
            return _json({"error": "no such file"}, status=404)
        return _file(path)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._streams.add(queue)
        try:
            with self.telegram.watch.stream(queue), self.vk.watch.stream(queue), self._watch.stream(queue):
                await response.write(_event("state", self._state()))
                while not self._closing:
                    try:
                        async with asyncio.timeout(_BEAT):
                            change = await queue.get()
                    except TimeoutError:
                        await response.write(b": still here\n\n")
                        continue
                    if change.kind == "profile":  # the bot has told its commands
                        change = Change(change.source, "state", self._manners(Platform(change.source)))
                    if change.body.get("chat_id", READER) == READER and not self._closing:
                        await response.write(_event("change", {"platform": change.source, "kind": change.kind, "body": change.body}))
        except ConnectionError:
            return response  # the page was closed
        finally:
            self._streams.discard(queue)
        return response

    def _end_streams(self) -> None:
        self._closing = True
        for queue in self._streams:
            queue.put_nowait(Change("clock", "closing", {}))

    def _state(self) -> dict[str, object]:
        return {
            "now": self.clock.now().isoformat(),
            "site": f"http://127.0.0.1:{self._web_port}/" if self._web_port else "",
            "telegram": {"messages": _messages(self.telegram.ledger.conversation(READER)), **self._manners(Platform.TELEGRAM)},
            "vk": {"messages": _messages(self.vk.ledger.conversation(READER)), **self._manners(Platform.VK)},
        }

    def _manners(self, platform: Platform) -> dict[str, object]:
        """Whether the bot may write, and the commands it offers in the reader's language."""
        if platform is Platform.VK:
            return {"blocked": self.vk_reader.peer.refusal == 901 and bool(self.vk_reader.messages), "commands": []}
        names, language = self.telegram.world.names, self.reader.chat.language
        offered = [value for key, value in names.items() if key.startswith("commands:")]
        own = [value for key, value in names.items() if key.startswith("commands:") and key.endswith(f":{language}")]
        return {"blocked": self.reader.chat.refusal == "blocked", "commands": (own or offered or [[]])[0]}

    async def _act(self, request: web.Request) -> web.Response:
        body = orjson.loads(await request.read())
        action = request.path.strip("/")
        match action:
            case "morning":
                return _json({"slot": (await self.morning()).isoformat()})
            case "language":
                self.reader.chat.language = self.vk_reader.peer.language = "en" if body["language"] == "en" else "ru"
                self._tell_manners()
                return _json({})
        vk = Platform(body["chat"]) is Platform.VK
        person = self.vk_reader if vk else self.reader
        match action:
            case "say":
                person.say(str(body["text"])[:4096])
            case "file":
                content = base64.b64decode(body["content"], validate=True)
                if len(content) > BIGGEST_FILE:
                    raise BadInput("the file is larger than 10 MB")
                person.send_file(Path(str(body["name"])).name, content)
            case "block":
                if body["blocked"]:
                    person.block()
                else:
                    person.unblock()
                self._tell_manners()
            case "press":
                message, key = self._key(vk, int(body["message"]), int(body["row"]), int(body["column"]))
                person.press_key(message, key)
        return _json({})

    def _key(self, vk: bool, number: int, row: int, column: int) -> tuple[Delivered, Key]:
        message = (self.vk if vk else self.telegram).ledger.find(READER, number)
        if message is None or message.keyboard is None:
            raise BadInput("the message has no such button any more")
        return message, message.keyboard.rows[row][column]

    def _tell_manners(self) -> None:
        self.telegram.watch.tell("state", **self._manners(Platform.TELEGRAM))
        self.vk.watch.tell("state", **self._manners(Platform.VK))


def _messages(messages: tuple[Delivered, ...]) -> list[dict[str, object]]:
    return [message.json() for message in messages]


def _event(kind: str, body: object) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"


def _json(body: object, *, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", headers=_HEADERS)


def _file(path: Path) -> web.Response:
    return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=_HEADERS)
