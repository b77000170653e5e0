"""Where sentences are spoken: each once, among tasks and among processes, whatever the store does."""

from __future__ import annotations

import asyncio
import logging
import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from readable_portal.errors import SpeechRejected, SpeechUnavailable, StoreError
from readable_portal.jobs import Lease, Places, SingleFlight
from readable_portal.logs import event
from readable_portal.metrics import SPEECH_SECONDS
from readable_portal.speech.clips import Clip, clip_key, make_clip
from readable_portal.tracing import span

if TYPE_CHECKING:
    from readable_portal.speech.engine import SpeechEngine
    from readable_portal.speech.fallback import Fallback
    from readable_portal.speech.fleet import Fleet
    from readable_portal.store import Store

__all__ = ["Studio"]

log = logging.getLogger(__name__)

_POLL_SECONDS = 0.05
_COMPLAIN_SECONDS = 60.0
# After a failure the store is tried with as much as a long sentence takes, at most this often.
_PROBE_BYTES = 64 * 1024
_PROBE_SECONDS = 5.0


class _MadeElsewhere(Exception):
    """Another process is at this clip."""


class Studio:
    """Makes clips, or finds them in the store.

    Attributes:
        places: Who may work now, and who waits.
        made: Clips that an engine has spoken for us.
        trouble: What is wrong with the store, "" when what was written last could be kept.
    """

    def __init__(
        self,
        engines: Fallback,
        store: Store,
        *,
        rate: float,
        workers: int,
        queue: int,
        # Other machines that speak for us; None: this process does.
        fleet: Fleet | None = None,
    ) -> None:
        self.places = Places(workers, queue=queue)
        self.made = 0
        self.trouble = ""
        self._engines = engines
        self._store = store
        self._rate = rate
        self._workers = workers
        self._fleet = fleet
        self._complained = float("-inf")
        self._probed = float("-inf")
        self._flights: SingleFlight[Clip] = SingleFlight()
        self._encoders: ThreadPoolExecutor | None = None
        self._owner = 0

    async def clip(self, text: str, *, urgency: float = 0.0) -> Clip:
        """A spoken text, by the first engine that can; smaller ``urgency`` goes first.

        Raises:
            SpeechRejected: No engine can say this text.
            SpeechUnavailable: No engine can be reached.
        """
        return await self._engines.first(lambda engine: self._clip_by(engine, text, urgency))

    async def job(self, engine: str, text: str, rate: float) -> Clip | None:
        """Do a job of the fleet's: the clip of a text by the engine of this name.

        None if another worker is at it: to wait for one that may be dead would keep this worker from all
        other jobs, and whoever wants the clip sends the job again.

        Raises:
            SpeechRejected: The engine cannot say this text.
            SpeechUnavailable: It is down, or this worker has other settings than who asks.
        """
        for each in self._engines.engines:
            if each.name == engine and rate == self._rate:
                try:
                    return await self._clip_by(each, text, 0.0, wait_for_others=False)
                except _MadeElsewhere:
                    return None
        raise SpeechUnavailable(f"a job wants {engine} at {rate:g}; this worker has other settings")

    async def stored(self, key: str) -> Clip | None:
        """A clip that is in the store; one that is damaged is removed."""
        path = _path(key)
        try:
            kept = await self._store.get(path)
            return None if kept is None else Clip.from_bytes(key, kept)
        except StoreError as error:
            self.complain(error)
        except ValueError:
            log.warning(
                "a sentence in the store is damaged; it is made again", extra=event("store-damaged", key=key)
            )
            await self.remove(path)
        return None

    async def remove(self, path: str) -> None:
        """Take a damaged blob out of the store."""
        try:
            await self._store.delete(path)
        except StoreError as error:
            self.complain(error)

    def complain(self, error: StoreError) -> None:
        """The store failed; speech goes on without it, and the log says so once a minute."""
        self.trouble = str(error)
        if time.monotonic() - self._complained > _COMPLAIN_SECONDS:
            self._complained = time.monotonic()
            log.error(
                "the store does not work, so speech is made again for each listener: %s",
                error,
                extra=event("store-failed"),
            )

    async def look_again(self) -> None:
        """After a failure, try whether the store works by now, or nobody would know until the next clip."""
        if not self.trouble or time.monotonic() - self._probed < _PROBE_SECONDS:
            return
        self._probed = time.monotonic()
        path = f"probe/{uuid.uuid4().hex}"
        try:
            await self._store.put(path, bytes(_PROBE_BYTES))
            await self._store.delete(path)
            self.trouble = ""
        except StoreError as error:
            self.complain(error)

    def close(self) -> None:
        """Let the threads go."""
        if self._encoders is not None:
            self._encoders.shutdown(wait=False, cancel_futures=True)
            self._encoders = None

    async def _clip_by(
        self, engine: SpeechEngine, text: str, urgency: float, *, wait_for_others: bool = True
    ) -> Clip:
        key = clip_key(engine, text, self._rate)
        stored = await self.stored(key)
        if stored is not None:
            return stored
        return await self._flights.do(
            key, lambda: self._make_once(key, engine, text, urgency, wait_for_others=wait_for_others)
        )

    async def _make_once(
        self, key: str, engine: SpeechEngine, text: str, urgency: float, *, wait_for_others: bool
    ) -> Clip:
        """Make the clip unless another process is at it; without a working store, just make it."""
        # Who asks a fleet must not hold the lease: the worker that does the job takes it.
        while self._store.shared and self._fleet is None:
            try:
                async with Lease(self._store, key) as mine:
                    stored = await self.stored(key)
                    if stored is not None:
                        return stored
                    if mine:
                        return await self._make(key, engine, text, urgency)
                    if not wait_for_others:
                        raise _MadeElsewhere
            except StoreError as error:
                self.complain(error)
                break
            await asyncio.sleep(_POLL_SECONDS)
        # Between the look before the flight and now another flight may have landed.
        return await self.stored(key) or await self._make(key, engine, text, urgency)

    async def _make(self, key: str, engine: SpeechEngine, text: str, urgency: float) -> Clip:
        with span("readable_portal.speech", engine=engine.name, fleet=self._fleet is not None):
            if self._fleet is None:
                return await self._speak(key, engine, text, urgency)
            return await self._fleet.make(
                key, engine=engine.name, text=text, rate=self._rate, stored=self.stored
            )

    async def _speak(self, key: str, engine: SpeechEngine, text: str, urgency: float) -> Clip:
        await self.places.take(urgency)
        try:
            sound = await engine.speak(text, rate=self._rate)
            loop = asyncio.get_running_loop()
            clip = await loop.run_in_executor(self._encoder_threads(), make_clip, key, engine, text, sound)
        except ValueError as error:
            raise SpeechRejected(f"{engine.name} could not say this text: {error}") from error
        finally:
            self.places.give_back()
        self.made += 1
        log.debug(
            "a sentence was spoken",
            extra=event("sentence-made", key=key, engine=engine.name, seconds=clip.duration_ms / 1000),
        )
        SPEECH_SECONDS.add(engine.name, amount=clip.duration_ms / 1000)
        try:
            await self._store.create(_path(key), clip.to_bytes())
            self.trouble = ""
        except StoreError as error:
            self.complain(error)
        return clip

    def _encoder_threads(self) -> ThreadPoolExecutor:
        # After a fork the parent's threads are not ours.
        if self._encoders is None or self._owner != os.getpid():
            self._owner = os.getpid()
            # At the portal's own priority: a slower thread could hold the interpreter's lock for longer.
            self._encoders = ThreadPoolExecutor(self._workers, thread_name_prefix="encode")
        return self._encoders


def _path(key: str) -> str:
    return f"speech/{key[:2]}/{key}.mp3"
