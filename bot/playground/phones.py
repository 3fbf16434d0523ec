"""The phones of the two people at the page: the chats with the bot that each platform has, and what is done in them."""

from __future__ import annotations

import abc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.errors import BadInput
from bot.playground.ledger import Delivered, Key, Ledger
from bot.playground.telegram import Group, Person, TelegramEmulator
from bot.playground.vk import Conversation, VkEmulator, VkPerson

READER: Final = 700001
"""The number of the person at the page, on both platforms. She administers the shared chats."""
GUEST: Final = 700002
"""Who else is in the shared chats, and administers nothing."""
GROUP: Final = -1001700000001
CHANNEL: Final = -1001700000002
TOPIC: Final = 2
CONVERSATION: Final = 1
PRIVATE: Final = "private"
NAME: Final = "@vestnik_bot"
PLACE: Final = (54.9893, 73.3682)
"""Omsk: not where one is by default, so that something changes."""


@dataclass(frozen=True, slots=True)
class Room:
    """One chat on a phone; of a forum, one topic."""

    name: str
    kind: str
    """`private`, `group`, `topic`, `channel` or `conversation`."""
    chat_id: int
    title: str = ""
    thread: int = 0


class Phone(abc.ABC):
    """One platform. The acts raise BadInput for what the platform would not let one do."""

    rooms: tuple[Room, ...]
    ledger: Ledger

    def room(self, name: str) -> Room:
        """The room of this name. Raises BadInput."""
        found = next((room for room in self.rooms if room.name == name), None)
        if found is None:
            raise BadInput(f"no room {name}")
        return found

    def where(self, chat_id: int, thread: int = 0) -> Room | None:
        """The room in which something happened; None for other people's chats."""
        return next((room for room in self.rooms if (room.chat_id, room.thread) == (chat_id, thread)), None)

    def messages(self, room: Room) -> list[Delivered]:
        """What stands in a room, in order."""
        return [message for message in self.ledger.conversation(room.chat_id) if message.thread == room.thread]

    def find(self, room: Room, number: int) -> Delivered:
        """A message of a room. Raises BadInput."""
        message = self.ledger.find(room.chat_id, number)
        if message is None:
            raise BadInput("the message is no longer there")
        return message

    def key(self, room: Room, number: int, row: int, column: int) -> tuple[Delivered, Key]:
        """A button. Raises BadInput or IndexError."""
        message = self.find(room, number)
        if message.keyboard is None:
            raise BadInput("the message has no such button any more")
        return message, message.keyboard.rows[row][column]

    @abc.abstractmethod
    def joined(self, room: Room) -> bool:
        """Whether the bot may write there."""

    @abc.abstractmethod
    def say(self, room: Room, who: int, text: str, *, reply_to: int = 0) -> None:
        """Writes, as READER or as GUEST."""

    @abc.abstractmethod
    def press(self, room: Room, who: int, message: Delivered, key: Key) -> None:
        """Presses a button."""

    @abc.abstractmethod
    def attach(self, room: Room, who: int, name: str, content: bytes, *, caption: str = "") -> None:
        """Sends a file."""

    @abc.abstractmethod
    def invite(self, room: Room, *, out: bool = False) -> None:
        """Brings the bot in, or throws it out; in private, lets it write or forbids it."""

    @abc.abstractmethod
    def share_place(self) -> None:
        """Sends a place on the map to the bot."""

    @abc.abstractmethod
    def forward(self, text: str, *, channel: str) -> None:
        """Forwards a post to the bot."""


