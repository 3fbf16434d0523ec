"""The people, groups and channels that a Telegram bot meets in the emulator, and the updates that wait for it."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.playground.ledger import StoredFile
from bot.playground.telegram.refusals import Refusal

FORBIDDEN: Final = {
    "blocked": "bot was blocked by the user",
    "deactivated": "user is deactivated",
    "kicked-group": "bot was kicked from the group chat",
    "kicked-supergroup": "bot was kicked from the supergroup chat",
    "kicked-channel": "bot was kicked from the channel chat",
    "not-member-supergroup": "bot is not a member of the supergroup chat",
    "not-member-channel": "bot is not a member of the channel chat",
    "not-started": "bot can't initiate conversation with a user",
    "bot": "bot can't send messages to bots",
}
"""Every 403 that a bot meets, by a short name."""


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat as the server knows it."""

    id: int
    type: str
    """`private`, `group`, `supergroup` or `channel`."""
    name: str
    username: str = ""
    language: str = "ru"
    is_forum: bool = False
    refusal: str = ""
    """A key of FORBIDDEN while the bot may not write."""
    moved_to: int = 0
    members: dict[int, str] = field(default_factory=dict)
    """User → `creator`, `administrator`, `member`, `left`, `kicked`."""
    topics: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    action: str = ""
    """The last sendChatAction, until a message comes."""

    def json(self) -> dict[str, object]:
        """The Chat object."""
        body: dict[str, object] = {"id": self.id, "type": self.type}
        if self.type == "private":
            body["first_name"] = self.name
        else:
            body["title"] = self.name
        if self.username:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body

    def user(self) -> dict[str, object]:
        """The User object of a private chat."""
        body: dict[str, object] = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        if self.username:
            body["username"] = self.username
        return body


@dataclass(slots=True)
class Pressed:
    """A callback query that waits for its answer."""

    id: str
    at: float
    chat_id: int
    user_id: int
    data: str
    answer: dict[str, object] | None = None


@dataclass(slots=True)
class Asked:
    """An inline query that waits for its answer."""

    id: str
    at: float
    user_id: int
    query: str
    answer: dict[str, object] | None = None


@dataclass(slots=True, kw_only=True)
class World:
    """What the server keeps for one bot."""

    bot: dict[str, object]
    open_doors: bool = False
    """Any positive id is a person who has started the bot: for mailings to many."""
    chats: dict[int, Chat] = field(default_factory=dict)
    pressed: dict[str, Pressed] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    updates: deque[dict[str, object]] = field(default_factory=deque)
    names: dict[str, object] = field(default_factory=dict)
    """Commands, name and descriptions, by method and language."""
    _update_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _tickets: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def bot_id(self) -> int:
        """The bot's own id."""
        return int(str(self.bot["id"]))

    def message_id(self) -> int:
        """A new message's number."""
        return next(self._message_ids)

    def ticket(self) -> str:
        """A new id of a query or file."""
        return f"{self.bot_id}{next(self._tickets):08d}"

    def post(self, kind: str, body: dict[str, object]) -> dict[str, object]:
        """Puts an update into the queue."""
        update: dict[str, object] = {"update_id": next(self._update_ids), kind: body}
        self.updates.append(update)
        return update

    def chat(self, chat_id: int | str) -> Chat:
        """A chat by id or @username. Raises Refusal."""
        if isinstance(chat_id, str):
            found = next((chat for chat in self.chats.values() if chat.username and f"@{chat.username}" == chat_id), None)
        else:
            found = self.chats.get(chat_id)
            if found is None and self.open_doors and chat_id > 0:
                found = self.chats[chat_id] = Chat(id=chat_id, type="private", name=f"Person {chat_id}")
        if found is None:
            raise Refusal(400, "chat not found")
        return found

    def writable(self, chat_id: int | str) -> Chat:
        """A chat in which the bot may write. Raises Refusal."""
        chat = self.chat(chat_id)
        if chat.moved_to:
            raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        if chat.refusal:
            raise Refusal(403, FORBIDDEN[chat.refusal])
        return chat

    def member(self, chat: Chat, user_id: int) -> dict[str, object]:
        """The ChatMember object. Raises Refusal."""
        if user_id == self.bot_id:
            return _member(chat.bot_status, self.bot)
        status = chat.members.get(user_id)
        user = self.chats.get(user_id)
        if chat.type == "private" and user_id == chat.id:
            status = "member"
        if status is None or user is None:
            raise Refusal(400, "user not found" if user is None else "member not found")
        return _member(status, user.user())


_RIGHTS: Final = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_send_welcome_messages",
)


def _member(status: str, user: dict[str, object]) -> dict[str, object]:
    member: dict[str, object] = {"status": status, "user": user}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {"is_anonymous": False, **dict.fromkeys(_RIGHTS, True), "can_be_edited": False}
    elif status == "kicked":
        member["until_date"] = 0
    return member
