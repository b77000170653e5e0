"""The set of sentences that says most of an article, and is easy enough to read.

What a set is worth is the expected F1 of ``ranking.py``, less a penalty for long sentences. The search is
greedy. It asks as little as it can: whether a sentence stands alone, and how else it could be said, only of
those that could be, or are, chosen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from readable_portal.summary.ranking import LENGTH, worth
from readable_portal.summary.standing import LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from readable_portal.summary.simplify import Form

__all__ = ["SHORTEST", "Candidate", "Matter", "Way", "choose"]

# GOV.UK keeps sentences at 25 words or below; a Vietnamese word is written as one or more syllables,
# so this is strict, and the penalty beyond it is soft.
COMFORTABLE = 25
# A sentence of whose syllables this much was said says nothing new.
SAME = 0.7
# Fewer syllables are a label ("Ảnh: ..."), not a statement.
SHORTEST = 6
# Where the reading level of newspapers begins; below it nobody needs a summary that is easier still.
EASY = 5.4
# The penalty where no reading level is asked for: of two sentences that are worth nearly the same, the
# shorter.
GENTLE = 0.005
# Penalties tried in turn until a summary is easy enough: expected F1 lost per 25 syllables too long.
STEPS = (0.02, 0.1, 0.4, 1.0)
# However easy a summary must be, one of so many sentences that say most stays in it: without them it is easy
# and beside the matter. On 200 administrative articles this gains 0.3 of ROUGE-1 and makes 1 % less easy.
LEADING = 3


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


class Matter(NamedTuple):
    """What there is to choose from.

    Attributes:
        candidates: What may be chosen.
        chance: Of the article's syllables, by their numbers.
        stands: How well a source stands alone, 0 to 1; asked for only when it could be chosen.
        ways: The ways to say a source; asked for only when it is chosen.
    """

    candidates: Sequence[Candidate]
    chance: Sequence[float]
    stands: Callable[[int], float]
    ways: Callable[[int], Sequence[Way]]


def choose(
    matter: Matter,
    *,
    count: int = 3,  # what fits on a telephone's screen without scrolling
    grade: float = 9.0,  # lower secondary school, the limit of WCAG 2.2 criterion 3.1.5
) -> list[tuple[int, Way]]:
    """The best set: sources and the way each is said, in the order of choice.

    The set is the most worth one that a greedy search finds whose reading level is ``grade`` or below; where
    there is none, the easiest that was found.

    Args:
        matter: What there is to choose from.
        count: How many sentences at most.
        grade: Highest Nguyen-Henkin level of the whole.
    """
    if grade == math.inf:
        return _Search(matter, GENTLE).most(count)
    leading = _leading(matter)
    best: list[tuple[int, Way]] = []
    lowest = math.inf
    # In a short text full of long sentences only fewer of them may be easy enough; in an easy text all may
    # stay.
    tries = [(count, hard) for hard in STEPS] + [(fewer, STEPS[-1]) for fewer in range(count - 1, 1, -1)]
    for size, hard in tries:
        chosen = _Search(matter, hard).most(size, leading)
        level = _grade([way for _, way in chosen])
        if level < lowest:
            best, lowest = chosen, level
        if level <= grade or (hard == STEPS[-1] and lowest <= EASY):
            break
    return best


class _Search:
    """One greedy search: the best first, then what adds most to it.

    A candidate adds less the more was said before, and less if it does not stand alone. So what it added when
    last looked at is a limit, and those that would not win with even that much are not looked at again.
    """

    def __init__(self, matter: Matter, hard: float) -> None:
        self._matter = matter
        self._hard = hard
        self._said: set[int] = set()
        self._gain = 0.0
        self._length = 0
        self._limits = [each.mass for each in matter.candidates]
        self._pains = [_pain(each.length, hard) for each in matter.candidates]

    def most(self, count: int, leading: Sequence[int] = ()) -> list[tuple[int, Way]]:
        """So many sentences, or as many as say something new; the first among those at ``leading`` places."""
        chosen: list[tuple[int, Way]] = []
        while len(chosen) < count and (place := self._best(() if chosen else leading)) is not None:
            each = self._matter.candidates[place]
            way = self._way(each)
            if way.words is not each.words:
                self._limits[place] = self._mass(way.words - self._said)
            chosen.append((each.source, way))
            self._gain += self._limits[place]
            self._limits[place] = -math.inf
            self._length += way.length
            self._said |= way.words
        return chosen

    def _best(self, among: Sequence[int]) -> int | None:
        """The place of the candidate that is worth most beside what was chosen.

        Args:
            among: Places that are asked; none stands for all.
        """
        candidates, _, stands, _ = self._matter
        gain, length, limits, pains = self._gain, self._length, self._limits, self._pains
        hopes = [
            (2 * (gain + limit * each.weight) / (length + LENGTH + each.length) - pain, place)
            for place, (each, limit, pain) in enumerate(zip(candidates, limits, pains, strict=True))
        ]
        if among:
            hopes = [hopes[place] for place in among]
        hopes.sort(reverse=True)
        best, value = None, -math.inf
        for hope, place in hopes:
            if hope <= value:
                break
            each = candidates[place]
            if self._said:
                new = each.words - self._said
                if len(new) < (1 - SAME) * len(each.words):
                    limits[place] = -math.inf
                    continue
                limits[place] = self._mass(new)
                if worth(gain + limits[place] * each.weight, length + each.length) - pains[place] <= value:
                    continue
            stand = stands(each.source)
            now = worth(gain + limits[place] * each.weight * stand, length + each.length) - pains[place]
            # Headings, captions and questions only where there is nothing else.
            now -= stand <= LABEL
            if now > value:
                best, value = place, now
        return best

    def _way(self, each: Candidate) -> Way:
        """How it is said best."""
        ways = self._matter.ways(each.source)
        if len(ways) == 1:
            return ways[0]
        return max(
            ways,
            key=lambda way: (
                worth(
                    self._gain + self._mass(way.words - self._said) * each.weight, self._length + way.length
                )
                - _pain(way.length / way.form.parts, self._hard)
            ),
        )

    def _mass(self, words: AbstractSet[int]) -> float:
        """What syllables add that were not said."""
        return sum(map(self._matter.chance.__getitem__, words))


def _leading(matter: Matter) -> list[int]:
    """Places of the candidates that say most, however hard they are to read."""

    def value(place: int, stand: float = 1.0) -> float:
        each = matter.candidates[place]
        return worth(each.mass * each.weight * stand, each.length)

    order = sorted(range(len(matter.candidates)), key=value, reverse=True)[: 2 * LEADING]
    order.sort(key=lambda place: value(place, matter.stands(matter.candidates[place].source)), reverse=True)
    return order[:LEADING]


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
