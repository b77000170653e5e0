"""Sentences spoken by other machines: a queue in Redis (taskiq), workers that fill the shared store.

A job says only what to speak; the result is the clip in the store, addressed by its content. So at-least-once
is enough: a job that is done twice finds the clip there, and a job whose worker died is sent again by whoever
waits for it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import TYPE_CHECKING, Any, TypeVar

from readable_portal.errors import SettingsError, SpeechRejected, SpeechUnavailable, StoreError
from readable_portal.logs import event

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from taskiq import AckableMessage, AsyncBroker

    from readable_portal.speech.clips import Clip
    from readable_portal.store import Store

__all__ = ["Fleet", "broker_for", "cancellable", "refusal_path", "serve_jobs"]

T = TypeVar("T")

log = logging.getLogger(__name__)

QUEUE = "readable-portal:speech"
TASK = "readable_portal.speak"
# Jobs remembered by Redis, done ones too: some 30 MB.
LONGEST_QUEUE = 100_000
# A worker that holds a job this long is taken for dead; a sentence takes well under a second.
DEAD_AFTER_SECONDS = 10.0
# Who waits sends the job again after this time, and gives up after the other.
SEND_AGAIN_SECONDS = 10.0
PATIENCE_SECONDS = 60.0
# The store is asked this often, more slowly as time goes by.
FIRST_LOOK_SECONDS = 0.02
SLOWEST_LOOK_SECONDS = 0.5
CANCEL_AGAIN_SECONDS = 0.5


def broker_for(url: str) -> AsyncBroker:
    """The queue at ``redis://host:port/database``.

    Raises:
        SettingsError: The extra is not installed, or the address is of no kind we know.
    """
    if not url.startswith(("redis://", "rediss://")):
        raise SettingsError("jobs", url, "`process`, or redis://host:port/0")
    try:
        from taskiq_redis import RedisStreamBroker  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SettingsError("jobs", url, "pip install 'readable-portal[taskiq]' first") from error

    class Broker(RedisStreamBroker):
        def listen(self) -> AsyncGenerator[AckableMessage, None]:
            return cancellable(super().listen())

    return Broker(
        url,
        queue_name=QUEUE,
        consumer_group_name="workers",
        # From the beginning: jobs sent before the first worker came are done, too.
        consumer_id="0",
        maxlen=LONGEST_QUEUE,
        idle_timeout=int(DEAD_AFTER_SECONDS * 1000),
        # A worker killed while it looks for abandoned jobs must not keep the others from looking.
        unacknowledged_lock_timeout=DEAD_AFTER_SECONDS,
        # Few at a time, so that few are abandoned when a worker dies.
        xread_count=2,
        xread_block=500,
    )


async def cancellable(messages: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """The same messages; a reading that outlives its cancellation is cancelled again.

    Some cancellations of an idle reading got lost in the libraries below (taskiq-redis 1.2 on redis 8.1), so
    that a worker that had been told to stop waited for ever for one more job.
    """
    while True:
        reading = asyncio.ensure_future(anext(messages))
        try:
            message = await asyncio.shield(reading)
        except asyncio.CancelledError:
            while not reading.done():
                reading.cancel()
                await asyncio.wait({reading}, timeout=CANCEL_AGAIN_SECONDS)
            if not reading.cancelled():
                # A job that came at the last moment is not acknowledged, so another worker gets it.
                reading.exception()
            raise
        yield message


class Fleet:
    """The side that asks: sends jobs and waits until their clips are in the store."""

    def __init__(
        self,
        broker: AsyncBroker,
        store: Store,
        *,
        send_again: float = SEND_AGAIN_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._broker = broker
        self._store = store
        self._send_again = send_again
        self._patience = patience
        self._started = False

    async def make(
        self,
        key: str,
        *,
        engine: str,
        text: str,
        rate: float,
        stored: Callable[[str], Awaitable[Clip | None]],
    ) -> Clip:
        """Have a clip made and wait for it.

        Args:
            key: Its address.
            engine: Name of the engine.
            text: What is said.
            rate: At what speed.
            stored: Looks into the store.

        Raises:
            SpeechRejected: The worker's engine cannot say this text.
            SpeechUnavailable: No worker answered in time, or the queue is out of reach.
        """
        until = time.monotonic() + self._patience
        while time.monotonic() < until:
            await self._send({"key": key, "engine": engine, "text": text, "rate": rate})
            clip = await self._wait(key, min(until, time.monotonic() + self._send_again), stored)
            if clip is not None:
                return clip
        raise SpeechUnavailable(
            f"no speech worker brought this sentence in {self._patience:.0f} s: is `readable-portal worker` "
            "running, and can it write to the store? Its log tells"
        )

    async def _wait(
        self, key: str, until: float, stored: Callable[[str], Awaitable[Clip | None]]
    ) -> Clip | None:
        pause = FIRST_LOOK_SECONDS
        while time.monotonic() < until:
            await asyncio.sleep(pause)
            pause = min(SLOWEST_LOOK_SECONDS, pause * 1.5)
            clip = await stored(key)
            if clip is not None:
                return clip
            if pause >= SLOWEST_LOOK_SECONDS:
                refused = await self._store.get(refusal_path(key))
                if refused is not None:
                    raise SpeechRejected(refused.decode("utf-8", "replace"))
        return None

    async def _send(self, job: dict[str, Any]) -> None:
        from taskiq.kicker import AsyncKicker  # noqa: PLC0415 - an extra

        try:
            if not self._started:
                await self._broker.startup()
                self._started = True
            kicker: AsyncKicker[Any, Any] = AsyncKicker(task_name=TASK, broker=self._broker, labels={})
            await kicker.kiq(json.dumps(job, ensure_ascii=False))
        except Exception as error:
            log.warning(
                "the queue of speech jobs is out of reach: %s", error, extra=event("queue-unreachable")
            )
            raise SpeechUnavailable("the queue of speech jobs is out of reach; see the log") from error

    async def close(self) -> None:
        """Let the connections go."""
        if self._started:
            await self._broker.shutdown()
            self._started = False


async def serve_jobs(
    broker: AsyncBroker,
    speak: Callable[[str, str, float], Awaitable[Any]],
    store: Store,
    *,
    at_once: int,
    stop: asyncio.Event | None = None,
) -> None:
    """Be a worker until told to stop.

    Args:
        broker: The queue.
        speak: Makes the clip for (engine, text, rate) and puts it into the store.
        store: Where a refusal is left for who waits.
        at_once: Jobs at the same time.
        stop: Ends the work; jobs under way are finished.
    """
    from taskiq.acks import AcknowledgeType  # noqa: PLC0415 - an extra
    from taskiq.api import run_receiver_task  # noqa: PLC0415 - an extra

    async def job(order: str) -> None:
        wanted = json.loads(order)
        try:
            await speak(str(wanted["engine"]), str(wanted["text"]), float(wanted["rate"]))
        except SpeechRejected as error:
            await store.put(refusal_path(str(wanted["key"])), str(error).encode())
        except (SpeechUnavailable, StoreError) as error:
            # Who waits sends it again; another worker may have better luck.
            log.warning("a job was given up: %s", error, extra=event("job-given-up"))

    broker.register_task(job, task_name=TASK)
    await broker.startup()
    receiving = asyncio.ensure_future(
        run_receiver_task(broker, max_async_tasks=at_once, ack_time=AcknowledgeType.WHEN_EXECUTED)
    )
    try:
        if stop is None:
            await receiving
        else:
            waiting = asyncio.ensure_future(stop.wait())
            await asyncio.wait({receiving, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
    finally:
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await broker.shutdown()


def refusal_path(key: str) -> str:
    """Where it is written that a text cannot be spoken."""
    return f"refused/{key[:2]}/{key}"
