"""What the community asks apart from messages: itself, people, conversations, uploads, its long poll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.playground.ledger import StoredFile
from bot.playground.vk.params import Params
from bot.playground.vk.refusals import VkRefusal, wrong

if TYPE_CHECKING:
    from bot.playground.vk.server import VkEmulator

GROUPS_AS_OBJECT: Final = (5, 139)
RIGHTS: Final = {"photos": 4, "messages": 4096, "docs": 131072, "manage": 262144}
"""The rights of a community's token, by their bits."""


def version(params: Params) -> tuple[int, int]:
    """The version that a call asks for."""
    major, _, minor = params.text("v").partition(".")
    return int(major), int(minor)


def get_group(emulator: VkEmulator, params: Params) -> object:
    """groups.getById."""
    known = {"", str(emulator.world.group_id), emulator.world.screen_name}
    if params.text("group_id") not in known or params.text("group_ids") not in known:
        raise wrong("group_ids is undefined")
    group = emulator.world.group()
    return {"groups": [group], "profiles": []} if version(params) >= GROUPS_AS_OBJECT else [group]


def _own(emulator: VkEmulator, params: Params) -> None:
    if params.number("group_id", None) != emulator.world.group_id:
        raise VkRefusal(15, "no access to this group")


def permissions(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """groups.getTokenPermissions."""
    granted = [{"name": name, "setting": RIGHTS[name]} for name in sorted(emulator.world.rights)]
    return {"mask": sum(RIGHTS[name] for name in emulator.world.rights), "permissions": granted}


def long_poll_server(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """groups.getLongPollServer."""
    _own(emulator, params)
    return emulator.events.server()


def long_poll_settings(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """groups.getLongPollSettings."""
    _own(emulator, params)
    return emulator.events.settings()


def set_long_poll(emulator: VkEmulator, params: Params) -> int:
    """groups.setLongPollSettings."""
    _own(emulator, params)
    emulator.events.set(params)
    return 1


def users(emulator: VkEmulator, params: Params) -> list[dict[str, object]]:
    """users.get; unknown ones are left out."""
    return [emulator.world.peers[number].user() for number in params.numbers("user_ids") if number in emulator.world.peers]


def resolve(emulator: VkEmulator, params: Params) -> object:
    """utils.resolveScreenName."""
    params.needs("screen_name")
    if params.text("screen_name") in (emulator.world.screen_name, f"club{emulator.world.group_id}", f"public{emulator.world.group_id}"):
        return {"type": "group", "object_id": emulator.world.group_id}
    return []


def members(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """messages.getConversationMembers."""
    peer = emulator.world.writable(params.number("peer_id", None))
    if not peer.is_chat:
        items: list[dict[str, object]] = [{"member_id": peer.id}, {"member_id": -emulator.world.group_id}]
        return {"count": 2, "items": items, "profiles": [peer.user()], "groups": [emulator.world.group()]}
    if not peer.bot_is_admin:
        raise VkRefusal(917)
    items = [
        {
            "member_id": number,
            "invited_by": number,
            "join_date": 1700000000,
            **({"is_admin": True} if role in ("owner", "admin") else {}),
            **({"is_owner": True} if role == "owner" else {}),
        }
        for number, role in peer.members.items()
    ]
    inviter = next(iter(peer.members), 0)
    items.append({"member_id": -emulator.world.group_id, "invited_by": inviter, "join_date": 1700000000, "is_admin": True})
    profiles = [emulator.world.peers[number].user() for number in peer.members if number in emulator.world.peers]
    return {"count": len(items), "items": items, "profiles": profiles, "groups": [emulator.world.group()]}


def conversations(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """messages.getConversationsById."""
    items = []
    for number in params.numbers("peer_ids"):
        peer = emulator.world.peers.get(number)
        if peer is None:
            continue
        item: dict[str, object] = {
            "peer": {"id": peer.id, "type": "chat" if peer.is_chat else "user", "local_id": peer.id % 2_000_000_000},
            "last_conversation_message_id": peer.last_local,
            "can_write": {"allowed": not peer.refusal, **({"reason": peer.refusal} if peer.refusal else {})},
        }
        if peer.is_chat:
            admins = [member for member, role in peer.members.items() if role in ("owner", "admin")]
            owner = next((member for member, role in peer.members.items() if role == "owner"), 0)
            item["chat_settings"] = {
                "title": peer.name,
                "owner_id": owner,
                "admin_ids": admins,
                "members_count": len(peer.members) + 1,
                "state": "kicked" if peer.refusal else "in",
                "active_ids": list(peer.members),
            }
        items.append(item)
    return {"count": len(items), "items": items}


def allowed(emulator: VkEmulator, params: Params) -> dict[str, int]:
    """messages.isMessagesFromGroupAllowed."""
    _own(emulator, params)
    peer = emulator.world.peers.get(params.number("user_id", None))
    return {"is_allowed": int(peer is not None and not peer.refusal)}


def upload_server(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """docs.getMessagesUploadServer and photos.getMessagesUploadServer."""
    if params.get("peer_id"):
        emulator.world.writable(params.number("peer_id"))
    return {"upload_url": f"{emulator.url}/upload", "album_id": -64, "user_id": 0, "group_id": emulator.world.group_id}


def accept_upload(emulator: VkEmulator, name: str, content: bytes, *, photo: bool) -> dict[str, object]:
    """What the upload address answers."""
    ticket = f"upload{emulator.world.ticket()}"
    emulator.world.uploads[ticket] = StoredFile(id=ticket, name=name, kind="photo" if photo else "document", content=content)
    return {"server": 1, "photo": ticket, "hash": "playground"} if photo else {"file": ticket}


def save_document(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """docs.save."""
    uploaded = emulator.world.uploads.pop(params.text("file"), None)
    if uploaded is None:
        raise wrong("file is undefined")
    return {"type": "doc", "doc": keep_document(emulator, params.text("title") or uploaded.name, uploaded.content)}


def keep_document(emulator: VkEmulator, name: str, content: bytes, *, owner: int = 0) -> dict[str, object]:
    """Keeps a file and gives the Document object."""
    number, owner = emulator.world.ticket(), owner or -emulator.world.group_id
    key, url = f"{owner}_{number}", f"{emulator.url}/file/{owner}_{number}"
    emulator.world.files[key] = StoredFile(id=key, name=name, kind="document", content=content, url=url)
    extension = name.rpartition(".")[2] if "." in name else ""
    return {"id": number, "owner_id": owner, "title": name, "size": len(content), "ext": extension, "date": 0, "type": 1, "url": url}


def save_photo(emulator: VkEmulator, params: Params) -> list[dict[str, object]]:
    """photos.saveMessagesPhoto."""
    uploaded = emulator.world.uploads.pop(params.text("photo"), None)
    if uploaded is None:
        raise wrong("photo is undefined")
    number, owner = emulator.world.ticket(), -emulator.world.group_id
    key, url = f"{owner}_{number}", f"{emulator.url}/file/{owner}_{number}"
    emulator.world.files[key] = StoredFile(id=key, name=uploaded.name, kind="photo", content=uploaded.content, url=url)
    return [{"id": number, "owner_id": owner, "album_id": -64, "sizes": [{"type": "x", "url": url, "width": 1280, "height": 720}]}]
