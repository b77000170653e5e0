"""Where a command's server listens, and how it runs: uvicorn, quiet, with a graceful end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["listen", "parse_address"]

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


def listen(app: ASGIApp, address: str, *, log_level: str = "info") -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM); then let requests under way end."""
    import uvicorn

    host, port = parse_address(address)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level=log_level,
        # Forwarded headers are believed by the app itself, from the peers it was told to trust.
        proxy_headers=False,
        server_header=False,
        # A line for each request would hold visitors' addresses; the web server in front keeps those, if any.
        access_log=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
