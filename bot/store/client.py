"""The client of the store: one address, one policy of retries and timeouts, and the library's errors as ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, cast
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from redis import exceptions as library
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.client import Pipeline
from redis.asyncio.cluster import ClusterPipeline
from redis.asyncio.connection import ConnectionPool, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.errors import ConfigurationError, StoreUnavailable

Client = Redis | RedisCluster

SOCKET_TIMEOUT: Final = 10.0
"""Seconds without an answer after which a call is given up."""
LONGEST_BLOCK: Final = 4.0
"""Seconds: the longest that a blocking read may wait on the shared connections."""
CONNECT_TIMEOUT: Final = 5.0
MOST: Final = 1000
"""Connections that one process may open; past it calls fail as if the store were away."""

_PASSING: Final = (
    library.ConnectionError,
    library.TimeoutError,
    library.ClusterError,
    library.ReadOnlyError,
    library.OutOfMemoryError,
    OSError,
)
_STREAM: Final = frozenset({"write", "writelines", "drain", "read", "readexactly", "readuntil"})
_CODES: Final = ("LOADING", "MASTERDOWN", "NOREPLICAS", "MISCONF", "CLUSTERDOWN", "TRYAGAIN", "UNBLOCKED", "BUSY ")


@contextmanager
def translated() -> Iterator[None]:
    """Turns what the library raises when the store is away into StoreUnavailable; errors of our own making pass."""
    try:
        yield
    except (library.AuthenticationError, library.NoPermissionError) as error:
        raise ConfigurationError(f"VESTNIK_REDIS_URL: the store refuses the name or password: {error}") from error
    except _PASSING as error:
        raise StoreUnavailable(f"the store does not answer: {error or type(error).__name__}") from error
    except library.RedisClusterException as error:
        raise StoreUnavailable(f"the cluster is not whole: {error}") from error
    except library.ResponseError as error:
        if str(error).startswith(_CODES):
            raise StoreUnavailable(f"the store is not ready: {error}") from error
        raise
    except AttributeError as error:
        # The library writes to a connection that another task of the same node has just closed, and finds no stream there.
        if error.obj is None and error.name in _STREAM:
            raise StoreUnavailable("the store does not answer: the connection was closed") from error
        raise


@contextmanager
def heeded() -> Iterator[None]:
    """Around one call: a task that was told to end meanwhile ends. The library swallows that now and then, and the task would go on."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    try:
        yield
    except Exception as error:
        if task and task.cancelling() > before:
            raise asyncio.CancelledError from error
        raise
    if task and task.cancelling() > before:
        raise asyncio.CancelledError


class _Pipeline(Pipeline):
    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        with heeded(), translated():
            return await super().execute(raise_on_error)

    async def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        with heeded(), translated():
            return await super().immediate_execute_command(*args, **options)  # type: ignore[no-untyped-call]  # untyped in the library


class _Single(Redis):
    async def execute_command(self, *args: Any, **options: Any) -> Any:
        with heeded(), translated():
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # untyped in the library

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        return _Pipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)


class _ClusterPipeline(ClusterPipeline):
    async def execute(self, raise_on_error: bool = True, allow_redirections: bool = True) -> list[Any]:
        with heeded(), translated():
            return await super().execute(raise_on_error, allow_redirections)


class _Cluster(RedisCluster):
    async def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        with heeded(), translated():
            return await super().execute_command(*args, **kwargs)

    async def initialize(self, *args: Any, **kwargs: Any) -> RedisCluster:
        with heeded(), translated():
            return await super().initialize(*args, **kwargs)

    def pipeline(self, transaction: Any = None, shard_hint: Any = None) -> ClusterPipeline:
        if shard_hint:
            raise ValueError("a cluster has no shard hints")
        return _ClusterPipeline(self, transaction)  # type: ignore[abstract]  # the library sets _event_dispatcher as an attribute


def _policy(*, unix: bool = False) -> dict[str, Any]:
    """What holds for every connection: nothing is sent twice by the library, because it cannot know what is safe to repeat."""
    policy: dict[str, Any] = {
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": SOCKET_TIMEOUT,
        "socket_connect_timeout": CONNECT_TIMEOUT,
        "protocol": 2,
        "max_connections": MOST,
    }
    return policy if unix else policy | {"socket_keepalive": True}


def connect(url: str) -> Client:
    """A client for `redis://`, `rediss://`, `unix://`, `redis+cluster://host:port`, `redis+sentinel://host:port,host:port/service[/db]`.

    Nothing is sent yet; what is sent later raises StoreUnavailable when the store is away. Raises ConfigurationError for other addresses.
    """
    scheme = urlsplit(url).scheme
    try:
        if scheme in ("redis", "rediss", "unix"):
            return _Single.from_pool(ConnectionPool.from_url(url, **_policy(unix=scheme == "unix")))
        if scheme in ("redis+cluster", "rediss+cluster"):
            return _cluster(url)
        if scheme in ("redis+sentinel", "rediss+sentinel"):
            return _sentinel(url)
    except (ValueError, library.RedisError) as error:
        raise ConfigurationError(f"VESTNIK_REDIS_URL: {error}") from None
    raise ConfigurationError("VESTNIK_REDIS_URL: begins with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://")


def connect_embedded(address: Callable[[], str]) -> Client:
    """A client for the server of our own. `address` starts the server if it is gone and returns its socket's path; it may block."""
    return _Single.from_pool(ConnectionPool(connection_class=_Reviving, address=address, **_policy(unix=True)))


class _Reviving(UnixDomainSocketConnection):
    """A connection that brings the server back if it finds it gone."""

    def __init__(self, *, address: Callable[[], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._address = address

    async def _connect(self) -> None:
        if not self.path:
            self.path = await asyncio.to_thread(self._address)
        try:
            await super()._connect()  # type: ignore[no-untyped-call]  # untyped in the library
        except (OSError, library.ConnectionError):
            self.path = await asyncio.to_thread(self._address)
            await super()._connect()  # type: ignore[no-untyped-call]  # untyped in the library


def _cluster(url: str) -> Client:
    parts = urlsplit(url)
    first = parts.netloc.split(",")[0]
    plain = urlunsplit((parts.scheme.removesuffix("+cluster"), first, parts.path, parts.query, ""))
    return _Cluster.from_url(plain, **_policy())


def _sentinel(url: str) -> Client:
    parts = urlsplit(url)
    service, _, db = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("name the service: redis+sentinel://host:26379/mymaster")
    account, _, hosts = parts.netloc.rpartition("@")
    name, _, password = account.partition(":")
    options: dict[str, Any] = _policy() | {"db": int(db or 0)}
    if parts.scheme.startswith("rediss"):
        options["ssl"] = True
    if password:
        options |= {"username": unquote(name) or None, "password": unquote(password)}
    asked = dict(parse_qsl(parts.query))
    addresses = [_host(one) for one in hosts.split(",")]
    own = _policy() | {"password": asked.get("sentinel_password"), "username": asked.get("sentinel_username")}
    sentinel = Sentinel(addresses, sentinel_kwargs=own)  # type: ignore[no-untyped-call]  # untyped in the library
    return cast("Redis", sentinel.master_for(service, redis_class=_Single, **options))


def _host(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError(f"{text!r} is no host:port")
    return parts.hostname, parts.port or 26379
