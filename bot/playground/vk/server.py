"""The emulated VK server: addresses, token, version, limits and faults around the methods."""

from __future__ import annotations

import math
import re
from typing import Final

import orjson
from aiohttp import web

from bot.clock import Clock
from bot.errors import BadInput
from bot.playground.bodies import Upload, read_body
from bot.playground.faults import Fault, Kind
from bot.playground.serving import Emulator
from bot.playground.vk import community
from bot.playground.vk.events import Events
from bot.playground.vk.methods import METHODS
from bot.playground.vk.params import Params
from bot.playground.vk.people import Conversation, VkPerson, act
from bot.playground.vk.refusals import VkRefusal, wrong
from bot.playground.vk.world import FIRST_CHAT, Peer, World
from bot.playground.windows import Window

TOKEN: Final = "vk1.a.playground-of-vestnik-has-no-secrets"  # noqa: S105  # opens nothing but this emulator
OLDEST: Final = (5, 131)
CALLS_A_SECOND: Final = 20


class VkEmulator(Emulator):
    """One community on an emulated VK API: `async with VkEmulator() as vk: vk.url, vk.token, vk.group_id`."""

    name = "vk"

    def __init__(
        self,
        *,
        token: str = TOKEN,
        group_id: int = 200000001,
        title: str = "Вестник",
        screen_name: str = "vestnik_bot",
        calls_a_second: int | None = CALLS_A_SECOND,
        slack: float = 0.1,
        open_doors: bool = False,
        event_lifetime: float = 60.0,
        clock: Clock | None = None,
        seed: int = 0,
        keep_params: bool = True,
    ) -> None:
        """`calls_a_second` None lifts the limit; `open_doors` lets the community write to any person."""
        super().__init__(clock=clock, seed=seed, keep_params=keep_params)
        self.token, self.group_id = token, group_id
        self.event_lifetime = event_lifetime
        self.world = World(group_id=group_id, name=title, screen_name=screen_name, open_doors=open_doors)
        self.events = Events(self)
        self._calls = Window(math.floor(calls_a_second * (1 + slack)), 1.0) if calls_a_second else None

    def person(self, number: int, name: str = "Анна Петрова", *, language: str = "ru", allowed: bool = True) -> VkPerson:
        """A person with whom one can talk; the same number is the same person. Not `allowed`: the community may not write first."""
        peer = self.world.peers.get(number)
        if peer is None:
            peer = self.world.peers[number] = Peer(id=number, name=name, language=language, refusal=0 if allowed else 901)
        return VkPerson(self, peer)

    def people(self, first: int, count: int) -> None:
        """Many people who let the community write."""
        for number in range(first, first + count):
            self.world.peers.setdefault(number, Peer(id=number, name=f"Person {number}"))

    def conversation(self, number: int, title: str = "Рабочая беседа", *, admin: bool = False) -> Conversation:
        """A conversation with the peer id 2000000000 + `number`, in which the community takes part."""
        peer = self.world.peers.get(FIRST_CHAT + number)
        if peer is None:
            peer = self.world.peers[FIRST_CHAT + number] = Peer(id=FIRST_CHAT + number, name=title, bot_is_admin=admin)
        return Conversation(self, peer)

    def closing(self) -> None:
        """Ends the long polls that wait."""
        self.events.close()

    async def act(self, action: str, body: dict[str, object]) -> object:
        """What people do, over HTTP."""
        match action:
            case "people":
                self.people(int(str(body["first"])), int(str(body["count"])))
            case "limits":
                calls = body.get("calls_a_second")
                self._calls = Window(int(str(calls)), 1.0) if calls else None
            case "callback":
                await self.events.set_callback(
                    str(body.get("url", "")), secret=str(body.get("secret", "")), confirmation=str(body.get("confirmation", ""))
                )
            case "expire-key":
                self.events.expire_key()
            case "lose-history":
                self.events.lose_history()
            case _:
                return await act(self, action, body)
        return {}

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answers `/method/<name>`, `/longpoll/<group>`, `/upload` and `/file/<id>`."""
        path = request.path
        try:
            if path.startswith("/method/"):
                return await self._method(path.removeprefix("/method/"), await read_body(request))
            if path == f"/longpoll/{self.group_id}":
                return await self._long_poll(dict(request.query))
            if path == "/upload" and request.method == "POST":
                return _json(self._upload(await read_body(request)))
            if path.startswith("/file/") and (file := self.world.files.get(path.removeprefix("/file/"))):
                return web.Response(body=file.content, content_type="application/octet-stream")
        except BadInput as error:
            return _json(wrong(str(error)).body({}))
        return web.Response(status=404, text="<html><body><h1>404 Not Found</h1></body></html>", content_type="text/html")

    async def _method(self, name: str, given: dict[str, object]) -> web.Response:
        params = Params(given)
        drawn: dict[Kind, Fault] = {}
        method = METHODS.get(name)
        if not self.faults.none:
            peer = str(given.get("peer_id", "")) if name != "messages.send" else ""
            number = int(peer) if peer.isdigit() else None
            drawn = self.faults.draw(name, number, sends=method is not None and method.sends)
            if (spoiled := await self.before(drawn)) is not None:
                return spoiled
        try:
            result = self._call(name, params, drawn)
        except VkRefusal as refusal:
            self.ledger.refused[refusal.code] += 1
            self.watch.ring()
            return _json(refusal.body(given))
        self.watch.ring()
        await self.after(drawn | params.late)
        return _json({"response": result})

    def _call(self, name: str, params: Params, drawn: dict[Kind, Fault]) -> object:
        if params.get("access_token") != self.token:
            raise VkRefusal(5)
        version = params.text("v")
        if not version:
            raise VkRefusal(8, "v (version) is required")
        if not re.fullmatch(r"\d\.\d{1,3}", version) or community.version(params) < OLDEST:
            raise VkRefusal(8, "versions below 5.131 are deprecated")
        self.ledger.calls[name] += 1
        now = self.clock.monotonic()
        if self._calls is not None:
            if self._calls.wait(now):
                self.ledger.over_limit += 1
                raise VkRefusal(6)
            self._calls.count(now)
        if error := drawn.get(Kind.ERROR) or drawn.get(Kind.FLOOD):
            raise VkRefusal(error.code or (6 if error.kind == Kind.FLOOD else 10), error.text)
        method = METHODS.get(name)
        if method is None:
            raise VkRefusal(3)
        if unknown := params.keys() - method.names:
            raise wrong(f"{min(unknown)} is not a parameter of {name}")
        return method.run(self, params)

    async def _long_poll(self, query: dict[str, str]) -> web.Response:
        self.ledger.calls["a_check"] += 1
        self.watch.ring()
        drawn = {} if self.faults.none else self.faults.draw("a_check", None)
        if (spoiled := await self.before(drawn)) is not None:
            return spoiled
        if failed := drawn.get(Kind.FAILED):
            match failed.code:
                case 1:
                    return _json({"failed": 1, "ts": str(self.events.ts)})
                case 2:
                    self.events.expire_key()
            return _json({"failed": failed.code or 3})
        answer = await self.events.check(query)
        await self.after(drawn)
        return _json(answer)

    def _upload(self, given: dict[str, object]) -> dict[str, object]:
        for field, value in given.items():
            if isinstance(value, Upload):
                return community.accept_upload(self, value.name, value.content, photo=field.startswith("photo"))
        return {"error": "no_file"}


def _json(body: object) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type="application/json")
