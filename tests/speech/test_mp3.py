from __future__ import annotations

import math
from array import array

import miniaudio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readable_portal.speech import mp3


def tone(ms: int, *, rate: int = 22_050, hertz: float = 440.0, level: float = 0.3) -> bytes:
    wave = (int(32_767 * level * math.sin(2 * math.pi * hertz * n / rate)) for n in range(rate * ms // 1000))
    return array("h", wave).tobytes()


def decoded(audio: bytes) -> array[int]:
    samples: array[int] = miniaudio.mp3_read_s16(audio).samples
    return samples


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_every_frame_is_96_bytes_of_24_ms_and_the_first_needs_no_earlier_one(rate: int) -> None:
    audio = mp3.encode(tone(700, rate=rate), rate)
    assert mp3.whole_frames(audio)
    assert audio[4] == 0, "main_data_begin of a first frame points before it"
    assert len(decoded(audio)) == len(audio) // mp3.FRAME_BYTES * mp3.FRAME_SAMPLES
    assert 700 <= len(audio) // mp3.BYTES_PER_MS <= 700 + 4 * mp3.FRAME_MS


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
def test_sound_begins_after_the_decoder_delay(rate: int) -> None:
    pulse = array("h", [0] * rate)
    for sample in range(20):
        pulse[rate // 2 + sample] = 20_000
    samples = decoded(mp3.encode(pulse.tobytes(), rate))
    loudest = max(range(len(samples)), key=lambda place: abs(samples[place]))
    centre_ms = 500 + 10 / rate * 1000
    assert loudest / 24 - centre_ms == pytest.approx(mp3.DECODER_DELAY_MS, abs=1)


def test_joined_sentences_decode_to_each_by_itself_without_a_click() -> None:
    first, second = mp3.encode(tone(500), 22_050), mp3.encode(tone(500, hertz=300), 22_050)
    gap = mp3.silence(240)
    joined = decoded(first + gap + second)
    alone = decoded(first) + decoded(gap) + decoded(second)
    assert len(joined) == len(alone)
    # Decoders overlap neighbouring frames: only what was faint at the edges may differ.
    assert max(abs(a - b) for a, b in zip(joined, alone, strict=True)) < 100  # 50 dB below full
    middle = len(decoded(first)) + mp3.FRAME_SAMPLES
    quiet = joined[middle : middle + 8 * mp3.FRAME_SAMPLES]
    assert max(map(abs, quiet)) <= 33  # 60 dB below full


def test_silence_is_whole_frames_of_nothing() -> None:
    assert len(mp3.silence(240)) == 10 * mp3.FRAME_BYTES
    assert mp3.silence(-5) == b""
    assert mp3.whole_frames(mp3.silence(24))
    assert set(decoded(mp3.silence(480))) == {0}


@given(st.binary(max_size=300))
def test_only_our_frames_count_as_whole(data: bytes) -> None:
    assert mp3.whole_frames(data) == (
        len(data) > 0
        and len(data) % 96 == 0
        and all(data[at : at + 3] == b"\xff\xf3\x44" for at in range(0, len(data), 96))
    )


@given(st.text(max_size=200), st.binary(max_size=20_000))
def test_a_tag_is_read_as_it_was_written(title: str, data: bytes) -> None:
    tag = mp3.id3([("TIT2", title), ("WOAS", "https://portal.gov.vn/1")], private=[("us", data)])
    found, end = mp3.read_id3(tag + mp3.silence(24))
    assert end == len(tag)
    assert found["us"] == data
    assert found["WOAS"] == b"https://portal.gov.vn/1"
    assert found.get("TIT2", b"\x03")[1:].decode() == title


def test_a_tag_before_the_frames_is_no_sound() -> None:
    audio = mp3.encode(tone(300), 22_050)
    tagged = mp3.id3([("TIT2", "Bài viết")], private=[("us", b"\xff\xf3" * 500)]) + audio
    assert decoded(tagged) == decoded(audio)


@pytest.mark.parametrize(
    "broken", [b"", b"ID3", b"ID3\x03\x00\x00\x00\x00\x00\x00", mp3.id3([("TIT2", "a")])[:-1]]
)
def test_a_broken_tag_is_an_error(broken: bytes) -> None:
    with pytest.raises(ValueError, match="tag"):
        mp3.read_id3(broken)
