"""People and conversations of the emulated VK: what they do, and waiting for what they are told."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

import orjson

from bot.errors import BadInput
from bot.playground.ledger import Delivered, Key, StoredFile
from bot.playground.places import MOSCOW, PATIENCE, Place
from bot.playground.vk.community import keep_document
from bot.playground.vk.world import Peer, PressedVk

if TYPE_CHECKING:
    from bot.playground.vk.server import VkEmulator

_CLIENT = {
    "button_actions": [
        "text",
        "vkpay",
        "open_app",
        "location",
        "open_link",
        "open_photo",
        "callback",
        "intent_subscribe",
        "intent_unsubscribe",
    ],
    "keyboard": True,
    "inline_keyboard": True,
    "carousel": True,
}
_LANGUAGES = {"ru": 0, "uk": 1, "be": 2, "en": 3}


class Conversation(Place):
    """A conversation of several. What is said in it is said by a person: `person.say(…, chat=conversation)`."""

    def __init__(self, emulator: VkEmulator, peer: Peer) -> None:
        super().__init__(emulator, peer.id, peer.name)
        self.emulator, self.peer = emulator, peer

    def admit(self, person: VkPerson, role: str = "member") -> None:
        """Makes someone `owner`, `admin` or `member`."""
        self.peer.members[person.id] = role

    def invite_bot(self, by: VkPerson) -> Delivered:
        """Someone brings the community in."""
        self.peer.refusal = 0
        return by.say("", chat=self, action={"type": "chat_invite_user", "member_id": -self.emulator.group_id})

    def kick_bot(self, by: VkPerson) -> None:
        """Someone throws the community out; error 917 from now on."""
        by.say("", chat=self, action={"type": "chat_kick_user", "member_id": -self.emulator.group_id})
        self.peer.refusal = 917


class PressVk:
    """A pressed button: `await press.answered()` gives the snackbar."""

    def __init__(self, emulator: VkEmulator, pressed: PressedVk) -> None:
        self._emulator, self._pressed = emulator, pressed

    @property
    def answer(self) -> dict[str, object] | None:
        """`text` and `url` of the answer, or None while there is none."""
        return self._pressed.answer

    async def answered(self, timeout: float = PATIENCE) -> str:
        """The snackbar's text, once it comes. Raises TimeoutError."""
        answer = await self._emulator.watch.until(lambda: self._pressed.answer, timeout)
        return str(answer["text"])


