"""Piper voices, for ``worker.py``: a process of its own, since a model is large and the library GPL-3.0."""

from __future__ import annotations

import unicodedata
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# First and one past the last, in characters or in samples.
Span = tuple[int, int]

# Phonemes that carry no sound of a word (piper's map: start, end, pad).
FRAME_PHONEMES = frozenset("^$_")


class Piper:
    """A voice, loaded. Needs ``piper-tts``; with ``onnx`` beside it, word times are exact."""

    def __init__(self, model: str) -> None:
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 - only this process may load it

        self._voice = PiperVoice.load(model, include_alignments=True)
        self._config = SynthesisConfig
        self.hello = {
            "version": metadata.version("piper-tts"),
            "sample_rate": self._voice.config.sample_rate,
        }

    def speak(self, request: dict[str, Any]) -> tuple[list[list[int]], bytes]:
        """For each word [start, end, first sample, end sample], none if unknown; and the samples."""
        text: str = request["text"]
        config = self._config(length_scale=self._voice.config.length_scale / request["rate"])
        spoken: list[list[Span]] = []
        pieces: list[bytes] = []
        samples = 0
        for chunk in self._voice.synthesize(text, config, include_alignments=True):
            phonemes = ((each.phoneme, int(each.num_samples)) for each in chunk.phoneme_alignments or ())
            spoken += spoken_clauses(samples, phonemes)
            pieces.append(chunk.audio_int16_bytes)
            samples += len(chunk.audio_int16_array)
        return aligned(written_clauses(text), spoken), b"".join(pieces)


def aligned(written: list[list[Span]], spoken: list[list[Span]]) -> list[list[int]]:
    """A row for each written word.

    Phonemizers join and split words ("of the" is one in English). Clauses keep such a difference
    local: where the numbers of words differ, the clause's time is shared out by length.
    """
    if len(written) != len(spoken):
        return []
    rows = []
    for words, sounds in zip(written, spoken, strict=True):
        times = sounds if len(words) == len(sounds) else shared(words, sounds[0][0], sounds[-1][1])
        rows += [[*word, *time] for word, time in zip(words, times, strict=True)]
    return rows


def shared(words: list[Span], begin: int, end: int) -> list[Span]:
    """The time from ``begin`` to ``end``, shared by the lengths of the words."""
    lengths = [stop - start for start, stop in words]
    total, passed, times = sum(lengths), 0, []
    for length in lengths:
        first = begin + (end - begin) * passed // total
        passed += length
        times.append((first, begin + (end - begin) * passed // total))
    return times


def written_clauses(text: str) -> list[list[Span]]:
    """Where the words stand, clause by clause: what is between spaces; a mark at its end ends a clause."""
    clauses: list[list[Span]] = [[]]
    start = 0
    for word in text.split(" "):
        if any(map(str.isalnum, word)):
            clauses[-1].append((start, start + len(word)))
            if not word[-1].isalnum():
                clauses.append([])
        start += len(word) + 1
    return [clause for clause in clauses if clause]


def spoken_clauses(start: int, phonemes: Iterable[tuple[str, int]]) -> list[list[Span]]:
    """First and end sample of each word, clause by clause: phonemes between spaces and marks."""
    clauses: list[list[Span]] = [[]]
    begin = end = -1
    for phoneme, length in (*phonemes, (".", 0)):
        mark = unicodedata.category(phoneme[0]).startswith("P") and phoneme not in FRAME_PHONEMES
        if mark or phoneme == " ":
            if begin >= 0:
                clauses[-1].append((begin, end))
                begin = -1
            if mark:
                clauses.append([])
        elif phoneme not in FRAME_PHONEMES:
            begin = start if begin < 0 else begin
            end = start + length
        start += length
    return [clause for clause in clauses if clause]


def create(model: str) -> Piper:
    """For ``worker.py``: the path of ``name.onnx``, with ``name.onnx.json`` beside it."""
    return Piper(model)
