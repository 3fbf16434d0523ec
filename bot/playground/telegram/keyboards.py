"""What Telegram accepts as reply_markup, and its complaints."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

import orjson

from bot.playground.ledger import Key, Keys
from bot.playground.telegram.refusals import Refusal

MOST_BUTTONS: Final = 100
LONGEST_DATA: Final = 64
_INLINE: Final = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "login_url": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "copy_text": dict,
    "pay": bool,
}
_PLAIN: Final = {
    "request_users": dict,
    "request_chat": dict,
    "request_contact": bool,
    "request_location": bool,
    "request_poll": dict,
    "web_app": dict,
}
_LOOKS: Final = {"text", "style", "icon_custom_emoji_id"}
_MARKUP: Final = {
    "inline_keyboard": set[str](),
    "keyboard": {"is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective"},
    "remove_keyboard": {"selective"},
    "force_reply": {"input_field_placeholder", "selective"},
}
_URL: Final = re.compile(
    r"(?:https?://)?(?:(?:[\w\-]+\.)+[^\W\d_][\w\-]+|(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]+\])(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_DEEP: Final = re.compile(r"(?:tg|tonsite|ton)://\S+", re.IGNORECASE)

REMOVED: Final = Keys(rows=(), inline=False)


@functools.lru_cache(maxsize=4096)
def parse_markup(source: str, *, inline_only: bool = False) -> Keys | None:
    """The keyboard; None for force_reply; REMOVED where the person's own keyboard is taken away. Raises Refusal."""
    try:
        markup = orjson.loads(source)
    except orjson.JSONDecodeError:
        raise Refusal(400, "can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise Refusal(400, "object expected as reply markup")
    kind = next((name for name in _MARKUP if name in markup), None)
    if kind is None:
        raise Refusal(400, "object expected as reply markup" if markup else "reply markup is empty")
    if inline_only and kind != "inline_keyboard":
        raise Refusal(400, "inline keyboard expected")
    if unknown := set(markup) - {kind} - _MARKUP[kind]:
        raise Refusal(400, f'reply markup has an unknown field "{min(unknown)}"')
    if kind == "remove_keyboard":
        return REMOVED
    if kind == "force_reply":
        return None
    inline = kind == "inline_keyboard"
    rows = markup[kind]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refusal(400, f'field "{kind}" must be an Array of Arrays')
    if not inline and not rows:
        raise Refusal(400, "reply keyboard is empty")
    if any(not row for row in rows):
        raise Refusal(400, "a row of the keyboard is empty")
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise Refusal(400, "REPLY_MARKUP_TOO_LONG")
    keys = tuple(tuple(_inline(button) if inline else _plain(button) for button in row) for row in rows)
    return Keys(rows=keys, inline=inline, one_time=bool(markup.get("one_time_keyboard")))


def _button(button: object, actions: Mapping[str, type], what: str) -> tuple[dict[str, object], str, list[str]]:
    if not isinstance(button, dict):
        raise Refusal(400, f"can't parse {what}: expected an Object")
    if unknown := set(button) - set(actions) - _LOOKS:
        raise Refusal(400, f'can\'t parse {what}: unknown field "{min(unknown)}"')
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refusal(400, f'can\'t parse {what}: Field "text" must be a non-empty String')
    given = [name for name in actions if name in button]
    for name in given:
        if not isinstance(button[name], actions[name]):
            raise Refusal(400, f'can\'t parse {what}: Field "{name}" is of a wrong type')
    return button, text, given


def _inline(source: object) -> Key:
    button, text, given = _button(source, _INLINE, "inline keyboard button")
    if not given:
        raise Refusal(400, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise Refusal(400, "can't parse inline keyboard button: exactly one action is expected")
    (action,) = given
    value = button[action]
    if action == "callback_data":
        if not 1 <= len(str(value).encode()) <= LONGEST_DATA:
            raise Refusal(400, "BUTTON_DATA_INVALID")
        return Key(text=text, kind="callback", data=str(value))
    if action == "url":
        return Key(text=text, kind="url", url=checked_url(str(value)))
    return Key(text=text, kind=action, data=value if isinstance(value, str) else orjson.dumps(value).decode())


def _plain(source: object) -> Key:
    if isinstance(source, str):
        source = {"text": source}
    _, text, given = _button(source, _PLAIN, "keyboard button")
    if len(given) > 1:
        raise Refusal(400, "can't parse keyboard button: at most one action is expected")
    return Key(text=text, kind=given[0] if given else "text", data=text)


def checked_url(url: str) -> str:
    """An address that a button may open. Raises Refusal."""
    if "://" in url and not url.lower().startswith(("http://", "https://", "tg://", "ton://", "tonsite://")):
        raise Refusal(400, f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not (_URL.fullmatch(url) or _DEEP.fullmatch(url)):
        raise Refusal(400, f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url
