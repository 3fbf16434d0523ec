"""Listens for readers, with a cap on how many there may be at once and on how long one may take to say what they want and to take it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from aiohttp import web

from bot.errors import ConfigurationError

PATIENCE: Final = 65.0
"""Seconds in which the head of a request must have come, and for which an idle connection is kept: longer than a proxy keeps its own."""
MOST: Final = 512
"""Connections at once; whoever comes after them is asked to come again."""
TAKEN: Final = 60.0
"""Seconds for which an answer may lie ready and not be taken: whoever takes none of it holds one of the places."""
LONGEST: Final = 8190
"""Bytes of a line of the head."""
_LOOKS: Final = 10
"""In the time in which an answer must be taken."""
_SHUTDOWN: Final = 5.0
_FULL: Final = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"


class _Full(asyncio.Protocol):
    """Turns a connection away at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a TCP connection is one
        transport.write(_FULL)
        transport.close()


@contextmanager
def _hurried(serve: web.Server, taken: float) -> Iterator[None]:
    """Hangs up on those who have not taken all that lay ready for them at each of the looks in so many seconds."""
    loop, since = asyncio.get_running_loop(), dict[asyncio.Transport, float]()
    timer: asyncio.TimerHandle

    def look() -> None:
        nonlocal timer, since
        lines = [protocol.transport for protocol in serve.connections if protocol.transport is not None]
        since = {line: since.get(line, loop.time()) for line in lines if line.get_write_buffer_size()}
        for line, began in since.items():
            if loop.time() - began >= taken:
                line.abort()
        timer = loop.call_later(taken / _LOOKS, look)

    timer = loop.call_later(taken / _LOOKS, look)
    try:
        yield
    finally:
        timer.cancel()


@asynccontextmanager
async def listening(
    application: web.Application, host: str, port: int, *, patience: float = PATIENCE, taken: float = TAKEN, most: int = MOST
) -> AsyncIterator[str]:
    """Serves the application and gives its address; in the end finishes what is under way. Raises ConfigurationError."""
    runner = web.AppRunner(
        application,
        access_log=None,
        shutdown_timeout=_SHUTDOWN,
        max_line_size=LONGEST,
        max_field_size=LONGEST,
        keepalive_timeout=patience,
    )
    await runner.setup()
    try:
        serve = runner.server
        assert serve is not None  # noqa: S101 - it is set up

        def connected() -> asyncio.BaseProtocol:
            return serve() if len(serve.connections) < most else _Full()

        try:
            listener = await asyncio.get_running_loop().create_server(connected, host, port, backlog=128)
        except OSError as error:
            raise ConfigurationError(
                f"VESTNIK_WEB_PORT: cannot listen on {host}:{port}: {error.strerror}; set VESTNIK_WEB_PORT to a free port"
            ) from None
        try:
            with _hurried(serve, taken):
                yield "http://{}:{}".format(*listener.sockets[0].getsockname()[:2])
        finally:
            listener.close()
    finally:
        await runner.cleanup()
