"""What the bot asks and tells apart from messages: chats, members, files, commands, answers to queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bot.playground.ledger import Entity
from bot.playground.telegram.keyboards import checked_url, parse_markup
from bot.playground.telegram.params import Params
from bot.playground.telegram.refusals import Refusal
from bot.playground.telegram.texts import LONGEST_TOAST, read_text

if TYPE_CHECKING:
    from bot.playground.telegram.server import TelegramEmulator

BIGGEST_DOWNLOAD: Final = 20 * 2**20
ACTIONS: Final = {"typing", "choose_sticker", "find_location"} | {
    f"{verb}_{what}" for verb in ("record", "upload") for what in ("photo", "video", "voice", "document", "video_note")
}
_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
_LENGTHS: Final = {"setMyName": ("name", 64), "setMyDescription": ("description", 512), "setMyShortDescription": ("short_description", 120)}


def get_me(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """getMe."""
    return {
        **emulator.world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """getChat."""
    chat = emulator.world.chat(params.chat_id())
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }


def get_member(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """getChatMember."""
    chat = emulator.world.chat(params.chat_id())
    return emulator.world.member(chat if chat.type == "private" else emulator.world.writable(chat.id), params.number("user_id"))


def get_administrators(emulator: TelegramEmulator, params: Params) -> list[dict[str, object]]:
    """getChatAdministrators."""
    chat = emulator.world.writable(params.chat_id())
    if chat.type == "private":
        raise Refusal(400, "there are no administrators in the private chat")
    found = [emulator.world.member(chat, user) for user, status in chat.members.items() if status in ("creator", "administrator")]
    if chat.bot_status == "administrator":
        found.append(emulator.world.member(chat, emulator.world.bot_id))
    return found


def member_count(emulator: TelegramEmulator, params: Params) -> int:
    """getChatMemberCount."""
    chat = emulator.world.writable(params.chat_id())
    return 2 if chat.type == "private" else 1 + sum(status not in ("left", "kicked") for status in chat.members.values())


def leave(emulator: TelegramEmulator, params: Params) -> bool:
    """leaveChat."""
    chat = emulator.world.writable(params.chat_id())
    if chat.type == "private":
        raise Refusal(400, "chat member status can't be changed in private chats")
    chat.bot_status, chat.refusal = "left", f"not-member-{'channel' if chat.type == 'channel' else 'supergroup'}"
    emulator.watch.ring()
    return True


def chat_action(emulator: TelegramEmulator, params: Params) -> bool:
    """sendChatAction."""
    chat = emulator.world.writable(params.chat_id())
    action = params.text("action")
    if action not in ACTIONS:
        raise Refusal(400, "wrong parameter action in request")
    chat.action = action
    emulator.watch.ring()
    emulator.watch.tell("action", chat_id=chat.id, action=action)
    return True


def get_file(emulator: TelegramEmulator, params: Params) -> dict[str, object]:
    """getFile."""
    file = emulator.world.files.get(params.text("file_id"))
    if file is None:
        raise Refusal(400, "invalid file_id")
    if len(file.content) > BIGGEST_DOWNLOAD:
        raise Refusal(400, "file is too big")
    return {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.content), "file_path": f"{file.kind}s/{file.id}"}


def answer_callback(emulator: TelegramEmulator, params: Params) -> bool:
    """answerCallbackQuery: once, and not too late."""
    pressed = emulator.world.pressed.get(params.text("callback_query_id"))
    if pressed is None or pressed.answer is not None or emulator.clock.monotonic() - pressed.at > emulator.query_lifetime:
        raise Refusal(400, _TOO_OLD)
    text = params.text("text")
    if len(text) > LONGEST_TOAST:
        raise Refusal(400, "MESSAGE_TOO_LONG")
    pressed.answer = {"text": text, "alert": params.flag("show_alert"), "url": params.text("url")}
    emulator.watch.ring()
    emulator.watch.tell("answer", chat_id=pressed.chat_id, user_id=pressed.user_id, **pressed.answer)
    return True


def answer_inline(emulator: TelegramEmulator, params: Params) -> bool:
    """answerInlineQuery."""
    asked = emulator.world.asked.get(params.text("inline_query_id"))
    if asked is None or asked.answer is not None or emulator.clock.monotonic() - asked.at > emulator.query_lifetime:
        raise Refusal(400, _TOO_OLD)
    results = params.json("results")
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise Refusal(400, "can't parse inline query results: expected an Array of Object")
    if len(results) > 50:
        raise Refusal(400, "RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        _check_result(result, seen)
    if len(params.text("next_offset").encode()) > 64:
        raise Refusal(400, "NEXT_OFFSET_INVALID")
    asked.answer = {"results": results, "next_offset": params.text("next_offset"), "button": params.json("button")}
    emulator.watch.ring()
    return True


def _check_result(result: dict[str, object], seen: set[str]) -> None:
    name = result.get("id")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= 64:
        raise Refusal(400, "RESULT_ID_INVALID")
    if name in seen:
        raise Refusal(400, "RESULT_ID_DUPLICATE")
    seen.add(name)
    if result.get("type") != "article":
        raise Refusal(400, "can't parse inline query result: the emulator knows articles only")
    if not result.get("title"):
        raise Refusal(400, "ARTICLE_TITLE_EMPTY")
    read_result(result)
    if isinstance(result.get("url"), str):
        checked_url(str(result["url"]))
    if "reply_markup" in result:
        parse_markup(Params(result).source("reply_markup"), inline_only=True)


def read_result(result: Mapping[str, object]) -> tuple[str, tuple[Entity, ...]]:
    """The message that a result of an inline query stands for. Raises Refusal."""
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise Refusal(400, "can't parse inline query result: Can't find field \"input_message_content\"")
    mode = {"parse_mode": content["parse_mode"]} if content.get("parse_mode") else {}
    return read_text(Params({"text": content["message_text"], "entities": content.get("entities", []), **mode}))


def set_commands(emulator: TelegramEmulator, params: Params) -> bool:
    """setMyCommands."""
    commands = params.json("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise Refusal(400, "BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
            raise Refusal(400, "BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise Refusal(400, "BOT_COMMAND_DESCRIPTION_INVALID")
    emulator.world.names[_name("commands", params)] = commands
    emulator.watch.tell("profile")
    return True


def get_commands(emulator: TelegramEmulator, params: Params) -> object:
    """getMyCommands."""
    return emulator.world.names.get(_name("commands", params), [])


def delete_commands(emulator: TelegramEmulator, params: Params) -> bool:
    """deleteMyCommands."""
    emulator.world.names.pop(_name("commands", params), None)
    emulator.watch.tell("profile")
    return True


def _name(what: str, params: Params) -> str:
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise Refusal(400, "invalid language_code")
    return f"{what}:{params.source('scope')}:{language}"


def describe(emulator: TelegramEmulator, params: Params, method: str) -> bool:
    """setMyName, setMyDescription, setMyShortDescription."""
    field, longest = _LENGTHS[method]
    text = params.text(field)
    if len(text) > longest:
        raise Refusal(400, f"{field} is too long")
    emulator.world.names[_name(field, params)] = text
    return True


def described(emulator: TelegramEmulator, params: Params, method: str) -> dict[str, object]:
    """getMyName, getMyDescription, getMyShortDescription."""
    field, _ = _LENGTHS[method.replace("get", "set", 1)]
    return {field: emulator.world.names.get(_name(field, params), "")}
