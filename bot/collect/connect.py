"""Connects to checked addresses alone: the address that was looked at is the address that is connected to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from python_socks import ProxyError, parse_proxy_url
from python_socks.async_.asyncio import Proxy

from bot.collect.guard import check_ip
from bot.errors import BadInput, SourceBroken

AddrInfo = tuple[Any, ...]


class CheckedResolver(AbstractResolver):
    """Resolves a name and refuses it if any of its addresses may not be opened.

    One bad address among good ones refuses the name, since which of them would be used is chance. Raises AddressRefused.
    """

    def __init__(self, *, allow_private: bool, inner: AbstractResolver | None = None) -> None:
        self._allow_private = allow_private
        self._inner = inner
        self._own: AbstractResolver | None = None

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        inner = self._inner or self._own
        if inner is None:
            inner = self._own = aiohttp.ThreadedResolver()
        found = await inner.resolve(host, port, family)
        for entry in found:
            check_ip(ipaddress.ip_address(entry["host"]), allow_private=self._allow_private)
        return found

    async def close(self) -> None:
        if self._own is not None:
            await self._own.close()


def checked_socket(*, allow_private: bool) -> Callable[[AddrInfo], socket.socket]:
    """A socket factory that looks at the very address a connection is about to be made to."""

    def make(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        check_ip(ipaddress.ip_address(address[0]), allow_private=allow_private)
        return socket.socket(family=family, type=kind, proto=protocol)

    return make


class SocksConnector(aiohttp.TCPConnector):
    """Connects through a SOCKS proxy to the address that our own resolver found and checked."""

    def __init__(self, proxy: str, *, allow_private: bool, resolver: CheckedResolver, context: ssl.SSLContext) -> None:
        super().__init__(resolver=resolver, ssl=context, use_dns_cache=False, limit=64, limit_per_host=8)
        self._allow_private = allow_private
        try:
            self._kind, self._host, self._port, self._user, self._password = parse_proxy_url(proxy)
        except ValueError as error:
            raise BadInput(f"the proxy address cannot be used: {error}") from None

    async def _wrap_create_connection(  # the hook that aiohttp_socks overrides too
        self,
        *args: Any,
        addr_infos: list[Any],
        req: aiohttp.ClientRequest,
        timeout: aiohttp.ClientTimeout,
        client_error: type[Exception] = aiohttp.ClientConnectorError,
        **kwargs: Any,
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        address, port = addr_infos[0][4][:2]
        check_ip(ipaddress.ip_address(address), allow_private=self._allow_private)
        proxy = Proxy(self._kind, self._host, self._port, self._user, self._password)
        try:
            sock = await proxy.connect(address, port, timeout=timeout.sock_connect)
            transport, protocol = await self._loop.create_connection(*args, sock=sock, **kwargs)
        except (ProxyError, OSError) as error:
            raise SourceBroken(f"the proxy did not reach {req.host}: {error}", host=req.host, problem="proxy") from error
        return transport, protocol


def trust(ca_file: str) -> ssl.SSLContext:
    """The usual roots, and one more if a file is named. Raises BadInput if it cannot be read."""
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise BadInput(f"ca_file {ca_file} cannot be read: {error}") from None
    return context
