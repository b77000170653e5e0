"""``readable-portal worker``: speak for portals on other machines."""

from __future__ import annotations

import asyncio
import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from readable_portal.cli.listening import LogFormat
from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from readable_portal.settings import Settings

__all__ = ["worker"]

log = logging.getLogger(__name__)


def worker(
    *,
    settings: Annotated[
        Path | None,
        typer.Option(help="TOML file with settings; engine, voice, rate and store as the portals have."),
    ] = None,
    jobs: Annotated[str, typer.Option(help="The queue, such as redis://localhost:6379/0.")] = "",
    store: Annotated[str, typer.Option(help="The store shared with the portals.")] = "",
    log_format: Annotated[LogFormat | None, typer.Option(help="Lines for people, or JSON.")] = None,
) -> None:
    """Take speech jobs from a queue and put the audio into the shared store, until told to stop."""
    from readable_portal import __version__, logs
    from readable_portal.settings import Settings

    given = {"jobs": jobs, "store": store, "log_format": log_format}
    chosen = Settings.load(settings, **{name: value for name, value in given.items() if value})
    if chosen.jobs == "process":
        raise SettingsError("jobs", chosen.jobs, "a queue, such as redis://localhost:6379/0")
    if chosen.store.startswith("memory:"):
        raise SettingsError(
            "store", chosen.store, "a store that others can read: file:///folder or s3://bucket"
        )
    logs.configure(chosen)
    # The address of the queue may hold a password.
    queue = urlsplit(chosen.jobs)
    log.info(
        "%s speaks for %s into %s",
        chosen.engine,
        f"{queue.scheme}://{queue.netloc.rpartition('@')[2]}{queue.path}",
        chosen.store,
        extra=logs.event("started", version=__version__, engine=chosen.engine),
    )
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
