from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING

import pytest

from readable_portal.errors import SettingsError, SpeechRejected, SpeechUnavailable
from readable_portal.speech import loudness
from readable_portal.speech.espeak import VOICES, Espeak
from readable_portal.speech.workers import WorkerPool

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "Kế hoạch số ba mươi chín, của Ủy ban nhân dân tỉnh Kiên Giang."


def test_each_voice_speaks_each_word_at_the_common_level() -> None:
    async def run() -> None:
        for voice in VOICES:
            engine = Espeak(voice=voice, workers=1)
            try:
                sound = await engine.speak(SENTENCE)
            finally:
                await engine.close()
            words = [SENTENCE[mark.start : mark.end] for mark in sound.words]
            assert words == SENTENCE.replace(",", "").replace(".", "").split()
            assert 2.5 < len(sound.pcm) / 2 / sound.sample_rate < 6
            assert loudness.level(sound) == pytest.approx(loudness.TARGET_DB, abs=2.5)

    asyncio.run(run())


def test_rate_makes_it_shorter_and_a_wrong_voice_is_named() -> None:
    async def run() -> tuple[int, int, int]:
        engine = Espeak(workers=1)
        try:
            sounds = [await engine.speak(SENTENCE, rate=rate) for rate in (0.5, 1.0, 2.0)]
        finally:
            await engine.close()
        slow, normal, fast = (len(sound.pcm) for sound in sounds)
        return slow, normal, fast

    slow, normal, fast = asyncio.run(run())
    assert slow > 1.5 * normal > 2 * fast
    with pytest.raises(SettingsError, match="vi-south"):
        Espeak(voice="klingon")


def test_a_killed_worker_is_replaced_and_no_sentence_is_lost() -> None:
    async def run() -> int:
        engine = Espeak(workers=2)
        try:
            await engine.speak(SENTENCE)
            tasks = [asyncio.ensure_future(engine.speak(SENTENCE)) for _ in range(30)]
            for _ in range(6):
                await asyncio.sleep(0.02)
                for pid in engine.pool.pids:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            sounds = await asyncio.gather(*tasks)
        finally:
            await engine.close()
        assert all(len(sound.words) == 14 for sound in sounds)
        return engine.pool.restarts

    assert asyncio.run(run()) > 0


def speaker(tmp_path: Path, body: str, *, start: str = "") -> list[str]:
    """A module for the worker that does ``body`` for each request."""
    script = tmp_path / "speaker.py"
    script.write_text(
        f"""
import os, signal, sys, time
class Speaker:
    hello = {{}}
    def speak(self, request):
        {body}
def create():
    {start or "return Speaker()"}
""",
        "utf-8",
    )
    return [str(script)]


@pytest.mark.parametrize(
    "body", ["os.kill(os.getpid(), signal.SIGSEGV)", "os.abort()", "sys.exit(3)", "time.sleep(60)"]
)
def test_a_text_that_ends_the_worker_twice_is_given_up(tmp_path: Path, body: str) -> None:
    pool = WorkerPool(speaker(tmp_path, body), workers=1, timeout=0.3)
    with pytest.raises(SpeechRejected, match="twice"):
        asyncio.run(pool.ask({"text": "x"}))
    assert pool.restarts == 2
    pool.close()


def test_a_worker_that_is_killed_while_it_starts_is_started_anew(tmp_path: Path) -> None:
    once = tmp_path / "killed"
    start = f"""
    if not os.path.exists({str(once)!r}):
        open({str(once)!r}, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return Speaker()"""
    pool = WorkerPool(speaker(tmp_path, "return {}, b'pcm'", start=start), workers=1)
    try:
        assert asyncio.run(pool.ask({"text": "x"})).pcm == b"pcm"
        assert pool.restarts == 1
    finally:
        pool.close()


def test_a_text_after_a_deadly_one_is_spoken(tmp_path: Path) -> None:
    body = 'return os.abort() if request["text"] == "bad" else ([], b"12")'
    pool = WorkerPool(speaker(tmp_path, body), workers=1)

    async def run() -> None:
        with pytest.raises(SpeechRejected):
            await pool.ask({"text": "bad"})
        assert (await pool.ask({"text": "good"})).pcm == b"12"

    asyncio.run(run())
    pool.close()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('raise LookupError("no such voice")', SpeechUnavailable),
        ('raise ValueError("not this text")', SpeechRejected),
    ],
)
def test_what_the_worker_refuses_is_told(tmp_path: Path, body: str, error: type[Exception]) -> None:
    pool = WorkerPool(speaker(tmp_path, body), workers=1)
    with pytest.raises(error, match=r"no such voice|not this text"):
        asyncio.run(pool.ask({"text": "x"}))
    assert pool.restarts == 0
    pool.close()


def test_what_a_library_prints_does_not_come_between_the_messages(tmp_path: Path) -> None:
    body = 'print("hello"); os.write(1, b"noise"); return [], b"12"'
    pool = WorkerPool(speaker(tmp_path, body), workers=1)
    for _ in range(2):
        assert asyncio.run(pool.ask({"text": "x"})).pcm == b"12"
    pool.close()


@pytest.mark.parametrize("start", ["raise SystemExit(1)", 'raise OSError("no library")', "os.abort()"])
def test_a_worker_that_cannot_start_says_why_and_does_not_hang(tmp_path: Path, start: str) -> None:
    pool = WorkerPool(speaker(tmp_path, "pass", start=start), workers=1)
    with pytest.raises(SpeechUnavailable, match="did not start"):
        asyncio.run(pool.ask({"text": "x"}))
    pool.close()


def test_the_loop_runs_on_while_a_worker_hangs(tmp_path: Path) -> None:
    pool = WorkerPool(speaker(tmp_path, "time.sleep(60)"), workers=1, timeout=0.3)

    async def run() -> int:
        asked = asyncio.ensure_future(pool.ask({"text": "x"}))
        turns = 0
        while not asked.done():
            await asyncio.sleep(0.01)
            turns += 1
        with pytest.raises(SpeechRejected):
            await asked
        return turns

    assert asyncio.run(run()) > 20
    pool.close()


def test_no_worker_outlives_its_pool() -> None:
    async def run() -> list[int]:
        engine = Espeak(workers=2)
        await asyncio.gather(*[engine.speak(SENTENCE) for _ in range(4)])
        pids = engine.pool.pids
        await engine.close()
        return pids

    for pid in asyncio.run(run()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_pool_that_is_closed_in_the_middle_answers_at_once_and_works_again(tmp_path: Path) -> None:
    async def run() -> None:
        pool = WorkerPool(
            speaker(tmp_path, 'time.sleep(60 if request["text"] else 0); return [], b""'), workers=1
        )
        asked = asyncio.ensure_future(pool.ask({"text": "long"}))
        while not pool.pids:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.01)
        await asyncio.to_thread(pool.close)
        with pytest.raises(SpeechUnavailable, match="being ended"):
            await asyncio.wait_for(asked, 5)
        assert not pool.pids
        assert (await pool.ask({"text": ""})).pcm == b""
        await asyncio.to_thread(pool.close)

    asyncio.run(run())
