"""How often one client may ask: a token bucket for each, in memory.

It protects one process from one noisy client; a wall against many belongs to the web server in front
(docs/speech.md shows nginx's ``limit_req``).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from readable_portal.errors import TooManyRequests

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RateLimiter"]

# Clients remembered; the one that was quiet longest is forgotten first. About 2 MB.
_MOST_CLIENTS = 10_000


class RateLimiter:
    """A bucket of ``burst`` tokens for each client, filled with ``per_minute`` tokens a minute.

    Args:
        per_minute: Tokens a minute; 0 or less means no limit.
        burst: Tokens of a client that comes for the first time; ``per_minute`` if None.
        clock: Seconds that only grow.
    """

    def __init__(
        self, per_minute: float, *, burst: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_minute / 60
        self._burst = max(1.0, per_minute if burst is None else burst)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def acquire(self, client: str, *, cost: float = 1.0) -> float | None:
        """Take ``cost`` tokens of the client's; None when it may go on, else seconds until it may."""
        if self._per_second <= 0:
            return None
        now = self._clock()
        left, then = self._buckets.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._per_second)
        cost = min(cost, self._burst)
        allowed = left >= cost
        self._buckets[client] = (left - cost if allowed else left, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return None if allowed else (cost - left) / self._per_second

    def check(self, client: str, *, cost: float = 1.0) -> None:
        """Take ``cost`` tokens of the client's.

        Raises:
            TooManyRequests: It has fewer; ``retry_after`` says in how many seconds it has enough.
        """
        seconds = self.acquire(client, cost=cost)
        if seconds is not None:
            raise TooManyRequests("this address asks too often", retry_after=seconds)
