"""Workers of their own, over a real Redis."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from tests.ports import free_port, wait_for_port
from tests.speech.tones import Tones, plain

from readable_portal.errors import SettingsError, SpeechUnavailable
from readable_portal.settings import Settings
from readable_portal.speech.clips import clip_key
from readable_portal.speech.fleet import Fleet, broker_for, cancellable
from readable_portal.speech.service import SpeechService
from readable_portal.speech.studio import Studio
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from readable_portal.speech.clips import Clip

SOURCE = Path(__file__).parents[2] / "src"
# Each costs some seconds until its lease has expired.
MOST_KILLS = 4


@pytest.fixture(scope="module")
def redis() -> Iterator[str]:
    port = free_port()
    program = shutil.which("redis-server")
    assert program, "scripts/test installs redis-server"
    server = subprocess.Popen(
        [program, "--port", str(port), "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
    )
    wait_for_port(port, server)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


class Worker:
    """A worker process, and the log it writes."""

    def __init__(self, redis: str, store: str, log: Path) -> None:
        command = [sys.executable, "-m", "readable_portal", "worker", "--jobs", redis, "--store", store]
        environment = os.environ | {"PYTHONPATH": str(SOURCE), "READABLE_PORTAL_LOG_LEVEL": "debug"}
        self.log = log
        with log.open("wb") as lines:
            self.process = subprocess.Popen(command, env=environment, stdout=lines, stderr=lines)

    def has_spoken(self) -> bool:
        return b"a sentence was spoken" in self.log.read_bytes()


class Workers:
    """Worker processes on one store and one queue."""

    def __init__(self, redis: str, folder: Path) -> None:
        self.redis = redis
        self.store = (folder / "store").as_uri()
        self.folder = folder
        self.running: list[Worker] = []

    def start(self) -> Worker:
        log = self.folder / f"worker-{len(self.running)}.log"
        self.running.append(Worker(self.redis, self.store, log))
        return self.running[-1]

    def stop(self) -> None:
        for each in self.running:
            each.process.kill()
            each.process.wait()


@pytest.fixture
def workers(redis: str, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(redis, tmp_path)
    yield made
    made.stop()


def speak(redis: str, store: Store, texts: list[str], *, patience: float = 180.0) -> list[Clip]:
    """As a portal does: through a studio that has no engine at work itself."""
    from readable_portal.speech.engine import get_engines
    from readable_portal.speech.fallback import Fallback

    async def run() -> list[Clip]:
        fleet = Fleet(broker_for(redis), store, send_again=3, patience=patience)
        engines = Fallback(get_engines(Settings()))
        studio = Studio(engines, store, rate=1.0, workers=2, queue=10_000, fleet=fleet)
        try:
            return await asyncio.gather(*(studio.clip(text) for text in texts))
        finally:
            await fleet.close()
            assert studio.made == 0

    return asyncio.run(run())


@pytest.mark.slow
def test_a_worker_speaks_for_the_portal(workers: Workers) -> None:
    worker = workers.start()
    clips = speak(workers.redis, Store(workers.store), ["xin chào bà con", "hôm nay trời đẹp"])
    assert all(clip.audio and clip.words for clip in clips)
    worker.process.send_signal(signal.SIGTERM)
    assert worker.process.wait(60) == 0


@pytest.mark.slow
def test_workers_that_wait_for_a_job_end_when_they_are_told(redis: str, workers: Workers) -> None:
    idle = [workers.start() for _ in range(3)]
    queue = Redis.from_url(redis)
    until = time.monotonic() + 60
    while queue.info("clients")["blocked_clients"] < len(idle):
        assert time.monotonic() < until
        time.sleep(0.02)
    queue.close()
    for worker in idle:
        worker.process.send_signal(signal.SIGTERM)
    assert [worker.process.wait(60) for worker in idle] == [0, 0, 0]


def test_a_reading_that_loses_its_cancellation_is_cancelled_again() -> None:
    async def run() -> list[str]:
        lost: list[str] = []

        async def idle() -> AsyncGenerator[str, None]:
            yield "a job"
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost.append("lost")
            await asyncio.Event().wait()

        messages = cancellable(idle())
        assert await anext(messages) == "a job"
        waiting = asyncio.ensure_future(anext(messages))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting}, timeout=20)
        assert waiting.cancelled()
        return lost

    assert asyncio.run(run()) == ["lost"]


def test_a_worker_leaves_a_sentence_that_another_is_at(tmp_path: Path) -> None:
    async def run() -> None:
        store = Store(tmp_path.as_uri())
        service = SpeechService(Settings(), store, engines=[Tones()], verbalize=plain)
        elsewhere = {"owner": "x", "host": "another machine", "pid": 1, "until": time.time() + 600}
        key = clip_key(Tones(), "đang đọc ở máy khác", 1.0)
        await store.put(f"lease/{key}", json.dumps(elsewhere).encode())
        await service.job("tones", "đang đọc ở máy khác", 1.0)
        assert await store.get(f"speech/{key[:2]}/{key}.mp3") is None
        await service.job("tones", "chưa ai đọc", 1.0)
        key = clip_key(Tones(), "chưa ai đọc", 1.0)
        assert await store.get(f"speech/{key[:2]}/{key}.mp3") is not None
        await service.close()

    asyncio.run(asyncio.wait_for(run(), 60))


@pytest.mark.slow
def test_killed_workers_lose_nothing(workers: Workers) -> None:
    """``bench/warm_under_kills.py`` does it with whole articles, and counts what is made twice."""
    digits = ["một", "hai", "ba", "bốn", "năm"]
    texts = [f"câu số {a} {b} {c}" for a in digits for b in digits for c in digits]

    async def killing() -> tuple[int, list[Clip]]:
        victim = workers.start()
        asking = asyncio.ensure_future(asyncio.to_thread(speak, workers.redis, Store(workers.store), texts))
        kills = 0
        while not asking.done():
            # Not one that is about to start: on a busy machine none would ever speak.
            if kills < MOST_KILLS and victim.has_spoken():
                # Not waited for: a dead process that nobody has buried still seems to hold its lease.
                victim.process.kill()
                kills += 1
                if kills == 1:
                    workers.start()
                victim = workers.start()
            await asyncio.wait({asking}, timeout=0.02)
        return kills, await asking

    kills, clips = asyncio.run(killing())
    assert kills
    assert len({clip.key for clip in clips}) == len(texts)


@pytest.mark.slow
def test_without_workers_the_listener_is_told(redis: str, tmp_path: Path) -> None:
    with pytest.raises(SpeechUnavailable, match="readable-portal worker"):
        speak(redis, Store(tmp_path.as_uri()), ["không ai ở nhà"], patience=0.5)


def test_without_a_queue_the_listener_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpeechUnavailable, match="out of reach"):
        speak("redis://127.0.0.1:1/0", Store(tmp_path.as_uri()), ["không có hàng đợi"])


def test_only_known_queues_are_taken() -> None:
    with pytest.raises(SettingsError, match="redis://"):
        broker_for("amqp://somewhere")
