"""What an article says about each of its syllables: numbers from the article alone.

No word list and no corpus statistics: the same few numbers mean the same on a portal about fisheries and on
one about taxes. The strongest is the *echo*: how much of the article's weight of title-like sentences holds
the syllable, so that what stands together with the title's words counts even where the title does not say
it.

Only sentences that open the article or share something with its title are *heard*. The others cannot be
chosen, and to count what they repeat takes time and makes no choice better.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FEATURES", "SPREAD", "describe", "heard", "likeness", "number", "row"]

FEATURES = ("in_title", "log_spread", "title_spread", "log_first", "log_echo")

# A sentence that shares half of the title says nearly six times as much about the matter as one that shares a
# quarter.
LIKE = 2.5
# Sentences at the beginning that are heard whatever they say, and the share of all likeness to the title from
# which another one is.
OPENING = 2
SHARE = 0.04
# Keeps the logarithm of an echo of nothing finite; about the echo of a syllable in one dull sentence.
FLOOR = 0.02

# Where a syllable stands is one whole number, so that one addition counts all of it. From the right: its echo
# in 32nds (sixteen bits, so that it may stand two thousand times in the one sentence that is like the title);
# the first sentence that has it (later than the 15th is all the same); whether the title has it; how often it
# stands in the heard sentences.
ECHO = 32
FIRST = 1 << 16
LATEST = 15
TITLED = FIRST * (LATEST + 1)
SPREAD = TITLED * 2


def likeness(title: set[bytes], sentences: Sequence[Sequence[bytes]]) -> list[float]:
    """For each sentence its share (0 to 1) of the likeness of all sentences to the title.

    Args:
        title: Syllables of the title; may be empty.
        sentences: Syllables of each sentence, in order.
    """
    size = len(title) or 1
    common = title.intersection
    # F1 with the title, to a power.
    alike = [(len(common(own)) / (len(own) + size)) ** LIKE for own in sentences]
    total = sum(alike) or 1.0
    return [each / total for each in alike]


def heard(
    shares: Sequence[float],
    *,
    least: int = 0,  # one sentence is chosen among those that are like the title
) -> list[int]:
    """Which sentences are listened to.

    Args:
        shares: As ``likeness`` gives them.
        least: So many at least, the most like the title; where there are not more, all.
    """
    if len(shares) <= least:
        return list(range(len(shares)))
    found = [place for place, share in enumerate(shares) if share >= SHARE or place < OPENING]
    if len(found) < least:
        order = sorted(range(OPENING, len(shares)), key=lambda place: -shares[place])
        found = sorted([*range(OPENING), *order[: least - OPENING]])
    return found


def number(title: Iterable[bytes]) -> defaultdict[bytes, int]:
    """Numbers for syllables, each new one the next: to count and to compare numbers is quick.

    Args:
        title: Syllables of the title, which have the lowest numbers.
    """
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    deque(map(numbers.__getitem__, title), maxlen=0)
    return numbers


def describe(
    shares: Sequence[float], own: Mapping[int, Iterable[int]], *, titled: int, known: int
) -> list[int]:
    """Where each syllable of the heard sentences stands, as ``row`` reads it.

    Args:
        shares: As ``likeness`` gives them.
        own: Numbers of the syllables of the heard sentences, with repetitions, by place, in order.
        titled: How many syllables the title has; their numbers are the lowest.
        known: How many are numbered.
    """
    stands = [TITLED] * titled + [0] * (known - titled)
    for place, numbers in own.items():
        new = FIRST * min(place, LATEST)
        more = SPREAD + int(ECHO * shares[place])
        for each in numbers:
            stands[each] = (stands[each] or new) + more
    return stands


def row(stands: int) -> tuple[float, ...]:
    """The features of a syllable, in the order of ``FEATURES``.

    Args:
        stands: Where it stands, as ``describe`` says it.
    """
    spread, rest = divmod(stands, SPREAD)
    in_title, rest = divmod(rest, TITLED)
    first, echo = divmod(rest, FIRST)
    log_spread = math.log(max(1, spread))
    return (
        float(in_title),
        log_spread,
        log_spread * in_title,
        math.log(1 + first),
        math.log(echo / ECHO + FLOOR),
    )
