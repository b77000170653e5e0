"""``readable-portal proxy https://portal…``: any portal, made readable without touching it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["proxy"]


def proxy(
    portal: Annotated[str, typer.Argument(help="Address of the portal, such as https://portal.tinh.gov.vn.")],
    *,
    listen: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1:8000",
    preserve_host: Annotated[
        bool,
        typer.Option("--preserve-host", help="Send the visitor's Host to the portal, not the portal's own."),
    ] = False,
    trust: Annotated[
        list[str] | None,
        typer.Option(
            help="Address of a peer (load balancer) whose X-Forwarded headers are believed. Repeat it."
        ),
    ] = None,
    settings: Annotated[Path | None, typer.Option(help="TOML file with settings.")] = None,
) -> None:
    """Put the reader in front of a portal that runs elsewhere."""
    from readable_portal.cli.listening import listen as serve
    from readable_portal.settings import Settings
    from readable_portal.web.guard import parse_origin
    from readable_portal.web.middleware import ReadablePortal
    from readable_portal.web.proxy import Proxy

    origin = parse_origin(portal)
    inner = Proxy(origin, preserve_host=preserve_host, trusted=frozenset(trust or ()))
    typer.echo(f"readable-portal: {origin} at http://{listen}")
    serve(ReadablePortal(inner, settings=Settings.load(settings)), listen)
