"""Headers on their way through the proxy, both ways (RFC 9110 section 7.6, RFC 7239's older cousins)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from readable_portal.web.guard import Origin

__all__ = ["client_headers", "request_headers", "request_target", "response_headers"]

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
# What others say of the visitor; web/front.py has believed or forgotten it, and we say what it found.
FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
# What no server sends and no URL holds; a browser percent-encodes it.
UNSAFE = re.compile(rb"[^\x21-\x7e]")
# Of WebSockets; our own client makes its own.
HANDSHAKE = {
    b"sec-websocket-key",
    b"sec-websocket-version",
    b"sec-websocket-extensions",
    b"sec-websocket-protocol",
}
# Headers that name the page a request comes from.
NAMING = {b"origin", b"referer"}
COOKIE_DOMAIN = re.compile(rb";[ \t]*domain[ \t]*=[ \t]*([^;]*)", re.IGNORECASE)
COOKIE_SECURE = re.compile(rb";[ \t]*secure[ \t]*(?=;|$)", re.IGNORECASE)


def request_target(scope: Scope) -> bytes | None:
    """Path and query as the visitor sent them; None for what is no path.

    Without the first slash a target would become part of the portal's host name: ``@evil.example/`` behind
    ``https://portal`` is another site.
    """
    # raw_path keeps the portal's own percent-encoding; scope["path"] has lost it.
    path: bytes = scope["raw_path"] if scope.get("raw_path") is not None else scope["path"].encode()
    path = path.partition(b"?")[0]
    if not path.startswith(b"/"):
        return None
    query: bytes = scope.get("query_string", b"")
    return UNSAFE.sub(_percent, path + (b"?" + query if query else b""))


def _percent(found: re.Match[bytes]) -> bytes:
    return b"%%%02X" % found[0][0]


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
    if chunked(scope):
        headers.append((b"transfer-encoding", b"chunked"))
    if preserve_host:
        return [(b"host", visitor_host(scope)), *headers]
    # The portal hears its own name everywhere, or its defence against forged forms would fire (it compares
    # Origin with Host).
    own = [(name, _to_portal(value, origin, scope) if name in NAMING else value) for name, value in headers]
    return [(b"host", str(origin).partition("://")[2].encode()), *own]


def _to_portal(value: bytes, origin: Origin, scope: Scope) -> bytes:
    """An address on the visitor's host becomes one of the portal; others' stay, so that forgeries show."""
    seen = _scheme(scope) + b"://" + visitor_host(scope)
    if value == seen or value.startswith(seen + b"/"):
        return str(origin).encode() + value[len(seen) :]
    return value


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


def client_headers(scope: Scope) -> Headers:
    """X-Forwarded-For, -Proto and -Host: who asked, and how, by what we know for sure."""
    address = (scope.get("client") or ("",))[0]
    return [
        (b"x-forwarded-for", address.encode()),
        (b"x-forwarded-proto", _scheme(scope)),
        (b"x-forwarded-host", visitor_host(scope)),
    ]


def _scheme(scope: Scope) -> bytes:
    """Http or https, for WebSockets too."""
    secure = scope.get("scheme") in {"https", "wss"}
    return b"https" if secure else b"http"


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
