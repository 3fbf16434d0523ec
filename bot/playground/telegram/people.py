"""People, groups and channels of the emulated Telegram: what they do, and waiting for what they are told."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.errors import BadInput
from bot.playground.ledger import Delivered, Entity, Key, StoredFile
from bot.playground.places import MOSCOW, PATIENCE, Place
from bot.playground.telegram.chats import read_result
from bot.playground.telegram.html import units
from bot.playground.telegram.messages import message_json
from bot.playground.telegram.world import Asked, Chat, Pressed

if TYPE_CHECKING:
    from bot.playground.telegram.server import TelegramEmulator


class Group(Place):
    """A group, supergroup or channel. What is said in it is said by a Person: `person.say(…, chat=group)`."""

    def __init__(self, emulator: TelegramEmulator, chat: Chat) -> None:
        super().__init__(emulator, chat.id, chat.name)
        self.emulator, self.chat = emulator, chat

    def admit(self, person: Person, status: str = "member") -> None:
        """Makes someone a member, or anything else that a ChatMember can be."""
        self.chat.members[person.id] = status

    def topic(self, number: int, name: str = "Новости") -> None:
        """Opens a forum topic."""
        self.chat.topics[number] = name

    def invite_bot(self, by: Person, *, admin: bool = False) -> None:
        """Someone brings the bot in: my_chat_member."""
        self._status(by, "administrator" if admin else "member", "")

    def kick_bot(self, by: Person) -> None:
        """Someone throws the bot out: my_chat_member, and 403 from now on."""
        self._status(by, "kicked", f"kicked-{self.chat.type}")

    def _status(self, by: Person, status: str, refusal: str) -> None:
        world = self.emulator.world
        old = world.member(self.chat, world.bot_id)
        self.chat.bot_status, self.chat.refusal = status, refusal
        by.post("my_chat_member", chat=self.chat.json(), old_chat_member=old, new_chat_member=world.member(self.chat, world.bot_id))

    def migrate(self, new_id: int) -> Group:
        """A group becomes a supergroup with a new id: both service messages are sent, the old id answers with the new one."""
        emulator, old = self.emulator, self.chat
        new = Chat(id=new_id, type="supergroup", name=old.name, members=dict(old.members), bot_status=old.bot_status)
        emulator.world.chats[new_id] = new
        old.moved_to = new_id
        date = int(emulator.clock.now().timestamp())
        for chat, fields in ((old, {"migrate_to_chat_id": new_id}), (new, {"migrate_from_chat_id": old.id})):
            sender = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
            body = {"message_id": emulator.world.message_id(), "date": date, "chat": chat.json(), "from": sender, **fields}
            emulator.world.post("message", body)
        emulator.watch.ring()
        return Group(emulator, new)


class Press:
    """A pressed button: `await press.answered()` gives the toast."""

    def __init__(self, emulator: TelegramEmulator, pressed: Pressed) -> None:
        self._emulator, self._pressed = emulator, pressed

    @property
    def answer(self) -> dict[str, object] | None:
        """`text`, `alert` and `url` of the answer, or None while there is none."""
        return self._pressed.answer

    async def answered(self, timeout: float = PATIENCE) -> str:
        """The toast's text, once it comes. Raises TimeoutError."""
        answer = await self._emulator.watch.until(lambda: self._pressed.answer, timeout)
        return str(answer["text"])


