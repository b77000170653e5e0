"""Workers of their own, over a real Redis."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ports import free_port, wait_for_port

from readable_portal.errors import SettingsError, SpeechUnavailable
from readable_portal.settings import Settings
from readable_portal.speech.fleet import Fleet, broker_for
from readable_portal.speech.studio import Studio
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readable_portal.speech.clips import Clip

SOURCE = Path(__file__).parents[2] / "src"


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


class Workers:
    """Worker processes on one store and one queue."""

    def __init__(self, redis: str, store: str) -> None:
        self.command = [sys.executable, "-m", "readable_portal", "worker", "--jobs", redis, "--store", store]
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(SOURCE)}
        self.running.append(subprocess.Popen(self.command, env=environment, stdout=subprocess.DEVNULL))
        return self.running[-1]

    def stop(self) -> None:
        for each in self.running:
            each.kill()
            each.wait()


@pytest.fixture
def workers(redis: str, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(redis, tmp_path.as_uri())
    yield made
    made.stop()


def speak(redis: str, store: Store, texts: list[str], *, patience: float = 60.0) -> list[Clip]:
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
def test_a_worker_speaks_for_the_portal(redis: str, workers: Workers, tmp_path: Path) -> None:
    worker = workers.start()
    clips = speak(redis, Store(tmp_path.as_uri()), ["xin chào bà con", "hôm nay trời đẹp"])
    assert all(clip.audio and clip.words for clip in clips)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_make_little_twice(
    redis: str, workers: Workers, tmp_path: Path
) -> None:
    workers.start()
    victim = workers.start()
    texts = [
        f"câu số {' '.join(['một', 'hai', 'ba', 'bốn', 'năm'][i] for i in (a, b, c))}"
        for a in range(5)
        for b in range(5)
        for c in range(5)
    ]

    async def killing() -> list[Clip]:
        asking = asyncio.ensure_future(asyncio.to_thread(speak, redis, Store(tmp_path.as_uri()), texts))
        doomed = victim
        while not asking.done():
            await asyncio.wait({asking}, timeout=2)
            doomed.kill()
            doomed = workers.start()
        return await asking

    clips = asyncio.run(killing())
    assert len({clip.key for clip in clips}) == len(texts)


@pytest.mark.slow
def test_articles_warmed_while_workers_are_killed_are_all_there_and_little_is_made_twice() -> None:
    """The short form of what ``bench/warm_under_kills.py`` measures with 1,000 articles."""
    done = subprocess.run(
        [sys.executable, str(SOURCE.parent / "bench/warm_under_kills.py"), "--quick"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "none lost" in done.stdout


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
