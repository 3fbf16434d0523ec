"""Seals the buttons of a message that was rendered before it was known who would send it: once an edition, never once a recipient."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

from bot.model import Message, Part, Platform


def sealed(message: Message, seal: Callable[[str], str]) -> Message:
    """The message with every action of a button sealed."""
    part = _telegram if message.platform is Platform.TELEGRAM else _vk
    return dataclasses.replace(message, parts=tuple(part(one, seal) for one in message.parts))


def _telegram(part: Part, seal: Callable[[str], str]) -> Part:
    markup: Any = part.payload.get("reply_markup")
    if not markup:
        return part
    rows = [
        [{**button, "callback_data": seal(button["callback_data"])} if "callback_data" in button else button for button in row]
        for row in markup["inline_keyboard"]
    ]
    return Part(payload={**part.payload, "reply_markup": {**markup, "inline_keyboard": rows}})


def _vk(part: Part, seal: Callable[[str], str]) -> Part:
    written = part.payload.get("keyboard")
    if not isinstance(written, str):
        return part
    keyboard = json.loads(written)
    for button in (button for row in keyboard["buttons"] for button in row):
        if button["action"]["type"] == "callback":
            action = seal(json.loads(button["action"]["payload"])["action"])
            button["action"]["payload"] = json.dumps({"action": action}, separators=(",", ":"))
    return Part(payload={**part.payload, "keyboard": json.dumps(keyboard, ensure_ascii=False, separators=(",", ":"))})
