"""Decides which addresses of the network may be opened at all."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from yarl import URL

from bot.errors import AddressRefused

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = frozenset({80, 443, 8000, 8008, 8080, 8443, 8888})
"""Where public web sites stand; any other port is some other service and is not spoken to."""

MAX_LENGTH: Final = 4096


def _networks(*names: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(name) for name in names)


# The registries of special-purpose addresses (IANA), spelled out: what `is_global` says differs between Python versions.
_NEVER: Final = _networks(
    "0.0.0.0/8",
    "169.254.0.0/16",  # link-local: the metadata service of most clouds
    "168.63.129.16/32",  # Azure's own host, though its range is public
    "100.100.100.200/32",  # Alibaba's metadata service
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",  # multicast, reserved, broadcast
    "::/128",
    "::ffff:0:0/96",  # mapped
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fd00:ec2::254/128",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)
_PRIVATE: Final = _networks("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
_NUMERIC: Final = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
"""What the C library would read as an address though nobody writes one so: 127.1, 2130706433, 0x7f000001."""
_COMPATIBLE: Final = ipaddress.ip_network("::/96")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

_LOCAL_NAMES: Final = frozenset({"localhost", "localdomain", "ip6-localhost", "ip6-loopback"})
_LOCAL_DOMAINS: Final = (
    ".localhost",
    ".localdomain",
    ".local",
    ".internal",
    ".intranet",
    ".private",
    ".corp",
    ".lan",
    ".home",
    ".home.arpa",
    ".onion",
)


def check_ip(address: IPAddress, *, allow_private: bool = False) -> None:
    """Raises AddressRefused unless the address is public, or private and allowed. Link-local ones never are."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            raise _refused(address)
        if address in _NAT64:  # an IPv6-only network reaches the public IPv4 internet so
            check_ip(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
            return
    if any(address in network for network in _NEVER if network.version == address.version):
        raise _refused(address)
    if any(address in network for network in _PRIVATE if network.version == address.version):
        if not allow_private:
            raise _refused(address)
    elif address.version == 6 and address in _COMPATIBLE:
        raise _refused(address)


def parse_url(url: str, *, allow_private: bool = False) -> URL:
    """An address fit to be opened, as the HTTP client will read it. Raises AddressRefused."""
    url = url.strip()
    if len(url) > MAX_LENGTH or any(ord(char) < 0x21 or ord(char) == 0x7F for char in url) or "\\" in url:
        raise AddressRefused("the address is too long or holds characters that no address has")
    try:
        parsed = URL(url)
        host, port = parsed.raw_host, parsed.port
    except (ValueError, UnicodeError):
        raise AddressRefused(f"{url[:200]} is no address") from None
    if parsed.scheme not in {"http", "https"}:
        raise AddressRefused(f"only http and https are opened, not {parsed.scheme or url[:40]!r}")
    if not host or port is None:
        raise AddressRefused(f"{url[:200]} names no host")
    if "@" in parsed.raw_authority:
        raise AddressRefused("an address with a user name or password in it is not opened")
    check_host(host, allow_private=allow_private)
    if port not in PORTS and not allow_private:
        raise AddressRefused(f"port {port} is not opened")
    return parsed.with_fragment(None)


def check_host(host: str, *, allow_private: bool = False) -> None:
    """Raises AddressRefused for a literal that may not be opened and for names that by convention are local."""
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        name = host.rstrip(".").lower()
        if _NUMERIC.fullmatch(name):
            raise AddressRefused(f"{host} is an address in disguise") from None
        if not allow_private and (name in _LOCAL_NAMES or name.endswith(_LOCAL_DOMAINS)):
            raise AddressRefused(f"{host} is a local name") from None
        return
    check_ip(literal, allow_private=allow_private)


def same_host(one: URL, other: URL) -> bool:
    """True if both stand on one host; the names of this machine count as one."""
    return _plain(one) == _plain(other)


def within(url: URL, known: URL) -> bool:
    """True if a name is that of a known address or stands under it; `www.` is no name of its own."""
    name, own = _plain(url), _plain(known).removeprefix("www.")
    return name == own or name.endswith(f".{own}")


def host_key(url: URL) -> str:
    """One name for a server however it is written: case, a dot at the end, national letters, a port that goes without saying."""
    return _plain(url) if url.is_default_port() else f"{_plain(url)}:{url.port}"


def _plain(url: URL) -> str:
    host = (url.raw_host or "").rstrip(".").lower()
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return "localhost" if host in _LOCAL_NAMES else host
    return "localhost" if literal.is_loopback else literal.compressed


def _refused(address: IPAddress) -> AddressRefused:
    return AddressRefused(f"{address} is not a public address")
