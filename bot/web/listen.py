"""Listens for readers, with a cap on how many there may be at once and on how long one may take to say what they want."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.errors import ConfigurationError

PATIENCE: Final = 65.0
"""Seconds in which the head of a request must have come, and for which an idle connection is kept: longer than a proxy keeps its own."""
MOST: Final = 512
"""Connections at once; whoever comes after them is asked to come again."""
LONGEST: Final = 8190
"""Bytes of a line of the head."""
_SHUTDOWN: Final = 5.0
_FULL: Final = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"


class _Full(asyncio.Protocol):
    """Turns a connection away at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a TCP connection is one
        transport.write(_FULL)
        transport.close()


@asynccontextmanager
async def listening(
    application: web.Application, host: str, port: int, *, patience: float = PATIENCE, most: int = MOST
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
            yield "http://{}:{}".format(*listener.sockets[0].getsockname()[:2])
        finally:
            listener.close()
    finally:
        await runner.cleanup()
