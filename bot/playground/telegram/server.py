"""The emulated Telegram server: addresses, tokens, limits and faults around the methods."""

from __future__ import annotations

import inspect

import orjson
from aiohttp import web

from bot.clock import Clock
from bot.errors import BadInput
from bot.playground.bodies import Upload, read_body
from bot.playground.faults import Fault, Kind
from bot.playground.serving import Emulator
from bot.playground.telegram.limits import TelegramLimits
from bot.playground.telegram.methods import METHODS
from bot.playground.telegram.params import Params
from bot.playground.telegram.people import Group, Person, act
from bot.playground.telegram.refusals import Refusal, too_many
from bot.playground.telegram.updates import Updates
from bot.playground.telegram.world import Chat, World

TOKEN = "1000000001:playground-of-vestnik-has-no-secrets"  # noqa: S105  # opens nothing but this emulator


class TelegramEmulator(Emulator):
    """One bot on an emulated Bot API: `async with TelegramEmulator() as telegram: telegram.url, telegram.token`."""

    name = "telegram"

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "vestnik_bot",
        title: str = "Вестник",
        limits: TelegramLimits | None = None,
        open_doors: bool = False,
        query_lifetime: float = 30.0,
        clock: Clock | None = None,
        seed: int = 0,
        keep_params: bool = True,
    ) -> None:
        """`open_doors` lets the bot write to any positive id; a query is answered within `query_lifetime` seconds or never."""
        super().__init__(clock=clock, seed=seed, keep_params=keep_params)
        self.token = token
        self.limits = limits or TelegramLimits()
        self.query_lifetime = query_lifetime
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": title, "username": username}
        self.world = World(bot=bot, open_doors=open_doors)
        self.updates = Updates(self)

    def person(self, number: int, name: str = "Анна", *, language: str = "ru", username: str = "", started: bool = True) -> Person:
        """A person with whom one can talk; the same number is the same person. Not `started`: the bot may not write first."""
        chat = self.world.chats.get(number)
        if chat is None:
            refusal = "" if started else "not-started"
            chat = Chat(id=number, type="private", name=name, language=language, username=username, refusal=refusal)
            self.world.chats[number] = chat
        return Person(self, chat)

    def people(self, first: int, count: int) -> None:
        """Many people who have started the bot."""
        for number in range(first, first + count):
            self.world.chats.setdefault(number, Chat(id=number, type="private", name=f"Person {number}"))

    def group(
        self, number: int, title: str = "Рабочая группа", *, kind: str = "supergroup", admin: bool = False, forum: bool = False
    ) -> Group:
        """A group, supergroup or channel with a negative id, in which the bot is a member, or an administrator."""
        chat = self.world.chats.get(number)
        if chat is None:
            status = "administrator" if admin or kind == "channel" else "member"
            chat = Chat(id=number, type=kind, name=title, is_forum=forum, bot_status=status)
            self.world.chats[number] = chat
        return Group(self, chat)

    def closing(self) -> None:
        """Ends the long poll that waits."""
        self.updates.close()

    async def act(self, action: str, body: dict[str, object]) -> object:
        """What people do, over HTTP."""
        if action == "people":
            self.people(int(str(body["first"])), int(str(body["count"])))
            return {}
        if action == "limits":
            self.limits = TelegramLimits(**body)  # type: ignore[arg-type]  # the values are JSON's
            return {}
        return await act(self, action, body)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`."""
        path = request.path
        if path.startswith("/file/bot"):
            return self._download(path.removeprefix("/file/bot"))
        if not path.startswith("/bot"):
            return _refused(Refusal(404, "Not Found"))
        token, _, name = path[4:].partition("/")
        try:
            if token != self.token:
                raise Refusal(401, "Unauthorized")
            given = await read_body(request)
        except BadInput as error:
            return _refused(Refusal(400, str(error)))
        except Refusal as refusal:
            self.ledger.refused[refusal.code] += 1
            return _refused(refusal)
        return await self.respond(name, given)

    async def respond(self, name: str, given: dict[str, object]) -> web.Response:
        """One call with its faults. Raises Cut."""
        known = METHODS.get(name.lower())
        drawn: dict[Kind, Fault] = {}
        if not self.faults.none:
            chat = str(given.get("chat_id", ""))
            number = int(chat) if chat.lstrip("-").isdigit() else None
            drawn = self.faults.draw(name, number, sends=known is not None and known[1].sends)
            if (spoiled := await self.before(drawn)) is not None:
                return spoiled
        try:
            self._faults(drawn)
            result = await self.call(name, given)
        except Refusal as refusal:
            self.ledger.refused[refusal.code] += 1
            self.watch.ring()
            return _refused(refusal)
        self.watch.ring()
        if drawn:
            await self.after(drawn)
        return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")

    async def call(self, name: str, given: dict[str, object]) -> object:
        """Runs a method without faults. Raises Refusal."""
        known = METHODS.get(name.lower())
        if known is None:
            raise Refusal(404, "Not Found")
        proper, method = known
        self.ledger.calls[proper] += 1
        if not given.keys() <= method.names:
            attached = {key for key, value in given.items() if isinstance(value, Upload)}
            if unknown := given.keys() - method.names - attached:
                raise Refusal(400, f'{proper} has no parameter "{min(unknown)}"')
        result = method.run(self, Params(given))
        return await result if inspect.isawaitable(result) else result

    def _faults(self, drawn: dict[Kind, Fault]) -> None:
        if not drawn:
            return
        if flood := drawn.get(Kind.FLOOD):
            seconds = max(1, round(flood.seconds))
            if flood.chat is None:  # the whole bot is held
                self.limits.close(self.clock.monotonic() + seconds)
            raise too_many(seconds)
        if migrate := drawn.get(Kind.MIGRATE):
            raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=migrate.new_id)
        if error := drawn.get(Kind.ERROR):
            raise Refusal(error.code or 500, error.text or "Internal Server Error")

    def _download(self, rest: str) -> web.Response:
        token, _, path = rest.partition("/")
        file = self.world.files.get(path.rpartition("/")[2])
        if token != self.token or file is None:
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def chat(self, number: int) -> Chat:
        """A chat that exists. Raises BadInput."""
        try:
            return self.world.chat(number)
        except Refusal as refusal:
            raise BadInput(f"{number}: {refusal.description}") from None


def _refused(refusal: Refusal) -> web.Response:
    return web.Response(body=refusal.body(), status=refusal.code, content_type="application/json")
