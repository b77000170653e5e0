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

from readable_portal.summary.features import FEATURES, describe, row, syllables

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = ["LENGTH", "Candidate", "chances", "choose", "score", "worth"]

# Syllables in the summaries (sapo) that Vietnamese editors write above administrative news: mean 38.
LENGTH = 38
# GOV.UK keeps sentences at 25 words or below; a Vietnamese word is written as one or more syllables,
# so this is strict, and the penalty beyond it is soft.
COMFORTABLE = 25
# Two sentences that share this much of the shorter one's syllables say the same.
SAME = 0.7
# Fewer syllables are a label ("Ảnh: ..."), not a statement.
SHORTEST = 6
# Penalties tried in turn until a summary is easy enough: expected F1 lost per 25 syllables too long.
STEPS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could stand in a summary.

    Attributes:
        source: Index of the sentence it comes from; one source is used once.
        words: Its syllables.
        letters: Their letters.
        parts: Sentences it consists of; more than one where a long sentence was split.
        factor: What its worth is multiplied with: below 1 for a sentence that leans on the one before.
    """

    source: int
    words: tuple[str, ...]
    letters: int
    parts: int = 1
    factor: float = 1.0


def chances(title: Sequence[str], sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """For each syllable of an article, the chance (0 to 1) that a person's summary has it."""
    intercept, weights = _model()
    first, *rest = weights
    chance = {}
    for word, where in describe(title, sentences).items():
        values = row(word, where)
        sum_ = intercept + first * values[0]
        for weight, value in zip(rest, values[1:], strict=True):
            sum_ += weight * value
        chance[word] = 1 / (1 + math.exp(-sum_))
    return chance


def worth(words: Collection[str], chance: Mapping[str, float]) -> float:
    """The F1 (0 to 1) that these syllables can expect against a person's summary."""
    return 2 * sum(chance.get(word, 0.0) for word in set(words)) / (len(words) + LENGTH)


def score(title: str, sentences: Sequence[str]) -> list[float]:
    """What each sentence alone is worth as a summary, 0 to 1."""
    split = [syllables(sentence) for sentence in sentences]
    chance = chances(syllables(title), split)
    return [worth(words, chance) for words in split]


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
    for hard in STEPS:
        chosen = _greedy(candidates, chance, count, hard)
        level = _grade([candidates[place] for place in chosen])
        if level < lowest:
            best, lowest = chosen, level
        if level <= grade:
            break
    return best


def _greedy(
    candidates: Sequence[Candidate], chance: Mapping[str, float], count: int, hard: float
) -> list[int]:
    chosen: list[int] = []
    said: set[str] = set()
    gain = length = 0.0
    own = [set(each.words) for each in candidates]
    while len(chosen) < count:
        best, best_value = -1, -math.inf
        for place, each in enumerate(candidates):
            if len(each.words) < SHORTEST or any(
                each.source == candidates[other].source or _same(own[place], own[other]) for other in chosen
            ):
                continue
            new = sum(chance.get(word, 0.0) for word in own[place] - said) * each.factor
            size = len(each.words)
            value = 2 * (gain + new) / (length + size + LENGTH)
            value -= hard * max(0.0, size / each.parts - COMFORTABLE) / COMFORTABLE
            if value > best_value:
                best, best_value = place, value
        if best < 0:
            break
        gain += sum(chance.get(word, 0.0) for word in own[best] - said)
        length += len(candidates[best].words)
        said |= own[best]
        chosen.append(best)
    return chosen


def _same(words: set[str], other: set[str]) -> bool:
    return len(words & other) > SAME * min(len(words), len(other))


def _grade(chosen: Sequence[Candidate]) -> float:
    """Nguyen and Henkin's level (1982) of a set, over syllables, as ``vietnamese.readability`` has it."""
    count = sum(len(each.words) for each in chosen)
    if not count:
        return math.inf
    letters = sum(each.letters for each in chosen)
    return 2 * letters / count + 0.2 * count / sum(each.parts for each in chosen) - 6


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    table = json.loads(files("readable_portal.summary").joinpath("data/ranking.json").read_text("utf-8"))
    return float(table["intercept"]), tuple(float(table["weights"][name]) for name in FEATURES)
