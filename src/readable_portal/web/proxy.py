"""A reverse proxy for one portal: bytes pass both ways as they are, and the middleware sits around it.

``Proxy`` is a plain ASGI app. RFC 9110 (section 7.6) says what a proxy changes: the
hop-by-hop headers, nothing else of a message; and we map the portal's own host in
``Location`` and ``Set-Cookie`` to the host that the visitor sees.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import httpx2

from readable_portal.logs import event
from readable_portal.tracing import span
from readable_portal.web.forwarding import (
    client_headers,
    request_headers,
    request_target,
    response_headers,
)
from readable_portal.web.proxy_page import failure_page
from readable_portal.web.proxy_websocket import pass_websocket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from readable_portal.web.guard import Origin

__all__ = ["Proxy"]

log = logging.getLogger(__name__)

# Searches of old portals take half a minute; connecting never does.
TIMEOUT = httpx2.Timeout(connect=5.0, read=60.0, write=60.0, pool=10.0)
# A visitor who sends or takes nothing for so long gives his place to others; nginx waits as long. Without it
# some hundred connections of one attacker, each a byte a minute, would be all the places there are.
VISITOR_PATIENCE = 60.0
# Each holds two connections for as long as its page is open.
MOST_WEBSOCKETS = 500
LIMITS = httpx2.Limits(max_connections=200, max_keepalive_connections=50, keepalive_expiry=30.0)


class Proxy:
    """Passes every request on to ``origin`` and every answer back."""

    def __init__(
        self,
        origin: Origin,
        *,
        # Most portals answer only to their own name; one behind the same name wants the visitor's.
        preserve_host: bool = False,
        transport: httpx2.AsyncBaseTransport | None = None,
        timeout: httpx2.Timeout = TIMEOUT,
        visitor_patience: float = VISITOR_PATIENCE,
    ) -> None:
        self.origin = origin
        self.preserve_host = preserve_host
        self.timeout = timeout
        self.visitor_patience = visitor_patience
        self._websockets = 0
        self._transport = transport

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request, or one WebSocket, on."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    async def aclose(self) -> None:
        """Close the connections to the portal."""
        if self._transport is not None:
            await self._transport.aclose()
            self._transport = None

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        target = request_target(scope)
        if target is None:
            await failure_page(400, scope, send)
            return
        request = httpx2.Request(
            scope["method"],
            f"{self.origin}/",
            headers=self._headers(scope),
            stream=_RequestBody(receive, self.visitor_patience),
            # The target stands beside the address, so that nothing in it can change whom we ask, and no byte
            # of it is spelled anew.
            extensions={"timeout": self.timeout.as_dict(), "target": target},
        )
        try:
            with span("readable_portal.proxy", method=scope["method"]) as about:
                response = await self._ask(request)
                about.set_attribute("status", response.status_code)
        except _Gone:
            return
        except _Slow:
            await failure_page(408, scope, send)
            return
        except httpx2.TimeoutException as error:
            log.warning(
                "the portal did not answer in time: %s",
                error or type(error).__name__,
                extra=event("portal-slow", portal=str(self.origin)),
            )
            await failure_page(504, scope, send)
            return
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            log.warning(
                "the portal could not be reached: %s",
                error or type(error).__name__,
                extra=event("portal-unreachable", portal=str(self.origin)),
            )
            await failure_page(502, scope, send)
            return
        try:
            await self._answer(response, scope, send)
        finally:
            await response.aclose()

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        target = request_target(scope)
        if target is None or self._websockets >= MOST_WEBSOCKETS:
            await receive()
            await send({"type": "websocket.close", "code": 1013 if target else 1008})
            return
        self._websockets += 1
        try:
            await pass_websocket(
                scope,
                receive,
                send,
                origin=self.origin,
                headers=self._headers(scope),
                address=f"{self.origin}{target.decode('ascii')}",
            )
        finally:
            self._websockets -= 1

    async def _ask(self, request: httpx2.Request) -> httpx2.Response:
        if self._transport is None:
            # trust_env=False: a proxy of the environment is for our own errands, not for visitors' requests.
            self._transport = httpx2.AsyncHTTPTransport(limits=LIMITS, trust_env=False)
        return await self._transport.handle_async_request(request)

    async def _answer(self, response: httpx2.Response, scope: Scope, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": response.status_code,
                "headers": response_headers(response.headers.raw, self.origin, scope),
            }
        )
        # An error from here on is raised: the server then breaks the connection, and the visitor's
        # browser sees that the answer is not whole. A closing message would pass half a page as all.
        async for chunk in response.aiter_raw():
            if chunk:
                async with asyncio.timeout(self.visitor_patience):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _headers(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        headers = request_headers(scope, self.origin, preserve_host=self.preserve_host)
        return headers + client_headers(scope)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.aclose()
        await send({"type": "lifespan.shutdown.complete"})


class _Gone(Exception):
    """The visitor went away before the request was whole."""


class _Slow(Exception):
    """The visitor sent nothing more for too long."""


class _RequestBody(httpx2.AsyncByteStream):
    """The visitor's request body, message by message."""

    def __init__(self, receive: Receive, patience: float) -> None:
        self._receive = receive
        self._patience = patience

    async def __aiter__(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            try:
                async with asyncio.timeout(self._patience):
                    message = await self._receive()
            except TimeoutError:
                raise _Slow from None
            if message["type"] == "http.disconnect":
                raise _Gone
            if message.get("body"):
                yield message["body"]
            more = message.get("more_body", False)
