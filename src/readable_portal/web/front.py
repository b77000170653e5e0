"""What stands before a command's server: who asks by what trusted peers say, and a number for the request.

A load balancer tells in ``X-Forwarded-*`` headers who asked, by which scheme and for which host. From anybody
else they are a forgery: then who asks is the peer itself. Behind this, ``scope`` is what the visitor's
browser sees, and nothing else of ours has to know of balancers: limits count visitors, links keep ``https``.
"""

from __future__ import annotations

import ipaddress
import re
from email.utils import formatdate
from typing import TYPE_CHECKING

from readable_portal.errors import SettingsError
from readable_portal.logs import REQUEST, new_request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Front"]

FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
REQUEST_NUMBER = re.compile(rb"[A-Za-z0-9._-]{8,64}")
ABSOLUTE = re.compile(rb"(?i)https?://[^/?#]*")
SECURE = {"http": "https", "ws": "wss"}


class Front:
    """Wraps an ASGI app.

    Args:
        app: What answers.
        trusted: Addresses or networks (``10.0.0.0/8``) of peers whose ``X-Forwarded-*`` headers are believed.

    Raises:
        SettingsError: One is neither.
    """

    def __init__(self, app: ASGIApp, *, trusted: Iterable[str] = ()) -> None:
        self.app = app
        self._trusted = tuple(_network(each) for each in trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as its visitor sees it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        kept = [pair for pair in headers if pair[0] not in FORWARDED]
        changes: dict[str, object] = {"headers": kept}
        number = b""
        if self._trusts((scope.get("client") or ("",))[0]):
            changes |= self._told(scope, headers, kept)
            number = _last(headers, b"x-request-id")
        changes |= _origin_form(scope)
        REQUEST.set(number.decode() if REQUEST_NUMBER.fullmatch(number) else new_request())

        async def dated(message: Message) -> None:
            # The server's own would stand beside the portal's; a response has one (RFC 9110 section 6.6.1).
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                if not any(name.lower() == b"date" for name, _ in given):
                    given.append((b"date", formatdate(usegmt=True).encode()))
                    message = {**message, "headers": given}
            await send(message)

        await self.app({**scope, **changes}, receive, dated)

    def _trusts(self, address: str) -> bool:
        if not self._trusted:
            return False
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        parsed = getattr(parsed, "ipv4_mapped", None) or parsed
        return any(parsed in network for network in self._trusted if network.version == parsed.version)

    def _told(
        self, scope: Scope, headers: list[tuple[bytes, bytes]], kept: list[tuple[bytes, bytes]]
    ) -> dict[str, object]:
        """What a trusted peer says: the nearest address that is no trusted one, the scheme, the host."""
        changes: dict[str, object] = {}
        chain = b",".join(value for name, value in headers if name == b"x-forwarded-for")
        for each in reversed(chain.decode("latin-1").split(",")):
            address = _address(each)
            if not address:
                break
            changes["client"] = (address, 0)
            if not self._trusts(address):
                break
        if _last(headers, b"x-forwarded-proto").lower() == b"https":
            changes["scheme"] = SECURE.get(scope.get("scheme", ""), scope.get("scheme", "https"))
        host = _last(headers, b"x-forwarded-host")
        if HOST.fullmatch(host):
            changes["headers"] = [(b"host", host), *(pair for pair in kept if pair[0] != b"host")]
        return changes


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise SettingsError(
            "trust", text, "an address or a network, such as 127.0.0.1 or 10.0.0.0/8"
        ) from error


def _last(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes:
    """The last value: what the nearest peer has put there."""
    values = [value for each, value in headers if each == name]
    return values[-1].rpartition(b",")[2].strip() if values else b""


def _address(text: str) -> str:
    """An address without the port that some balancers add; "" when it is none."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


def _origin_form(scope: Scope) -> dict[str, object]:
    """``GET http://host/path`` means ``GET /path`` (RFC 9112 section 3.2.2): paths begin with "/" here."""
    raw: bytes = scope.get("raw_path") or b""
    found = ABSOLUTE.match(raw)
    if found is None:
        return {}
    rest = raw[found.end() :] or b"/"
    whole = ABSOLUTE.match(scope["path"].encode("utf-8", "surrogateescape"))
    path = scope["path"].encode("utf-8", "surrogateescape")[whole.end() if whole else 0 :] or b"/"
    return {"raw_path": rest, "path": path.decode("utf-8", "replace")}