class TelegramPhone(Phone):
    """Telegram: a forum with two topics, a channel, inline mode."""

    def __init__(self, emulator: TelegramEmulator) -> None:
        self.emulator, self.ledger = emulator, emulator.ledger
        self.reader: Person = emulator.person(READER, "Анна", started=False)
        self.guest: Person = emulator.person(GUEST, "Борис", started=False)
        self.group: Group = emulator.group(GROUP, "Рабочая группа", forum=True)
        self.group.topic(TOPIC, "Регулирование")
        self.channel: Group = emulator.group(CHANNEL, "Новости отрасли", kind="channel")
        for place in (self.group, self.channel):
            place.admit(self.reader, "creator")
            place.admit(self.guest)
            place.chat.bot_status, place.chat.refusal = "left", f"not-member-{place.chat.type}"
        self.rooms = (
            Room(PRIVATE, PRIVATE, READER),
            Room("group", "group", GROUP, self.group.name),
            Room("topic", "topic", GROUP, "Регулирование", TOPIC),
            Room("channel", "channel", CHANNEL, self.channel.name),
        )
        self._offered: Mapping[str, Mapping[str, object]] = {}

    def joined(self, room: Room) -> bool:
        refusal = self.emulator.chat(room.chat_id).refusal
        return refusal != "blocked" if room.kind == PRIVATE else not refusal

    def say(self, room: Room, who: int, text: str, *, reply_to: int = 0) -> None:
        self._speaker(room, who).say(text, chat=self._place(room), thread=room.thread, reply_to=reply_to)

    def press(self, room: Room, who: int, message: Delivered, key: Key) -> None:
        self._person(who).press_key(message, key, self._place(room))

    def attach(self, room: Room, who: int, name: str, content: bytes, *, caption: str = "") -> None:
        self._speaker(room, who).send_file(name, content, caption=caption, chat=self._place(room), thread=room.thread)

    def invite(self, room: Room, *, out: bool = False) -> None:
        place = self._place(room)
        if place is None:
            (self.reader.block if out else self.reader.unblock)()
        elif out:
            place.kick_bot(self.reader)
        else:
            place.invite_bot(self.reader, admin=room.kind == "channel")

    def share_place(self) -> None:
        self.reader.share_location(*PLACE)

    def forward(self, text: str, *, channel: str) -> None:
        self.reader.forward(text, channel=channel)

    async def inline(self, query: str) -> Sequence[Mapping[str, object]]:
        """What the bot offers for the words after its name. Raises TimeoutError."""
        results = await self.reader.inline(query)
        self._offered = {str(result["id"]): result for result in results}
        return results

    def insert(self, room: Room, who: int, result: str) -> None:
        """Inserts one of what was last offered."""
        if result not in self._offered:
            raise BadInput("this is no longer offered")
        self._speaker(room, who).insert(self._offered[result], chat=self._place(room), thread=room.thread)

    def _person(self, who: int) -> Person:
        return self.guest if who == GUEST else self.reader

    def _speaker(self, room: Room, who: int) -> Person:
        if room.kind == "channel" and who == GUEST:
            raise BadInput("only who administers a channel may post in it")
        return self._person(who)

    def _place(self, room: Room) -> Group | None:
        return {GROUP: self.group, CHANNEL: self.channel}.get(room.chat_id)


class VkPhone(Phone):
    """VK: the community's messages and a conversation of several."""

    def __init__(self, emulator: VkEmulator) -> None:
        self.emulator, self.ledger = emulator, emulator.ledger
        self.reader: VkPerson = emulator.person(READER, "Анна Петрова", allowed=False)
        self.guest: VkPerson = emulator.person(GUEST, "Борис Ильин", allowed=False)
        self.conversation: Conversation = emulator.conversation(CONVERSATION, "Рабочая беседа", admin=True)
        self.conversation.admit(self.reader, "owner")
        self.conversation.admit(self.guest)
        self.conversation.peer.refusal = 917
        self.rooms = (
            Room(PRIVATE, PRIVATE, READER),
            Room("conversation", "conversation", self.conversation.id, self.conversation.name),
        )

    def joined(self, room: Room) -> bool:
        refused = bool(self.emulator.world.peer(room.chat_id).refusal)
        return not refused or (room.kind == PRIVATE and not self.reader.messages)

    def say(self, room: Room, who: int, text: str, *, reply_to: int = 0) -> None:
        place = self._place(room)
        if place is not None:  # as VK writes a community's name that was picked from its list
            text = text.replace(NAME, f"[club{self.emulator.group_id}|{NAME}]")
        self._person(who).say(text, chat=place, reply_to=reply_to)

    def press(self, room: Room, who: int, message: Delivered, key: Key) -> None:
        self._person(who).press_key(message, key, self._place(room))

    def attach(self, room: Room, who: int, name: str, content: bytes, *, caption: str = "") -> None:
        place = self._place(room)
        if place is not None:
            caption = caption.replace(NAME, f"[club{self.emulator.group_id}|{NAME}]")
        self._person(who).send_file(name, content, caption=caption, chat=place)

    def invite(self, room: Room, *, out: bool = False) -> None:
        place = self._place(room)
        if place is None:
            (self.reader.deny if out else self.reader.allow)()
        elif out:
            place.kick_bot(self.reader)
        else:
            place.invite_bot(self.reader)

    def share_place(self) -> None:
        self.reader.share_location(*PLACE)

    def forward(self, text: str, *, channel: str) -> None:
        self.reader.forward(text)

    def _person(self, who: int) -> VkPerson:
        return self.guest if who == GUEST else self.reader

    def _place(self, room: Room) -> Conversation | None:
        return self.conversation if room.kind == "conversation" else None
