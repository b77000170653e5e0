"""``readable-portal voices``: which voices there are; fetch and check neural ones."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from readable_portal.errors import SettingsError, SpeechUnavailable

if TYPE_CHECKING:
    import httpx2

    from readable_portal.settings import Settings

__all__ = ["voices"]

# One file of 60 MB over a slow line; only silence for this long ends it.
_SILENCE_SECONDS = 60.0


def voices(
    action: Annotated[
        Literal["list", "offers", "fetch", "check"],
        typer.Argument(help="list what is here, show what the source offers, fetch, or check."),
    ] = "list",
    names: Annotated[list[str] | None, typer.Argument(help="Voices to fetch or check.")] = None,
    *,
    language: Annotated[str, typer.Option(help="Language of the offers.")] = "vi",
    folder: Annotated[Path | None, typer.Option(help="Where Piper voices are (piper_voices).")] = None,
    source: Annotated[str | None, typer.Option(help="Where they come from (piper_source).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List, fetch and check voices."""
    from readable_portal.settings import Settings

    given = {"piper_voices": str(folder) if folder else None, "piper_source": source}
    settings = Settings.load(**{key: value for key, value in given.items() if value is not None})
    rows = _ACTIONS[action](settings, names or [], language)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _table(rows)
    if action == "check" and any(row["state"] != "ok" for row in rows):
        raise typer.Exit(1)


def _list(settings: Settings, _names: list[str], _language: str) -> list[dict[str, Any]]:
    from readable_portal.speech.espeak import VOICES
    from readable_portal.speech.piper import installed_voices

    regions = {"vi": "North", "vi-central": "Centre", "vi-south": "South"}
    rows = [{"engine": "espeak", "voice": name, "about": regions.get(name, "")} for name in VOICES]
    rows += [
        {
            "engine": "piper",
            "voice": model.name.removesuffix(".onnx"),
            "about": _megabytes(model.stat().st_size),
        }
        for model in installed_voices(settings.piper_voices)
    ]
    rows.append({"engine": "gtts", "voice": "vi", "about": "sends the text to Google"})
    return rows


def _offers(settings: Settings, _names: list[str], language: str) -> list[dict[str, Any]]:
    from readable_portal.speech.voices import offers

    with _client() as client:
        found = offers(client, settings.piper_source, language=language)
    return [{"voice": each.name, "quality": each.quality, "size": _megabytes(each.size)} for each in found]


def _fetch(settings: Settings, names: list[str], language: str) -> list[dict[str, Any]]:
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    from readable_portal.speech.voices import fetch_voice, offers

    if not names:
        raise SettingsError("names", names, "the name of a voice; see readable-portal voices offers")
    folder = Path(settings.piper_voices).expanduser()
    rows = []
    with _client() as client:
        there = {each.name: each for each in offers(client, settings.piper_source, language=language)}
        unknown = [name for name in names if name not in there]
        if unknown:
            known = ", ".join(there) or "none"
            raise SpeechUnavailable(
                f"{settings.piper_source} has no voice {', '.join(unknown)}; it has {known}"
            )
        with Progress("{task.description}", BarColumn(), DownloadColumn(), TransferSpeedColumn()) as progress:
            for name in names:
                task = progress.add_task(name, total=there[name].size)
                fetch_voice(
                    client,
                    settings.piper_source,
                    there[name],
                    folder,
                    progress=partial(progress.advance, task),
                )
                rows.append({"voice": name, "state": "ok", "folder": str(folder)})
    return rows


def _check(settings: Settings, names: list[str], _language: str) -> list[dict[str, Any]]:
    from readable_portal.speech.piper import installed_voices
    from readable_portal.speech.voices import check_voice

    there = {model.name.removesuffix(".onnx"): model for model in installed_voices(settings.piper_voices)}
    return [
        {"voice": name, "state": (check_voice(there[name]) or "ok") if name in there else "not installed"}
        for name in names or there
    ]


_ACTIONS = {"list": _list, "offers": _offers, "fetch": _fetch, "check": _check}


def _client() -> httpx2.Client:
    import httpx2

    return httpx2.Client(follow_redirects=True, timeout=_SILENCE_SECONDS)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        typer.echo("none")
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console().print(table)
