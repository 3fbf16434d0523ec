"""The ledger of an emulator: what each chat received, in the shape that both platforms share."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from bot.playground.bodies import Upload


@dataclass(frozen=True, slots=True)
class Entity:
    """A styled run of the text; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    extra: str = ""
    """The language of a block of code, the id of a mentioned person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A button. `kind` is the platform's word for what it does."""

    text: str
    kind: str
    data: str = ""
    url: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A keyboard: under the message if `inline`, else in place of the person's own."""

    rows: tuple[tuple[Key, ...], ...]
    inline: bool
    one_time: bool = False

    def find(self, label: str) -> Key | None:
        """The button whose text or data is `label`, or whose text begins with it."""
        keys = [key for row in self.rows for key in row]
        exact = (key for key in keys if label in (key.text, key.data))
        return next(exact, None) or next((key for key in keys if key.text.startswith(label)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that was sent."""

    id: str
    name: str
    kind: str
    """`document` or `photo`."""
    content: bytes
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a message was before an edit."""

    text: str
    entities: tuple[Entity, ...]
    keyboard: Keys | None
    at: dt.datetime


@dataclass(slots=True, kw_only=True)
class Delivered:
    """One message in a chat, as it stands now."""

    chat_id: int
    message_id: int
    local_id: int = 0
    """VK's conversation_message_id."""
    sender: int
    """Who wrote it; 0 for the bot."""
    method: str
    text: str
    entities: tuple[Entity, ...] = ()
    keyboard: Keys | None = None
    file: StoredFile | None = None
    thread: int = 0
    reply_to: int = 0
    forwarded: bool = False
    """The words are somebody else's."""
    via: bool = False
    """A person picked it among the bot's results of an inline query."""
    at: dt.datetime
    sequence: int = 0
    """Grows with every change in the emulator: the last change of this message."""
    params: Mapping[str, object] = field(default_factory=dict)
    """The parameters as they came."""
    edits: list[Edit] = field(default_factory=list)
    deleted: bool = False
    pinned: bool = False
    reactions: tuple[str, ...] = ()

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels under the message, in order."""
        return tuple(key.text for row in self.keyboard.rows for key in row) if self.keyboard else ()

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses behind the text, in order."""
        return tuple(entity.url for entity in self.entities if entity.url)

    def styled(self, style: str) -> tuple[str, ...]:
        """The runs of text in one style, as `bold`."""
        raw = self.text.encode("utf-16-le")
        return tuple(
            raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")
            for entity in self.entities
            if entity.type == style
        )

    def json(self) -> dict[str, object]:
        """The message for the page and the control addresses."""
        return {
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "local_id": self.local_id,
            "sender": self.sender,
            "method": self.method,
            "text": self.text,
            "entities": [asdict(entity) for entity in self.entities],
            "keyboard": asdict(self.keyboard) if self.keyboard else None,
            "file": {"name": self.file.name, "kind": self.file.kind, "size": len(self.file.content), "url": self.file.url}
            if self.file
            else None,
            "thread": self.thread,
            "reply_to": self.reply_to,
            "forwarded": self.forwarded,
            "via": self.via,
            "at": self.at.isoformat(),
            "sequence": self.sequence,
            "edits": len(self.edits),
            "deleted": self.deleted,
            "pinned": self.pinned,
            "reactions": list(self.reactions),
            "params": {
                key: value for key, value in self.params.items() if key != "access_token" and not isinstance(value, (bytes, Upload))
            },
        }


class Ledger:
    """All messages by chat, in order, and what was called and refused."""

    def __init__(self) -> None:
        self._chats: dict[int, dict[int, Delivered]] = {}
        self.sequence = 0
        self.delivered = 0
        """Messages of the bot that were accepted, edits not counted."""
        self.calls: Counter[str] = Counter()
        self.refused: Counter[int] = Counter()
        """Refusals by the platform's code, those of faults included."""
        self.over_limit = 0
        """Calls above the published rate limits, those of faults not included."""

    def put(self, message: Delivered) -> None:
        """Adds a message."""
        self.sequence += 1
        message.sequence = self.sequence
        chat = self._chats.get(message.chat_id)
        if chat is None:
            chat = self._chats[message.chat_id] = {}
        chat[message.message_id] = message
        if message.sender == 0:
            self.delivered += 1

    def touch(self, message: Delivered) -> None:
        """Marks a message as just changed."""
        self.sequence += 1
        message.sequence = self.sequence

    def find(self, chat_id: int, message_id: int) -> Delivered | None:
        """A message that was not deleted, or None."""
        message = self._chats.get(chat_id, {}).get(message_id)
        return None if message is None or message.deleted else message

    def messages(self, chat_id: int) -> tuple[Delivered, ...]:
        """What the bot wrote to a chat and did not delete, in order."""
        return tuple(m for m in self._chats.get(chat_id, {}).values() if m.sender == 0 and not m.deleted)

    def conversation(self, chat_id: int) -> tuple[Delivered, ...]:
        """The chat as people see it, in order."""
        return tuple(m for m in self._chats.get(chat_id, {}).values() if not m.deleted)

    def last(self, chat_id: int) -> Delivered | None:
        """The bot's newest message in a chat."""
        return next((m for m in reversed(self._chats.get(chat_id, {}).values()) if m.sender == 0 and not m.deleted), None)

    @property
    def chats(self) -> tuple[int, ...]:
        """Chats in which anything was written."""
        return tuple(self._chats)

    def since(self, sequence: int) -> Iterator[Delivered]:
        """All messages of all chats that changed after `sequence`."""
        return (m for chat in self._chats.values() for m in chat.values() if m.sequence > sequence)

    def move(self, old: int, new: int) -> None:
        """Carries a chat's messages to its new id."""
        if (chat := self._chats.pop(old, None)) is not None:
            for message in chat.values():
                message.chat_id = new
            self._chats.setdefault(new, {}).update(chat)

    def clear(self) -> None:
        """Forgets everything but the sequence."""
        self._chats.clear()
        self.calls.clear()
        self.refused.clear()
        self.delivered = self.over_limit = 0
