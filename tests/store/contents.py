"""All that a store holds, as bytes: for showing that something is nowhere in it."""

from __future__ import annotations

from typing import Any


async def everything(client: Any) -> bytes:
    """Every key and every value of every kind, one after the other."""
    found: list[bytes] = []
    async for key in client.scan_iter(count=1000):
        found.append(key)
        match (await client.type(key)).decode():
            case "string":
                found.append(await client.get(key))
            case "hash":
                found += [part for pair in (await client.hgetall(key)).items() for part in pair]
            case "set":
                found += await client.smembers(key)
            case "zset":
                found += [name for name, _ in await client.zrange(key, 0, -1, withscores=True)]
            case "list":
                found += await client.lrange(key, 0, -1)
            case "stream":
                found += [part for _, fields in await client.xrange(key) for pair in fields.items() for part in pair]
            case other:
                raise AssertionError(f"a {other}, which nobody here reads")
    return b"\n".join(found)
