"""Every way in that we know of, refused."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from readable_portal.errors import PageRefused, PageUnavailable
from readable_portal.web.guard import GuardedTransport, Origin, is_public, parse_origin, resolve

PORTAL = Origin("https", "portal.gov.vn", 443)

# Addresses that are read from nowhere, whatever is listed.
NO_ORIGIN = [
    "file:///etc/passwd",
    "gopher://portal.gov.vn/_x",
    "ftp://portal.gov.vn/",
    "dict://portal.gov.vn:11211/stat",
    "ldap://portal.gov.vn/",
    "data:text/html,<p>x",
    "javascript:alert(1)",
    "jar:https://portal.gov.vn!/",
    "unix:///var/run/docker.sock",
    "ws://portal.gov.vn/",
    "//portal.gov.vn/",
    "portal.gov.vn",
    "/tin-tuc/1",
    "",
    "https://",
    "https:///tin-tuc",
    "https://user@portal.gov.vn/",
    "https://user:word@portal.gov.vn/",
    "https://portal.gov.vn@127.0.0.1/",
    "https://portal.gov.vn:443@evil.example/",
    "https://portal.gov.vn\\@evil.example/",
    "https://portal.gov.vn /",
    "https://portal.gov.vn\r\nHost: evil.example",
    "https://portal.gov.vn\t/",
    "https://portal.gov.vn\x00.evil.example/",
    "https://portal.gov.vn:0/",
    "https://portal.gov.vn:99999/",
    "https://portal.gov.vn:abc/",
    "https://[::1/",
    "https://portal..gov.vn/",
    "https://portal%2egov.vn/",
    "https://[fe80::1%25eth0]/",
]

# Origins that parse but are not the listed one.
OTHER_ORIGINS = [
    "http://portal.gov.vn/",
    "https://portal.gov.vn:8443/",
    "https://portal.gov.vn.evil.example/",
    "https://evil.example/https://portal.gov.vn/",
    "https://evil.example#portal.gov.vn",
    "https://evil.example?portal.gov.vn",
    "https://sub.portal.gov.vn/",
    "https://gov.vn/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://017700000001/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "https://xn--prtal-lta.gov.vn/",
    "https://pórtal.gov.vn/",
]

# What a listed name may resolve to in an attack (DNS rebinding, a dangling record).
PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "not-an-address",
]


class Upstream(httpx2.AsyncBaseTransport):
    """Remembers what would have gone out."""

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return httpx2.Response(200, content=b"ok")


def ask(url: str, addresses: list[str], *, allow_private: bool = False, origin: Origin = PORTAL) -> Upstream:
    upstream = Upstream()

    async def resolver(_host: str, _port: int) -> list[str]:
        return addresses

    async def run() -> None:
        guarded = GuardedTransport(
            [origin], allow_private=allow_private, resolver=resolver, transport=upstream
        )
        await guarded.handle_async_request(httpx2.Request("GET", url))

    asyncio.run(run())
    return upstream


@pytest.mark.parametrize("url", NO_ORIGIN)
def test_no_way_in_by_the_form_of_an_address(url: str) -> None:
    with pytest.raises(PageRefused):
        parse_origin(url)


@pytest.mark.parametrize("url", OTHER_ORIGINS)
def test_no_way_in_by_another_origin(url: str) -> None:
    with pytest.raises(PageRefused):
        ask(url, ["93.184.216.34"])


@pytest.mark.parametrize("address", PRIVATE)
def test_no_way_in_by_a_private_address(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(PageRefused):
        ask("https://portal.gov.vn/", [address])


@pytest.mark.parametrize("address", ["93.184.216.34", "203.162.0.181", "2400:cb00::1", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(PageRefused):
        ask("https://portal.gov.vn/", ["93.184.216.34", "10.0.0.1"])


def test_the_operator_may_allow_private_addresses() -> None:
    assert ask("https://portal.gov.vn/", ["10.0.0.1"], allow_private=True).requests


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    sent = ask("https://portal.gov.vn/tin?id=1", ["93.184.216.34"]).requests[0]
    assert str(sent.url) == "https://93.184.216.34/tin?id=1"
    assert sent.headers["host"] == "portal.gov.vn"
    assert sent.extensions["sni_hostname"] == "portal.gov.vn"


def test_a_port_of_its_own_is_kept() -> None:
    origin = Origin("http", "portal.gov.vn", 8080)
    sent = ask("http://portal.gov.vn:8080/", ["2400:cb00::1"], origin=origin).requests[0]
    assert str(sent.url) == "http://[2400:cb00::1]:8080/"
    assert sent.headers["host"] == "portal.gov.vn:8080"


def test_a_host_without_address_is_unavailable() -> None:
    with pytest.raises(PageUnavailable):
        ask("https://portal.gov.vn/", [])
    with pytest.raises(PageUnavailable):
        asyncio.run(resolve("no-such-host.invalid", 443))


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("HTTPS://Portal.GOV.vn", "https://portal.gov.vn"),
        ("https://portal.gov.vn:443/x", "https://portal.gov.vn"),
        ("http://portal.gov.vn.:8080/", "http://portal.gov.vn:8080"),
        ("https://tỉnh.vn/", "https://xn--tnh-dlz.vn"),
        ("http://[2400:CB00::1]:81/", "http://[2400:cb00::1]:81"),
    ],
)
def test_origins_are_spelled_one_way(url: str, text: str) -> None:
    assert str(parse_origin(url)) == text
