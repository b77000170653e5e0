from __future__ import annotations

import asyncio

import pytest
from tests.speech.tones import Tones

from readable_portal.errors import SettingsError, SpeechRejected, SpeechUnavailable
from readable_portal.settings import Settings
from readable_portal.speech import engine as engines
from readable_portal.speech.engine import SpeechEngine, get_engine
from readable_portal.speech.espeak import Espeak
from readable_portal.speech.fallback import Breaker, Fallback


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_failures_in_a_row_and_lets_one_try_through_after_its_rest() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, rest=10, longest=25, clock=clock)
    for _ in range(3):
        assert breaker.allows()
        clock.now += 1
        breaker.failed(clock.now)
    assert not breaker.allows()
    assert breaker.seconds_left == 10
    clock.now += 10
    assert breaker.allows()
    assert not breaker.allows(), "one try at a time"
    breaker.failed(clock.now)
    assert breaker.seconds_left == 20
    clock.now += 20
    breaker.failed(clock.now)
    assert breaker.seconds_left == 25, "never longer than the longest"
    breaker.succeeded()
    assert breaker.allows()


def test_a_failure_that_lasts_opens_it_at_once() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, rest=10, clock=clock)
    clock.now = 1
    breaker.failed(clock.now, lasting=True)
    assert not breaker.allows()
    assert breaker.seconds_left == 10


def test_tries_that_fail_together_count_once() -> None:
    clock = Clock()
    breaker = Breaker(failures=2, clock=clock)
    clock.now = 5
    for _ in range(10):
        breaker.failed(begun=1)
    assert breaker.allows()


def test_the_next_speaks_while_the_first_is_down_and_the_first_again_when_it_is_back() -> None:
    clock = Clock()
    first, second = Tones(name="a", down=True), Tones(name="b")
    chain = Fallback([first, second], breaker=lambda: Breaker(failures=2, rest=10, clock=clock))
    asked: list[str] = []

    async def ask() -> str:
        clock.now += 1

        async def work(engine: SpeechEngine) -> str:
            asked.append(engine.name)
            await engine.speak("một")
            return engine.name

        return await chain.first(work)

    async def run() -> None:
        assert [await ask() for _ in range(4)] == ["b"] * 4
        assert asked == ["a", "b", "a", "b", "b", "b"], "a resting engine is not asked"
        assert chain.open == ("a",)
        first.down = False
        clock.now += 10
        assert await ask() == "a"
        assert not chain.open

    asyncio.run(run())


def test_when_all_are_down_it_says_so_and_when_none_can_say_a_text_too() -> None:
    async def run() -> None:
        chain = Fallback([Tones(name="a", down=True), Tones(name="b", down=True)])
        with pytest.raises(SpeechUnavailable, match="down"):
            await chain.speak("một")
        with pytest.raises(SpeechRejected):
            await Fallback([Tones(), Tones()]).speak("rejected")
        clock = Clock()
        resting = Fallback([Tones(down=True)], breaker=lambda: Breaker(failures=1, rest=30, clock=clock))
        clock.now = 1
        with pytest.raises(SpeechUnavailable, match="down"):
            await resting.speak("một")
        with pytest.raises(SpeechUnavailable, match="tried again in 30 s"):
            await resting.speak("một")

    asyncio.run(run())


def test_a_text_that_one_engine_rejects_the_next_may_say() -> None:
    class Picky(Tones):
        async def speak(self, text: str, *, rate: float = 1.0) -> engines.Sound:
            raise SpeechRejected(f"not {text} at {rate}")

    async def run() -> None:
        second = Tones()
        await Fallback([Picky(), second]).speak("một")
        assert second.said == ["một"]

    asyncio.run(run())


def test_names_choose_engines_and_a_wrong_one_lists_the_right() -> None:
    assert get_engine(Settings(engine="browser")) is None
    assert isinstance(get_engine(Settings()), Espeak)
    chain = get_engine(Settings(engine="gtts, espeak", voice="vi-south"))
    assert isinstance(chain, Fallback)
    assert isinstance(chain, SpeechEngine)
    assert (chain.name, chain.voice) == ("gtts+espeak", "google-com+vi-south")
    for wrong in ("siri", "espeak,browser", ""):
        with pytest.raises(SettingsError, match="engine"):
            get_engine(Settings(engine=wrong))


def test_an_entry_point_adds_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "tones"

        @staticmethod
        def load() -> object:
            return lambda settings, voice: Tones(voice=f"{settings.language}-{voice}")

    monkeypatch.setattr(
        engines, "entry_points", lambda group: [Point] if group == "readable_portal.speech" else []
    )
    engine = get_engine(Settings(engine="tones", voice="x"))
    assert engine is not None
    assert engine.voice == "vi-x"
