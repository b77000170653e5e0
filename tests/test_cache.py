from __future__ import annotations

import asyncio

import pytest

from readable_portal.cache import ENTRY_BYTES, Cache
from readable_portal.errors import NotAnArticle, PageUnavailable


class Maker:
    def __init__(self, value: str = "v", size: int = 10, error: Exception | None = None) -> None:
        self.value, self.size, self.error = value, size, error
        self.calls = 0

    async def __call__(self) -> tuple[str, int]:
        self.calls += 1
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        return self.value, self.size


def test_many_askers_make_it_once() -> None:
    async def run() -> None:
        cache: Cache[str] = Cache(100_000, 60)
        make = Maker()
        assert await asyncio.gather(*(cache.get("k", make) for _ in range(1000))) == ["v"] * 1000
        assert make.calls == 1

    asyncio.run(run())


def test_an_asker_who_goes_away_stops_nobody() -> None:
    async def run() -> None:
        cache: Cache[str] = Cache(100_000, 60)
        make = Maker()
        first = asyncio.ensure_future(cache.get("k", make))
        second = asyncio.ensure_future(cache.get("k", make))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == "v"
        assert make.calls == 1

    asyncio.run(run())


def test_values_are_made_again_after_their_time() -> None:
    async def run() -> None:
        now = [0.0]
        cache: Cache[str] = Cache(100_000, 60, clock=lambda: now[0])
        make = Maker()
        await cache.get("k", make)
        now[0] = 59.9
        await cache.get("k", make)
        assert make.calls == 1
        now[0] = 60
        await cache.get("k", make)
        assert make.calls == 2
        assert cache.size == 10 + ENTRY_BYTES + 1

    asyncio.run(run())


def test_the_least_recently_used_goes_first() -> None:
    async def run() -> None:
        cache: Cache[str] = Cache(25 + 2 * (ENTRY_BYTES + 1), 60)
        a, b, c = Maker("a"), Maker("b"), Maker("c")
        await cache.get("a", a)
        await cache.get("b", b)
        await cache.get("a", a)
        await cache.get("c", c)
        assert cache.size == 20 + 2 * (ENTRY_BYTES + 1)
        await cache.get("a", a)
        await cache.get("b", b)
        assert (a.calls, b.calls) == (1, 2)

    asyncio.run(run())


def test_what_is_larger_than_the_cache_is_given_but_not_kept() -> None:
    async def run() -> None:
        cache: Cache[str] = Cache(5 + ENTRY_BYTES, 60)
        make = Maker(size=6)
        assert await cache.get("k", make) == "v"
        assert await cache.get("k", make) == "v"
        assert (make.calls, cache.size) == (2, 0)

    asyncio.run(run())


@pytest.mark.parametrize(("error", "calls"), [(NotAnArticle("list"), 1), (PageUnavailable("down"), 2)])
def test_verdicts_are_kept_and_faults_are_not(error: Exception, calls: int) -> None:
    async def run() -> None:
        cache: Cache[str] = Cache(10_000, 60)
        make = Maker(error=error)
        for _ in range(2):
            with pytest.raises(type(error)):
                await cache.get("k", make)
        assert make.calls == calls

    asyncio.run(run())


def test_many_empty_values_are_bounded_too() -> None:
    async def run() -> None:
        cache: Cache[str] = Cache(64 * 1024, 3600)
        for number in range(2_000):
            await cache.get(("page", str(number), "?" + "q" * 500), Maker("", size=0))
        assert len(cache._kept) < 64
        assert cache.size <= cache.limit

    asyncio.run(run())


def test_a_value_made_by_two_event_loops_is_counted_once() -> None:
    cache: Cache[str] = Cache(100_000, 60)
    cache._keep("k", "v", 10, 60)
    cache._keep("k", "v", 10, 60)
    assert cache.size == 10 + ENTRY_BYTES + 1
