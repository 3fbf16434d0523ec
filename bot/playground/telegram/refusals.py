"""How the Bot API says no."""

from __future__ import annotations

from typing import Final

import orjson

_PREFIX: Final = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}


class Refusal(Exception):
    """An error answer: HTTP status, description and parameters as Telegram writes them."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.parameters = code, parameters
        self.description = _PREFIX.get(code, "") + description

    def body(self) -> bytes:
        """The JSON of the answer."""
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return orjson.dumps(answer)


def too_many(seconds: int) -> Refusal:
    """429 with retry_after."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
