"""The set of sentences that says most of an article, and is easy enough to read.

What a set is worth is the expected F1 of ``ranking.py``, less a penalty for long sentences. The search is
greedy. It asks as little as it can: whether a sentence stands alone, and how else it could be said, only of
those that could be, or are, chosen.
"""

from __future__ import annotations

import math
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from readable_portal.summary.ranking import LENGTH, worth
from readable_portal.summary.standing import LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from readable_portal.summary.simplify import Form

__all__ = ["SHORTEST", "Candidate", "Matter", "Way", "choose", "choose_one"]

# GOV.UK keeps sentences at 25 words or below; a Vietnamese word is written as one or more syllables,
# so this is strict, and the penalty beyond it is soft.
COMFORTABLE = 25
# A sentence of whose syllables this much was said says nothing new.
SAME = 0.7
# Fewer syllables are a label ("Ảnh: ..."), not a statement.
SHORTEST = 6
# Where the reading level of newspapers begins (``vietnamese.readability``). Below it nobody needs a summary
# that is easier still, and to make one costs a short easy article its lead.
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
        words: Its syllables, by their numbers.
        weight: What their chances are multiplied with: above 1 for the publisher's own summary.
    """

    source: int
    words: Sequence[int]
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
        ways: The ways to say a source, whose syllables, each once, are given; asked for only when chosen.
    """

    candidates: Sequence[Candidate]
    chance: Sequence[float]
    stands: Callable[[int], float]
    ways: Callable[[int, AbstractSet[int]], Sequence[Way]]


def choose_one(matter: Matter) -> list[tuple[int, Way]]:
    """The source that is worth most and the way it is said best; nothing where there is no candidate.

    One sentence has no reading level to keep: it cannot be both the whole matter and easy (forced below 9 it
    loses 7 of 38 points of ROUGE-1).
    """
    _, chance, stands, ways = matter
    best, value = None, -math.inf
    contents = _contents(matter)
    hopes = [worth(mass, length) - _pain(length, GENTLE) for _, _, length, _, mass in contents]
    while (hope := max(hopes, default=value)) > value:
        place = hopes.index(hope)
        hopes[place] = -math.inf
        each = contents[place]
        stand = stands(each.source)
        now = worth(each.mass * stand, each.length) - _pain(each.length, GENTLE) - _sunk(stand)
        if now > value:
            best, value = each, now
    if best is None:
        return []
    said = ways(best.source, best.words)
    if len(said) == 1:
        return [(best.source, said[0])]
    gains = [
        worth(sum(map(chance.__getitem__, way.words)) * best.weight, way.length)
        - _pain(way.length / way.form.parts, GENTLE)
        for way in said
    ]
    return [(best.source, said[gains.index(max(gains))])]


def choose(
    matter: Matter,
    *,
    count: int = 3,  # what fits on a telephone's screen without scrolling
    grade: float = 9.0,  # lower secondary school, the limit of WCAG 2.2 criterion 3.1.5
) -> list[tuple[int, Way]]:
    """The best set: sources and the way each is said, in the order of choice.

    The set is the most worth one that a greedy search finds whose reading level is easy or at most ``grade``;
    where there is none, the easiest that was found.

    Args:
        matter: What there is to choose from.
        count: How many sentences at most.
        grade: Highest Nguyen-Henkin level of the whole.
    """
    contents = _contents(matter)
    leading = _leading(matter, contents)
    best: list[tuple[int, Way]] = []
    lowest = math.inf
    # In a short text full of long sentences only fewer of them may be easy enough; in an easy text all may
    # stay.
    tries = [(count, hard) for hard in STEPS] + [(fewer, STEPS[-1]) for fewer in range(count - 1, 1, -1)]
    for size, hard in tries:
        chosen = _Search(matter, contents, hard).most(size, leading)
        level = _grade(chosen)
        if level < lowest:
            best, lowest = chosen, level
        if level <= max(grade, EASY):
            break
    return best


class _Content(NamedTuple):
    """What a candidate says: its syllables, each once, how many with repetitions, and their weighted mass."""

    source: int
    words: AbstractSet[int]
    length: int
    weight: float
    mass: float


def _contents(matter: Matter) -> list[_Content]:
    chance = matter.chance.__getitem__
    found = []
    for source, words, weight in matter.candidates:
        once = set(words)
        found.append(_Content(source, once, len(words), weight, sum(map(chance, once)) * weight))
    return found


