"""The demonstration's page as a server: its files, the stream of what happens in the chats, and what the people do in them."""

from __future__ import annotations

import asyncio
import base64
import binascii
import errno
import urllib.parse
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
from aiohttp import web

from bot.errors import BadInput, ConfigurationError
from bot.model import Platform
from bot.playground.phones import GUEST, PRIVATE, READER, Phone, Room
from bot.playground.watch import Change

if TYPE_CHECKING:
    from bot.playground.demo import Demo

PAGE: Final = Path(__file__).parent / "page"
BIGGEST_FILE: Final = 10 * 2**20
LONGEST: Final = 4096
_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html"}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_BEAT: Final = 15.0
_MISTAKES: Final = (BadInput, KeyError, ValueError, TypeError, IndexError, TimeoutError, binascii.Error)

Act = Callable[[Mapping[str, Any], Phone, Room, int], Awaitable[object]]


class Front:
    """Serves one demonstration. `listen` within its stack; `close` before that ends."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self.port = 0
        self._streams: set[asyncio.Queue[Change]] = set()
        self._closing = False
        self._samples: Iterator[tuple[str, str, str]] = iter(())
        self._acts: Mapping[str, Act] = {
            "say": self._say,
            "press": self._press,
            "file": self._attach,
            "invite": self._invite,
            "place": self._share_place,
            "forward": self._forward,
            "link": self._link,
            "inline": self._inline,
            "insert": self._insert,
        }

    async def listen(self, stack: AsyncExitStack, port: int) -> None:
        """Starts the server; the stack stops it. Raises ConfigurationError if the port is taken."""
        application = web.Application(middlewares=[self._guard], client_max_size=2 * BIGGEST_FILE)
        application.router.add_get("/", self._index)
        application.router.add_get("/page/{name}", self._static)
        application.router.add_get("/events", self._events)
        application.router.add_get("/file/{chat}/{room}/{message}", self._file)
        for name in ("language", "morning", "later"):
            application.router.add_post(f"/{name}", self._move)
        for name in self._acts:
            application.router.add_post(f"/{name}", self._act)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise ConfigurationError(f"port {port} is taken or not allowed: choose another with --port, or 0 for any") from error
            raise
        self.port = int(runner.addresses[0][1])

    def close(self) -> None:
        """Ends the streams."""
        self._closing = True
        for queue in self._streams:
            queue.put_nowait(Change("clock", "closing", {}))

    @web.middleware
    async def _guard(self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
        """Lets in only this page: a site elsewhere must not speak for the person."""
        if request.host not in (f"127.0.0.1:{self.port}", f"localhost:{self.port}"):
            return _json({"error": "this address is not ours"}, status=403)
        if request.method == "POST" and request.content_type != "application/json":
            return _json({"error": "JSON is expected"}, status=415)
        try:
            return await handler(request)
        except _MISTAKES as error:
            return _json({"error": str(error)}, status=400)

    # ── what is given ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _index(self, request: web.Request) -> web.Response:
        return _static(PAGE / "index.html")

    async def _static(self, request: web.Request) -> web.Response:
        path = PAGE / request.match_info["name"]
        if path.parent != PAGE or path.suffix not in _TYPES or not path.is_file():
            return _json({"error": "no such file"}, status=404)
        return _static(path)

    async def _file(self, request: web.Request) -> web.Response:
        """A file or a picture that somebody sent."""
        phone = self._demo.phones[Platform(request.match_info["chat"])]
        file = phone.find(phone.room(request.match_info["room"]), int(request.match_info["message"])).file
        if file is None:
            return _json({"error": "no such file"}, status=404)
        picture = file.kind == "photo"
        name = urllib.parse.quote(file.name)
        headers = {**_HEADERS, "Content-Disposition": f"{'inline' if picture else 'attachment'}; filename*=UTF-8''{name}"}
        return web.Response(body=file.content, content_type="image/png" if picture else "application/octet-stream", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        demo = self._demo
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._streams.add(queue)
        try:
            with demo.telegram.watch.stream(queue), demo.vk.watch.stream(queue), demo.watch.stream(queue):
                await response.write(_event("state", self._state()))
                while not self._closing:
                    try:
                        async with asyncio.timeout(_BEAT):
                            change = await queue.get()
                    except TimeoutError:
                        await response.write(b": still here\n\n")
                        continue
                    for told in [] if self._closing else self._told(change):
                        await response.write(_event("change", told))
        except ConnectionError:
            return response  # the page was closed
        finally:
            self._streams.discard(queue)
        return response

    def _told(self, change: Change) -> Iterator[dict[str, object]]:
        """A change as the page hears of it: nothing of other people's chats, a notice of a forum in each of its topics."""
        told: dict[str, object] = {"platform": change.source, "kind": change.kind, "body": change.body}
        if change.source == "clock":
            yield told
            return
        phone = self._demo.phones[Platform(change.source)]
        if change.kind in ("profile", "state"):  # the bot has told its commands, or was let in
            yield {**told, "kind": "state", "body": self._manners(Platform(change.source))}
            return
        chat, thread = int(str(change.body["chat_id"])), change.body.get("thread")
        for room in phone.rooms:
            if room.chat_id == chat and thread in (None, room.thread):
                yield {**told, "room": room.name}

    def _state(self) -> dict[str, object]:
        platforms = {platform.value: self._manners(platform) | {"messages": self._messages(phone)} for platform, phone in self._phones()}
        return {"now": self._demo.clock.now().isoformat(), "site": self._demo.site_url, **platforms}

    def _phones(self) -> Iterator[tuple[Platform, Phone]]:
        yield from self._demo.phones.items()

    @staticmethod
    def _messages(phone: Phone) -> dict[str, list[dict[str, object]]]:
        return {room.name: [message.json() for message in phone.messages(room)] for room in phone.rooms}

    def _manners(self, platform: Platform) -> dict[str, object]:
        """The chats, whether the bot may write there, and the commands it offers in the reader's language."""
        phone = self._demo.phones[platform]
        rooms = [{"name": room.name, "kind": room.kind, "title": room.title, "joined": phone.joined(room)} for room in phone.rooms]
        return {"rooms": rooms, "commands": self._commands() if platform is Platform.TELEGRAM else []}

    def _commands(self) -> object:
        names, language = self._demo.telegram.world.names, self._demo.reader.chat.language
        offered = [value for key, value in names.items() if key.startswith("commands:")]
        own = [value for key, value in names.items() if key.startswith("commands:") and key.endswith(f":{language}")]
        return (own or offered or [[]])[0]

    # ── what people do ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _move(self, request: web.Request) -> web.Response:
        body = orjson.loads(await request.read())
        match request.path.strip("/"):
            case "morning":
                return _json({"slot": (await self._demo.morning()).isoformat()})
            case "later":
                return _json({"now": (await self._demo.later()).isoformat()})
        self._demo.speak("en" if body["language"] == "en" else "ru")
        self._tell_manners()
        return _json({})

    async def _act(self, request: web.Request) -> web.Response:
        body = orjson.loads(await request.read())
        phone = self._demo.phones[Platform(body["chat"])]
        room = phone.room(str(body.get("room", PRIVATE)))
        who = GUEST if body.get("who") == GUEST and room.kind != PRIVATE else READER
        given = await self._acts[request.path.strip("/")](body, phone, room, who)
        return _json(given if given is not None else {})

    async def _say(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        phone.say(room, who, str(body["text"])[:LONGEST], reply_to=int(body.get("reply_to", 0)))

    async def _press(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        message, key = phone.key(room, int(body["message"]), int(body["row"]), int(body["column"]))
        phone.press(room, who, message, key)

    async def _attach(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        content = base64.b64decode(body["content"], validate=True)
        if len(content) > BIGGEST_FILE:
            raise BadInput("the file is larger than 10 MB")
        phone.attach(room, who, Path(str(body["name"])).name, content, caption=str(body.get("caption", ""))[:1024])

    async def _invite(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        phone.invite(room, out=bool(body.get("out")))
        self._tell_manners()

    async def _share_place(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        phone.share_place()

    async def _forward(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        channel, _, text = self._sample()
        phone.forward(text, channel=channel)

    async def _link(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> object:
        """An address that can be read without a network."""
        return {"url": self._sample()[1]}

    async def _inline(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> object:
        results = await self._demo.telegram_phone.inline(str(body["query"])[:256])
        return {"results": [{name: one.get(name, "") for name in ("id", "title", "description")} for one in results]}

    async def _insert(self, body: Mapping[str, Any], phone: Phone, room: Room, who: int) -> None:
        self._demo.telegram_phone.insert(room, who, str(body["id"]))

    def _sample(self) -> tuple[str, str, str]:
        """The next article of the sample sites, from the newest on: outlet, address, text."""
        found = next(self._samples, None)
        if found is None:
            site = self._demo.site
            pages = [page for page in site.edition.visible(self._demo.clock.now()) if page.serves == "article"]
            self._samples = iter([(page.outlet.name, site.url + page.path, "\n\n".join((page.title, *page.text))) for page in pages])
            found = next(self._samples)
        return found

    def _tell_manners(self) -> None:
        self._demo.telegram.watch.tell("state")
        self._demo.vk.watch.tell("state")


def _event(kind: str, body: object) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"


def _json(body: object, *, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", headers=_HEADERS)


def _static(path: Path) -> web.Response:
    return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=_HEADERS)
