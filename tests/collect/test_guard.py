"""Addresses that may not be opened, by every trick that we know."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from bot.collect import Fetcher, Limits
from bot.collect.guard import check_ip, parse_url
from bot.errors import AddressRefused, SourceBroken
from bot.settings import Settings

LITERALS = [
    url
    for line in (
        "http://127.0.0.1/ http://127.0.0.1:80/ http://127.1/ http://127.0.1/ http://127.255.255.254/ http://0.0.0.0/ http://0/",
        "http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/ http://0x7f.1/ http://017700000001/ http://0177.0.0.1/",
        "http://127.0.0.1./ http://10.0.0.1/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.255.254/ http://192.168.0.1/",
        "http://192.168.1.1:8080/ http://169.254.169.254/latest/meta-data/ http://169.254.170.2/ http://2852039166/ http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/ http://100.64.0.1/ http://100.100.100.200/ http://168.63.129.16/ http://192.0.0.192/",
        "http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.7/ http://203.0.113.7/ http://224.0.0.1/ http://239.255.255.250/",
        "http://240.0.0.1/ http://255.255.255.255/ http://[::1]/ http://[::]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/ http://[::ffff:8.8.8.8]/ http://[::127.0.0.1]/ http://[fe80::1]/ http://[fe80::1%25lo]/",
        "http://[fc00::1]/ http://[fd00:ec2::254]/ http://[fec0::1]/ http://[ff02::1]/ http://[2001:db8::1]/ http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/ http://[64:ff9b::7f00:1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::1]/ http://[100::1]/",
        "http://[5f00::1]/ http://localhost/ http://LOCALHOST/ http://localhost./ http://foo.localhost/ http://localhost.localdomain/",
        "http://metadata.google.internal/ http://router.local/ http://nas.lan/ http://host.home.arpa/ http://abc.onion/",
        "http://１２７.０.０.１/ http://⑫7.0.0.1/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/",
    )
    for url in line.split()
]

SHAPES = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org:6379/_INFO",
    "dict://example.org:11211/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "ws://example.org/",
    "//example.org/",
    "example.org",
    "",
    "http://",
    "http:///path",
    "http://user@example.org/",
    "http://user:secret@example.org/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1#@example.org/",
    "http://example.org:22/",
    "http://example.org:25/",
    "http://example.org:6379/",
    "http://example.org:65536/",
    "http://example.org:-1/",
    "http://example.org/\r\nHost: localhost",
    "http://example.org\t/",
    "http://exa mple.org/",
    "http://example.org\\@127.0.0.1/",
    "http://example.org/" + "a" * 5000,
    "http://[::1",
    "http://[example]/",
]

ADDRESSES = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "192.168.0.1",
    "100.64.1.1",
    "::1",
    "::ffff:127.0.0.1",
    "fe80::1",
    "fd12::1",
    "0.0.0.0",
    "64:ff9b::a00:1",
]


class Names(AbstractResolver):
    """A resolver that says what a test wants: each call the next answer, the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.calls = 0

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        self.calls += 1
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [
            {"hostname": host, "host": ip, "port": port, "family": socket.AF_INET6 if ":" in ip else socket.AF_INET, "proto": 0, "flags": 0}
            for ip in answer
        ]

    async def close(self) -> None:
        """Nothing is held."""


def fetcher(*answers: list[str], **more: object) -> Fetcher:
    """A fetcher that believes these answers of the name service."""
    return Fetcher(Settings(_env_file=None, **more), limits=Limits(total=2.0, connect=0.5, read=0.5), resolver=Names(*answers))


@pytest.mark.parametrize("url", LITERALS + SHAPES)
async def test_an_address_that_may_not_be_opened_is_refused_before_anything_is_sent(url: str) -> None:
    """Literals in every notation, local names, other schemes, names and passwords, odd ports, broken addresses."""
    names = Names(["127.0.0.1"])
    async with Fetcher(Settings(_env_file=None), resolver=names) as opened:
        with pytest.raises(AddressRefused):
            await opened.get(url)
    assert names.calls == 0


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_name_that_resolves_to_such_an_address_is_refused(address: str) -> None:
    """Also if it resolves to a public address as well: which one would be used is chance."""
    for answer in ([address], ["1.1.1.1", address]):
        async with fetcher(answer) as opened:
            with pytest.raises(AddressRefused):
                await opened.get("http://innocent.example.org/")
            with pytest.raises(AddressRefused):
                await opened.look("http://innocent.example.org/")


async def test_looking_alone_leaves_an_unknown_name_to_the_reading() -> None:
    """What the resolver does not know, or not soon enough, is no refusal."""
    async with Fetcher(Settings(_env_file=None), resolver=Unknown()) as opened:
        await opened.look("http://nobody.example.org/")
        with pytest.raises(SourceBroken):
            await opened.get("http://nobody.example.org/")
    async with fetcher(["1.1.1.1"]) as opened:
        await opened.look("http://innocent.example.org/")


