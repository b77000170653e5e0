from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.model import Mark
from readable_portal.speech.engine import Sound
from readable_portal.speech.loudness import TARGET_DB, level, levelled, tidied

RATE = 16_000


def tone(ms: int, amplitude: float) -> array[int]:
    return array(
        "h", (int(amplitude * math.sin(2 * math.pi * 300 * n / RATE)) for n in range(RATE * ms // 1000))
    )


def silence(ms: int) -> array[int]:
    return array("h", bytes(2 * RATE * ms // 1000))


def sound(*parts: array[int], words: tuple[Mark, ...] = ()) -> Sound:
    return Sound(pcm=b"".join(part.tobytes() for part in parts), sample_rate=RATE, words=words)


@pytest.mark.parametrize("amplitude", [300, 1_000, 4_000, 12_000, 32_000])
def test_soft_and_loud_come_out_alike(amplitude: float) -> None:
    assert level(levelled(sound(tone(800, amplitude)))) == pytest.approx(TARGET_DB, abs=1.6)


def test_pauses_do_not_count_as_soft() -> None:
    spoken = sound(tone(400, 4_000))
    with_pauses = sound(tone(200, 4_000), silence(2_000), tone(200, 4_000))
    assert level(with_pauses) == pytest.approx(level(spoken), abs=0.5)


def test_peaks_are_never_clipped() -> None:
    click = array("h", [0, 30_000, -30_000, 0])
    raised = levelled(sound(tone(500, 500), click, tone(500, 500)))
    samples = array("h")
    samples.frombytes(raised.pcm)
    assert max(samples) <= 29_300
    assert level(raised) > level(sound(tone(500, 500), click, tone(500, 500))) - 1


def test_a_peak_is_lowered_even_where_the_loudness_is_right() -> None:
    """As espeak's Centre voice gives it: the right level, and peaks that the encoder would clip."""
    peaked = sound(tone(500, 4_200), array("h", [0, 32_700, -32_766, 0]), tone(500, 4_200))
    assert level(peaked) == pytest.approx(TARGET_DB, abs=1.4)
    samples = array("h")
    samples.frombytes(levelled(peaked).pcm)
    assert max(map(abs, samples)) <= 29_300
    assert level(levelled(peaked)) == pytest.approx(level(peaked), abs=1.1)


def test_silence_stays_silence() -> None:
    assert level(sound(silence(100))) == -math.inf
    assert level(sound()) == -math.inf
    assert levelled(sound(silence(100))).pcm == silence(100).tobytes()
    assert tidied(sound(silence(100))).pcm == b""


def test_silence_goes_from_both_ends_and_words_end_with_their_sound() -> None:
    words = (Mark(200, 700, 0, 3), Mark(700, 1_200, 4, 7))
    clear = tidied(
        sound(silence(200), tone(200, 5_000), silence(300), tone(200, 5_000), silence(300), words=words)
    )
    assert len(clear.pcm) // 2 // 16 == pytest.approx(700, abs=10)
    first, second = clear.words
    assert first.start_ms == 0
    assert first.end_ms == pytest.approx(200, abs=10)
    assert second.start_ms == pytest.approx(500, abs=1)
    assert second.end_ms == pytest.approx(700, abs=10)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 120), st.sampled_from([0, 60, 5_000])), min_size=1, max_size=8),
    st.data(),
)
def test_words_stay_in_order_inside_the_sound(parts: list[tuple[int, float]], data: st.DataObject) -> None:
    total = sum(ms for ms, _ in parts)
    times = sorted(data.draw(st.lists(st.integers(0, total), max_size=6)))
    words = tuple(Mark(at, total, n, n + 1) for n, at in enumerate(times))
    clear = tidied(sound(*[tone(ms, amplitude) for ms, amplitude in parts], words=words))
    length = len(clear.pcm) / 2 / RATE * 1000
    if not clear.pcm:
        return
    before = 0
    for word in clear.words:
        assert before <= word.start_ms <= word.end_ms <= length + 1
        before = word.start_ms
