"""A proxy that is away or refuses is a connection that could not be made: its library's errors are nobody else's."""

from __future__ import annotations

from typing import Any, Final

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

PROXY_ERRORS: Final = (ProxyError, ProxyConnectionError, ProxyTimeoutError)


class ProxyAway(aiohttp.ClientConnectionError):
    """The proxy did not lead anywhere: nothing was sent."""


class Proxied(ProxyConnector):
    """The library's connector with an error that clients of aiohttp expect."""

    async def connect(self, *args: Any, **options: Any) -> Any:
        """A connection through the proxy. Raises ProxyAway."""
        try:
            return await super().connect(*args, **options)
        except PROXY_ERRORS as error:
            raise ProxyAway(f"the proxy: {error}") from error
