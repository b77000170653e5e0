"""``readable-portal say``: speak a text into an MP3."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from readable_portal.errors import SettingsError

__all__ = ["say"]


def say(
    text: Annotated[str, typer.Argument(help="What to say, as it is written; - reads standard input.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the MP3 goes.")] = Path("speech.mp3"),
    engine: Annotated[str | None, typer.Option(help="espeak, gtts, piper, or a chain: piper,espeak.")] = None,
    voice: Annotated[str | None, typer.Option(help="vi, vi-central, vi-south, or a Piper voice.")] = None,
    dialect: Annotated[
        str | None, typer.Option(help="Number words: north, central or south; by default as the voice.")
    ] = None,
    rate: Annotated[float | None, typer.Option(help="Speed, 0.5 to 2.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the spoken text and the marks.")] = False,
) -> None:
    """Speak a text into an MP3, as the portal would: numbers and abbreviations in words."""
    from readable_portal.settings import Settings

    if text == "-":
        text = sys.stdin.read()
    given: dict[str, Any] = {"engine": engine, "voice": voice, "dialect": dialect, "rate": rate}
    settings = Settings.load(**{key: value for key, value in given.items() if value is not None})
    report = asyncio.run(_say(" ".join(text.split()), out, settings))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{out}: {report['durationMs'] / 1000:.1f} s, {report['bytes']} bytes, {report['engine']}")
        typer.secho(report["spoken"], dim=True)


async def _say(text: str, out: Path, settings: Any) -> dict[str, Any]:
    from readable_portal.model import Article, Block, Sentence
    from readable_portal.speech.dialect import dialect_for
    from readable_portal.speech.service import SpeechService
    from readable_portal.store import Store
    from readable_portal.vietnamese import split_sentences, verbalize

    service = SpeechService(settings, Store("memory:///"))
    if not service.enabled:
        raise SettingsError("engine", settings.engine, "an engine that speaks here; browser does not")
    dialect = dialect_for(settings)
    sentences = [
        Sentence(
            index=number,
            block=0,
            start=part.start,
            end=part.end,
            text=str(part),
            spoken=verbalize(str(part), dialect=dialect),
        )
        for number, part in enumerate(split_sentences(text))
    ]
    block = Block(kind="paragraph", text=text, path="")
    article = Article(url="", title="", blocks=(block,), sentences=tuple(sentences), text=text)
    try:
        recording = await service.record(article)
        audio = b"".join([piece async for piece in recording.follow()])
    finally:
        await service.close()
    await asyncio.to_thread(out.write_bytes, audio)
    marks = recording.marks()
    return {
        "file": str(out),
        "bytes": len(audio),
        "spoken": " ".join(sentence.spoken.text for sentence in sentences),
        "settings": {key: asdict(settings)[key] for key in ("engine", "voice", "dialect", "rate")},
        **marks,
    }
