"""Instruments in the place of ears, after decoding: level, clipping, holes, pauses, joins of real speech."""

from __future__ import annotations

import asyncio
import math
import statistics
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import miniaudio
import pytest

from readable_portal.page.article import read_article
from readable_portal.settings import Settings
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

if TYPE_CHECKING:
    from array import array

pytestmark = pytest.mark.slow

HOME = Path(__file__).parents[2]
PAGE = (HOME / "tests/demo/seed_article.txt").read_text("utf-8")
RATE = 24_000
MS = RATE // 1000


async def recorded(voice: str, rate: float) -> tuple[array[int], list[tuple[int, int]]]:
    """The decoded sound of the seed article, and where each sentence lies in it (samples)."""
    lines = "".join(f"<p>{line}</p>" for line in PAGE.splitlines() if line.strip())
    article = read_article(f"<html lang=vi><body><div class=content>{lines}</div></body></html>")
    speaker = SpeechService(Settings(voice=voice, rate=rate), Store("memory:///"))
    recording = await speaker.record(article)
    audio = b"".join([piece async for piece in recording.follow()])
    sentences = recording.marks()["sentences"]
    await speaker.close()
    heard = miniaudio.decode(audio, nchannels=1, sample_rate=RATE).samples
    return heard, [(each["startMs"] * MS, each["endMs"] * MS) for each in sentences]


def level(samples: array[int]) -> float:
    """Mean power of the spoken windows of 40 ms, in dB below full scale."""
    windows = [samples[at : at + 960] for at in range(0, len(samples) - 960, 960)]
    powers = [sum(sample * sample for sample in each) / 960 / 32_768**2 for each in windows]
    return 10 * math.log10(statistics.mean(power for power in powers if power > 10**-4.5))


def longest_hole(samples: array[int]) -> int:
    """The longest silence inside, in ms."""
    longest = run = 0
    for at in range(0, len(samples) - 240, 240):
        run = 0 if max(map(abs, samples[at : at + 240])) > 130 else run + 10
        longest = max(longest, run)
    return longest


def steepest(samples: array[int]) -> int:
    return max((abs(second - first) for first, second in pairwise(samples)), default=0)


@pytest.mark.parametrize(("voice", "rate"), [("vi-central", 1.0), ("vi", 0.5), ("vi-south", 2.0)])
def test_sentences_are_alike_in_level_whole_and_joined_without_a_click(voice: str, rate: float) -> None:
    heard, places = asyncio.run(recorded(voice, rate))
    assert len(places) >= 10
    assert max(map(abs, heard)) < 32_700, "nothing is clipped"
    sentences = [heard[start:end] for start, end in places]
    levels = [level(each) for each in sentences if len(each) > 500 * MS]
    assert statistics.mean(levels) == pytest.approx(-21, abs=1.5)
    assert max(levels) - min(levels) < 4.5
    assert max(map(longest_hole, sentences)) < 600 / rate
    for (_, end), (start, _) in pairwise(places):
        assert 250 <= (start - end) / MS <= 1_050
    for edge in (each for place in places for each in place):
        # A click would be steeper than speech itself ever is.
        near = heard[max(0, edge - 5 * MS) : edge + 5 * MS]
        assert steepest(near) < max(map(steepest, sentences))
