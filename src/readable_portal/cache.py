"""A bounded cache in which each thing is made once, however many ask for it at the same time."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

from readable_portal.errors import NotAnArticle, PageRefused
from readable_portal.jobs import SingleFlight

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

__all__ = ["Cache"]

T = TypeVar("T")

# Verdicts that will be the same in a minute; faults of the portal or of ours are asked again at once.
LASTING = (NotAnArticle, PageRefused)
VERDICT_SECONDS = 60.0
# What each entry takes besides its value, in bytes: the entry, a verdict's exception. Counted, so that many
# small values (terms of articles that have none) are bounded too.
ENTRY_BYTES = 1_024


class Cache(Generic[T]):
    """Values by key for ``seconds`` each, ``limit`` bytes at most; the least recently used go first."""

    def __init__(self, limit: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.seconds = seconds
        self.size = 0
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, int, T | Exception]] = OrderedDict()
        self._flights: SingleFlight[T] = SingleFlight()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[tuple[T, int]]]) -> T:
        """The value under ``key``; ``make`` brings it and its size in bytes where there is none.

        An asker who goes away does not stop the making for the others.

        Raises:
            Exception: What ``make`` raised, to every asker.
        """
        kept = self._look_up(key)
        if kept is not None:
            if isinstance(kept[0], Exception):
                # A fresh traceback each time: a kept exception would gather those of all askers.
                raise kept[0].with_traceback(None)
            return kept[0]
        return await self._flights.do(key, lambda: self._make(key, make))

    def _look_up(self, key: Hashable) -> tuple[T | Exception] | None:
        entry = self._kept.get(key)
        if entry is None:
            return None
        until, size, value = entry
        if self._clock() >= until:
            del self._kept[key]
            self.size -= size
            return None
        self._kept.move_to_end(key)
        return (value,)

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[tuple[T, int]]]) -> T:
        try:
            value, size = await make()
        except LASTING as verdict:
            self._keep(key, verdict, 0, min(VERDICT_SECONDS, self.seconds))
            raise
        self._keep(key, value, size, self.seconds)
        return value

    def _keep(self, key: Hashable, value: T | Exception, size: int, seconds: float) -> None:
        size += ENTRY_BYTES + _length(key)
        if size > self.limit:
            return
        before = self._kept.pop(key, None)
        if before is not None:
            # Two event loops made it at the same time.
            self.size -= before[1]
        self._kept[key] = (self._clock() + seconds, size, value)
        self.size += size
        while self.size > self.limit:
            _, (_, gone, _) = self._kept.popitem(last=False)
            self.size -= gone


def _length(key: Hashable) -> int:
    """Characters of a key: one with a long query counts as what it is."""
    parts = key if isinstance(key, tuple) else (key,)
    return sum(len(part) for part in parts if isinstance(part, str))
