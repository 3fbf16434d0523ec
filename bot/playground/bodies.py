"""How parameters come over HTTP: the query string, a form, multipart or JSON."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

import orjson
from aiohttp import BodyPartReader, web

from bot.errors import BadInput

_LONG: Final = 64


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


async def read_body(request: web.BaseRequest) -> dict[str, object]:
    """The parameters of a call. Raises BadInput."""
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
                    raise BadInput("can't parse JSON: expected an Object")
                given |= loaded
        elif kind == "multipart/form-data":
            await _multipart(request, given)
    except UnicodeDecodeError:
        raise BadInput("strings must be encoded in UTF-8") from None
    except orjson.JSONDecodeError:
        raise BadInput("can't parse JSON object") from None
    return given


async def _multipart(request: web.BaseRequest, given: dict[str, object]) -> None:
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if isinstance(part, BodyPartReader):
            content = bytes(await part.read(decode=True))
            given[part.name or ""] = content.decode() if part.filename is None else Upload(part.filename, content)