class VkPerson(Conversation):
    """Someone who talks with the community. The methods that act are synchronous; answers are awaited with `expect`."""

    def say(self, text: str, *, chat: Conversation | None = None, payload: object = None, reply_to: int = 0, **fields: object) -> Delivered:
        """Writes to the community, or into a conversation; more fields of the message may be given, as `geo` or `action`."""
        original = self.emulator.ledger.find((chat or self).id, reply_to)
        if original is not None:
            fields["reply_message"] = self._quoted(original)
        return self._write(text, None, chat, payload, fields, reply_to=original.message_id if original is not None else 0)

    def send_file(self, name: str, content: bytes, *, caption: str = "", chat: Conversation | None = None) -> Delivered:
        """Sends a document."""
        document = keep_document(self.emulator, name, content, owner=self.id)
        file = self.emulator.world.files[f"{self.id}_{document['id']}"]
        return self._write(caption, file, chat, None, {"attachments": [{"type": "doc", "doc": document}]})

    def share_location(self, latitude: float, longitude: float) -> Delivered:
        """Sends a place."""
        return self.say("", geo={"type": "point", "coordinates": {"latitude": latitude, "longitude": longitude}})

    def forward(self, text: str) -> Delivered:
        """Forwards someone's message."""
        date = int(self.emulator.clock.now().timestamp())
        one = {"date": date, "from_id": 1, "id": 0, "conversation_message_id": 1, "peer_id": self.id, "text": text, "attachments": []}
        return self._write("", None, None, None, {"fwd_messages": [one]}, forwarded=text)

    def _quoted(self, message: Delivered) -> dict[str, object]:
        """The message inside an answer to it."""
        return {
            "date": int(message.at.timestamp()),
            "from_id": message.sender or -self.emulator.group_id,
            "id": 0,
            "conversation_message_id": message.local_id,
            "peer_id": message.chat_id,
            "text": message.text,
            "attachments": [],
        }

    def _write(
        self,
        text: str,
        file: StoredFile | None,
        where: Conversation | None,
        payload: object,
        fields: dict[str, object],
        *,
        reply_to: int = 0,
        forwarded: str = "",
    ) -> Delivered:
        emulator, place = self.emulator, (where or self)
        self.mark()
        place.mark()
        if place is self:
            self._open()
        message_id, local_id = emulator.world.message_ids(place.peer)
        message = Delivered(
            chat_id=place.id,
            message_id=message_id,
            local_id=local_id,
            sender=self.id,
            method="",
            text=text or forwarded,
            file=file,
            reply_to=reply_to,
            forwarded=bool(forwarded),
            at=emulator.clock.now(),
        )
        emulator.ledger.put(message)
        emulator.delivered(message)
        body: dict[str, object] = {
            "date": int(message.at.timestamp()),
            "from_id": self.id,
            "id": message_id if place is self else 0,
            "version": 10000000 + message_id,
            "out": 0,
            "important": False,
            "is_hidden": False,
            "attachments": [],
            "conversation_message_id": local_id,
            "fwd_messages": [],
            "text": text,
            "peer_id": place.id,
            "random_id": 0,
        }
        if payload is not None:
            body["payload"] = payload if isinstance(payload, str) else orjson.dumps(payload).decode()
        client = {**_CLIENT, "lang_id": _LANGUAGES.get(self.peer.language, 3)}
        if not (place.peer.is_chat and place.peer.refusal):
            emulator.events.post("message_new", {"message": body | fields, "client_info": client})
        return message

    def press(self, label: str, *, message: Delivered | None = None, chat: Conversation | None = None) -> PressVk:
        """Presses the button with this text: on the message, else on the newest that has it. Raises BadInput."""
        place = chat or self
        return self.press_key(*place.find_button(label, message), place)

    def press_key(self, message: Delivered, key: Key, place: Conversation | None = None) -> PressVk:
        """Presses one button of a message."""
        place = place or self
        if key.kind == "callback":
            return self.press_data(key.data, message, place)
        if key.kind == "text":
            self.say(key.text, chat=None if place is self else place, payload=key.data or None)
        elif key.kind == "location":
            self.share_location(*MOSCOW)
        return PressVk(self.emulator, PressedVk("", 0.0, place.id, self.id, {"text": "", "alert": False, "url": key.url}))

    def press_data(self, payload: str, message: Delivered, place: Conversation | None = None) -> PressVk:
        """Sends a message_event with any payload, a forged one too."""
        place = place or self
        self.mark()
        place.mark()
        pressed = PressedVk(secrets.token_hex(6), self.emulator.clock.monotonic(), place.id, self.id)
        self.emulator.world.pressed[pressed.event_id] = pressed
        body: dict[str, object] = {
            "user_id": self.id,
            "peer_id": place.id,
            "event_id": pressed.event_id,
            "conversation_message_id": message.local_id,
        }
        if payload:
            body["payload"] = orjson.loads(payload)
        self.emulator.events.post("message_event", body)
        return PressVk(self.emulator, pressed)

    def _open(self) -> None:
        """Writing to the community lets it answer."""
        if self.peer.refusal in (900, 901, 902):
            self.peer.refusal = 0

    def allow(self) -> None:
        """Lets the community write: message_allow."""
        self.peer.refusal = 0
        self.emulator.events.post("message_allow", {"user_id": self.id, "key": ""})

    def deny(self) -> None:
        """Forbids the community to write: message_deny, and error 901 from now on."""
        self.peer.refusal = 901
        self.emulator.events.post("message_deny", {"user_id": self.id})

    block, unblock = deny, allow


async def act(emulator: VkEmulator, action: str, body: dict[str, object]) -> object:
    """What a person does, over HTTP. Raises BadInput."""
    name, language = str(body.get("name", "Анна Петрова")), str(body.get("language", "ru"))
    person = emulator.person(int(str(body.get("person", 1))), name, language=language)
    place = emulator.conversation(int(str(body["chat"])) % 2_000_000_000) if "chat" in body else None
    match action:
        case "person":
            return person.peer.user()
        case "say":
            return person.say(str(body["text"]), chat=place, payload=body.get("payload")).json()
        case "press":
            number = int(str(body.get("message", 0)))
            message = emulator.ledger.find((place or person).id, number) if number else None
            press = person.press(str(body["label"]), message=message, chat=place)
            if press.answer is None and body.get("wait"):
                await press.answered()
            return {"answer": press.answer}
        case "file":
            return person.send_file(str(body["name"]), base64.b64decode(str(body["content"]))).json()
        case "location":
            return person.share_location(float(str(body["latitude"])), float(str(body["longitude"]))).json()
        case "block" | "deny":
            person.deny()
        case "unblock" | "allow":
            person.allow()
        case "conversation":
            chat = emulator.conversation(int(str(body["id"])), admin=bool(body.get("admin")))
            chat.admit(person, str(body.get("role", "member")))
            return {"peer_id": chat.id}
        case _:
            raise BadInput(f"no action {action}")
    return {}
