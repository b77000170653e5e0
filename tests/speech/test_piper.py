from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path

import pytest

from readable_portal.errors import SettingsError, SpeechUnavailable
from readable_portal.settings import Settings
from readable_portal.speech.engine import get_engine
from readable_portal.speech.piper import Piper, installed_voices
from readable_portal.speech.piper_worker import aligned, spoken_clauses, written_clauses

VOICES = str(Path(__file__).with_name("voices"))
TEXT = "Ủy ban nhân dân, tỉnh Kiên Giang."
HOP_MS = 256 / 16  # the made voice: each phoneme lasts four hops at 16 kHz


def test_a_made_voice_speaks_with_the_real_library_and_marks_each_word() -> None:
    async def run(rate: float) -> tuple[int, list[tuple[str, int, int]]]:
        engine = Piper(voice="vi", folder=VOICES, workers=1)
        assert engine.voice == "vi_VN-tiny-low"
        try:
            sound = await engine.speak(TEXT, rate=rate)
        finally:
            await engine.close()
        words = [(TEXT[mark.start : mark.end], mark.start_ms, mark.end_ms) for mark in sound.words]
        return len(sound.pcm) // 2 // 16, words

    length, words = asyncio.run(run(1.0))
    assert [word for word, _, _ in words] == TEXT.split()
    # ^ and its pad come first, then U with its accent: 3 phonemes and their pads.
    assert words[0][1] == pytest.approx(2 * 4 * HOP_MS, abs=2)
    assert all(start < end <= length for _, start, end in words)
    assert [start for _, start, _ in words] == sorted(start for _, start, _ in words)
    faster, _ = asyncio.run(run(2.0))
    assert faster == pytest.approx(length / 2, rel=0.02)


def test_settings_choose_it_and_a_missing_voice_names_those_that_are_there() -> None:
    engine = get_engine(Settings(engine="piper", voice="vi_VN-tiny-low", piper_voices=VOICES))
    assert engine is not None
    assert engine.name == "piper"
    with pytest.raises(SettingsError, match="vi_VN-tiny-low"):
        Piper(voice="vi_VN-none-high", folder=VOICES)
    with pytest.raises(SettingsError, match="none"):
        Piper(voice="vi", folder=str(Path(VOICES) / "nowhere"))


def test_a_chain_gives_each_engine_its_own_voice() -> None:
    chain = get_engine(Settings(engine="piper,espeak", voice="vi_VN-tiny-low, vi-south", piper_voices=VOICES))
    assert chain is not None
    assert (chain.name, chain.voice) == ("piper+espeak", "vi_VN-tiny-low+vi-south")


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SpeechUnavailable, match=r"pip install .readable-portal\[piper\]"):
        Piper(voice="vi", folder=VOICES)


def test_only_whole_voices_count(tmp_path: Path) -> None:
    (tmp_path / "vi_VN-a-low.onnx").write_bytes(b"")
    assert installed_voices(str(tmp_path)) == []
    (tmp_path / "vi_VN-a-low.onnx.json").write_text("{}", "utf-8")
    assert [model.name for model in installed_voices(str(tmp_path))] == ["vi_VN-a-low.onnx"]


def test_a_broken_model_is_told_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "vi_VN-bad-low.onnx").write_bytes(b"no model")
    (tmp_path / "vi_VN-bad-low.onnx.json").write_text("{}", "utf-8")
    engine = Piper(voice="vi", folder=str(tmp_path), workers=1)
    with pytest.raises(SpeechUnavailable, match="did not start"):
        asyncio.run(engine.speak("xin chào"))
    asyncio.run(engine.close())


def test_words_that_a_phonemizer_joined_share_the_time_of_their_clause() -> None:
    written = written_clauses("one of the, two")
    spoken = spoken_clauses(0, [(p, 10) for p in "^w_n ov,tu."])
    assert spoken == [[(10, 40), (50, 70)], [(80, 100)]]
    assert aligned(written, spoken) == [[0, 3, 10, 30], [4, 6, 30, 43], [7, 11, 43, 70], [12, 15, 80, 100]]
    assert aligned(written, spoken[:1]) == []
