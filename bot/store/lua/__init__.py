"""Lua scripts: each file beside this one is one atomic step, called by its digest and loaded where the server lacks it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from redis.asyncio import RedisCluster
from redis.exceptions import NoScriptError


@cache
def _source(name: str) -> tuple[str, str]:
    text = files(__name__).joinpath(f"{name}.lua").read_text(encoding="utf-8")
    return text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def on_one_server(client: Any) -> bool:
    """Whether one script may take keys with different hash tags."""
    return not isinstance(client, RedisCluster)


class Script:
    """One script of this folder. All its keys share a hash tag, so it runs on one server and on a cluster alike."""

    __slots__ = ("_digest", "_text")

    def __init__(self, name: str) -> None:
        self._text, self._digest = _source(name)

    async def __call__(self, client: Any, keys: Sequence[str], args: Sequence[str | bytes | int | float]) -> Any:
        """Runs it. Raises StoreUnavailable; every script is made so that running it again after a lost answer does no harm."""
        try:
            return await client.evalsha(self._digest, len(keys), *keys, *args)
        except NoScriptError:
            return await client.eval(self._text, len(keys), *keys, *args)

    async def over(self, client: Any, keys: Sequence[str], args: Sequence[str | bytes | int | float]) -> list[Any]:
        """The answers, one a key, of a script that takes any number of keys with different hash tags: a cluster is asked key by key.

        Raises StoreUnavailable.
        """
        if on_one_server(client):
            return list(await self(client, keys, args)) if keys else []
        pipe = client.pipeline(transaction=False)
        for key in keys:
            pipe.execute_command("EVAL", self._text, 1, key, *args)  # the library keeps EVALSHA out of a cluster's pipelines
        return [answer for part in await pipe.execute() for answer in part] if keys else []
