"""Engines in order: when the first is down the next speaks, and the first is not asked again at once."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, TypeVar

from readable_portal.errors import SpeechError, SpeechRejected, SpeechUnavailable
from readable_portal.logs import event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from readable_portal.speech.engine import Sound, SpeechEngine

__all__ = ["Breaker", "Fallback"]

T = TypeVar("T")

log = logging.getLogger(__name__)


class Breaker:
    """Opens after failures in a row and lets one try through when its rest is over.

    Args:
        failures: How many in a row open it. Three: one can be chance.
        rest: Seconds it stays open at first; doubled at each failed try, to ``longest`` at most.
        longest: Seconds. Ten minutes, so that an engine that comes back is used the same morning.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        *,
        failures: int = 3,
        rest: float = 15.0,
        longest: float = 600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._rest = rest
        self._longest = longest
        self._clock = clock
        self._failures = 0
        self._last = float("-inf")
        self._until = 0.0

    def allows(self) -> bool:
        """Whether a try makes sense now. After a rest only one caller is let through at a time."""
        if self._failures < self._most:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._rest
        return True

    @property
    def seconds_left(self) -> float:
        """Until the next try; 0 when closed."""
        return max(0.0, self._until - self._clock()) if self._failures >= self._most else 0.0

    def now(self) -> float:
        """The clock that failures are told by."""
        return self._clock()

    def succeeded(self) -> None:
        """Close it."""
        self._failures = 0

    def failed(self, begun: float, *, lasting: bool = False) -> None:
        """Count the failure of a try that began then; tries that failed together count once.

        A failure that is known to last (429) opens it at once.
        """
        if begun <= self._last:
            return
        self._last = self._clock()
        self._failures = max(self._failures + 1, self._most if lasting else 0)
        if self._failures >= self._most:
            doubled = self._rest * 2 ** (self._failures - self._most)
            self._until = self._clock() + min(doubled, self._longest)


class Fallback:
    """A chain of engines, itself an engine. Its name is theirs, joined by ``+``."""

    def __init__(self, engines: Sequence[SpeechEngine], *, breaker: Callable[[], Breaker] = Breaker) -> None:
        self.engines = tuple(engines)
        self._breakers = [breaker() for _ in engines]
        self.name = "+".join(engine.name for engine in engines)
        self.version = "+".join(engine.version for engine in engines)
        self.voice = "+".join(engine.voice for engine in engines)

    async def speak(self, text: str, *, rate: float = 1.0) -> Sound:
        """Speak with the first engine that can."""
        return await self.first(lambda engine: engine.speak(text, rate=rate))

    async def first(self, work: Callable[[SpeechEngine], Awaitable[T]]) -> T:
        """What ``work`` gives with the first engine that can do it.

        Raises:
            SpeechRejected: No engine can speak this text.
            SpeechUnavailable: All engines are down.
        """
        error: SpeechError | None = None
        for engine, breaker in zip(self.engines, self._breakers, strict=True):
            if not breaker.allows():
                continue
            begun = breaker.now()
            try:
                result = await work(engine)
            except SpeechRejected as rejected:
                error = rejected
            except SpeechUnavailable as unavailable:
                breaker.failed(begun, lasting=unavailable.lasting)
                if breaker.seconds_left:
                    log.warning(
                        "an engine is left alone for a while: %s",
                        unavailable,
                        extra=event(
                            "engine-resting", engine=engine.name, seconds=round(breaker.seconds_left)
                        ),
                    )
                error = unavailable
            else:
                breaker.succeeded()
                return result
        if error is None:
            seconds = min(breaker.seconds_left for breaker in self._breakers)
            error = SpeechUnavailable(
                f"{self.name} failed several times; it is tried again in {seconds:.0f} s"
            )
        raise error

    @property
    def open(self) -> tuple[str, ...]:
        """Names of the engines that are resting after failures."""
        pairs = zip(self.engines, self._breakers, strict=True)
        return tuple(engine.name for engine, breaker in pairs if breaker.seconds_left)

    async def close(self) -> None:
        """Close every engine."""
        for engine in self.engines:
            await engine.close()
