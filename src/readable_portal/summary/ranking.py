"""Which sentences of an article say most of it in the fewest words.

Each syllable gets a chance to stand in a summary that a person would write (a logistic model over
``features.py``, trained by ``tools/train_ranking.py``, six numbers in ``data/ranking.json``). A set of
sentences is worth the F1 that it can expect against that summary. So long sentences pay for what they do not
say, and what was said already counts once.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from readable_portal.summary.features import FEATURES, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from readable_portal.summary.simplify import Form

__all__ = ["LENGTH", "SHORTEST", "Candidate", "Way", "chances", "choose", "worth"]

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
STEPS = (0.02, 0.1, 0.4, 1.0)
# So many different chances are remembered: a few thousand are met in a thousand articles.
REMEMBERED = 1 << 16


class Candidate(NamedTuple):
    """A sentence that could stand in a summary.

    Attributes:
        source: Its index.
        words: Its syllables, each once, by their numbers.
        length: How many they are with repetitions.
        mass: The chances of its syllables, summed up.
        factor: What they are multiplied with: below 1 for a sentence that leans on the one before.
    """

    source: int
    words: AbstractSet[int]
    length: int
    mass: float
    factor: float = 1.0


class Way(NamedTuple):
    """A way to say a candidate.

    Attributes:
        form: As it would stand in the summary.
        words: Its syllables that the article has, each once, by their numbers.
        length: How many syllables it has with repetitions.
        letters: How many letters they have.
    """

    form: Form
    words: AbstractSet[int]
    length: int
    letters: int


def chances(stands: Iterable[int]) -> list[float]:
    """For each syllable, by its number, the chance (0 to 1) that a person's summary has it.

    Args:
        stands: Where they stand, as ``features.describe`` says it.
    """
    return list(map(_CHANCES.__getitem__, stands))


def worth(mass: float, length: int) -> float:
    """The F1 (0 to 1) that a text can expect against a person's summary.

    Args:
        mass: The chances of its syllables, each once, summed up.
        length: How many they are with repetitions.
    """
    return 2 * mass / (length + LENGTH)


def choose(
    candidates: Sequence[Candidate],
    chance: Sequence[float],
    ways: Callable[[Candidate], Sequence[Way]],
    *,
    count: int = 3,  # what fits on a telephone's screen without scrolling
    grade: float = 9.0,  # lower secondary school, the limit of WCAG 2.2 criterion 3.1.5
) -> list[tuple[int, Way]]:
    """The best set: sources and the way each is said, in the order of choice.

    The set is the most worth one that a greedy search finds whose reading level is ``grade`` or below; where
    there is none, the easiest that was found.

    Args:
        candidates: What may be chosen.
        chance: Of the article's syllables.
        ways: The ways to say a candidate; asked for only when it is chosen.
        count: How many sentences at most.
        grade: Highest Nguyen-Henkin level of the whole.
    """
    best: list[tuple[int, Way]] = []
    lowest = math.inf
    # In a short text full of long sentences only fewer of them may be easy enough; in an easy text all may
    # stay.
    tries = [(count, hard) for hard in STEPS] + [(fewer, STEPS[-1]) for fewer in range(count - 1, 1, -1)]
    for size, hard in tries:
        chosen = _greedy(candidates, chance, ways, size, hard)
        level = _grade([way for _, way in chosen])
        if level < lowest:
            best, lowest = chosen, level
        if level <= grade or (hard == STEPS[-1] and lowest <= EASY):
            break
    return best


def _greedy(
    candidates: Sequence[Candidate],
    chance: Sequence[float],
    ways: Callable[[Candidate], Sequence[Way]],
    count: int,
    hard: float,
) -> list[tuple[int, Way]]:
    """The best first, in the way that is worth most, then what adds most to it."""
    chosen: list[tuple[int, Way]] = []
    said: AbstractSet[int] = frozenset()
    gain, length = 0.0, LENGTH
    # What each adds; it is less the more was said before.
    masses = [each.mass for each in candidates]
    pains = [_pain(each.length, hard) for each in candidates]
    while True:
        value, place = max(
            (2 * (gain + mass * each.factor) / (length + each.length) - pain, place)
            for place, (each, mass, pain) in enumerate(zip(candidates, masses, pains, strict=True))
        )
        if value == -math.inf:
            return chosen
        best, mass = candidates[place], masses[place]
        way, *others = ways(best)
        if others or way.words is not best.words:
            value = -math.inf
            for other in (way, *others):
                new = sum(map(chance.__getitem__, other.words - said))
                pain = _pain(other.length / other.form.parts, hard)
                worthy = 2 * (gain + new * best.factor) / (length + other.length) - pain
                if worthy > value:
                    way, mass, value = other, new, worthy
        chosen.append((best.source, way))
        if len(chosen) == count:
            return chosen
        gain += mass
        length += way.length
        fresh = way.words - said
        said = said | fresh
        masses[place] = -math.inf
        for place, each in enumerate(candidates):
            common = each.words & fresh
            if len(common) > SAME * min(len(each.words), len(fresh)):
                masses[place] = -math.inf
            else:
                masses[place] -= sum(map(chance.__getitem__, common))


def _pain(length: float, hard: float) -> float:
    """What a sentence of so many syllables loses for being hard to read."""
    return hard * (length / COMFORTABLE - 1) if length > COMFORTABLE else 0.0


def _same(words: AbstractSet[int], other: AbstractSet[int]) -> bool:
    return len(words & other) > SAME * min(len(words), len(other))


def _grade(chosen: Sequence[Way]) -> float:
    """Nguyen and Henkin's level (1982) of a set, over syllables, as ``vietnamese.readability`` has it."""
    count = sum(way.length for way in chosen)
    if not count:
        return math.inf
    letters = sum(way.letters for way in chosen)
    return 2 * letters / count + 0.2 * count / sum(way.form.parts for way in chosen) - 6


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    table = json.loads(files("readable_portal.summary").joinpath("data/ranking.json").read_text("utf-8"))
    return float(table["intercept"]), tuple(float(table["weights"][name]) for name in FEATURES)


class _Chances(dict[int, float]):
    """By where it stands, the chance of a syllable: made when first asked for, few are ever different."""

    def __missing__(self, stands: int) -> float:
        intercept, weights = _model()
        logit = intercept + sum(weight * value for weight, value in zip(weights, row(stands), strict=True))
        chance = 1 / (1 + math.exp(-logit))
        if len(self) < REMEMBERED:
            self[stands] = chance
        return chance


_CHANCES = _Chances()
