"""Work that is done once, in a fair order, and never more than fits.

Results are addressed by content and never change, so doing a thing twice is waste, not harm. That keeps
the tools small: one flight for equal work inside a process, a lease in the store between processes, and
places to work in with a limited queue.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import json
import os
import socket
import time
import uuid
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from readable_portal.errors import SpeechBusy, StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable
    from types import TracebackType

    from readable_portal.store import Store

__all__ = ["Lease", "Places", "SingleFlight"]

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Equal work that is asked for again while it is under way is joined, not repeated.

    The work goes on when everybody who asked has gone: the next one finds it done.
    """

    def __init__(self) -> None:
        self._flights: dict[tuple[int, Hashable], asyncio.Task[T]] = {}

    async def do(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """The result of ``work``, or of the work under ``key`` that is under way.

        Raises:
            Exception: Whatever the work raises, for each who waits.
        """
        # Flights of another event loop cannot be waited for here.
        place = (id(asyncio.get_running_loop()), key)
        flight = self._flights.get(place)
        if flight is None:
            flight = asyncio.ensure_future(self._run(work))
            self._flights[place] = flight
            flight.add_done_callback(lambda done: self._land(place, done))
        return await asyncio.shield(flight)

    def __len__(self) -> int:
        return len(self._flights)

    @staticmethod
    async def _run(work: Callable[[], Awaitable[T]]) -> T:
        return await work()

    def _land(self, place: tuple[int, Hashable], flight: asyncio.Task[T]) -> None:
        self._flights.pop(place, None)
        if not flight.cancelled():
            flight.exception()  # seen, though nobody may be left who waits


class Places:
    """Places to work in: ``size`` at once, the most urgent of those that wait next.

    Args:
        size: How many work at once.
        queue: How many new jobs may wait; beyond it :meth:`admit` refuses.
        seconds_each: About how long a job takes, for the advice when to come back.
    """

    def __init__(self, size: int, *, queue: int, seconds_each: float = 0.5) -> None:
        self._free = size
        self._size = size
        self._queue = queue
        self._seconds_each = seconds_each
        self._order = count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return sum(not future.done() for _, _, future in self._waiting)

    def admit(self) -> None:
        """Let a new job begin.

        Raises:
            SpeechBusy: The queue is full.
        """
        waiting = self.waiting
        if waiting >= self._queue + self._free:
            seconds = max(1.0, waiting * self._seconds_each / self._size)
            raise SpeechBusy(f"{waiting} pieces of work are waiting already", retry_after=seconds)

    async def take(self, urgency: float = 0.0) -> None:
        """Wait for a place; smaller ``urgency`` goes first, equal ones in order of coming."""
        if self._free > 0:
            self._free -= 1
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._order), future))
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.give_back()
            raise

    def give_back(self) -> None:
        """Leave the place to the next."""
        while self._waiting:
            future = heapq.heappop(self._waiting)[2]
            if not future.done():
                future.set_result(None)
                return
        self._free += 1


class Lease:
    """The right to do a piece of work, among all processes that share a store.

    ::

        async with Lease(store, key) as mine:
            if mine: …do the work…
            else: …wait for the result of whoever does…

    It is renewed while the work goes on, so that it can be short. A process that dies keeps its lease until
    it expires, or until another on the same machine sees that it is gone. Two may take over one lease in a
    rare race; the work is done twice then, and the first result stands.

    Args:
        store: Where the lease lies.
        key: The work.
        seconds: How long it stands without being renewed: after a death the work waits that long at most, and
            a process that is held up for longer may lose it.
    """

    _held: ClassVar[set[str]] = set()

    def __init__(self, store: Store, key: str, *, seconds: float = 6.0) -> None:
        self._store = store
        self._key = f"lease/{key}"
        self._seconds = seconds
        self._owner = uuid.uuid4().hex
        self._renewing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> bool:
        mine = await self._take()
        if mine:
            self._renewing = asyncio.ensure_future(self._renew())
        return mine

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.discard(self._owner)
        if self._renewing is not None:
            self._renewing.cancel()
            # One under way may still land after the end: a lease on work that is done, and soon expired.
            await asyncio.wait({self._renewing})
            # One that cannot be given back expires; the work it guarded is done.
            with contextlib.suppress(StoreError):
                await self._store.delete(self._key)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._seconds / 3)
            # The next one may get through; at worst somebody else does the work, too.
            with contextlib.suppress(StoreError):
                await self._store.put(self._key, self._claim())

    def _claim(self) -> bytes:
        claim = {
            "owner": self._owner,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "until": time.time() + self._seconds,
        }
        return json.dumps(claim).encode()

    async def _take(self) -> bool:
        mine = await self._store.create(self._key, self._claim())
        if not mine:
            held = await self._store.get(self._key)
            if held is not None and self._stands(held):
                return False
            await self._store.delete(self._key)
            mine = await self._store.create(self._key, self._claim())
        if mine:
            self._held.add(self._owner)
        return mine

    def _stands(self, claim: bytes) -> bool:
        """Whether its owner may still be at work."""
        try:
            held: dict[str, Any] = json.loads(claim)
            if float(held["until"]) <= time.time():
                return False
            if held["host"] != socket.gethostname():
                return True
            if held["pid"] == os.getpid():
                # A process before us had our number, as the first one of a container always has.
                return held["owner"] in self._held
            return _lives(held["pid"])
        except (ValueError, KeyError, TypeError):
            return False


def _lives(pid: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it there; the lease expires by itself
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
