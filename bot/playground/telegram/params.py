"""How a call's parameters come: form, multipart or JSON; and what type each must be."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

import orjson
from aiohttp import BodyPartReader, web

from bot.playground.telegram.refusals import Refusal

_LONG: Final = 64
_TRUE: Final = {"true", "1", "yes"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    content: bytes


@functools.lru_cache(maxsize=1024)
def _long_value(raw: bytes) -> str:
    return unquote_to_bytes(raw.replace(b"+", b" ")).decode()


def _value(raw: bytes) -> str:
    if len(raw) > _LONG:  # the text of a mailing comes again and again
        return _long_value(raw)
    return unquote_to_bytes(raw.replace(b"+", b" ")).decode() if b"%" in raw or b"+" in raw else raw.decode()


async def read_params(request: web.BaseRequest) -> dict[str, object]:
    """The parameters of a call, of the query string too. Raises Refusal."""
    given: dict[str, object] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    try:
        if kind == "application/x-www-form-urlencoded":
            for pair in (await request.read()).split(b"&"):
                name, equals, raw = pair.partition(b"=")
                if equals:
                    given[_value(name)] = _value(raw)
        elif kind == "application/json":
            if body := await request.read():
                loaded = orjson.loads(body)
                if not isinstance(loaded, dict):
                    raise Refusal(400, "can't parse JSON: expected an Object")
                given |= loaded
        elif kind == "multipart/form-data":
            await _multipart(request, given)
    except UnicodeDecodeError:
        raise Refusal(400, "strings must be encoded in UTF-8") from None
    except orjson.JSONDecodeError:
        raise Refusal(400, "can't parse JSON object") from None
    return given


async def _multipart(request: web.BaseRequest, given: dict[str, object]) -> None:
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if isinstance(part, BodyPartReader):
            content = bytes(await part.read(decode=True))
            given[part.name or ""] = content.decode() if part.filename is None else Upload(part.filename, content)


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
