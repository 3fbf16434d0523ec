"""The parameters of one VK call, each read as the type it must be."""

from __future__ import annotations

import re
from typing import Final

import orjson

from bot.playground.faults import Fault, Kind
from bot.playground.vk.refusals import wrong

_NUMBER: Final = re.compile(r"-?\d{1,18}")


class Params(dict[str, object]):
    """Parameters as they came; `late` are the faults that befall the answer of this call."""

    def __init__(self, given: dict[str, object]) -> None:
        super().__init__(given)
        self.late: dict[Kind, Fault] = {}

    def text(self, name: str) -> str:
        """A string, empty if it was not given."""
        value = self.get(name, "")
        return value if isinstance(value, str) else str(value)

    def number(self, name: str, default: int | None = 0) -> int:
        """An integer; with `default` None it must be given. Raises VkRefusal."""
        value = self.get(name)
        if value is None or value == "":
            if default is None:
                raise wrong(f"{name} is a required parameter")
            return default
        if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
            raise wrong(f"{name} not integer")
        return int(str(value))

    def flag(self, name: str) -> bool:
        """A boolean: 1 or 0."""
        return str(self.get(name, "0")).lower() in {"1", "true"}

    def numbers(self, name: str) -> list[int]:
        """Integers between commas. Raises VkRefusal."""
        value = self.get(name, "")
        parts = value if isinstance(value, list) else [part.strip() for part in str(value).split(",") if part.strip()]
        if not all(_NUMBER.fullmatch(str(part)) for part in parts):
            raise wrong(f"{name} not integer")
        return [int(str(part)) for part in parts]

    def json(self, name: str) -> object:
        """JSON in a string. Raises VkRefusal."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise wrong(f"{name} is invalid JSON") from None

    def needs(self, *names: str) -> None:
        """Raises VkRefusal if one of the parameters was not given."""
        for name in names:
            if self.get(name) in (None, ""):
                raise wrong(f"{name} is a required parameter")
