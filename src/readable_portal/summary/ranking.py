"""Which sentences of an article say most of it in the fewest words.

Each syllable gets a chance to stand in a summary that a person would write (a logistic model over
``features.py``, trained by ``tools/train_ranking.py``, seven numbers in ``data/ranking.json``). A set of
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

from readable_portal.summary.features import FEATURES, FLOOR, describe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["LENGTH", "Candidate", "chances", "choose", "worth"]

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
    words: AbstractSet[str]
    length: int
    letters: int
    parts: int = 1
    factor: float = 1.0


def chances(title: AbstractSet[str], sentences: Sequence[AbstractSet[str]]) -> dict[str, float]:
    """For each syllable of an article, the chance (0 to 1) that a person's summary has it."""
    first, alike, spread, echo = describe(title, sentences)
    intercept, (in_title, log_spread, title_spread, log_first, log_echo) = _model()
    # The sums of ``features.row`` times the weights, written out: this is where the time goes.
    base = [
        intercept + log_first * math.log(1 + index) + log_echo * math.log(share + FLOOR)
        for index, share in enumerate(alike)
    ]
    # Most syllables stand in one sentence and not in the title: they differ by their sentence only.
    alone = [1 / (1 + math.exp(-each)) for each in base]
    chance = dict(zip(first, map(alone.__getitem__, first.values()), strict=True))
    for word in title & first.keys() - echo.keys():
        chance[word] = 1 / (1 + math.exp(-base[first[word]] - in_title))
    for word, sum_ in echo.items():
        logit = intercept + log_first * math.log(1 + first[word]) + log_echo * math.log(sum_ + FLOOR)
        if word in title:
            logit += in_title + (log_spread + title_spread) * math.log(spread[word])
        else:
            logit += log_spread * math.log(spread[word])
        chance[word] = 1 / (1 + math.exp(-logit))
    return chance


def worth(words: AbstractSet[str], length: int, chance: Mapping[str, float]) -> float:
    """The F1 (0 to 1) that a text can expect against a person's summary.

    Args:
        words: Its syllables, each once; all of the article.
        length: How many they are with repetitions.
        chance: Of the article's syllables.
    """
    return 2 * sum(map(chance.__getitem__, words)) / (length + LENGTH)


def choose(
    candidates: Sequence[Candidate],
    chance: Mapping[str, float],
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
    best: list[int] = []
    lowest = math.inf
    # In a short text full of long sentences only fewer of them may be easy enough; in an easy text all may
    # stay.
    tries = [(count, hard) for hard in STEPS] + [(fewer, STEPS[-1]) for fewer in range(count - 1, 1, -1)]
    for size, hard in tries:
        chosen = _greedy(candidates, chance, size, hard)
        level = _grade([candidates[place] for place in chosen])
        if level < lowest:
            best, lowest = chosen, level
        if level <= grade or (hard == STEPS[-1] and lowest <= EASY):
            break
    return best


def _greedy(
    candidates: Sequence[Candidate], chance: Mapping[str, float], count: int, hard: float
) -> list[int]:
    chosen: list[int] = []
    said: set[str] = set()
    gain = length = 0.0
    left = [place for place, each in enumerate(candidates) if each.length >= SHORTEST]
    while left and len(chosen) < count:
        best, best_value, best_new = -1, -math.inf, 0.0
        for place in left:
            each = candidates[place]
            new = sum(map(chance.__getitem__, each.words - said if said else each.words))
            value = 2 * (gain + new * each.factor) / (length + each.length + LENGTH)
            excess = each.length / each.parts - COMFORTABLE
            if hard and excess > 0:
                value -= hard * excess / COMFORTABLE
            if value > best_value:
                best, best_value, best_new = place, value, new
        taken = candidates[best]
        chosen.append(best)
        gain += best_new
        length += taken.length
        said |= taken.words
        left = [
            place
            for place in left
            if candidates[place].source != taken.source and not _same(candidates[place].words, taken.words)
        ]
    return chosen


def _same(words: AbstractSet[str], other: AbstractSet[str]) -> bool:
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
