"""``readable-portal serve --origin https://portal…``: one script tag for any portal."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readable_portal.cli.listening import LogFormat, Trust, parse_portal
from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from readable_portal.settings import Settings

__all__ = ["load_portals", "serve"]

log = logging.getLogger(__name__)


def serve(
    *,
    origin: Annotated[
        list[str] | None,
        typer.Option(help="A portal to serve, such as https://portal.tinh.gov.vn. Repeat it."),
    ] = None,
    listen: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1:8001",
    public: Annotated[
        str,
        typer.Option(help="Public address of this server, for the script tag. Default: where it listens."),
    ] = "",
    portals: Annotated[
        Path | None,
        typer.Option(help="TOML file with shared settings and one [[portal]] table for each portal."),
    ] = None,
    trust: Trust = None,
    log_format: Annotated[LogFormat | None, typer.Option(help="Lines for people, or JSON.")] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Portals may have private addresses (an intranet, a trial)."),
    ] = False,
) -> None:
    """Serve the reader to portals that add one script tag to their pages."""
    from dataclasses import replace

    from readable_portal import __version__, logs
    from readable_portal.cli.listening import listen as run
    from readable_portal.web.embed import Embed, script_tag
    from readable_portal.web.front import Front

    known = load_portals(portals, origin or ())
    if not known:
        raise SettingsError("origin", (), "at least one --origin, or [[portal]] tables in --portals FILE")
    first = next(iter(known.values()))
    logs.configure(first if log_format is None else replace(first, log_format=log_format))
    # Made before anything is printed: a wrong setting is told instead of a tag that would not work.
    app = Front(Embed(known, allow_private=allow_private, prefix=first.prefix), trusted=trust or ())
    for each, settings in known.items():
        tag, policy = script_tag(
            public or f"http://{listen}", prefix=settings.prefix, language=settings.language
        )
        typer.echo(f"{each}\n  {tag}\n  Content-Security-Policy: {policy}")
    log.info("portals: %d", len(known), extra=logs.event("started", version=__version__, listen=listen))
    run(app, listen)


def load_portals(file: Path | None, origins: list[str] | tuple[str, ...]) -> dict[str, Settings]:
    """Settings by origin: the file's shared ones, then those of its ``[[portal]]`` table.

    Raises:
        SettingsError: The file cannot be read, or a value is not allowed.
    """
    from readable_portal.settings import Settings

    shared: dict[str, Any] = {}
    tables: list[dict[str, Any]] = []
    if file is not None:
        try:
            shared = tomllib.loads(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError("portals", str(file), f"a TOML file that can be read ({error})") from error
        tables = shared.pop("portal", [])
    found: dict[str, Settings] = {}
    for table in [*tables, *({"origin": each} for each in origins)]:
        own = dict(table)
        address = own.pop("origin", None)
        if not isinstance(address, str):
            raise SettingsError("origin", address, "an address in each [[portal]] table")
        found[str(parse_portal("origin", address))] = Settings.load(**(shared | own))
    prefixes = {settings.prefix for settings in found.values()}
    if len(prefixes) > 1:
        raise SettingsError("prefix", ", ".join(sorted(prefixes)), "the same for all portals of one server")
    return found
