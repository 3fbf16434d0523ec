"""What the server says of itself: memory, durability, whether it can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redis.asyncio import RedisCluster


@dataclass(frozen=True, slots=True)
class Facts:
    """A server, or the worst of a cluster's nodes. Sizes in bytes, of the node that is nearest to its limit."""

    version: str
    used: int
    limit: int
    """0: none is set."""
    machine: int
    """All memory that the server's machine has."""
    durable: bool
    """An append-only file is kept."""
    writes: bool
    """The last write to the disk succeeded."""
    evicts: bool
    """It throws keys away when memory is short."""
    replica: bool = False
    """It copies another server and takes no writes."""
    number: tuple[int, ...] = ()
    """Of the Redis version that the server speaks like."""


async def facts(client: Any) -> Facts:
    """Asks the server, or every primary of a cluster."""
    answer = await client.info("all", **_everywhere(client))
    nodes: list[dict[str, Any]] = list(answer.values()) if isinstance(client, RedisCluster) else [answer]
    first, fullest = nodes[0], max(nodes, key=_share)
    name = "Valkey" if first.get("server_name") == "valkey" else "Redis"
    return Facts(
        version=f"{name} {first.get('valkey_version') or first.get('redis_version', '?')}" + (f" × {len(nodes)}" if len(nodes) > 1 else ""),
        used=int(fullest.get("used_memory", 0)),
        limit=int(fullest.get("maxmemory", 0)),
        machine=int(fullest.get("total_system_memory", 0)),
        durable=all(int(node.get("aof_enabled", 0)) for node in nodes),
        writes=all(node.get("aof_last_write_status", "ok") == "ok" and node.get("rdb_last_bgsave_status", "ok") == "ok" for node in nodes),
        evicts=any(node.get("maxmemory") and node.get("maxmemory_policy", "noeviction") != "noeviction" for node in nodes),
        replica=any(node.get("role", "master") != "master" for node in nodes),
        number=tuple(int(part) for part in str(first.get("redis_version", "0")).split(".")[:2]),
    )


async def server_time(client: Any) -> float:
    """Seconds since 1970, by the server's clock (a cluster: by the clock of one node)."""
    nodes = {"target_nodes": client.get_default_node()} if isinstance(client, RedisCluster) else {}
    seconds, microseconds = await client.time(**nodes)
    return float(seconds) + float(microseconds) / 1e6


def _share(node: dict[str, Any]) -> float:
    """How much of what it may a node uses."""
    most = int(node.get("maxmemory", 0)) or int(node.get("total_system_memory", 0))
    return int(node.get("used_memory", 0)) / most if most else 0.0


def _everywhere(client: Any) -> dict[str, Any]:
    return {"target_nodes": RedisCluster.PRIMARIES} if isinstance(client, RedisCluster) else {}
