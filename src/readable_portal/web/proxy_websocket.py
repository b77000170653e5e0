"""WebSockets on their way through the proxy: each message passed on as it is (RFC 6455)."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, WebSocketException
from websockets.typing import Origin

from readable_portal.logs import event

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send
    from websockets.asyncio.client import ClientConnection

    from readable_portal.web import guard

__all__ = ["pass_websocket"]

log = logging.getLogger(__name__)

# As large as uvicorn lets a visitor send.
LARGEST_MESSAGE = 16 * 1024 * 1024
# The library makes these itself.
OWN_HEADERS = {
    b"host",
    b"connection",
    b"upgrade",
    b"content-length",
    b"transfer-encoding",
    b"accept-encoding",
}
BAD_GATEWAY = 1014


class _Straight(connect):
    """Opens a WebSocket at the address given and nowhere else.

    The library follows redirects, to other hosts too and with the visitor's cookies: an open redirect of the
    portal would let anybody reach into the network behind us.
    """

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def pass_websocket(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    origin: guard.Origin,
    headers: list[tuple[bytes, bytes]],
    address: str,
) -> None:
    """Open the same WebSocket at the portal and pass messages both ways until one side closes."""
    await receive()  # websocket.connect
    url = ("wss" if origin.scheme == "https" else "ws") + address.removeprefix(origin.scheme)
    extra = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in headers if n not in OWN_HEADERS]
    try:
        upstream = await _Straight(
            url,
            additional_headers=[pair for pair in extra if pair[0] not in {"origin", "user-agent"}],
            origin=next((Origin(v) for n, v in extra if n == "origin"), None),
            user_agent_header=next((v for n, v in extra if n == "user-agent"), None),
            subprotocols=scope.get("subprotocols") or None,
            max_size=LARGEST_MESSAGE,
            proxy=None,
        )
    except (OSError, TimeoutError, InvalidHandshake, WebSocketException) as error:
        log.warning(
            "a WebSocket of the portal could not be opened: %s",
            error or type(error).__name__,
            extra=event("websocket-failed", portal=str(origin)),
        )
        await send({"type": "websocket.close", "code": BAD_GATEWAY})
        return
    async with upstream:
        await send({"type": "websocket.accept", "subprotocol": upstream.subprotocol})
        down = asyncio.create_task(_down(upstream, send))
        up = asyncio.create_task(_up(upstream, receive))
        _, pending = await asyncio.wait({down, up}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(down, up, return_exceptions=True)


async def _down(upstream: ClientConnection, send: Send) -> None:
    try:
        async for message in upstream:
            kind = "text" if isinstance(message, str) else "bytes"
            await send({"type": "websocket.send", kind: message})
    except ConnectionClosed:
        pass
    await send(
        {
            "type": "websocket.close",
            "code": upstream.close_code or 1000,
            "reason": upstream.close_reason or "",
        }
    )


async def _up(upstream: ClientConnection, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            await upstream.close(message.get("code") or 1000)
            return
        text = message.get("text")
        await upstream.send(text if text is not None else message.get("bytes") or b"")
