"""``readable-portal warm``: make the audio of a portal's articles before anybody asks."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from readable_portal.errors import NotAnArticle, PageUnavailable, ReadablePortalError, SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from readable_portal.portal import Portal
    from readable_portal.settings import Settings
    from readable_portal.web.guard import GuardedTransport, Origin
    from readable_portal.web.sitemap import Listed

__all__ = ["warm"]

_SITEMAP_ENDINGS = (".xml", ".xml.gz", ".txt")
# An index of indexes is one too many (sitemaps.org allows one level).
_DEPTH = 2
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    targets: list[str]
    settings: Settings
    delay: float
    limit: int
    again: bool
    allow_private: bool


def warm(
    targets: Annotated[list[str], typer.Argument(help="Sitemaps (.xml, .xml.gz, .txt) or pages.")],
    *,
    settings: Annotated[Path | None, typer.Option(help="TOML file with settings, as the server's.")] = None,
    store: Annotated[str | None, typer.Option(help="Where the audio is kept, as the server's.")] = None,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two pages.")] = 1.0,
    limit: Annotated[int, typer.Option(min=1, help="Recordings to make at most.")] = 1000,
    again: Annotated[bool, typer.Option("--again", help="Read pages that were done before, too.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The portal may have a private address (an intranet).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each page.")] = False,
) -> None:
    """Make audio ahead: of every article of a sitemap, or of single pages.

    Stopped and started again it goes on where it was: what was made is in the store, and pages whose date in
    the sitemap has not changed are not read again.
    """
    from readable_portal.settings import Settings

    loaded = Settings.load(settings, **({} if store is None else {"store": store}))
    if loaded.store.startswith("memory:"):
        raise SettingsError("store", loaded.store, "a store that lasts: file:///folder or s3://bucket/prefix")
    order = _Order(
        targets=targets,
        settings=loaded,
        delay=delay,
        limit=limit,
        again=again,
        allow_private=allow_private,
    )
    counts = asyncio.run(_report(order, as_json=as_json))
    if not as_json:
        typer.echo(", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing to do")
    if counts["failed"]:
        raise typer.Exit(1)


async def _report(order: _Order, *, as_json: bool) -> Counter[str]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    counts: Counter[str] = Counter()
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), disable=as_json) as progress:
        task = progress.add_task("", total=None)
        async for result in _warm(order):
            counts[result["state"]] += 1
            if as_json:
                typer.echo(json.dumps(result, ensure_ascii=False))
            progress.update(
                task, advance=1, total=result["of"], description=f"{result['state']} {result['url']}"
            )
    return counts


async def _warm(order: _Order) -> AsyncIterator[dict[str, Any]]:
    """What became of each page: made, there, seen, no article, failed."""
    from readable_portal.portal import Portal
    from readable_portal.web.guard import GuardedTransport, parse_origin
    from readable_portal.web.upstream import UpstreamPages

    origin = parse_origin(order.targets[0])
    transport = GuardedTransport([origin], allow_private=order.allow_private)
    settings = order.settings
    source = UpstreamPages(
        origin,
        transport,
        max_bytes=settings.max_page_bytes,
        timeout=settings.page_timeout,
        read_private=settings.read_private,
    )
    portal = Portal(settings, source)
    try:
        pages = await _pages(order.targets, origin, transport)
        made = 0
        for number, page in enumerate(pages):
            state, more = await _page(portal, page, again=order.again)
            made += state == "made"
            yield {"url": page.url, "state": state, "of": len(pages), **more}
            if made == order.limit:
                return
            if state != "seen" and number + 1 < len(pages):
                await asyncio.sleep(order.delay)
    finally:
        await portal.aclose()
        await transport.aclose()


async def _pages(targets: list[str], origin: Origin, transport: GuardedTransport) -> list[Listed]:
    """The pages of all sitemaps and single addresses, each once, of this portal only."""
    from readable_portal.web.guard import parse_origin
    from readable_portal.web.sitemap import Listed, read_sitemap

    found: dict[str, Listed] = {}
    waiting = [(Listed(url, "", is_sitemap=url.endswith(_SITEMAP_ENDINGS)), 0) for url in targets]
    while waiting:
        entry, depth = waiting.pop(0)
        try:
            here = parse_origin(entry.url) == origin
        except ReadablePortalError:
            here = False
        if not here:
            continue
        if not entry.is_sitemap:
            found.setdefault(entry.url, entry)
        elif depth < _DEPTH:
            body = await _get(entry.url, transport)
            waiting += [(inner, depth + 1) for inner in read_sitemap(body)]
    return list(found.values())


async def _get(url: str, transport: GuardedTransport) -> bytes:
    import httpx2

    from readable_portal.web.sitemap import MOST_BYTES

    try:
        async with httpx2.AsyncClient(transport=transport, timeout=_TIMEOUT) as client:
            answer = await client.send(client.build_request("GET", url), stream=True)
            answer.raise_for_status()
            body = bytearray()
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    break
            return bytes(body)
    except httpx2.HTTPError as error:
        raise PageUnavailable(f"{url} could not be had: {error}") from error


def _note(url: str, settings: Settings) -> str:
    """Where it is kept that a page was seen to; another voice or speed makes every page anew."""
    sound = (settings.engine, settings.voice, settings.dialect, f"{settings.rate:.2f}")
    return f"warm/{hashlib.sha256(repr((url, sound)).encode()).hexdigest()}"


async def _page(portal: Portal, page: Listed, *, again: bool) -> tuple[str, dict[str, Any]]:
    note = _note(page.url, portal.settings)
    before = await portal.store.get(note)
    if before is not None and page.changed and before.decode() == page.changed and not again:
        return "seen", {}
    parts = urlsplit(page.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        article = await portal.article(path)
        found = await portal.speech.peek(article)
        recording = found or await portal.speech.record(article)
        async for _ in recording.follow(recording.size):
            pass
        await portal.speech.idle()
    except NotAnArticle as verdict:
        await portal.store.put(note, page.changed.encode())
        return "no article", {"reason": verdict.reason}
    except ReadablePortalError as error:
        return "failed", {"reason": str(error)}
    await portal.store.put(note, page.changed.encode())
    return "there" if found else "made", {"seconds": round(recording.duration_ms / 1000, 1)}
