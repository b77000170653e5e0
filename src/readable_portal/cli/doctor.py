"""``readable-portal doctor``: why a page has the widget or not, and what to change."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["doctor"]


def doctor(
    url: Annotated[str, typer.Argument(help="Address of a page, such as https://portal.tinh.gov.vn/tin/1.")],
    *,
    settings: Annotated[Path | None, typer.Option(help="TOML file with the portal's settings.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Look at a page as a visitor gets it; say what stands in the way, and what to change."""
    from readable_portal.settings import Settings
    from readable_portal.web.diagnosis import diagnose

    if not url.startswith(("http://", "https://")):
        raise typer.BadParameter("give the whole address, with http:// or https://")
    findings = asyncio.run(diagnose(url, Settings.load(settings)))
    bad = [finding for finding in findings if finding.well is False]
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            mark, colour = {True: ("✓", "green"), False: ("✗", "red"), None: ("·", "yellow")}[finding.well]
            typer.echo(f"{typer.style(mark, fg=colour)} {finding.step + ':':10}{finding.seen}")
        advice = [finding for finding in findings if finding.advice]
        typer.echo()
        if advice:
            typer.echo("What to change:")
            for number, finding in enumerate(advice, 1):
                typer.echo(f"{number}. {finding.advice}")
        else:
            typer.echo("Nothing to change." if not bad else "See above.")
    if bad:
        raise typer.Exit(1)
