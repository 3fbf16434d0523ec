"""How the VK API says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ERRORS: Final = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    7: "Permission to perform this action is denied",
    8: "Invalid request",
    9: "Flood control",
    10: "Internal server error",
    14: "Captcha needed",
    15: "Access denied",
    17: "Validation required",
    27: "Group authorization failed",
    29: "Rate limit reached",
    100: "One of the parameters specified was missing or invalid",
    113: "Invalid user id",
    900: "Can't send messages for users from blacklist",
    901: "Can't send messages for users without permission",
    902: "Can't send messages to this user due to their privacy settings",
    909: "Can't edit this message, because it's too old",
    911: "Keyboard format is invalid",
    912: "This is a chat bot feature, change this status in settings",
    914: "Message is too long",
    917: "You don't have access to this chat",
    920: "Can't edit this kind of message",
    924: "Can't delete this message for everybody",
    936: "Contact not found",
    940: "Too many posts in messages",
    944: "Message payload is too long",
    945: "Chat was disabled",
    946: "Chat not supported",
    983: "Writing is disabled for this chat",
}
"""What VK says for each code."""


class VkRefusal(Exception):
    """An error answer."""

    def __init__(self, code: int, detail: str = "", **extra: object) -> None:
        self.code, self.extra = code, dict(extra)
        said = ERRORS.get(code, "Unknown error occurred")
        self.message = f"{said}: {detail}" if detail else said
        super().__init__(self.message)
        if code == 14 and not extra:
            self.extra = {"captcha_sid": "239633676097", "captcha_img": "https://api.vk.ru/captcha.php?sid=239633676097"}

    def body(self, params: Mapping[str, object]) -> dict[str, object]:
        """The JSON of the answer, with the parameters as VK repeats them."""
        given = [{"key": key, "value": str(value)} for key, value in params.items() if key != "access_token"]
        return {"error": {"error_code": self.code, "error_msg": self.message, "request_params": given, **self.extra}}

    def of_peer(self) -> dict[str, object]:
        """The error of one peer in a list of answers."""
        return {"code": self.code, "description": self.message}


def wrong(detail: str) -> VkRefusal:
    """Error 100."""
    return VkRefusal(100, detail)