class _Search:
    """One greedy search: the best first, then what adds most to it.

    A candidate adds less the more was said before, and less if it does not stand alone. So what it added when
    last looked at is a limit, and those that would not win with even that much are not looked at again.
    """

    def __init__(self, matter: Matter, contents: Sequence[_Content], hard: float) -> None:
        self._matter = matter
        self._contents = contents
        self._hard = hard
        # The chances of what was not said yet.
        self._left = [*matter.chance]
        self._said: set[int] = set()
        self._gain = 0.0
        self._length = LENGTH
        self._limits = [each.mass for each in contents]
        self._pains = [_pain(each.length, hard) for each in contents]

    def most(self, count: int, leading: Sequence[int]) -> list[tuple[int, Way]]:
        """So many sentences, or as many as say something new; the first is one of ``leading``."""
        chosen: list[tuple[int, Way]] = []
        among = leading
        while len(chosen) < count and (place := self._best(among)) is not None:
            each = self._contents[place]
            way = self._way(each)
            chosen.append((each.source, way))
            self._say(way)
            self._limits[place] = -math.inf
            among = ()
        return chosen

    def _best(self, among: Sequence[int]) -> int | None:
        """The place of the candidate that is worth most beside what was chosen.

        Args:
            among: Places that are asked; none stands for all.
        """
        contents, said, limits, pains, gain = (
            self._contents,
            self._said,
            self._limits,
            self._pains,
            self._gain,
        )
        left, spoken = self._left.__getitem__, self._length
        # What each would be worth if it added all that it may; -inf when it was looked at.
        hopes = [
            2 * (gain + limit) / (spoken + each.length) - pain
            for limit, each, pain in zip(limits, contents, pains, strict=True)
        ]
        if among:
            hopes = [hope if place in among else -math.inf for place, hope in enumerate(hopes)]
        best, value = None, -math.inf
        while (hope := max(hopes, default=value)) > value:
            place = hopes.index(hope)
            hopes[place] = -math.inf
            source, words, length, weight, _ = contents[place]
            if said:
                limits[place] = sum(map(left, words)) * weight
                if 2 * (gain + limits[place]) / (spoken + length) - pains[place] <= value:
                    continue
                if len(words - said) < (1 - SAME) * len(words):
                    limits[place] = -math.inf
                    continue
            stand = self._matter.stands(source)
            now = 2 * (gain + limits[place] * stand) / (spoken + length) - pains[place] - _sunk(stand)
            if now > value:
                best, value = place, now
        return best

    def _say(self, way: Way) -> None:
        self._gain += self._mass(way.words)
        self._length += way.length
        self._said |= way.words
        for word in way.words:
            self._left[word] = 0.0

    def _way(self, each: _Content) -> Way:
        """How it is said best."""
        ways = self._matter.ways(each.source, each.words)
        if len(ways) == 1:
            return ways[0]
        return max(
            ways,
            key=lambda way: (
                2 * (self._gain + self._mass(way.words) * each.weight) / (self._length + way.length)
                - _pain(way.length / way.form.parts, self._hard)
            ),
        )

    def _mass(self, words: AbstractSet[int]) -> float:
        """The chances of those syllables that were not said, summed up."""
        return sum(map(self._left.__getitem__, words))


def _leading(matter: Matter, contents: Sequence[_Content]) -> list[int]:
    """Places of the candidates that say most, however hard they are to read."""
    hopes = [worth(mass, length) for _, _, length, _, mass in contents]
    order = sorted(range(len(hopes)), key=hopes.__getitem__, reverse=True)[: 2 * LEADING]
    found: list[tuple[float, int]] = []
    for place in order:
        # The others say less even if they stand alone.
        if len(found) == LEADING and hopes[place] <= found[-1][0]:
            break
        found.append((hopes[place] * matter.stands(contents[place].source), place))
        found.sort(key=itemgetter(0), reverse=True)
        del found[LEADING:]
    return [place for _, place in found]


def _sunk(stand: float) -> bool:
    """Whether it loses 1, more than any sentence is worth: a heading, a caption or a question."""
    return stand <= LABEL


def _pain(length: float, hard: float) -> float:
    """What a sentence of so many syllables loses for being hard to read."""
    return hard * (length / COMFORTABLE - 1) if length > COMFORTABLE else 0.0


def _grade(chosen: Sequence[tuple[int, Way]]) -> float:
    """Nguyen and Henkin's level (1982) of a set, over syllables, as ``vietnamese.readability`` has it."""
    count = letters = parts = 0
    for _, way in chosen:
        count += way.length
        letters += way.letters
        parts += way.form.parts
    return 2 * letters / count + 0.2 * count / parts - 6 if count else math.inf
