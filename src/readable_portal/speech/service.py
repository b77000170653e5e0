"""Speech for a portal: each sentence made once, whole articles while they are listened to.

::

    article -> passages -> (store, else engine -> clip -> store) -> recording -> store

Everything is addressed by its content, so a changed article reuses the sentences that stayed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from readable_portal.cache import Cache
from readable_portal.errors import SpeechError, SpeechRejected, SpeechUnavailable, StoreError
from readable_portal.logs import event
from readable_portal.model import Speech
from readable_portal.speech import mp3
from readable_portal.speech.article import address, heading
from readable_portal.speech.dialect import dialect_for
from readable_portal.speech.engine import get_engines
from readable_portal.speech.fallback import Fallback
from readable_portal.speech.fleet import Fleet, broker_for
from readable_portal.speech.marks import written_marks
from readable_portal.speech.narration import narrate
from readable_portal.speech.recording import Recording
from readable_portal.speech.studio import Studio
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from readable_portal.model import Article, Spoken
    from readable_portal.settings import Settings
    from readable_portal.speech.clips import Clip
    from readable_portal.speech.engine import SpeechEngine
    from readable_portal.speech.narration import Passage

__all__ = ["SpeechService"]

log = logging.getLogger(__name__)

# Finished recordings that stay in memory: some 40 articles of three minutes.
_MEMORY = 32 * 1024 * 1024
# What is to be said of an article is kept for its listeners' requests: some 200 articles.
_PLANS_MEMORY = 16 * 1024 * 1024
_PLANS_SECONDS = 3600.0
# How long a recording with a stand-in's voice is played before the first engine is tried again.
_STAND_IN_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class _Plan:
    passages: tuple[Passage, ...]
    key: str
    head: bytes


class SpeechService:
    """Speaks sentences and articles.

    Args:
        settings: Engine, voice, rate, number of workers, length of the queue.
        store: Where sentences and articles are kept.
        engines: Instead of those the settings name.
        verbalize: Instead of ``readable_portal.vietnamese.verbalize``.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store | None = None,
        *,
        engines: Sequence[SpeechEngine] | None = None,
        verbalize: Callable[[str], Spoken] | None = None,
    ) -> None:
        self._verbalize = verbalize
        self.settings = settings
        self.store = store or Store(settings.store, limit=settings.store_limit)
        self._engines = Fallback(get_engines(settings) if engines is None else engines)
        # Where nothing is spoken there is nothing to send away.
        self._fleet = (
            Fleet(broker_for(settings.jobs), self.store)
            if settings.jobs != "process" and self.enabled
            else None
        )
        self._studio = Studio(
            self._engines,
            self.store,
            fleet=self._fleet,
            rate=settings.rate,
            workers=settings.speech_workers,
            queue=settings.speech_queue,
        )
        self._running: dict[tuple[int, str], Recording] = {}
        self._jobs: dict[asyncio.Task[None], Recording] = {}
        self._kept: OrderedDict[str, Recording] = OrderedDict()
        # Those in memory that the store did not take.
        self._unpublished: set[str] = set()
        self._plans: Cache[_Plan] = Cache(_PLANS_MEMORY, _PLANS_SECONDS)

    @property
    def made(self) -> int:
        """Sentences that an engine has spoken for us (not found in the store)."""
        return self._studio.made

    @property
    def enabled(self) -> bool:
        """Whether the server speaks; false when the listener's device does (engine ``browser``)."""
        return bool(self._engines.engines)

    async def sentence(self, written: str, spoken: Spoken, *, urgency: float = 0.0) -> Speech:
        """A spoken sentence, with a mark for every written word.

        Raises:
            SpeechRejected: This text cannot be spoken.
            SpeechBusy: Too much is waiting.
            SpeechUnavailable: No engine can be reached.
        """
        self._studio.places.admit()
        clip = await self._studio.clip(spoken.text, urgency=urgency)
        return Speech(
            key=clip.key,
            media_type=mp3.MEDIA_TYPE,
            audio=clip.audio,
            marks=written_marks(written, spoken, clip.words, clip.duration_ms),
            duration_ms=clip.duration_ms,
        )

    async def job(self, engine: str, text: str, rate: float) -> None:
        """Speak a text for another machine; the clip is in the store then.

        Raises:
            SpeechRejected: The engine cannot say this text.
            SpeechUnavailable: It is down, or this worker has other settings than who asks.
        """
        await self._studio.job(engine, text, rate)

    async def record(self, article: Article) -> Recording:
        """The article's recording: whole from the store, or growing while you follow it.

        Raises:
            SpeechUnavailable: The server does not speak.
            SpeechBusy: Too much is waiting.
        """
        if not self.enabled:
            raise SpeechUnavailable("the listener's device speaks here, not the server (engine: browser)")
        plan = await self._plan(article)
        found = await self._find(plan.key)
        if found is not None:
            return found
        self._studio.places.admit()
        recording = Recording(plan.key, plan.head)
        place = (id(asyncio.get_running_loop()), plan.key)
        self._running[place] = recording
        job = self._start(self._record(recording, plan.passages), recording)
        job.add_done_callback(lambda _: self._ended(place, recording))
        return recording

    async def peek(self, article: Article) -> Recording | None:
        """The article's recording if there is one already, or one growing; starts nothing."""
        return await self._find((await self._plan(article)).key) if self.enabled else None

    async def texts(self, article: Article) -> dict[int, str]:
        """The written text of each sentence that is said, by its index; -1 for title and date."""
        return {passage.sentence: passage.written for passage in (await self._plan(article)).passages}

    async def find(self, key: str) -> Recording | None:
        """A recording or a single sentence that is there already, by its key."""
        found = await self._find(key)
        if found is not None:
            return found
        clip = await self._studio.stored(key)
        if clip is None:
            return None
        whole = clip.to_bytes()
        recording = Recording(key, whole)
        recording.finish()
        return recording

    def health(self) -> dict[str, Any]:
        """For monitoring: who speaks, what rests, what waits, whether the store works."""
        return {
            "engine": self._engines.name or "browser",
            "voice": self._engines.voice,
            "resting": list(self._engines.open),
            "waiting": self._studio.places.waiting,
            "recording": len(self._running),
            "made": self._studio.made,
            "store": self._studio.trouble or "ok",
        }

    async def look_again(self) -> None:
        """Before :meth:`health` is asked: a store that failed is tried again."""
        await self._studio.look_again()

    async def idle(self) -> None:
        """Wait until everything that is under way is recorded and kept."""
        await asyncio.gather(*self._jobs, return_exceptions=True)

    async def kept(self, recording: Recording) -> None:
        """Wait until a recording is not only whole but lies in the store."""
        jobs = [job for job, makes in self._jobs.items() if makes is recording]
        await asyncio.gather(*jobs, return_exceptions=True)

    async def close(self) -> None:
        """Stop what is under way and let engines go."""
        jobs = list(self._jobs)
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        if self._fleet is not None:
            await self._fleet.close()
        await self._engines.close()
        self._studio.close()

    def _start(self, work: Coroutine[Any, Any, None], recording: Recording) -> asyncio.Task[None]:
        job = asyncio.ensure_future(work)
        self._jobs[job] = recording
        job.add_done_callback(lambda done: self._jobs.pop(done, None))
        return job

    # A whole article

    async def _plan(self, article: Article) -> _Plan:
        """What is said, in a thread: a long article takes some 50 ms to put into words."""

        async def make() -> tuple[_Plan, int]:
            plan = await asyncio.to_thread(_planned, article, self._verbalize, self._engines, self.settings)
            return plan, sum(400 + 200 * len(each.spoken.spans) for each in plan.passages)

        if not article.digest:
            return (await make())[0]
        place = (article.digest, article.published, article.section, article.source, article.byline)
        return await self._plans.get(place, make)

    async def _find(self, key: str) -> Recording | None:
        place = (id(asyncio.get_running_loop()), key)
        running = self._running.get(place)
        if running is not None and running.error is None:
            return running
        kept = self._kept.get(key)
        if kept is not None and not self._is_old_stand_in(kept):
            self._kept.move_to_end(key)
            if key in self._unpublished and not self._studio.trouble:
                self._unpublished.discard(key)
                self._start(self._publish(kept), kept)
            return kept
        try:
            about = await self.store.get(_article_path(key, "json"))
            if about is not None:
                return await self._load(key, json.loads(about))
        except StoreError as error:
            self._studio.complain(error)
        except (ValueError, KeyError, TypeError):
            log.warning(
                "a recording in the store is damaged; it is made again", extra=event("store-damaged", key=key)
            )
            await self._studio.remove(_article_path(key, "json"))
        # Another task may have begun it while we looked.
        running = self._running.get(place)
        return None if running is None or running.error is not None else running

    def _ended(self, place: tuple[int, str], recording: Recording) -> None:
        if self._running.get(place) is recording:
            del self._running[place]

    async def _load(self, key: str, about: dict[str, Any]) -> Recording | None:
        path = _audio_path(key, about["etag"])
        kept = await self.store.head(path)
        if kept is None or kept.size != about["size"]:
            return None
        recording = Recording.stored(key, about, lambda start, end: self.store.get_range(path, start, end))
        self._keep(recording)
        return recording

    async def _record(self, recording: Recording, passages: Sequence[Passage]) -> None:
        """Say the passages in order, a few ahead of the one that is due."""
        ahead: deque[tuple[Passage, asyncio.Task[Clip | None]]] = deque()
        coming = iter(enumerate(passages))
        window = self.settings.speech_workers + 1
        try:
            while True:
                for number, passage in coming:
                    ahead.append((passage, asyncio.ensure_future(self._passage(passage, number))))
                    if len(ahead) >= window:
                        break
                if not ahead:
                    break
                passage, task = ahead.popleft()
                recording.append(passage, await task)
            recording.finish()
            self._keep(recording)
            await self._publish(recording)
        except asyncio.CancelledError:
            recording.fail(SpeechUnavailable("the server is stopping"))
            raise
        except SpeechError as error:
            recording.fail(error)
        except Exception:
            log.exception("recording an article failed", extra=event("recording-failed"))
            recording.fail(SpeechUnavailable("the article could not be recorded; see the log"))
        finally:
            for _, task in ahead:
                task.cancel()
            # Seen, all of them: nobody else looks at how they ended.
            await asyncio.gather(*(task for _, task in ahead), return_exceptions=True)

    async def _passage(self, passage: Passage, urgency: float) -> Clip | None:
        try:
            return await self._studio.clip(passage.spoken.text, urgency=urgency)
        except SpeechRejected as error:
            log.warning("a sentence is left out of a recording: %s", error, extra=event("sentence-rejected"))
            return None

    async def _publish(self, recording: Recording) -> None:
        """Bytes first, then the page that names them: what is not whole is never found."""
        if self._has_stand_in(recording):
            return
        try:
            await self.store.put(_audio_path(recording.key, recording.etag), recording.whole())
            about = json.dumps(recording.about(), ensure_ascii=False, separators=(",", ":"))
            await self.store.put(_article_path(recording.key, "json"), about.encode())
            self._studio.trouble = ""
        except StoreError as error:
            self._unpublished.add(recording.key)
            self._studio.complain(error)

    def _has_stand_in(self, recording: Recording) -> bool:
        return bool(recording.engines) and recording.engines != [self._engines.engines[0].name]

    def _is_old_stand_in(self, recording: Recording) -> bool:
        """When the first engine may be back, the article is recorded again."""
        rested = time.monotonic() - recording.finished > _STAND_IN_SECONDS
        return rested and recording.finished > 0 and self._has_stand_in(recording)

    def _keep(self, recording: Recording) -> None:
        self._kept[recording.key] = recording
        while len(self._kept) > 1 and sum(each.held for each in self._kept.values()) > _MEMORY:
            self._unpublished.discard(self._kept.popitem(last=False)[0])


def _article_path(key: str, ending: str) -> str:
    return f"article/{key[:2]}/{key}.{ending}"


def _audio_path(key: str, etag: str) -> str:
    return f"article/{key[:2]}/{key}-{etag.strip(chr(34))[:16]}.mp3"


def _planned(
    article: Article, verbalize: Callable[[str], Spoken] | None, engines: Fallback, settings: Settings
) -> _Plan:
    passages = narrate(article, verbalize=verbalize or _verbalizer(article, dialect_for(settings)))
    head = heading(article)
    return _Plan(passages, address(passages, head, engines, settings.rate), head)


def _verbalizer(article: Article, dialect: str) -> Callable[[str], Spoken]:
    """Says the title with the abbreviations that the article explains."""
    from readable_portal.vietnamese import abbreviations, verbalize  # noqa: PLC0415 - tables load when needed

    return partial(verbalize, abbreviations=abbreviations.learn(article.text), dialect=dialect)
