"""Nothing grows with the number of visitors, pages or articles without a bound."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from readable_portal import store as store_module
from readable_portal.jobs import Lease, SingleFlight
from readable_portal.limits import RateLimiter
from readable_portal.portal import Client, Portal
from readable_portal.settings import Settings
from readable_portal.store import Store
from readable_portal.web.internal import InternalSource

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from starlette.requests import Request


def test_a_store_remembers_only_so_many_uses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_MOST_REMEMBERED", 50)

    async def run(url: str) -> None:
        store = Store(url)
        for number in range(200):
            await store.put(f"speech/{number}", b"x")
        assert len(store._used) == 50
        for number in range(200):
            assert await store.get(f"speech/{number}") == b"x"
        assert len(store._used) == 50
        await store.put("speech/199", b"y")
        assert list(store._used)[-1] == "speech/199", "what was used last is remembered longest"

    asyncio.run(run("memory:///"))
    asyncio.run(run(tmp_path.as_uri()))


def test_what_is_forgotten_is_swept_by_the_time_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_MOST_REMEMBERED", 2)

    async def run() -> None:
        store = Store(tmp_path.as_uri(), limit=None)
        for name in "abcde":
            await store.put(name, bytes(100))
            await asyncio.sleep(0.02)
        store.limit = 350
        await store.sweep()
        assert sorted(each.key for each in await store.list()) == ["c", "d", "e"]

    asyncio.run(run())


def test_leases_and_flights_leave_nothing_behind(tmp_path: Path) -> None:
    async def run() -> None:
        store = Store(tmp_path.as_uri())
        flights: SingleFlight[int] = SingleFlight()

        async def work(number: int) -> int:
            async with Lease(store, str(number)) as mine:
                assert mine
                return number

        for number in range(100):
            assert await flights.do(number, lambda number=number: work(number)) == number  # type: ignore[misc]
        await asyncio.sleep(0)
        assert len(flights) == 0
        assert Lease._held == set()
        assert not store._used

    asyncio.run(run())


def test_clients_without_number_are_forgotten() -> None:
    limiter = RateLimiter(60)
    for number in range(30_000):
        limiter.acquire(f"2001:db8:{number:x}::/64")
    assert len(limiter._buckets) == 10_000


def test_a_portal_asked_for_ever_new_pages_by_ever_new_hosts_stays_small() -> None:
    """An attacker's favourites: a query that changes, a Host that changes."""
    body = "".join(
        f"<p>Ủy ban nhân dân xã thông báo lịch tiếp công dân tháng {n} năm 2026.</p>" for n in range(9)
    )

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(f"<html lang=vi><body><h1>Tin {request.url.query}</h1>{body}</body></html>")

    app: Any = Starlette(routes=[Route("/tin", page)])

    async def run() -> None:
        settings = Settings()
        portal = Portal(settings, InternalSource(app, settings))
        portal._articles.limit = portal._terms.limit = portal._summaries.limit = 256 * 1024
        kept = []
        for number in range(150):
            client = Client(host=f"h{number}.example")
            article = await portal.article(f"/tin?{number}{'x' * 1000}", client=client)
            await portal.terms(article)
            await portal.summary(f"/tin?{number}{'x' * 1000}", client=client)
            for cache in (portal._articles, portal._terms, portal._summaries):
                assert cache.size <= cache.limit
                kept.append(len(cache._kept))
        assert max(kept) < 150, "the limit was reached"
        await portal.aclose()

    asyncio.run(run())