async def test_a_name_that_changes_its_mind_is_looked_at_when_it_is_connected_to(site) -> None:
    """DNS rebinding: the address that was checked is the address that is connected to, at each connection anew."""
    port = int(site.base.rsplit(":", 1)[1])
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    site.pages["/a"] = {"text": "private", "headers": {"Connection": "close"}}
    async with Fetcher(Settings(_env_file=None), resolver=names) as opened:
        assert (await opened.get(f"http://rebinding.example.org:{port}/a", allow_private=True)).body == b"private"
        with pytest.raises(AddressRefused):
            await opened.get(f"http://rebinding.example.org:{port}/a", allow_private=True)
        assert names.calls == 2
    assert len(site.asked) == 1


async def test_connections_to_private_hosts_are_not_shared_with_requests_that_may_not_use_them(site) -> None:
    """A connection kept open for a private source serves no link of a user's."""
    async with fetcher(["127.0.0.1"]) as opened:
        port = site.base.rsplit(":", 1)[1]
        site.pages["/a"] = "ours"
        await opened.get(f"http://source.example.org:{port}/a", allow_private=True)
        with pytest.raises(AddressRefused):
            await opened.get("http://source.example.org/a")


class Unknown(AbstractResolver):
    """A name service that knows nobody."""

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        raise OSError(f"{host} is not known")

    async def close(self) -> None:
        """Nothing is held."""


async def test_a_proxy_is_asked_for_nothing_that_was_not_looked_at_first(site) -> None:
    """A proxy would open what the machine beside it serves: literals, local names, names of private addresses and names nobody here knows."""
    async with fetcher(["10.0.0.5"], http_proxy_sources=site.base) as opened:
        for url in (*LITERALS, "http://innocent.example.org/", "http://[64:ff9b::a00:1]/"):
            with pytest.raises(AddressRefused):
                await opened.get(url, known="http://innocent.example.org/")
    async with Fetcher(Settings(_env_file=None, http_proxy_sources=site.base), resolver=Unknown()) as opened:
        for known in ("", "http://other.example.org/rss", "http://x.wiki/rss"):
            with pytest.raises(AddressRefused):
                await opened.get("http://wiki/", known=known)
    assert site.asked == []


async def test_a_name_that_the_proxy_alone_knows_is_opened_if_the_operator_named_it_and_its_redirects_are_not(site) -> None:
    """The source's own host and what stands under it; not what its answers point at."""
    site.pages["/a"] = "ours"
    site.pages["/go"] = {"status": 302, "headers": {"Location": "http://wiki/secret"}}
    async with Fetcher(Settings(_env_file=None, http_proxy_sources=site.base), resolver=Unknown()) as opened:
        for url in ("http://news.example.org/a", "http://m.news.example.org/a"):
            assert (await opened.get(url, known="http://www.news.example.org/rss")).body == b"ours"
        with pytest.raises(AddressRefused):
            await opened.get("http://news.example.org/go", known="http://news.example.org/rss")
    assert [request.path for request in site.asked] == ["/a", "/a", "/go"]


REDIRECTS = [
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://192.168.0.1/",
    "http://10.0.0.1/",
    "http://[fd00::1]/",
    "//192.168.0.1/",
    "\\\\192.168.0.1\\",
    "http://0xc0a80001/",
    "http://user:word@example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://printer.local/",
    "http://[::1",
]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", REDIRECTS)
async def test_a_redirect_to_such_an_address_is_refused(site, fetcher: Fetcher, target: str, status: int) -> None:
    """Even when the first host was an allowed private one."""
    site.pages["/go"] = {"status": status, "headers": {"Location": target}}
    with pytest.raises(AddressRefused):
        await fetcher.get(site["/go"], allow_private=True)


@given(st.integers(0, 2**32 - 1))
def test_python_calls_no_address_private_that_we_open(number: int) -> None:
    """Our table is at least as strict as the standard library's."""
    address = ipaddress.IPv4Address(number)
    if not address.is_global or address.is_multicast:
        with pytest.raises(AddressRefused):
            check_ip(address)


@given(st.integers(0, 2**128 - 1))
def test_the_same_holds_for_long_addresses(number: int) -> None:
    """Mapped, multicast and reserved ones included."""
    address = ipaddress.IPv6Address(number)
    if not address.is_global or address.is_multicast or address.ipv4_mapped:
        with pytest.raises(AddressRefused):
            check_ip(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "95.163.0.1", "2a00:1148::1", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_opened(address: str) -> None:
    """The last is how an IPv6-only network reaches the IPv4 internet."""
    check_ip(ipaddress.ip_address(address))


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Nothing else is raised, whatever a person sends."""
    try:
        url = parse_url(text)
    except AddressRefused:
        return
    assert url.scheme in {"http", "https"}
