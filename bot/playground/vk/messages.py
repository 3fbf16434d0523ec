"""What the community does with messages: sends, edits, deletes, answers events."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from bot.playground.faults import Kind
from bot.playground.ledger import Delivered, Edit, Entity, Keys
from bot.playground.vk.keyboards import parse_keyboard
from bot.playground.vk.params import Params
from bot.playground.vk.refusals import VkRefusal, wrong
from bot.playground.vk.texts import read_text
from bot.playground.vk.world import Peer

if TYPE_CHECKING:
    from bot.playground.vk.server import VkEmulator

MOST_PEERS: Final = 100
LONGEST_SNACKBAR: Final = 90
_INT32: Final = 2**31


def _content(emulator: VkEmulator, params: Params) -> tuple[str, tuple[Entity, ...], Keys | None]:
    """Text, styles and keyboard. Raises VkRefusal."""
    text, attachment = params.text("message"), params.text("attachment")
    if not text.strip() and not attachment:
        raise wrong("message is empty or invalid")
    entities = read_text(text, params.text("format_data"))
    keyboard = parse_keyboard(params.text("keyboard")) if params.get("keyboard") else None
    for one in filter(None, attachment.split(",")):
        if one.startswith(("doc", "photo")) and one.removeprefix("doc").removeprefix("photo") not in emulator.world.files:
            raise wrong(f"attachment {one} is invalid")
        if not one.startswith(("doc", "photo", "wall", "article", "https://", "http://")):
            raise wrong(f"attachment {one} is invalid")
    if len(params.text("payload")) > 1000:
        raise VkRefusal(944)
    return text, entities, keyboard


def send(emulator: VkEmulator, params: Params) -> object:
    """messages.send: a number for one peer, a list of answers for `peer_ids`."""
    given = [name for name in ("user_id", "peer_id", "peer_ids", "user_ids", "chat_id", "domain") if params.get(name) not in (None, "")]
    if len(given) != 1:
        raise wrong("exactly one of user_id, peer_id, peer_ids, chat_id is expected")
    random_id = params.number("random_id", None)
    if not -_INT32 <= random_id < _INT32:
        raise wrong("random_id not integer")
    if params.get("peer_ids") or params.get("user_ids"):
        peers = params.numbers(given[0])
        if len(peers) > MOST_PEERS:
            raise wrong(f"{given[0]} has more than {MOST_PEERS} elements")
        content = _content(emulator, params)
        return [_send_safely(emulator, params, peer, random_id, content) for peer in dict.fromkeys(peers)]
    if "domain" in given:
        raise wrong("domain is not known to the emulator")
    peer_id = params.number(given[0]) + (2_000_000_000 if given[0] == "chat_id" else 0)
    return _send(emulator, params, peer_id, random_id, _content(emulator, params))[0]


def _send_safely(
    emulator: VkEmulator, params: Params, peer_id: int, random_id: int, content: tuple[str, tuple[Entity, ...], Keys | None]
) -> dict[str, object]:
    try:
        message_id, local_id = _send(emulator, params, peer_id, random_id, content)
    except VkRefusal as refusal:
        emulator.ledger.refused[refusal.code] += 1
        return {"peer_id": peer_id, "message_id": 0, "conversation_message_id": 0, "error": refusal.of_peer()}
    return {"peer_id": peer_id, "message_id": message_id, "conversation_message_id": local_id}


def _send(
    emulator: VkEmulator, params: Params, peer_id: int, random_id: int, content: tuple[str, tuple[Entity, ...], Keys | None]
) -> tuple[int, int]:
    if not emulator.faults.none:
        drawn = emulator.faults.draw("messages.send", peer_id, sends=True, of_chat=True)
        params.late |= {kind: fault for kind, fault in drawn.items() if kind in (Kind.DROP_AFTER, Kind.SLOW_AFTER)}
        if error := drawn.get(Kind.ERROR) or drawn.get(Kind.FLOOD):
            raise VkRefusal(error.code or (901 if error.kind == Kind.ERROR else 9), error.text)
    peer = emulator.world.writable(peer_id)
    if random_id and (before := emulator.world.sent.get((peer_id, random_id))):
        emulator.ledger.calls["repeat dropped"] += 1
        return before
    text, entities, keyboard = content
    message_id, local_id = emulator.world.message_ids(peer)
    attachment = params.text("attachment").split(",")[0]
    message = Delivered(
        chat_id=peer_id,
        message_id=message_id,
        local_id=local_id,
        sender=0,
        method="messages.send",
        text=text,
        entities=entities,
        keyboard=keyboard,
        file=emulator.world.files.get(attachment.removeprefix("doc").removeprefix("photo")) if attachment else None,
        reply_to=params.number("reply_to"),
        at=emulator.clock.now(),
        params=params if emulator.keep_params else {},
    )
    peer.activity = ""
    if random_id:
        emulator.world.sent[peer_id, random_id] = (message_id, local_id)
    emulator.ledger.put(message)
    emulator.delivered(message)
    return message_id, local_id


def find(emulator: VkEmulator, params: Params) -> tuple[Peer, Delivered]:
    """The message that a call names by message_id or conversation_message_id. Raises VkRefusal."""
    peer = emulator.world.writable(params.number("peer_id", None))
    local = params.number("conversation_message_id") or params.number("cmid")
    number = params.number("message_id")
    if not local and not number:
        raise wrong("message_id or conversation_message_id is a required parameter")
    if number:
        message = emulator.ledger.find(peer.id, number)
    else:
        message = next((m for m in emulator.ledger.conversation(peer.id) if m.local_id == local), None)
    if message is None:
        raise wrong("message not found")
    return peer, message


def edit(emulator: VkEmulator, params: Params) -> int:
    """messages.edit: a keyboard that is not given is taken away, as VK does."""
    _, message = find(emulator, params)
    if message.sender:
        raise VkRefusal(920)
    if emulator.clock.now() - message.at > dt.timedelta(days=1):
        raise VkRefusal(909)
    text, entities, keyboard = _content(emulator, params)
    message.edits.append(Edit(text=message.text, entities=message.entities, keyboard=message.keyboard, at=emulator.clock.now()))
    message.text, message.entities = text, entities
    message.keyboard = keyboard if keyboard is not None and (keyboard.rows or not keyboard.inline) else None
    message.params = params
    emulator.ledger.touch(message)
    emulator.delivered(message, kind="edit")
    return 1


def delete(emulator: VkEmulator, params: Params) -> dict[str, int]:
    """messages.delete, by message_ids or by cmids with peer_id."""
    numbers, locals_ = params.numbers("message_ids"), params.numbers("cmids")
    if not numbers and not locals_:
        raise wrong("message_ids is a required parameter")
    peer_id = params.number("peer_id") if locals_ else 0
    if locals_:
        by_local = {m.local_id: m.message_id for m in emulator.ledger.conversation(peer_id)}
        numbers = [by_local.get(local, 0) for local in locals_]
    result = {}
    for name, number in zip(locals_ or numbers, numbers, strict=True):
        message = emulator.ledger.find(emulator.world.where.get(number, 0), number)
        if message is not None:
            message.deleted = True
            emulator.ledger.touch(message)
            emulator.delivered(message, kind="delete")
        result[str(name)] = int(message is not None)
    return result


def answer_event(emulator: VkEmulator, params: Params) -> int:
    """messages.sendMessageEventAnswer: once, and not too late."""
    params.needs("event_id", "user_id", "peer_id")
    pressed = emulator.world.pressed.get(params.text("event_id"))
    if (
        pressed is None
        or pressed.answer is not None
        or (pressed.user_id, pressed.peer_id) != (params.number("user_id"), params.number("peer_id"))
        or emulator.clock.monotonic() - pressed.at > emulator.event_lifetime
    ):
        raise wrong("event_id is invalid")
    data = params.json("event_data") if params.get("event_data") else {}
    if not isinstance(data, dict):
        raise wrong("event_data must be an object")
    kind = data.get("type", "")
    if data and kind not in ("show_snackbar", "open_link", "open_app"):
        raise wrong("event_data type is invalid")
    if kind == "show_snackbar" and not 1 <= len(str(data.get("text", ""))) <= LONGEST_SNACKBAR:
        raise wrong("event_data text is invalid")
    if kind == "open_link" and not str(data.get("link", "")).startswith(("https://", "http://")):
        raise wrong("event_data link is invalid")
    pressed.answer = {"text": str(data.get("text", "")), "alert": False, "url": str(data.get("link", ""))}
    emulator.watch.ring()
    emulator.watch.tell("answer", chat_id=pressed.peer_id, user_id=pressed.user_id, **pressed.answer)
    return 1


def activity(emulator: VkEmulator, params: Params) -> int:
    """messages.setActivity."""
    peer = emulator.world.writable(params.number("peer_id") or params.number("user_id", None))
    kind = params.text("type")
    if kind not in ("typing", "audiomessage"):
        raise wrong("type is invalid")
    peer.activity = kind
    emulator.watch.ring()
    emulator.watch.tell("action", chat_id=peer.id, action=kind)
    return 1


def pin(emulator: VkEmulator, params: Params) -> dict[str, object]:
    """messages.pin."""
    peer, message = find(emulator, params)
    if peer.is_chat and not peer.bot_is_admin:
        raise VkRefusal(925, "You are not admin of this chat")
    message.pinned = True
    emulator.ledger.touch(message)
    emulator.delivered(message, kind="pin")
    return {"id": message.message_id, "conversation_message_id": message.local_id, "peer_id": peer.id, "text": message.text}
