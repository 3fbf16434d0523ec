"""The parameters of one call, each read as the type it must be."""

from __future__ import annotations

import re
from typing import Final

import orjson

from bot.playground.bodies import Upload
from bot.playground.telegram.refusals import Refusal

_TRUE: Final = {"true", "1", "yes"}


class Params(dict[str, object]):
    """Parameters, checked against the method's list when they were made."""

    def text(self, name: str, default: str = "") -> str:
        """A string. Raises Refusal."""
        value = self.get(name, default)
        if not isinstance(value, str):
            raise Refusal(400, f'field "{name}" must be a String')
        return value

    def number(self, name: str, default: int = 0) -> int:
        """An integer. Raises Refusal."""
        value = self.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value):
            return int(value)
        raise Refusal(400, f'can\'t parse "{name}": an integer is expected')

    def flag(self, name: str) -> bool:
        """A boolean."""
        value = self.get(name, False)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def json(self, name: str, default: object = None) -> object:
        """JSON in a string, or as it came in a JSON body. Raises Refusal."""
        value = self.get(name)
        if value is None or value == "":
            return default
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise Refusal(400, f'can\'t parse "{name}" JSON object') from None

    def source(self, name: str) -> str:
        """JSON as a string, whichever way it came."""
        value = self.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def chat_id(self, name: str = "chat_id") -> int | str:
        """A chat's id or @username. Raises Refusal."""
        value = self.get(name)
        if value is None or value == "":
            raise Refusal(400, f"{name} is empty")
        if isinstance(value, str) and value.startswith("@"):
            return value
        try:
            return self.number(name)
        except Refusal:
            raise Refusal(400, "chat not found") from None

    def upload(self, name: str) -> Upload | str:
        """A file of the body, or the id or address of one. Raises Refusal."""
        value = self.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.get(value.removeprefix("attach://"))
            if not isinstance(value, Upload):
                raise Refusal(400, f"there is no {name} in the request")
        if isinstance(value, (Upload, str)) and value:
            return value
        raise Refusal(400, f"there is no {name} in the request")
