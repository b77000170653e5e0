"""Which sentences of an article say most of it in the fewest words.

Each syllable gets a chance to stand in a summary that a person would write (a logistic model over
``features.py``, trained by ``tools/train_ranking.py``, six numbers in ``data/ranking.json``). A set of
sentences is worth the F1 that it can expect against that summary. So long sentences pay for what they do not
say, and what was said already counts once.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from readable_portal.summary.features import FEATURES, FLOOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from readable_portal.summary.features import Echo

__all__ = ["LENGTH", "SHORTEST", "Candidate", "chances", "choose", "worth"]

# Syllables in the summaries (sapo) that Vietnamese editors write above administrative news: mean 38.
LENGTH = 38
# GOV.UK keeps sentences at 25 words or below; a Vietnamese word is written as one or more syllables,
# so this is strict, and the penalty beyond it is soft.
COMFORTABLE = 25
# Two sentences that share this much of the shorter one's syllables say the same.
SAME = 0.7
# Fewer syllables are a label ("Ảnh: ..."), not a statement.
SHORTEST = 6
# Where the reading level of newspapers begins; below it nobody needs a summary that is easier still.
EASY = 5.4
# Penalties tried in turn until a summary is easy enough: expected F1 lost per 25 syllables too long.
STEPS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could stand in a summary.

    Attributes:
        source: Index of the sentence it comes from; one source is used once.
        words: Its syllables, each once.
        length: How many they are with repetitions.
        letters: Their letters.
        parts: Sentences it consists of; more than one where a long sentence was split.
        factor: What its worth is multiplied with: below 1 for a sentence that leans on the one before.
    """

    source: int
    words: AbstractSet[bytes]
    length: int
    letters: int
    parts: int = 1
    factor: float = 1.0


def chances(title: AbstractSet[bytes], echo: Echo) -> dict[bytes, float]:
    """For each syllable of the heard sentences, the chance (0 to 1) that a person's summary has it."""
    # The logistic model with its exponential taken apart: what depends on whole numbers is looked up.
    late, rare, power, named, named_rare = _factors(1 << echo.sentences.bit_length())
    first, spread, sums, _ = echo
    chance = {
        word: 1 / (1 + late[place] * rare[often] * (sum_ + FLOOR) ** power)
        for word, place, often, sum_ in zip(
            first, first.values(), spread.values(), sums.values(), strict=True
        )
    }
    for word in title & chance.keys():
        odds = named * named_rare[spread[word]] * (sums[word] + FLOOR) ** power
        chance[word] = 1 / (1 + late[first[word]] * odds)
    return chance


def worth(words: AbstractSet[bytes], length: int, chance: Mapping[bytes, float]) -> float:
    """The F1 (0 to 1) that a text can expect against a person's summary.

    Args:
        words: Its syllables, each once; all of the article.
        length: How many they are with repetitions.
        chance: Of the article's syllables.
    """
    return 2 * sum(map(chance.__getitem__, words)) / (length + LENGTH)


def choose(
    candidates: Sequence[Candidate],
    chance: Mapping[bytes, float],
    *,
    count: int = 3,  # what fits on a telephone's screen without scrolling
    grade: float = 9.0,  # lower secondary school, the limit of WCAG 2.2 criterion 3.1.5
) -> list[int]:
    """Places in ``candidates`` of the best set, in the order of choice.

    The set is the most worth one that a greedy search finds whose reading level is ``grade`` or below; where
    there is none, the easiest that was found.

    Args:
        candidates: What may be chosen.
        chance: Of the article's syllables.
        count: How many sentences at most.
        grade: Highest Nguyen-Henkin level of the whole.
    """
    alone = [sum(map(chance.__getitem__, each.words)) for each in candidates]
    best: list[int] = []
    lowest = math.inf
    # In a short text full of long sentences only fewer of them may be easy enough; in an easy text all may
    # stay.
    tries = [(count, hard) for hard in STEPS] + [(fewer, STEPS[-1]) for fewer in range(count - 1, 1, -1)]
    for size, hard in tries:
        chosen = _greedy(candidates, chance, alone, size, hard)
        level = _grade([candidates[place] for place in chosen])
        if level < lowest:
            best, lowest = chosen, level
        if level <= grade or (hard == STEPS[-1] and lowest <= EASY):
            break
    return best


def _greedy(
    candidates: Sequence[Candidate],
    chance: Mapping[bytes, float],
    alone: Sequence[float],
    count: int,
    hard: float,
) -> list[int]:
    """The best first, then what adds most to it.

    A candidate adds less the more was said before. So what it added when last looked at is a limit, and
    those that would not win with even that much are not looked at again.
    """
    chosen: list[int] = []
    said: set[bytes] = set()
    gain = length = 0.0
    limits = list(alone)
    pains = [hard * max(0.0, each.length / each.parts / COMFORTABLE - 1) for each in candidates]
    left = [place for place, each in enumerate(candidates) if each.length >= SHORTEST]
    while left and len(chosen) < count:
        base = length + LENGTH
        hopes = [
            2 * (gain + limits[place] * candidates[place].factor) / (base + candidates[place].length)
            - pains[place]
            for place in left
        ]
        best, best_value = -1, -math.inf
        for hope, place in sorted(zip(hopes, left, strict=True), key=_hope):
            if hope <= best_value:
                break
            each = candidates[place]
            if said:
                limits[place] = sum(map(chance.__getitem__, each.words - said))
            value = 2 * (gain + limits[place] * each.factor) / (base + each.length) - pains[place]
            if value > best_value:
                best, best_value = place, value
        taken = candidates[best]
        chosen.append(best)
        gain += limits[best]
        length += taken.length
        said |= taken.words
        left = [
            place
            for place in left
            if candidates[place].source != taken.source and not _same(candidates[place].words, taken.words)
        ]
    return chosen


def _hope(pair: tuple[float, int]) -> float:
    return -pair[0]


def _same(words: AbstractSet[bytes], other: AbstractSet[bytes]) -> bool:
    return len(words & other) > SAME * min(len(words), len(other))


def _grade(chosen: Sequence[Candidate]) -> float:
    """Nguyen and Henkin's level (1982) of a set, over syllables, as ``vietnamese.readability`` has it."""
    count = sum(each.length for each in chosen)
    if not count:
        return math.inf
    letters = sum(each.letters for each in chosen)
    return 2 * letters / count + 0.2 * count / sum(each.parts for each in chosen) - 6


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    table = json.loads(files("readable_portal.summary").joinpath("data/ranking.json").read_text("utf-8"))
    return float(table["intercept"]), tuple(float(table["weights"][name]) for name in FEATURES)


@cache
def _factors(size: int) -> tuple[tuple[float, ...], tuple[float, ...], float, float, tuple[float, ...]]:
    """The odds against a syllable as a product: by first sentence, by spread, the power of its echo.

    Then what the title's having it multiplies them with, and by spread once more.

    Args:
        size: So many sentences are counted.
    """
    intercept, (in_title, log_spread, title_spread, log_first, log_echo) = _model()
    late = tuple(math.exp(-intercept) * (1 + place) ** -log_first for place in range(size + 1))
    rare = tuple(max(1, spread) ** -log_spread for spread in range(size + 1))
    named = tuple(max(1, spread) ** -(log_spread + title_spread) for spread in range(size + 1))
    return late, rare, -log_echo, math.exp(-in_title), named
