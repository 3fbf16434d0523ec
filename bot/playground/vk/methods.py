"""The VK methods that the emulator knows, and the parameters of each; anything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.playground.vk import community, events, messages
from bot.playground.vk.params import Params

if TYPE_CHECKING:
    from bot.playground.vk.server import VkEmulator

COMMON: Final = frozenset({"v", "access_token", "lang", "test_mode", "captcha_sid", "captcha_key", "success_token"})
_CONTENT: Final = (
    "message lat long attachment keyboard template payload dont_parse_links disable_mentions format_data group_id forward "
    "reply_to forward_messages content_source"
)


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what runs it, its parameters, whether it puts a message into a chat."""

    run: Callable[[VkEmulator, Params], object]
    names: frozenset[str]
    sends: bool = False


def _method(run: Callable[[VkEmulator, Params], object], names: str, *, sends: bool = False) -> Method:
    return Method(run, frozenset(names.split()) | COMMON, sends)


METHODS: Final = {
    "groups.getById": _method(community.get_group, "group_ids group_id fields"),
    "groups.getTokenPermissions": _method(community.permissions, ""),
    "groups.getLongPollServer": _method(community.long_poll_server, "group_id"),
    "groups.getLongPollSettings": _method(community.long_poll_settings, "group_id"),
    "groups.setLongPollSettings": _method(community.set_long_poll, "group_id enabled api_version " + " ".join(events.KINDS)),
    "messages.send": _method(
        messages.send,
        f"{_CONTENT} user_id peer_id peer_ids user_ids chat_id domain random_id sticker_id intent subscribe_id guid",
        sends=True,
    ),
    "messages.edit": _method(
        messages.edit, f"{_CONTENT} peer_id message_id conversation_message_id cmid keep_forward_messages keep_snippets"
    ),
    "messages.delete": _method(messages.delete, "message_ids cmids peer_id delete_for_all spam group_id"),
    "messages.pin": _method(messages.pin, "peer_id message_id conversation_message_id"),
    "messages.sendMessageEventAnswer": _method(messages.answer_event, "event_id user_id peer_id event_data"),
    "messages.setActivity": _method(messages.activity, "user_id peer_id type group_id"),
    "messages.getConversationMembers": _method(community.members, "peer_id fields group_id offset count extended"),
    "messages.getConversationsById": _method(community.conversations, "peer_ids extended fields group_id"),
    "messages.isMessagesFromGroupAllowed": _method(community.allowed, "group_id user_id"),
    "users.get": _method(community.users, "user_ids fields name_case from_group_id"),
    "utils.resolveScreenName": _method(community.resolve, "screen_name"),
    "docs.getMessagesUploadServer": _method(community.upload_server, "type peer_id"),
    "docs.save": _method(community.save_document, "file title tags return_tags"),
    "photos.getMessagesUploadServer": _method(community.upload_server, "peer_id"),
    "photos.saveMessagesPhoto": _method(community.save_photo, "photo server hash"),
}
