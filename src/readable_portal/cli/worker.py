"""``readable-portal worker``: speak for portals on other machines."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from readable_portal.settings import Settings

__all__ = ["worker"]


def worker(
    *,
    settings: Annotated[
        Path | None,
        typer.Option(help="TOML file with settings; engine, voice, rate and store as the portals have."),
    ] = None,
    jobs: Annotated[str, typer.Option(help="The queue, such as redis://localhost:6379/0.")] = "",
    store: Annotated[str, typer.Option(help="The store shared with the portals.")] = "",
) -> None:
    """Take speech jobs from a queue and put the audio into the shared store, until told to stop."""
    from readable_portal.settings import Settings

    given = {"jobs": jobs, "store": store}
    chosen = Settings.load(settings, **{name: value for name, value in given.items() if value})
    if chosen.jobs == "process":
        raise SettingsError("jobs", chosen.jobs, "a queue, such as redis://localhost:6379/0")
    if chosen.store.startswith("memory:"):
        raise SettingsError(
            "store", chosen.store, "a store that others can read: file:///folder or s3://bucket"
        )
    typer.echo(f"readable-portal: {chosen.engine} speaks for {chosen.jobs} into {chosen.store}")
    asyncio.run(_work(chosen))


async def _work(settings: Settings) -> None:
    from dataclasses import replace

    from readable_portal.speech.fleet import broker_for, serve_jobs
    from readable_portal.speech.service import SpeechService

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    service = SpeechService(replace(settings, jobs="process"))
    try:
        await serve_jobs(
            broker_for(settings.jobs), service.job, service.store, at_once=settings.speech_workers, stop=stop
        )
    finally:
        await service.close()
