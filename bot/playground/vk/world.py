"""The people and conversations that a VK community meets in the emulator."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.playground.ledger import StoredFile
from bot.playground.vk.refusals import VkRefusal

FIRST_CHAT: Final = 2_000_000_000


@dataclass(slots=True, kw_only=True)
class Peer:
    """A person, or a conversation from FIRST_CHAT on."""

    id: int
    name: str
    language: str = "ru"
    refusal: int = 0
    """The error that writing to this peer gives; 0 for none."""
    members: dict[int, str] = field(default_factory=dict)
    """Of a conversation: person → `owner`, `admin`, `member`."""
    bot_is_admin: bool = False
    last_local: int = 0
    """The last conversation_message_id."""
    activity: str = ""

    @property
    def is_chat(self) -> bool:
        """True for a conversation."""
        return self.id > FIRST_CHAT

    def user(self) -> dict[str, object]:
        """The User object."""
        first, _, last = self.name.partition(" ")
        return {"id": self.id, "first_name": first, "last_name": last, "can_access_closed": True, "is_closed": False}


@dataclass(slots=True)
class PressedVk:
    """A message_event that waits for its answer."""

    event_id: str
    at: float
    peer_id: int
    user_id: int
    answer: dict[str, object] | None = None


@dataclass(slots=True, kw_only=True)
class World:
    """What VK keeps for one community."""

    group_id: int
    name: str
    screen_name: str
    rights: frozenset[str] = frozenset({"photos", "messages", "docs", "manage"})
    """What the token may do."""
    open_doors: bool = False
    """Any person may be written to: for mailings to many."""
    peers: dict[int, Peer] = field(default_factory=dict)
    pressed: dict[str, PressedVk] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    uploads: dict[str, StoredFile] = field(default_factory=dict)
    sent: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """(peer, random_id) → (message_id, conversation_message_id): a repeat is answered with these."""
    where: dict[int, int] = field(default_factory=dict)
    """message_id → peer."""
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _tickets: Iterator[int] = field(default_factory=lambda: itertools.count(456239017))

    def message_ids(self, peer: Peer) -> tuple[int, int]:
        """The two numbers of a new message: the community's and the conversation's."""
        peer.last_local += 1
        number = next(self._message_ids)
        self.where[number] = peer.id
        return number, peer.last_local

    def ticket(self) -> int:
        """A new id of a file or event."""
        return next(self._tickets)

    def peer(self, peer_id: int) -> Peer:
        """A peer that the community may see. Raises VkRefusal."""
        found = self.peers.get(peer_id)
        if found is None and self.open_doors and 0 < peer_id < FIRST_CHAT:
            found = self.peers[peer_id] = Peer(id=peer_id, name=f"Person {peer_id}")
        if found is None:
            raise VkRefusal(917 if peer_id > FIRST_CHAT else 901)
        return found

    def writable(self, peer_id: int) -> Peer:
        """A peer that the community may write to. Raises VkRefusal."""
        peer = self.peer(peer_id)
        if peer.refusal:
            raise VkRefusal(peer.refusal)
        return peer

    def group(self) -> dict[str, object]:
        """The Group object."""
        return {"id": self.group_id, "name": self.name, "screen_name": self.screen_name, "is_closed": 0, "type": "group"}
