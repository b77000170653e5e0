"""Where a command's server listens, and how it runs: uvicorn, quiet, with a graceful end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

import typer

from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from readable_portal.web.guard import Origin

__all__ = ["LogFormat", "Trust", "listen", "parse_address", "parse_portal", "patient"]

LogFormat = Literal["text", "json"]
Trust = Annotated[
    list[str] | None,
    typer.Option(
        help="Address or network of a load balancer whose X-Forwarded headers are believed. Repeat it."
    ),
]

# A connection that brings no whole request head between two looks is closed (CWE-400, "slowloris").
HEAD_SECONDS = 20.0
# Requests under way get this long to end when the server is told to stop; systemd waits 90 s.
GRACE_SECONDS = 30


def parse_address(text: str) -> tuple[str, int]:
    """``host:port``, ``[::1]:port`` or ``:port`` as host and port.

    Raises:
        SettingsError: It is none of these.
    """
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") or "127.0.0.1"
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise SettingsError("listen", text, "host:port, such as 127.0.0.1:8000")
    return host, int(port)


def parse_portal(setting: str, address: str) -> Origin:
    """A portal's origin, from an address without a path.

    Raises:
        SettingsError: The address is none, or goes on after the host.
    """
    from readable_portal.web.guard import parse_origin

    origin = parse_origin(address)
    parts = urlsplit(address)
    if parts.path.strip("/") or parts.query:
        raise SettingsError(setting, address, f"the portal's address without a path, such as {origin}")
    return origin


def patient(seconds: float = HEAD_SECONDS) -> type[Any]:
    """The server's protocol, patient but not for ever: uvicorn waits for a request's head without end."""
    from uvicorn.protocols.http.auto import AutoHTTPProtocol

    base: Any = AutoHTTPProtocol

    class Patient(base):  # type: ignore[misc]
        """Looks now and then whether a request came; one that is answered takes the time it takes."""

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._look_later()

        def _look_later(self) -> None:
            self.loop.call_later(seconds, self._look, self.cycle)

        def _look(self, before: Any) -> None:
            if self.transport.is_closing() or self.transport.get_protocol() is not self:
                return  # gone, or a WebSocket now
            waits = self.cycle is None or self.cycle.response_complete
            if waits and self.cycle is before:
                self.transport.close()
            else:
                self._look_later()

    return Patient


def listen(app: ASGIApp, address: str) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM); then let requests under way end.

    Args:
        app: What answers, with a ``Front`` before it.
        address: ``host:port``.

    Raises:
        SettingsError: The address is none.
    """
    import uvicorn

    host, port = parse_address(address)
    uvicorn.run(
        app,
        host=host,
        port=port,
        http=patient(),
        # logs.configure has set it up.
        log_config=None,
        # Front does both: it knows whom to believe, and leaves the portal's own date alone.
        proxy_headers=False,
        date_header=False,
        server_header=False,
        # A line for each request would hold visitors' addresses; the web server in front keeps those, if any.
        access_log=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
