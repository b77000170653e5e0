"""Long runs of the real engine. ``SPEECH_TEXTS=10000`` sets how many texts (300 without it)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from pathlib import Path

import pytest
from tests.speech.tones import plain

from readable_portal.errors import SpeechRejected
from readable_portal.settings import Settings
from readable_portal.speech import mp3
from readable_portal.speech.espeak import Espeak
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

pytestmark = pytest.mark.slow

TEXTS = int(os.environ.get("SPEECH_TEXTS", "300"))
SEED = int(os.environ.get("SPEECH_SEED", "5"))

WORDS = [
    *Path(__file__).with_name("odd_words.txt").read_text("utf-8").split(),
    *("\u0301", "\ufeff", "\u200b", "\x00", "\x1b[0m", ""),
]
SIGNS = "`~!@#$%^&*()_+-=[]{}\\|;:'\",.<>/?•–—…“”‘’«»°±×÷§¶†‡\t\n\r\x07"


def odd_text(dice: random.Random) -> str:
    """Administrative words, signs and any characters, mixed; now and then very long."""
    pieces = []
    for _ in range(dice.choice([1, 2, 3, 5, 8, 13, 40])):
        kind = dice.random()
        if kind < 0.55:
            pieces.append(dice.choice(WORDS))
        elif kind < 0.85:
            pieces.append("".join(dice.choices(SIGNS, k=dice.randint(1, 4))))
        elif kind < 0.95:
            pieces.append("".join(chr(dice.randrange(0x20, 0x3100)) for _ in range(dice.randint(1, 6))))
        else:
            pieces.append(dice.choice("0123456789ắNB") * dice.choice([1, 20, 200]))
        if dice.random() < 0.6:
            pieces.append(" ")
    return "".join(pieces)


def test_every_odd_text_is_answered_by_the_whole_service() -> None:
    async def run() -> Counter[str]:
        engine = Espeak(workers=2)
        speaker = SpeechService(
            Settings(speech_queue=100_000), Store("memory:///"), engines=[engine], verbalize=plain
        )
        dice = random.Random(SEED)  # noqa: S311 - the same texts in each run
        outcomes: Counter[str] = Counter()

        async def ask(text: str) -> None:
            try:
                speech = await speaker.sentence(text, plain(text))
            except SpeechRejected as error:
                outcomes[f"rejected: {error}" if any(map(str.isalpha, text)) else "nothing to say"] += 1
            else:
                assert mp3.whole_frames(speech.audio)
                ends = [(mark.start_ms, mark.end_ms) for mark in speech.marks]
                assert all(0 <= start <= end <= speech.duration_ms for start, end in ends)
                outcomes["spoken"] += 1

        for _ in range(0, TEXTS, 50):
            await asyncio.gather(*[ask(odd_text(dice)) for _ in range(50)])
        outcomes["restarts"] = engine.pool.restarts
        await speaker.close()
        return outcomes

    outcomes = asyncio.run(run())
    print(outcomes)  # noqa: T201 - the run's own report
    assert sum(outcomes.values()) - outcomes["restarts"] == -(-TEXTS // 50) * 50


def test_texts_that_were_not_reduced_end_workers_and_nothing_else() -> None:
    """What would come through if reducing missed something: straight to the library."""

    async def run() -> Counter[str]:
        engine = Espeak(workers=2)
        dice = random.Random(SEED)  # noqa: S311 - the same texts in each run
        outcomes: Counter[str] = Counter()

        async def ask(text: str) -> None:
            try:
                await engine.pool.ask({"text": text, "voice": "vi", "rate": 1.0, "volume": 75})
            except SpeechRejected:
                outcomes["rejected"] += 1
            else:
                outcomes["answered"] += 1

        deadly = ["`.", "•-HĐND", "/-a", "---N"]
        texts = [*deadly * 3, *(odd_text(dice) for _ in range(TEXTS))]
        for start in range(0, len(texts), 50):
            await asyncio.gather(*map(ask, texts[start : start + 50]))
        sound = await engine.speak("Vẫn còn nói được.")
        assert len(sound.words) == 4
        outcomes["restarts"] = engine.pool.restarts
        await engine.close()
        return outcomes

    outcomes = asyncio.run(run())
    print(outcomes)  # noqa: T201 - the run's own report
    assert outcomes["rejected"] + outcomes["answered"] == TEXTS + 12
    assert outcomes["rejected"] >= 12, "the known deadly texts are no longer deadly: reduce less?"


def test_workers_killed_at_random_lose_no_sentence() -> None:
    async def run() -> Counter[str]:
        engine = Espeak(workers=2)
        speaker = SpeechService(
            Settings(speech_queue=100_000), Store("memory:///"), engines=[engine], verbalize=plain
        )
        dice = random.Random(SEED)  # noqa: S311 - the same texts in each run
        outcomes: Counter[str] = Counter()
        done = asyncio.Event()

        async def kill() -> None:
            while not done.is_set():
                await asyncio.sleep(dice.expovariate(3.0))
                for pid in dice.sample(engine.pool.pids, k=min(1, len(engine.pool.pids))):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, dice.choice([signal.SIGKILL, signal.SIGTERM]))
                        outcomes["killed"] += 1

        killer = asyncio.ensure_future(kill())
        words = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "trăm", "nghìn"]
        for start in range(0, TEXTS, 100):
            texts = [
                f"{' '.join(dice.choices(words, k=6))} {number}"
                for number in range(start, min(start + 100, TEXTS))
            ]
            speeches = await asyncio.gather(*[speaker.sentence(text, plain(text)) for text in texts])
            outcomes["spoken"] += sum(mp3.whole_frames(speech.audio) for speech in speeches)
        done.set()
        await killer
        outcomes["restarts"] = engine.pool.restarts
        await speaker.close()
        return outcomes

    outcomes = asyncio.run(run())
    print(outcomes)  # noqa: T201 - the run's own report
    assert outcomes["spoken"] == TEXTS
    assert outcomes["restarts"] > 0
