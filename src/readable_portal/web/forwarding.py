"""Headers on their way through the proxy, both ways (RFC 9110 section 7.6, RFC 7239's older cousins)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from readable_portal.web.guard import Origin

__all__ = ["client_headers", "request_headers", "response_headers"]

Headers = list[tuple[bytes, bytes]]

# RFC 9110 section 7.6.1, with the older names that proxies still drop.
HOP_BY_HOP = {
    b"connection",
    b"keep-alive",
    b"proxy-authenticate",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
}
FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
# Of WebSockets; our own client makes its own.
HANDSHAKE = {
    b"sec-websocket-key",
    b"sec-websocket-version",
    b"sec-websocket-extensions",
    b"sec-websocket-protocol",
}
COOKIE_DOMAIN = re.compile(rb";[ \t]*domain[ \t]*=[ \t]*([^;]*)", re.IGNORECASE)
COOKIE_SECURE = re.compile(rb";[ \t]*secure[ \t]*(?=;|$)", re.IGNORECASE)


def end_to_end(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The headers without those for one connection only, also those that Connection names."""
    headers = [(name.lower(), value) for name, value in headers]
    named = {
        token.strip().lower()
        for name, value in headers
        if name == b"connection"
        for token in value.split(b",")
    }
    # A request must not strip what decides its meaning by naming it in Connection.
    named -= {b"host", b"content-length", b"content-type", b"cookie", b"authorization", b"cache-control"}
    return [(name, value) for name, value in headers if name not in HOP_BY_HOP and name not in named]


def request_headers(scope: Scope, origin: Origin, *, preserve_host: bool) -> Headers:
    """What the portal gets of the visitor's headers; documents are asked for without compression."""
    drop = FORWARDED | HANDSHAKE | {b"host", b"expect"}
    headers = [(name, value) for name, value in end_to_end(scope["headers"]) if name not in drop]
    if b"content-length" in dict(headers) and chunked(scope):
        # Both together are how requests are smuggled (RFC 9112 section 6.3): chunked wins.
        headers = [(name, value) for name, value in headers if name != b"content-length"]
    if wants_document(scope, headers):
        # The widget can only be put into plain bytes; the edge compresses once.
        headers = [(name, value) for name, value in headers if name != b"accept-encoding"]
        headers.append((b"accept-encoding", b"identity"))
    host = visitor_host(scope) if preserve_host else str(origin).partition("://")[2].encode()
    if chunked(scope):
        headers.append((b"transfer-encoding", b"chunked"))
    return [(b"host", host), *headers]


def chunked(scope: Scope) -> bool:
    """Whether the visitor's request body came in chunks."""
    return any(name.lower() == b"transfer-encoding" for name, _ in scope["headers"])


def wants_document(scope: Scope, headers: Headers) -> bool:
    """Whether the answer may be an HTML page for a person."""
    if scope.get("method") not in {"GET", "HEAD"}:
        return False
    accept = b",".join(value for name, value in headers if name == b"accept").lower()
    return not accept or b"text/html" in accept or b"*/*" in accept


def visitor_host(scope: Scope) -> bytes:
    """The Host that the visitor asked for."""
    host: bytes = next((value for name, value in scope["headers"] if name.lower() == b"host"), b"localhost")
    return host


def client_headers(scope: Scope, trusted: frozenset[str]) -> Headers:
    """X-Forwarded-For, -Proto and -Host: what we saw, after what trusted peers say they saw."""
    address = (scope.get("client") or ("",))[0]
    sent = {name.lower(): value for name, value in scope["headers"]} if address in trusted else {}
    chain = sent.get(b"x-forwarded-for", b"")
    own = address.encode()
    return [
        (b"x-forwarded-for", chain + b", " + own if chain else own),
        (b"x-forwarded-proto", sent.get(b"x-forwarded-proto", scope.get("scheme", "http").encode())),
        (b"x-forwarded-host", sent.get(b"x-forwarded-host", visitor_host(scope))),
    ]


def response_headers(headers: Iterable[tuple[bytes, bytes]], origin: Origin, scope: Scope) -> Headers:
    """What the visitor gets of the portal's headers; its own host becomes the visitor's."""
    secure = scope.get("scheme") in {"https", "wss"}
    result = []
    for name, value in end_to_end(headers):
        if name in {b"location", b"content-location"}:
            value = _to_visitor(value, origin, scope)  # noqa: PLW2901 - the header as it goes on
        elif name == b"set-cookie":
            value = _cookie(value, origin, secure=secure)  # noqa: PLW2901 - the header as it goes on
        result.append((name, value))
    return result


def _to_visitor(location: bytes, origin: Origin, scope: Scope) -> bytes:
    """An absolute address of the portal becomes one on the visitor's host; others stay."""
    # The portal may name its default port, or the other scheme of the same host.
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    pattern = rb"(?i)(?:https?:)?//" + re.escape(host.encode()) + rb"(?::\d+)?(?=[/?#]|$)"
    found = re.match(pattern, location)
    if not found:
        return location
    rest = location[found.end() :]
    scheme: bytes = scope.get("scheme", "http").encode()
    path = rest if rest.startswith((b"/", b"?", b"#")) else b"/" + rest
    return scheme + b"://" + visitor_host(scope) + path


def _cookie(cookie: bytes, origin: Origin, *, secure: bool) -> bytes:
    """A cookie for the portal's domain becomes one for the visitor's host alone."""
    domain = COOKIE_DOMAIN.search(cookie)
    if domain:
        named = domain[1].strip().lstrip(b".").lower().decode("latin-1")
        if origin.host == named or origin.host.endswith("." + named):
            cookie = COOKIE_DOMAIN.sub(b"", cookie)
    if origin.scheme == "https" and not secure:
        # Over plain HTTP (a trial on one's own machine) a Secure cookie would be lost, and the log-in.
        cookie = COOKIE_SECURE.sub(b"", cookie)
    return cookie
