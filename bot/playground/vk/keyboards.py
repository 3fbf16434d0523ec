"""What VK accepts as a keyboard, and its complaints."""

from __future__ import annotations

import functools
import re
from typing import Final

import orjson

from bot.playground.ledger import Key, Keys
from bot.playground.vk.refusals import VkRefusal

LONGEST_LABEL: Final = 40
LONGEST_PAYLOAD: Final = 255
MOST_IN_ROW: Final = 5
_STANDARD: Final = (10, 40)
_INLINE: Final = (6, 10)
_COLORS: Final = {"primary", "secondary", "negative", "positive"}
_ACTIONS: Final = {
    "text": {"type", "label", "payload"},
    "callback": {"type", "label", "payload"},
    "open_link": {"type", "label", "link", "payload"},
    "location": {"type", "payload"},
    "vkpay": {"type", "hash", "payload"},
    "open_app": {"type", "app_id", "owner_id", "label", "hash", "payload"},
}
_COLORED: Final = {"text", "callback"}
_SHOWN: Final = {"location": "Отправить местоположение"}
"""What VK itself writes on buttons that have no label of ours."""
_WIDE: Final = {"location", "vkpay", "open_app"}
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def _no(detail: str) -> VkRefusal:
    return VkRefusal(911, detail)


@functools.lru_cache(maxsize=4096)
def parse_keyboard(source: str) -> Keys:
    """The keyboard; one without rows takes the person's own away. Raises VkRefusal."""
    try:
        board = orjson.loads(source)
    except orjson.JSONDecodeError:
        raise _no("invalid JSON") from None
    if not isinstance(board, dict):
        raise _no("keyboard must be an object")
    if unknown := set(board) - {"one_time", "inline", "buttons", "author_id"}:
        raise _no(f"unknown field {min(unknown)}")
    inline, one_time, rows = board.get("inline", False), board.get("one_time", False), board.get("buttons")
    if not isinstance(inline, bool) or not isinstance(one_time, bool):
        raise _no("inline and one_time must be booleans")
    if inline and one_time:
        raise _no("inline keyboard can't be one_time")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _no("buttons must be an array of arrays")
    most_rows, most = _INLINE if inline else _STANDARD
    if len(rows) > most_rows:
        raise _no(f"too many rows, max is {most_rows}")
    if sum(len(row) for row in rows) > most:
        raise _no(f"too many buttons, max is {most}")
    return Keys(rows=tuple(_row(row) for row in rows), inline=inline, one_time=one_time)


def _row(row: list[object]) -> tuple[Key, ...]:
    if not row:
        raise _no("row is empty")
    if len(row) > MOST_IN_ROW:
        raise _no(f"too many buttons in a row, max is {MOST_IN_ROW}")
    keys = tuple(_key(button) for button in row)
    if len(keys) > 1 and any(key.kind in _WIDE for key in keys):
        raise _no("a button of this type takes the whole row")
    return keys


def _key(button: object) -> Key:
    if not isinstance(button, dict) or not isinstance(button.get("action"), dict):
        raise _no("button has no action")
    if unknown := set(button) - {"action", "color"}:
        raise _no(f"unknown field {min(unknown)} of a button")
    action = button["action"]
    kind = action.get("type")
    if kind not in _ACTIONS:
        raise _no(f"unknown action type {kind}")
    if unknown := set(action) - _ACTIONS[kind]:
        raise _no(f"unknown field {min(unknown)} of an action")
    color = button.get("color", "")
    if color and (color not in _COLORS or kind not in _COLORED):
        raise _no("button color is not allowed")
    label = action.get("label", "")
    if "label" in _ACTIONS[kind]:
        if not isinstance(label, str) or not label.strip():
            raise _no("label is empty")
        if len(label) > LONGEST_LABEL:
            raise _no(f"label is longer than {LONGEST_LABEL}")
    link = str(action.get("link", ""))
    if kind == "open_link" and not _LINK.fullmatch(link):
        raise _no("link is not valid")
    return Key(text=label or _SHOWN.get(kind, kind), kind=kind, data=_payload(action.get("payload")), url=link, color=color)


def _payload(payload: object) -> str:
    if payload is None:
        return ""
    text = payload if isinstance(payload, str) else orjson.dumps(payload).decode()
    if len(text) > LONGEST_PAYLOAD:
        raise _no(f"payload is longer than {LONGEST_PAYLOAD}")
    if text:
        try:
            orjson.loads(text)
        except orjson.JSONDecodeError:
            raise _no("payload is invalid JSON") from None
    return text
