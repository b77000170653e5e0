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
    from readable_portal.web.robots import Robots
    from readable_portal.web.sitemap import Listed

__all__ = ["warm"]

_SITEMAP_ENDINGS = (".xml", ".xml.gz", ".txt")
# Our name in robots.txt.
AGENT = "readable-portal"
# A sweep of the store leaves this share of its limit.
_FULL = 0.9
# An index of indexes is one too many (sitemaps.org allows one level).
_DEPTH = 2
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    targets: list[str]
    settings: Settings
    delay: float
    limit: int
    at_once: int
    ignore_robots: bool
    again: bool
    allow_private: bool


def warm(
    targets: Annotated[list[str], typer.Argument(help="Sitemaps (.xml, .xml.gz, .txt) or pages.")],
    *,
    settings: Annotated[Path | None, typer.Option(help="TOML file with settings, as the server's.")] = None,
    store: Annotated[str | None, typer.Option(help="Where the audio is kept, as the server's.")] = None,
    delay: Annotated[
        float,
        typer.Option(min=0, help="Seconds between two pages; more if the portal's robots.txt asks for it."),
    ] = 1.0,
    at_once: Annotated[
        int, typer.Option(min=1, max=64, help="Articles recorded at the same time; more where workers speak.")
    ] = 1,
    ignore_robots: Annotated[
        bool, typer.Option("--ignore-robots", help="It is your own portal: its robots.txt does not count.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Recordings to make at most.")] = 1000,
    again: Annotated[bool, typer.Option("--again", help="Read pages that were done before, too.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The portal may have a private address (an intranet).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each page.")] = False,
) -> None:
    """Make audio ahead: of every article of a sitemap, or of single pages.

    Stopped and started again it goes on where it was: what was made is in the store, and pages whose date in
    the sitemap has not changed are not read again. Pages that robots.txt forbids are left alone.
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
        at_once=at_once,
        ignore_robots=ignore_robots,
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
    """What became of each page: made, there, seen, no article, not allowed, failed."""
    from readable_portal.portal import Portal
    from readable_portal.web.guard import GuardedTransport, parse_origin
    from readable_portal.web.robots import Robots
    from readable_portal.web.upstream import UpstreamPages

    origin = parse_origin(order.targets[0])
    transport = GuardedTransport([origin], allow_private=order.allow_private)
    portal = Portal(order.settings, UpstreamPages(origin, transport, order.settings))
    running: set[asyncio.Task[dict[str, Any]]] = set()
    try:
        robots = Robots() if order.ignore_robots else await _robots(origin, transport)
        pages = await _pages(order.targets, origin, transport)
        maker = _Maker(portal, robots, delay=max(order.delay, robots.delay), again=order.again)
        coming = iter(pages)
        made = 0
        while True:
            while len(running) < min(order.at_once, order.limit - made):
                page = next(coming, None)
                if page is None:
                    break
                running.add(asyncio.create_task(maker.make(page)))
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for each in done:
                result = each.result()
                made += result["state"] == "made"
                yield result | {"of": len(pages)}
            if maker.bytes > order.settings.store_limit * _FULL:
                raise SettingsError(
                    "store_limit",
                    order.settings.store_limit,
                    f"as much as this run needs: {made} recordings and their sentences took"
                    f" {maker.bytes // 1024**2} MiB, and more would push them out again",
                )
    finally:
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await portal.aclose()
        await transport.aclose()


async def _robots(origin: Origin, transport: GuardedTransport) -> Robots:
    """What the portal asks of programs (RFC 9309 section 2.3.1).

    Raises:
        PageUnavailable: Nobody knows, because the portal fails; then nothing is read.
    """
    from readable_portal.web.robots import MOST_BYTES, Robots

    status, body = await _get(f"{origin}/robots.txt", transport, most=MOST_BYTES)
    if status >= 500:
        raise PageUnavailable(
            f"{origin}/robots.txt answered {status}, so what the portal allows is not known; try again later,"
            " or give --ignore-robots if it is yours"
        )
    # No such file, or not for us: nothing is forbidden.
    return Robots.parse(body, AGENT) if status == 200 else Robots()


async def _pages(targets: list[str], origin: Origin, transport: GuardedTransport) -> list[Listed]:
    """The pages of all sitemaps and single addresses, each once, of this portal only."""
    from readable_portal.web.guard import parse_origin
    from readable_portal.web.sitemap import MOST_BYTES, Listed, read_sitemap

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
            status, body = await _get(entry.url, transport, most=MOST_BYTES)
            if status != 200:
                raise PageUnavailable(f"{entry.url} answered {status}")
            waiting += [(inner, depth + 1) for inner in read_sitemap(body)]
    return list(found.values())


async def _get(url: str, transport: GuardedTransport, *, most: int) -> tuple[int, bytes]:
    """Status and body, as it was sent and hardly more than ``most`` bytes: who reads it unpacks it."""
    import httpx2

    from readable_portal.web.upstream import USER_AGENT

    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    try:
        async with (
            asyncio.timeout(_TIMEOUT),
            httpx2.AsyncClient(transport=transport, timeout=_TIMEOUT, headers=headers) as client,
            client.stream("GET", url) as answer,
        ):
            body = bytearray()
            async for piece in answer.aiter_raw():
                body += piece
                if len(body) > most:
                    break
            return answer.status_code, bytes(body)
    except (httpx2.HTTPError, TimeoutError) as error:
        raise PageUnavailable(f"{url} could not be had: {error or type(error).__name__}") from error


class _Maker:
    """Makes recordings, and asks the portal for a page every ``delay`` seconds at most."""

    def __init__(self, portal: Portal, robots: Robots, *, delay: float, again: bool) -> None:
        self._portal = portal
        self._robots = robots
        self._delay = delay
        self._again = again
        self._turn = asyncio.Lock()
        self._last = float("-inf")
        # Kept by this run: recordings, and sentences, which take as much again.
        self.bytes = 0

    async def make(self, page: Listed) -> dict[str, Any]:
        """What became of a page."""
        state, more = await self._make(page)
        return {"url": page.url, "state": state, **more}

    async def _make(self, page: Listed) -> tuple[str, dict[str, Any]]:
        portal = self._portal
        note = _note(page.url, portal.settings)
        before = await portal.store.get(note)
        if before is not None and page.changed and before.decode() == page.changed and not self._again:
            return "seen", {}
        parts = urlsplit(page.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not self._robots.allows(path):
            return "not allowed", {"reason": "robots.txt; --ignore-robots if it is your own portal"}
        await self._wait()
        try:
            article = await portal.article(path)
            found = await portal.speech.peek(article)
            recording = found or await portal.speech.record(article)
            async for _ in recording.follow(recording.size):
                pass
            await portal.speech.kept(recording)
        except NotAnArticle as verdict:
            await portal.store.put(note, page.changed.encode())
            return "no article", {"reason": verdict.reason}
        except ReadablePortalError as error:
            return "failed", {"reason": str(error)}
        await portal.store.put(note, page.changed.encode())
        self.bytes += 0 if found else 2 * recording.size
        return "there" if found else "made", {"seconds": round(recording.duration_ms / 1000, 1)}

    async def _wait(self) -> None:
        async with self._turn:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(0.0, self._last + self._delay - loop.time()))
            self._last = loop.time()


def _note(url: str, settings: Settings) -> str:
    """Where it is kept that a page was seen to; another voice or speed makes every page anew."""
    sound = (settings.engine, settings.voice, settings.dialect, f"{settings.rate:.2f}")
    return f"warm/{hashlib.sha256(repr((url, sound)).encode()).hexdigest()}"
