"""What the bot does with messages: sends, edits, deletes, pins, reacts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import orjson

from bot.playground.bodies import Upload
from bot.playground.ledger import Delivered, Edit, Entity, Keys, StoredFile
from bot.playground.telegram.keyboards import REMOVED, parse_markup
from bot.playground.telegram.params import Params
from bot.playground.telegram.refusals import Refusal, too_many
from bot.playground.telegram.texts import entity_json, read_caption, read_text, with_found
from bot.playground.telegram.world import Chat

if TYPE_CHECKING:
    from bot.playground.telegram.server import TelegramEmulator

BIGGEST_UPLOAD: Final = 50 * 2**20
BIGGEST_PHOTO: Final = 10 * 2**20
_PREVIEW: Final = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
_REPLY: Final = {
    "message_id",
    "chat_id",
    "allow_sending_without_reply",
    "quote",
    "quote_parse_mode",
    "quote_entities",
    "quote_position",
    "checklist_task_id",
}
REACTIONS: Final = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
) | {"❤️"}


@functools.lru_cache(maxsize=4096)
def _entities(entities: tuple[Entity, ...]) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(entity_json(entities)))


def message_json(emulator: TelegramEmulator, message: Delivered, chat: Chat | None = None) -> dict[str, object]:
    """The Message object."""
    chat = chat or emulator.world.chats[message.chat_id]
    body: dict[str, object] = {"message_id": message.message_id, "date": int(message.at.timestamp()), "chat": chat.json()}
    if chat.type == "channel":
        body["sender_chat"] = chat.json()
    elif message.sender:
        body["from"] = emulator.world.chats[message.sender].user()
    else:
        body["from"] = emulator.world.bot
    if message.thread:
        body |= {"message_thread_id": message.thread, "is_topic_message": True}
    if message.reply_to and (original := emulator.ledger.find(message.chat_id, message.reply_to)):
        body["reply_to_message"] = (
            message_json(emulator, original, chat) if not original.reply_to else {**body, "message_id": original.message_id}
        )
    prefix = ""
    if message.file is not None:
        prefix = "caption_"
        body |= _file_json(message.file)
        if message.text:
            body["caption"] = message.text
    else:
        body["text"] = message.text
    if found := with_found(message.text, message.entities):
        body[prefix + "entities"] = _entities(found)
    if message.edits:
        body["edit_date"] = int(emulator.clock.now().timestamp())
    if message.keyboard is not None and message.keyboard.inline and message.keyboard.rows:
        markup = message.params.get("reply_markup")
        body["reply_markup"] = orjson.Fragment(markup) if isinstance(markup, str) else markup or _keyboard_json(message.keyboard)
    return body


def _keyboard_json(keyboard: Keys) -> dict[str, object]:
    rows = [
        [{"text": key.text, **({"url": key.url} if key.kind == "url" else {"callback_data": key.data})} for key in row]
        for row in keyboard.rows
    ]
    return {"inline_keyboard": rows}


def _file_json(file: StoredFile) -> dict[str, object]:
    common: dict[str, object] = {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.content)}
    if file.kind == "photo":
        return {"photo": [{**common, "width": 1280, "height": 720}]}
    return {"document": {**common, "file_name": file.name, "mime_type": file.url or "application/octet-stream"}}


def send_message(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """sendMessage."""
    chat = emulator.world.writable(params.chat_id())
    text, entities = read_text(params)
    return _send(emulator, params, chat, "sendMessage", text, entities, None)


def send_document(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """sendDocument."""
    return _send_file(emulator, params, "document", BIGGEST_UPLOAD)


def send_photo(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """sendPhoto."""
    return _send_file(emulator, params, "photo", BIGGEST_PHOTO)


def _send_file(emulator: TelegramEmulator, params: Params, kind: str, biggest: int) -> dict[str, object]:
    chat = emulator.world.writable(params.chat_id())
    given = params.upload(kind)
    if isinstance(given, Upload):
        if not given.content:
            raise Refusal(400, "file must be non-empty")
        if len(given.content) > biggest:
            raise Refusal(413, "Request Entity Too Large")
        file = StoredFile(id=emulator.world.ticket(), name=given.name, kind=kind, content=given.content)
        emulator.world.files[file.id] = file
    else:
        known = emulator.world.files.get(given)
        if known is None:
            raise Refusal(400, "wrong file identifier/HTTP URL specified")
        file = known
    text, entities = read_caption(params)
    return _send(emulator, params, chat, "sendDocument" if kind == "document" else "sendPhoto", text, entities, file)


def _send(
    emulator: TelegramEmulator, params: Params, chat: Chat, method: str, text: str, entities: tuple[Entity, ...], file: StoredFile | None
) -> dict[str, object]:
    markup = params.source("reply_markup")
    keyboard = parse_markup(markup, inline_only=chat.type == "channel") if markup else None
    if "link_preview_options" in params:
        _object(params, "link_preview_options", _PREVIEW)
    reply = _reply(emulator, params, chat)
    thread = params.number("message_thread_id")
    if thread and thread not in chat.topics:
        raise Refusal(400, "message thread not found")
    if chat.type == "channel" and chat.bot_status != "administrator":
        raise Refusal(400, "need administrator rights in the channel chat")
    paid = params.flag("allow_paid_broadcast")
    if wait := emulator.limits.take(emulator.clock.monotonic(), chat.id, paid=paid):
        emulator.ledger.over_limit += 1
        raise too_many(wait)
    message = Delivered(
        chat_id=chat.id,
        message_id=emulator.world.message_id(),
        sender=0,
        method=method,
        text=text,
        entities=entities,
        keyboard=keyboard,
        file=file,
        thread=thread,
        reply_to=reply,
        at=emulator.clock.now(),
        params=params if emulator.keep_params else {"reply_markup": params["reply_markup"]} if markup else {},
    )
    chat.action = ""
    emulator.ledger.put(message)
    emulator.delivered(message)
    return message_json(emulator, message, chat)


def _object(params: Params, name: str, known: set[str]) -> dict[str, object]:
    value = params.json(name, {})
    if not isinstance(value, dict):
        raise Refusal(400, f'field "{name}" must be an Object')
    if unknown := set(value) - known:
        raise Refusal(400, f'{name} has an unknown field "{min(unknown)}"')
    return value


def _reply(emulator: TelegramEmulator, params: Params, chat: Chat) -> int:
    reply = _object(params, "reply_parameters", _REPLY) if "reply_parameters" in params else {}
    number = reply.get("message_id") or params.number("reply_to_message_id")
    if not number:
        return 0
    if not isinstance(number, int) or emulator.ledger.find(chat.id, number) is None:
        if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return 0
        raise Refusal(400, "message to be replied not found")
    return number


def own_message(emulator: TelegramEmulator, params: Params, what: str) -> tuple[Chat, Delivered]:
    """The message that a call speaks of. Raises Refusal."""
    if inline := params.text("inline_message_id"):
        chat_id, _, message_id = inline.partition(":")
        if not (chat_id.lstrip("-").isdigit() and message_id.isdigit()):
            raise Refusal(400, "MESSAGE_ID_INVALID")
        chat, number = emulator.world.chat(int(chat_id)), int(message_id)
    else:
        chat, number = emulator.world.writable(params.chat_id()), params.number("message_id")
        if not number:
            raise Refusal(400, f"message identifier is not specified, {what} impossible")
    message = emulator.ledger.find(chat.id, number)
    if message is None:
        raise Refusal(400, f"message to {what} not found")
    return chat, message


def edit_text(emulator: TelegramEmulator, params: Params) -> object:
    """editMessageText."""
    text, entities = read_text(params)
    return _edit(emulator, params, text, entities)


def edit_caption(emulator: TelegramEmulator, params: Params) -> object:
    """editMessageCaption."""
    text, entities = read_caption(params)
    return _edit(emulator, params, text, entities)


def edit_markup(emulator: TelegramEmulator, params: Params) -> object:
    """editMessageReplyMarkup."""
    return _edit(emulator, params, None, ())


def _edit(emulator: TelegramEmulator, params: Params, text: str | None, entities: tuple[Entity, ...]) -> object:
    chat, message = own_message(emulator, params, "edit")
    inline = bool(params.text("inline_message_id"))
    if message.sender and not inline:
        raise Refusal(400, "message can't be edited")
    if message.keyboard is not None and not message.keyboard.inline and message.keyboard is not REMOVED:
        raise Refusal(400, "message can't be edited")
    markup = params.source("reply_markup")
    keyboard = parse_markup(markup, inline_only=True) if markup else None
    if keyboard is not None and not keyboard.rows:
        keyboard = None
    if text is None:
        text, entities = message.text, message.entities
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise Refusal(
            400,
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    message.edits.append(Edit(text=message.text, entities=message.entities, keyboard=message.keyboard, at=emulator.clock.now()))
    message.text, message.entities, message.keyboard = text, entities, keyboard
    message.params = params
    emulator.ledger.touch(message)
    emulator.delivered(message, kind="edit")
    return True if inline else message_json(emulator, message, chat)


def delete_message(emulator: TelegramEmulator, params: Params) -> bool:
    """deleteMessage."""
    chat, message = own_message(emulator, params, "delete")
    if message.sender and chat.type != "private" and chat.bot_status != "administrator":
        raise Refusal(400, "message can't be deleted")
    message.deleted = True
    emulator.ledger.touch(message)
    emulator.delivered(message, kind="delete")
    return True


def delete_messages(emulator: TelegramEmulator, params: Params) -> bool:
    """deleteMessages: those that are not found are passed over."""
    chat = emulator.world.writable(params.chat_id())
    numbers = params.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise Refusal(400, "message identifiers are not specified")
    for number in numbers:
        message = emulator.ledger.find(chat.id, int(number))
        if message is not None:
            message.deleted = True
            emulator.ledger.touch(message)
            emulator.delivered(message, kind="delete")
    return True


def pin_message(emulator: TelegramEmulator, params: Params) -> bool:
    """pinChatMessage and unpinChatMessage."""
    chat, message = own_message(emulator, params, "pin")
    if chat.type != "private" and chat.bot_status != "administrator":
        raise Refusal(400, "not enough rights to manage pinned messages in the chat")
    message.pinned = not message.pinned
    emulator.ledger.touch(message)
    emulator.delivered(message, kind="pin")
    return True


def react(emulator: TelegramEmulator, params: Params) -> bool:
    """setMessageReaction: a bot may set one."""
    _, message = own_message(emulator, params, "react")
    reactions = params.json("reaction", [])
    if not isinstance(reactions, list) or len(reactions) > 1:
        raise Refusal(400, "REACTIONS_TOO_MANY")
    emojis = []
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") != "emoji" or reaction.get("emoji") not in REACTIONS:
            raise Refusal(400, "REACTION_INVALID")
        emojis.append(str(reaction["emoji"]))
    message.reactions = tuple(emojis)
    emulator.ledger.touch(message)
    emulator.delivered(message, kind="reaction")
    return True
