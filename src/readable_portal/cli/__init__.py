"""The command line: ``readable-portal COMMAND``. Each command is a function in a module of its name.

The modules import what is heavy inside the function, so that ``--help`` stays quick.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Annotated

import typer

import readable_portal
from readable_portal.errors import ReadablePortalError

__all__ = ["COMMANDS", "app", "main"]

COMMANDS = (
    "demo",
    "read",
    "say",
    "summarize",
    "check",
    "doctor",
    "warm",
    "voices",
    "proxy",
    "serve",
    "worker",
)

app = typer.Typer(
    name="readable-portal",
    no_args_is_help=True,
    add_completion=False,
    help="Government article pages that anyone can enlarge, hear and understand.",
)


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        typer.echo(f"readable-portal {readable_portal.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for name in COMMANDS:
    if importlib.util.find_spec(f"readable_portal.cli.{name}"):
        app.command(name)(getattr(importlib.import_module(f"readable_portal.cli.{name}"), name))


def main() -> None:
    """Run the command line. Our own errors become one line on standard error and exit status 1."""
    try:
        app()
    except ReadablePortalError as error:
        typer.secho(f"readable-portal: {error}", fg="red", err=True)
        sys.exit(1)
