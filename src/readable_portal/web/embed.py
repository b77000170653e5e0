"""One server that gives many portals their reader: each adds one script tag, none touches its code.

The server reads the page itself, from listed origins only; a page's script may ask only
for pages of its own origin, so nothing of one portal reaches another.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from readable_portal.errors import PageRefused
from readable_portal.portal import Client, Portal, check_path
from readable_portal.store import Store
from readable_portal.web.endpoints import Endpoints, Place
from readable_portal.web.guard import GuardedTransport, Origin, parse_origin
from readable_portal.web.upstream import UpstreamPages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from readable_portal.settings import Settings

__all__ = ["Embed", "script_tag"]

# What a script may read of an answer besides the simple headers (Fetch standard).
EXPOSED = "Content-Length, Content-Range, ETag, Retry-After"


class Embed:
    """An ASGI app: the endpoints of every listed portal, and CORS for exactly those origins."""

    def __init__(
        self,
        portals: Mapping[str, Settings],
        *,
        # Portals on an intranet have private addresses; the operator says so, never a request.
        allow_private: bool = False,
        prefix: str = "/_readable",
    ) -> None:
        self.prefix = prefix
        self._portals: dict[Origin, Portal] = {}
        self._transports: list[GuardedTransport] = []
        for url, settings in portals.items():
            origin = parse_origin(url)
            transport = GuardedTransport([origin], allow_private=allow_private)
            source = UpstreamPages(origin, transport, settings)
            self._transports.append(transport)
            self._portals[origin] = Portal(
                settings, source, store=Store(_own_store(settings.store, origin), limit=settings.store_limit)
            )
        self._endpoints = Endpoints(
            self._locate,
            list(self._portals.values()),
            speech=lambda request: self._locate(request).portal.speech,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for one of our endpoints; there is nothing else here."""
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await self.aclose()
            await send({"type": "lifespan.shutdown.complete"})
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._answer(scope, receive, send)

    async def aclose(self) -> None:
        """Close the connections to the portals and let their workers go."""
        await self._endpoints.aclose()
        for transport in self._transports:
            await transport.aclose()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        asking = self._listed(Headers(scope=scope).get("origin"))
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(self.prefix + "/"):
            await Response("Not found", status_code=404)(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            answer = Response(status_code=204 if asking else 403)
            if asking:
                answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
                answer.headers["Access-Control-Allow-Headers"] = "Range, If-None-Match"
                answer.headers["Access-Control-Max-Age"] = "86400"
            await answer(scope, receive, self._with_cors(send, asking))
            return
        await self._endpoints(scope, receive, self._with_cors(send, asking))

    def _listed(self, origin: str | None) -> str | None:
        """The Origin header, where it is one of ours; spelled as the browser spelled it."""
        if not origin or origin == "null":
            return None
        try:
            return origin if parse_origin(origin) in self._portals else None
        except PageRefused:
            return None

    def _with_cors(self, send: Send, asking: str | None) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(message.get("headers", []))}
                headers = MutableHeaders(raw=message["headers"])
                headers.add_vary_header("Origin")
                if asking:
                    headers["Access-Control-Allow-Origin"] = asking
                    headers["Access-Control-Expose-Headers"] = EXPOSED
                    # Another origin may show it: that is what it is for.
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        return sending

    def _locate(self, request: Request) -> Place:
        url = request.query_params.get("url")
        path = request.query_params.get("path")
        if url is None and path is not None and len(self._portals) == 1:
            # The portal's web server passes our addresses on to us: the page is its own, by path alone.
            check_path(path, prefix=self.prefix)
            only = next(iter(self._portals))
            url, by_path = f"{only}{path}", True
        elif url is None:
            raise PageRefused("give the page as ?url=https://portal/page")
        else:
            by_path = False
        origin = parse_origin(url)
        portal = self._portals.get(origin)
        if portal is None:
            raise PageRefused(f"{origin} is not one of the listed origins")
        asking = request.headers.get("origin")
        if asking and asking != "null" and parse_origin(asking) != origin:
            raise PageRefused("a page may only ask for pages of its own origin")
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        address = request.scope.get("client")
        client = Client(host=origin.host, scheme=origin.scheme, address=tuple(address) if address else None)
        page = f"path={quote(path, safe='')}" if by_path else f"url={quote(f'{origin}{path}', safe='')}"
        return Place(portal=portal, path=path, client=client, query=page)


def _own_store(url: str, origin: Origin) -> str:
    """A place of its own in the store for each portal."""
    if url.startswith("memory:"):
        return url
    return url.rstrip("/") + "/" + quote(str(origin), safe="").replace("%", "-")


def script_tag(server: str, *, prefix: str = "/_readable", language: str = "vi") -> tuple[str, str]:
    """The tag that a portal adds to its pages, with integrity (SRI), and what its CSP must allow.

    Args:
        server: The public address of this server, such as ``https://doc.tinh.gov.vn``.
        prefix: Where the endpoints live there.
        language: Of the controls.
    """
    origin = str(parse_origin(server))
    loader = files("readable_portal").joinpath("static", "widget.js").read_bytes()
    digest = base64.b64encode(hashlib.sha384(loader).digest()).decode()
    tag = (
        f'<script src="{origin}{prefix}/widget.js" defer="defer" crossorigin="anonymous"'
        f' integrity="sha384-{digest}" data-readable-portal="1" data-language="{language}"></script>'
    )
    policy = "; ".join(f"{name} {origin}" for name in ("script-src", "connect-src", "media-src", "font-src"))
    return tag, policy
