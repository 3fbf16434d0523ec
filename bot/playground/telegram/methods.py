"""The methods that the emulator knows, and the parameters of each; anything else is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.playground.telegram import chats, messages, updates
from bot.playground.telegram.params import Params

if TYPE_CHECKING:
    from bot.playground.telegram.server import TelegramEmulator

_SEND: Final = (
    "chat_id message_thread_id parse_mode disable_notification protect_content allow_paid_broadcast message_effect_id reply_parameters "
    "reply_markup business_connection_id direct_messages_topic_id suggested_post_parameters allow_sending_without_reply reply_to_message_id"
)
_EDIT: Final = "business_connection_id chat_id message_id inline_message_id reply_markup"


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what runs it, its parameters, whether it puts a message into a chat."""

    run: Callable[[TelegramEmulator, Params], object | Awaitable[object]]
    names: frozenset[str]
    sends: bool = False


def _method(run: Callable[[TelegramEmulator, Params], object], names: str = "", *, sends: bool = False) -> Method:
    return Method(run, frozenset(names.split()), sends)


def _described(method: str, names: str) -> Method:
    act = chats.describe if method.startswith("set") else chats.described
    return _method(lambda emulator, params: act(emulator, params, method), names)


_METHODS: Final = {
    "getMe": _method(chats.get_me),
    "getUpdates": _method(updates.get, "offset limit timeout allowed_updates"),
    "setWebhook": _method(
        updates.set_webhook,
        "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": _method(updates.forget, "drop_pending_updates"),
    "getWebhookInfo": _method(updates.info),
    "sendMessage": _method(messages.send_message, f"{_SEND} text entities link_preview_options disable_web_page_preview", sends=True),
    "sendDocument": _method(
        messages.send_document, f"{_SEND} document thumbnail caption caption_entities disable_content_type_detection", sends=True
    ),
    "sendPhoto": _method(messages.send_photo, f"{_SEND} photo caption caption_entities show_caption_above_media has_spoiler", sends=True),
    "editMessageText": _method(messages.edit_text, f"{_EDIT} text parse_mode entities link_preview_options disable_web_page_preview"),
    "editMessageCaption": _method(messages.edit_caption, f"{_EDIT} caption parse_mode caption_entities show_caption_above_media"),
    "editMessageReplyMarkup": _method(messages.edit_markup, _EDIT),
    "deleteMessage": _method(messages.delete_message, "chat_id message_id"),
    "deleteMessages": _method(messages.delete_messages, "chat_id message_ids"),
    "pinChatMessage": _method(messages.pin_message, "business_connection_id chat_id message_id disable_notification"),
    "unpinChatMessage": _method(messages.pin_message, "business_connection_id chat_id message_id"),
    "setMessageReaction": _method(messages.react, "chat_id message_id reaction is_big"),
    "answerCallbackQuery": _method(chats.answer_callback, "callback_query_id text show_alert url cache_time"),
    "answerInlineQuery": _method(chats.answer_inline, "inline_query_id results cache_time is_personal next_offset button"),
    "sendChatAction": _method(chats.chat_action, "business_connection_id chat_id message_thread_id action"),
    "getChat": _method(chats.get_chat, "chat_id"),
    "getChatMember": _method(chats.get_member, "chat_id user_id"),
    "getChatAdministrators": _method(chats.get_administrators, "chat_id return_bots"),
    "getChatMemberCount": _method(chats.member_count, "chat_id"),
    "leaveChat": _method(chats.leave, "chat_id"),
    "getFile": _method(chats.get_file, "file_id"),
    "setMyCommands": _method(chats.set_commands, "commands scope language_code"),
    "getMyCommands": _method(chats.get_commands, "scope language_code"),
    "deleteMyCommands": _method(chats.delete_commands, "scope language_code"),
    "setMyName": _described("setMyName", "name language_code"),
    "getMyName": _described("getMyName", "language_code"),
    "setMyDescription": _described("setMyDescription", "description language_code"),
    "getMyDescription": _described("getMyDescription", "language_code"),
    "setMyShortDescription": _described("setMyShortDescription", "short_description language_code"),
    "getMyShortDescription": _described("getMyShortDescription", "language_code"),
}
METHODS: Final = {name.lower(): (name, method) for name, method in _METHODS.items()}
"""By lower-case name, as the server reads it."""
