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
from readable_portal.summary.standing import LABEL

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
# A sentence of whose syllables this much was said says nothing new.
SAME = 0.7
# Fewer syllables are a label ("Ảnh: ..."), not a statement.
SHORTEST = 6
# Where the reading level of newspapers begins; below it nobody needs a summary that is easier still.
EASY = 5.4
# The penalty where no reading level is asked for: of two sentences that are worth about the same, the shorter.
GENTLE = 0.005
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
        weight: What they are multiplied with: above 1 for the publisher's own summary.
    """

    source: int
    words: AbstractSet[int]
    length: int
    mass: float
    weight: float = 1.0


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
    stands: Callable[[int], float],
    ways: Callable[[int], Sequence[Way]],
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
        stands: How well a source stands alone, 0 to 1; asked for only when it could be chosen.
        ways: The ways to say a source; asked for only when it is chosen.
        count: How many sentences at most.
        grade: Highest Nguyen-Henkin level of the whole.
    """
    best: list[tuple[int, Way]] = []
    if not candidates:
        return best
    lowest = math.inf
    # In a short text full of long sentences only fewer of them may be easy enough; in an easy text all may
    # stay.
    tries = [(count, hard) for hard in STEPS] + [(fewer, STEPS[-1]) for fewer in range(count - 1, 1, -1)]
    if grade == math.inf:
        return _greedy(candidates, chance, stands, ways, count, GENTLE)
    for size, hard in tries:
        chosen = _greedy(candidates, chance, stands, ways, size, hard)
        level = _grade([way for _, way in chosen])
        if level < lowest:
            best, lowest = chosen, level
        if level <= grade or (hard == STEPS[-1] and lowest <= EASY):
            break
    return best


def _greedy(
    candidates: Sequence[Candidate],
    chance: Sequence[float],
    stands: Callable[[int], float],
    ways: Callable[[int], Sequence[Way]],
    count: int,
    hard: float,
) -> list[tuple[int, Way]]:
    """The best first, in the way that is worth most, then what adds most to it.

    A candidate adds less the more was said before, and less if it does not stand alone. So what it added when
    last looked at is a limit, and those that would not win with even that much are not looked at again.
    """
    chosen: list[tuple[int, Way]] = []
    said: set[int] = set()
    gain, length = 0.0, 0
    limits = [each.mass for each in candidates]
    pains = [_pain(each.length, hard) for each in candidates]
    while len(chosen) < count:
        hopes = [
            (2 * (gain + limit * each.weight) / (length + LENGTH + each.length) - pain, place)
            for place, (each, limit, pain) in enumerate(zip(candidates, limits, pains, strict=True))
        ]
        hopes.sort(reverse=True)
        best, value = -1, -math.inf
        for hope, place in hopes:
            if hope <= value:
                break
            each = candidates[place]
            if said:
                new = each.words - said
                if len(new) < (1 - SAME) * len(each.words):
                    limits[place] = -math.inf
                    continue
                limits[place] = sum(map(chance.__getitem__, new))
                if worth(gain + limits[place] * each.weight, length + each.length) - pains[place] <= value:
                    continue
            stand = stands(each.source)
            now = worth(gain + limits[place] * each.weight * stand, length + each.length) - pains[place]
            if stand <= LABEL:
                # Headings, captions and questions only where there is nothing else.
                now -= 1.0
            if now > value:
                best, value = place, now
        if best < 0:
            break
        each, mass = candidates[best], limits[best]
        way, *others = ways(each.source)
        if others or way.words is not each.words:
            value = -math.inf
            for other in (way, *others):
                adds = sum(map(chance.__getitem__, other.words - said))
                pain = _pain(other.length / other.form.parts, hard)
                now = worth(gain + adds * each.weight, length + other.length) - pain
                if now > value:
                    way, mass, value = other, adds, now
        chosen.append((each.source, way))
        limits[best] = -math.inf
        gain += mass
        length += way.length
        said |= way.words
    return chosen


def _pain(length: float, hard: float) -> float:
    """What a sentence of so many syllables loses for being hard to read."""
    return hard * (length / COMFORTABLE - 1) if length > COMFORTABLE else 0.0


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
