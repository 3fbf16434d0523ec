"""What a person sends and what they see: the two types between the platforms and the dialogue."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.digest.render.document import Document
from bot.model import Recipient


class ChatKind(enum.StrEnum):
    """What a recipient is."""

    PRIVATE = "private"
    GROUP = "group"
    """A Telegram group or a VK conversation."""
    CHANNEL = "channel"


class Event(enum.StrEnum):
    """What may befall a chat without a word being said."""

    BLOCKED = "blocked"
    """The person no longer wants us to write, or we were removed."""
    RETURNED = "returned"
    """The person lets us write again."""
    ADDED = "added"
    """We were added to a group or a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attached file; `load` downloads it and raises BotError."""

    name: str
    size: int
    """In bytes, 0 if the platform does not say."""
    load: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A shared location, in degrees."""

    latitude: float
    longitude: float


async def anyone() -> bool:
    """In a private chat everybody may change their own settings."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing that a person did: said, pressed, attached. All of it is untrusted."""

    recipient: Recipient
    user_id: int
    """Who did it: in a private chat the recipient's own id."""
    text: str = ""
    action: str = ""
    """Of the pressed button."""
    language: str = ""
    """The language of the person's program, as an IETF tag; a hint."""
    chat: ChatKind = ChatKind.PRIVATE
    may_change: Callable[[], Awaitable[bool]] = anyone
    """Whether this person administers the chat; asked only when it matters, since it costs a call."""
    file: File | None = None
    place: Place | None = None
    forwarded: bool = False
    named: bool = False
    """In a group: we were called by our name, so even what is not understood gets an answer."""
    replied: str = ""
    """The text of the message that this one replies to, or of what is passed on beside it."""
    replied_file: File | None = None
    """The file of the message that this one replies to."""

    @property
    def person(self) -> Recipient:
        """Whom limits count: the one who did it, wherever they did it."""
        return Recipient(platform=self.recipient.platform, id=self.user_id or self.recipient.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to hand over."""

    name: str
    data: bytes
    lost: Document
    """What is said where the platform does not take the file."""


class Own(enum.StrEnum):
    """What becomes of the keyboard that stands in place of the person's own. VK asks for a place under a message and needs none."""

    SHOWN = "shown"
    """The document's buttons are shown there: on Telegram only such a keyboard can ask for a place."""
    GONE = "gone"
    """It is taken away with these words; where there was none they are not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One thing that a person sees."""

    document: Document | None = None
    edit: bool = False
    """Put it in the place of the previous reply to this request, or else of the message whose button was pressed."""
    toast: str = ""
    """A short notice over the pressed button."""
    typing: bool = False
    """The work will take a while: show that."""
    attachment: Attachment | None = None
    passing: bool = False
    """«Читаю…»: the next reply takes its place, so it offers nothing to press."""
    own: Own | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story offered in inline mode."""

    id: str
    title: str
    description: str
    document: Document
