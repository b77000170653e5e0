"""``readable-portal proxy https://portal…``: any portal, made readable without touching it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from readable_portal.cli.listening import LogFormat, Trust, parse_portal

__all__ = ["proxy"]

log = logging.getLogger(__name__)


def proxy(
    portal: Annotated[str, typer.Argument(help="Address of the portal, such as https://portal.tinh.gov.vn.")],
    *,
    listen: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1:8000",
    preserve_host: Annotated[
        bool,
        typer.Option("--preserve-host", help="Send the visitor's Host to the portal, not the portal's own."),
    ] = False,
    trust: Trust = None,
    settings: Annotated[Path | None, typer.Option(help="TOML file with settings.")] = None,
    log_format: Annotated[LogFormat | None, typer.Option(help="Lines for people, or JSON.")] = None,
) -> None:
    """Put the reader in front of a portal that runs elsewhere."""
    from readable_portal import __version__, logs
    from readable_portal.cli.listening import listen as serve
    from readable_portal.settings import Settings
    from readable_portal.speech.engine import get_engines
    from readable_portal.web.front import Front
    from readable_portal.web.middleware import ReadablePortal
    from readable_portal.web.proxy import Proxy

    origin = parse_portal("portal", portal)
    chosen = Settings.load(settings, **({} if log_format is None else {"log_format": log_format}))
    logs.configure(chosen)
    # A wrong engine or voice is told now, not when the first visitor listens.
    get_engines(chosen)
    app = Front(
        ReadablePortal(Proxy(origin, preserve_host=preserve_host), settings=chosen), trusted=trust or ()
    )
    log.info(
        "portal: %s",
        origin,
        extra=logs.event("started", version=__version__, listen=listen, engine=chosen.engine),
    )
    serve(app, listen)
