"""No way in for others: which addresses we may ask for pages, and a transport that asks no other.

Server-side request forgery (CWE-918) is closed in three steps: only listed origins, only
public addresses of them (unless the operator allows private ones), and the connection goes
to the very address that was checked, so that a second DNS answer changes nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2

from readable_portal.errors import PageRefused, PageUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

__all__ = ["GuardedTransport", "Origin", "is_public", "parse_origin", "resolve"]

PORTS = {"http": 80, "https": 443}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = "Callable[[str, int], Awaitable[list[str]]]"

# Forms of IPv6 that carry an IPv4 address inside (RFC 6052, RFC 3056, RFC 4380).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
# What ipaddress calls global but is no server on the Internet.
NEVER = [
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "::/96",
        "2001::/23",
        "fec0::/10",
    )
]


@dataclass(frozen=True, slots=True)
class Origin:
    """A scheme, host and port (RFC 6454): host in lower case ASCII, port always given."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def parse_origin(url: str) -> Origin:
    """The origin of an absolute http(s) address.

    Raises:
        PageRefused: Another scheme, a user name in it, a strange host or port, or white space.
    """
    if any(ord(character) <= 0x20 or ord(character) == 0x7F or character == "\\" for character in url):
        raise PageRefused("the address holds white space, a backslash or a control character")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise PageRefused(f"{url[:80]!r} is no address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise PageRefused(
            f"{url[:80]!r} begins with neither http:// nor https://; only such addresses are read"
        )
    if "@" in parts.netloc:
        raise PageRefused("an address with a user name is not read")
    if port == 0:
        raise PageRefused("port 0 is no port")
    host = (parts.hostname or "").rstrip(".")
    try:
        host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError as error:
        raise PageRefused(f"{host[:80]!r} is no host name") from error
    if not host or "%" in host or ".." in host:
        raise PageRefused(f"{host[:80]!r} is no host name")
    return Origin(scheme, host, port or PORTS[scheme])


def is_public(address: str) -> bool:
    """Whether an IP address is a host on the open Internet, looking into IPv6 forms of IPv4."""
    try:
        parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inner is None and (parsed in NAT64 or parsed in NAT64_LOCAL):
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    if any(parsed in network for network in NEVER if network.version == parsed.version):
        return False
    return parsed.is_global and not parsed.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, by the system's resolver.

    Raises:
        PageUnavailable: The host has none.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise PageUnavailable(f"{host} has no address: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Asks listed origins only, at an address that was checked, and follows nothing by itself."""

    def __init__(
        self,
        origins: Iterable[Origin],
        *,
        # Portals on an intranet have private addresses; the operator says so, never a request.
        allow_private: bool = False,
        resolver: Callable[[str, int], Awaitable[list[str]]] = resolve,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.origins = frozenset(origins)
        self.allow_private = allow_private
        self._resolve = resolver
        # trust_env=False: a proxy of the environment would resolve the name again, unchecked.
        self._transport = transport or httpx2.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Check, pin and send.

        Raises:
            PageRefused: The origin is not listed or has an address that is not public.
            PageUnavailable: The host has no address.
        """
        origin = parse_origin(str(request.url))
        if origin not in self.origins:
            raise PageRefused(f"{origin} is not one of the listed origins")
        addresses = await self._resolve(origin.host, origin.port)
        if not addresses:
            raise PageUnavailable(f"{origin.host} has no address")
        if not self.allow_private and not all(is_public(address) for address in addresses):
            raise PageRefused(f"{origin.host} has a private address; --allow-private lets it be read")
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
        host = str(origin).partition("://")[2]
        pinned = httpx2.Request(
            request.method,
            request.url.copy_with(host=addresses[0], port=origin.port),
            headers=[(b"Host", host.encode("ascii")), *headers],
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": origin.host},
        )
        return await self._transport.handle_async_request(pinned)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()