class Person(Group):
    """Someone who talks with the bot. The methods that act are synchronous; the bot's answers are awaited with `expect`."""

    def post(self, kind: str, **fields: object) -> None:
        """Puts an update from this person into the queue, if the bot wants such."""
        body: dict[str, object] = {"from": self.chat.user(), "date": int(self.emulator.clock.now().timestamp()), **fields}
        if kind in ("callback_query", "inline_query", "chosen_inline_result"):
            del body["date"]
        if self.emulator.updates.wants(kind):
            self.emulator.world.post(kind, body)
        self.emulator.watch.ring()

    def say(self, text: str, *, chat: Group | None = None, thread: int = 0, reply_to: int = 0, **fields: object) -> Delivered:
        """Writes to the bot, or into a group or channel; more fields of the Message may be given, as `forward_origin`."""
        entities = tuple([Entity("bot_command", 0, units(text.split()[0]))] if text.startswith("/") else [])
        return self._write(text, entities, None, chat, thread, reply_to, fields)

    def send_file(
        self, name: str, content: bytes, *, caption: str = "", mime: str = "", chat: Group | None = None, thread: int = 0
    ) -> Delivered:
        """Sends a document."""
        world = self.emulator.world
        file = StoredFile(id=world.ticket(), name=name, kind="document", content=content, url=mime)
        world.files[file.id] = file
        return self._write(caption, (), file, chat, thread, 0, {})

    def share_location(self, latitude: float, longitude: float) -> Delivered:
        """Sends a place."""
        return self._write("", (), None, None, 0, 0, {"location": {"latitude": latitude, "longitude": longitude}})

    def forward(self, text: str, *, channel: str = "Новости") -> Delivered:
        """Forwards a post of a channel."""
        chat = {"id": -1009999999999, "type": "channel", "title": channel}
        date = int(self.emulator.clock.now().timestamp())
        origin = {"type": "channel", "date": date, "chat": chat, "message_id": 1}
        return self.say(text, forward_origin=origin)

    def _write(
        self,
        text: str,
        entities: tuple[Entity, ...],
        file: StoredFile | None,
        where: Group | None,
        thread: int,
        reply_to: int,
        fields: dict[str, object],
    ) -> Delivered:
        emulator, place = self.emulator, (where or self)
        self.mark()
        place.mark()
        if place is self:
            self.unblock(quiet=True)
        message = Delivered(
            chat_id=place.id,
            message_id=emulator.world.message_id(),
            sender=self.id,
            method="",
            text=text,
            entities=entities,
            file=file,
            thread=thread,
            reply_to=reply_to,
            forwarded="forward_origin" in fields,
            via="via_bot" in fields,
            at=emulator.clock.now(),
        )
        emulator.ledger.put(message)
        emulator.delivered(message)
        body = {**message_json(emulator, message, place.chat), **fields}
        if not text and file is None:
            body.pop("text", None)
        kind = "channel_post" if place.chat.type == "channel" else "message"
        if emulator.updates.wants(kind) and place.chat.bot_status not in ("left", "kicked"):
            emulator.world.post(kind, body)
        emulator.watch.ring()
        return message

    def press(self, label: str, *, message: Delivered | None = None, chat: Group | None = None) -> Press:
        """Presses the button with this text or data: on the message, else on the newest that has it. Raises BadInput."""
        place = chat or self
        return self.press_key(*place.find_button(label, message), place)

    def press_key(self, message: Delivered, key: Key, place: Group | None = None) -> Press:
        """Presses one button of a message."""
        place = place or self
        if message.keyboard is not None and message.keyboard.inline and key.kind == "callback":
            return self.press_data(key.data, message, place)
        if key.kind == "text":
            self.say(key.text, chat=None if place is self else place)
        elif key.kind == "request_location":
            self.share_location(*MOSCOW)
        return Press(self.emulator, Pressed("", 0.0, place.id, self.id, "", {"text": "", "alert": False, "url": key.url}))

    def press_data(self, data: str, message: Delivered, place: Group | None = None) -> Press:
        """Sends a callback query with any data, a forged one too."""
        place = place or self
        emulator = self.emulator
        self.mark()
        place.mark()
        pressed = Pressed(emulator.world.ticket(), emulator.clock.monotonic(), place.id, self.id, data)
        emulator.world.pressed[pressed.id] = pressed
        body = message_json(emulator, message, place.chat)
        self.post("callback_query", id=pressed.id, chat_instance=str(place.id), data=data, message=body)
        return Press(emulator, pressed)

    async def inline(self, query: str, timeout: float = PATIENCE) -> list[dict[str, object]]:
        """Types `@bot query` and gives the results. Raises TimeoutError."""
        emulator = self.emulator
        asked = Asked(emulator.world.ticket(), emulator.clock.monotonic(), self.id, query)
        emulator.world.asked[asked.id] = asked
        self.post("inline_query", id=asked.id, query=query, offset="", chat_type="sender")
        answer = await emulator.watch.until(lambda: asked.answer, timeout)
        results = answer["results"]
        return results if isinstance(results, list) else []

    def insert(self, result: Mapping[str, object], *, chat: Group | None = None, thread: int = 0) -> Delivered:
        """Picks one of the results of `inline`: it is said in the chat, by this person and via the bot."""
        text, entities = read_result(result)
        message = self._write(text, entities, None, chat, thread, 0, {"via_bot": self.emulator.world.bot})
        self.post("chosen_inline_result", result_id=result["id"], query="")
        return message

    def block(self) -> None:
        """Blocks the bot: my_chat_member, and 403 from now on."""
        self._own("kicked", "blocked")

    def unblock(self, *, quiet: bool = False) -> None:
        """Lets the bot write again."""
        was, self.chat.refusal = self.chat.refusal, ""
        if was == "blocked" or (was and not quiet):
            self._own("member", "")

    def deactivate(self) -> None:
        """Deletes the account: 403 from now on, no update."""
        self.chat.refusal = "deactivated"

    def _own(self, status: str, refusal: str) -> None:
        world = self.emulator.world
        old = world.member(self.chat, world.bot_id)
        self.chat.bot_status, self.chat.refusal = status, refusal
        self.post("my_chat_member", chat=self.chat.json(), old_chat_member=old, new_chat_member=world.member(self.chat, world.bot_id))


async def act(emulator: TelegramEmulator, action: str, body: dict[str, object]) -> object:
    """What a person does, over HTTP. Raises BadInput."""
    person = emulator.person(int(str(body.get("person", 1))), str(body.get("name", "Анна")), language=str(body.get("language", "ru")))
    place = Group(emulator, emulator.chat(int(str(body["chat"])))) if "chat" in body else None
    match action:
        case "person":
            return person.chat.json()
        case "say":
            message = person.say(str(body["text"]), chat=place, thread=int(str(body.get("thread", 0))))
            return message.json()
        case "press":
            number = int(str(body.get("message", 0)))
            message_or_none = emulator.ledger.find((place or person).id, number) if number else None
            press = person.press(str(body["label"]), message=message_or_none, chat=place)
            return {"answer": press.answer if press.answer is not None or not body.get("wait") else await press.answered()}
        case "file":
            return person.send_file(str(body["name"]), base64.b64decode(str(body["content"]))).json()
        case "location":
            return person.share_location(float(str(body["latitude"])), float(str(body["longitude"]))).json()
        case "block":
            person.block()
        case "unblock":
            person.unblock()
        case "deactivate":
            person.deactivate()
        case "group":
            emulator.group(int(str(body["id"])), kind=str(body.get("kind", "supergroup")), admin=bool(body.get("admin"))).admit(
                person, str(body.get("status", "member"))
            )
        case _:
            raise BadInput(f"no action {action}")
    return {}
