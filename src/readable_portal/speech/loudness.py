"""The same loudness from every engine, and no silence where there is no word.

Loudness is the mean power of the parts where somebody speaks (gated, as EBU R 128 does, without its
ear filter: for speech of one kind the filter moves all engines alike). Plain Python over every fourth
sample, so that nothing heavy must be installed; about 1 ms for a second of sound.
"""

from __future__ import annotations

import math
import sys
from array import array
from itertools import pairwise
from operator import mul

from readable_portal.model import Mark
from readable_portal.speech.engine import Sound

__all__ = ["TARGET_DB", "level", "levelled", "tidied"]

# Speech for phones and small loudspeakers; about -19 LUFS, what broadcasters ask of a mono podcast.
TARGET_DB = -20.0
# A sentence may be a little louder than the next, as in life; more than this is evened out.
_LEFT_ALONE_DB = 1.5
_FULL = 32_768.0
_PEAK = 29_204  # -1 dB below full: room for what the encoder adds
_WINDOW_MS = 40
_GATE_DB = -45.0
_STRIDE = 4
# Below this peak (-48 dB) a stretch of 10 ms is silence.
_SILENT_PEAK = 130
_STEP_MS = 10


def _samples(pcm: bytes) -> array[int]:
    samples = array("h")
    samples.frombytes(pcm[: len(pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _bytes(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()


def level(sound: Sound) -> float:
    """Decibels below full scale of the spoken parts; -inf for silence."""
    samples = _samples(sound.pcm)[::_STRIDE]
    window = max(1, sound.sample_rate * _WINDOW_MS // 1000 // _STRIDE)
    gate = (_FULL * 10 ** (_GATE_DB / 20)) ** 2
    powers = []
    for start in range(0, len(samples), window):
        piece = samples[start : start + window]
        power = sum(map(mul, piece, piece)) / len(piece)
        if power > gate:
            powers.append(power)
    if not powers:
        return -math.inf
    return 10 * math.log10(sum(powers) / len(powers) / _FULL**2)


def levelled(sound: Sound) -> Sound:
    """The sound at ``TARGET_DB``, its peaks below -1 dB; unchanged where both are near enough.

    Of espeak's Centre voice nearly every sentence has one, and what the encoder adds would clip it.
    """
    found = level(sound)
    if found == -math.inf:
        return sound
    samples = _samples(sound.pcm)
    loudest, lowest = max(samples), min(samples)
    peak = max(loudest, -lowest)
    wanted = 0.0 if abs(found - TARGET_DB) <= _LEFT_ALONE_DB else TARGET_DB - found
    gain = min(10 ** (wanted / 20), _PEAK / peak)
    if gain == 1.0:
        return sound
    raised = array("h", [int(sample * gain) for sample in samples])
    return Sound(pcm=_bytes(raised), sample_rate=sound.sample_rate, words=sound.words)


def tidied(sound: Sound) -> Sound:
    """Without silence before and after, and with words that end when their sound does.

    Engines say when a word begins; its end would else be the next one's beginning, behind a comma's pause.
    """
    samples = _samples(sound.pcm)
    step = max(1, sound.sample_rate * _STEP_MS // 1000)
    first = _first_sound(samples, step)
    last = _last_sound(samples, first, len(samples), step)
    if last <= first:
        return Sound(pcm=b"", sample_rate=sound.sample_rate, words=sound.words)
    if sound.words:
        # Never cut into a word the engine named, however soft it is.
        first = min(first, sound.words[0].start_ms * sound.sample_rate // 1000)
    ms = sound.sample_rate / 1000
    whole = (last - first) / ms
    words = []
    for mark, following in pairwise((*sound.words, None)):
        if mark is None:
            break
        begin = min(max(0.0, mark.start_ms - first / ms), whole)
        limit = mark.end_ms if following is None else min(mark.end_ms, following.start_ms)
        end = _last_sound(samples, round(mark.start_ms * ms), min(round(limit * ms), last), step)
        words.append(
            Mark(round(begin), round(min(max(begin, end / ms - first / ms), whole)), mark.start, mark.end)
        )
    return Sound(pcm=_bytes(samples[first:last]), sample_rate=sound.sample_rate, words=tuple(words))


def _loud(piece: array[int]) -> bool:
    return bool(piece) and (max(piece) > _SILENT_PEAK or min(piece) < -_SILENT_PEAK)


def _first_sound(samples: array[int], step: int) -> int:
    start = 0
    while start < len(samples) and not _loud(samples[start : start + step]):
        start += step
    return min(start, len(samples))


def _last_sound(samples: array[int], start: int, end: int, step: int) -> int:
    while end > start and not _loud(samples[max(start, end - step) : end]):
        end -= step
    return max(start, end)
