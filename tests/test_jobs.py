from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from readable_portal.errors import SpeechBusy
from readable_portal.jobs import Lease, Places, SingleFlight
from readable_portal.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_equal_work_is_done_once_and_goes_on_when_its_asker_has_gone() -> None:
    async def run() -> None:
        flights: SingleFlight[int] = SingleFlight()
        done: list[int] = []

        async def work() -> int:
            await asyncio.sleep(0.02)
            done.append(1)
            return 42

        asked = [asyncio.ensure_future(flights.do("key", work)) for _ in range(100)]
        await asyncio.sleep(0)
        asked[0].cancel()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert answers[1:] == [42] * 99
        assert done == [1]
        assert len(flights) == 0
        assert await flights.do("key", work) == 42
        assert done == [1, 1]

    asyncio.run(run())


def test_a_failure_reaches_all_and_is_not_kept() -> None:
    async def run() -> None:
        flights: SingleFlight[int] = SingleFlight()

        async def fail() -> int:
            await asyncio.sleep(0)
            raise ValueError("no")

        answers = await asyncio.gather(*[flights.do(1, fail) for _ in range(3)], return_exceptions=True)
        assert [str(answer) for answer in answers] == ["no"] * 3

        async def work() -> int:
            return 1

        assert await flights.do(1, work) == 1

    asyncio.run(run())


def test_the_most_urgent_goes_first_and_no_more_than_fit_work_at_once() -> None:
    async def run() -> None:
        places = Places(2, queue=10)
        order: list[float] = []
        working = 0

        async def job(urgency: float) -> None:
            nonlocal working
            await places.take(urgency)
            working += 1
            assert working <= 2
            order.append(urgency)
            await asyncio.sleep(0.001)
            working -= 1
            places.give_back()

        await asyncio.gather(*[job(urgency) for urgency in (9, 8, 5, 1, 7, 3)])
        assert order == [9, 8, 1, 3, 5, 7]

    asyncio.run(run())


def test_a_cancelled_waiter_loses_no_place() -> None:
    async def run() -> None:
        places = Places(1, queue=1)
        await places.take()
        waiter = asyncio.ensure_future(places.take())
        await asyncio.sleep(0)
        assert places.waiting == 1
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
        handed = asyncio.ensure_future(places.take())
        await asyncio.sleep(0)
        places.give_back()
        handed.cancel()  # the place was handed over already, and comes back
        await asyncio.gather(handed, return_exceptions=True)
        await asyncio.wait_for(places.take(), 1)

    asyncio.run(run())


def test_beyond_the_queue_it_says_when_to_come_back() -> None:
    async def run() -> None:
        places = Places(1, queue=2, seconds_each=3)
        waiters = []
        for _ in range(3):
            places.admit()
            waiters.append(asyncio.ensure_future(places.take()))
            await asyncio.sleep(0)
        with pytest.raises(SpeechBusy) as caught:
            places.admit()
        assert caught.value.retry_after == 6
        for waiter in waiters:
            waiter.cancel()
        await asyncio.gather(*waiters, return_exceptions=True)
        places.admit()

    asyncio.run(run())


def test_one_process_has_the_lease_and_gives_it_back(tmp_path: Path) -> None:
    async def run() -> None:
        store = Store(tmp_path.as_uri())
        async with Lease(store, "work") as first:
            assert first
            async with Lease(store, "work") as second:
                assert not second
            assert await store.get("lease/work") is not None, "who never had it does not give it back"
        async with Lease(store, "work") as third:
            assert third

    asyncio.run(run())


def test_a_lease_is_renewed_while_the_work_goes_on(tmp_path: Path) -> None:
    async def run() -> None:
        store = Store(tmp_path.as_uri())
        async with Lease(store, "work", seconds=0.06) as mine:
            assert mine
            seen = {await store.get("lease/work")}
            while len(seen) < 4:
                await asyncio.sleep(0.005)
                seen.add(await store.get("lease/work"))
        assert None not in seen
        assert await store.get("lease/work") is None

    asyncio.run(asyncio.wait_for(run(), 60))


def claim(**changes: Any) -> bytes:
    held = {"owner": "x", "host": socket.gethostname(), "pid": os.getppid(), "until": time.time() + 60}
    return json.dumps(held | changes).encode()


def lease_on(store: Store, left: bytes) -> bool:
    async def run() -> bool:
        await store.put("lease/work", left)
        async with Lease(store, "work") as mine:
            return mine

    return asyncio.run(run())


@pytest.mark.parametrize("left", [b"", b"[]", b'{"until": null}'])
def test_a_lease_that_says_nothing_is_taken_over(tmp_path: Path, left: bytes) -> None:
    assert lease_on(Store(tmp_path.as_uri()), left)


def test_a_lease_of_the_dead_is_taken_over_at_once_and_one_of_the_living_is_not(tmp_path: Path) -> None:
    store = Store(tmp_path.as_uri())
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    assert not lease_on(store, claim())
    assert lease_on(store, claim(until=time.time() - 1)), "expired"
    assert lease_on(store, claim(pid=gone.pid)), "its process has ended"
    assert lease_on(store, claim(pid=os.getpid())), "an earlier process had our number"
    assert not lease_on(store, claim(host="another", pid=gone.pid)), "nobody knows from here"
