"""What an article says about each of its syllables: numbers from the article alone.

No word list and no corpus statistics: the same few numbers mean the same on a portal about fisheries and on
one about taxes. The strongest is the *echo*: how much of the article's weight of title-like sentences holds
the syllable, so that what stands together with the title's words counts even where the title does not say
it.

Only sentences that open the article or share something with its title are *heard*: the others cannot be
chosen, so they are asked for nothing but how often and how early they have the syllables of the heard ones.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["FEATURES", "FLOOR", "Echo", "describe", "heard", "likeness", "row"]

FEATURES = ("in_title", "log_spread", "title_spread", "log_first", "log_echo")

# Keeps the logarithm of an echo of nothing finite; about the echo of a syllable in one dull sentence.
FLOOR = 0.02
# Sentences at the beginning that are heard whatever they say, and the share of all likeness to the title from
# which another one is.
OPENING = 2
SHARE = 0.04


class Echo(NamedTuple):
    """Where the syllables of the heard sentences stand; the three are in the same order.

    Attributes:
        first: For each syllable the index of the first sentence that has it.
        spread: For each syllable the number of sentences that have it.
        echo: For each syllable the sum of the shares of the sentences that have it.
        sentences: How many sentences there are.
    """

    first: dict[bytes, int]
    spread: dict[bytes, int]
    echo: dict[bytes, float]
    sentences: int


def likeness(title: set[bytes], sentences: Sequence[Sequence[bytes]]) -> list[float]:
    """For each sentence its share (0 to 1) of the likeness of all sentences to the title.

    Args:
        title: Syllables of the title; may be empty.
        sentences: Syllables of each sentence, in order.
    """
    # F1 with the title, squared: a sentence that shares half of the title says four times as much about the
    # matter as one that shares a quarter.
    size = len(title) or 1
    common = map(len, map(title.intersection, sentences))
    alike = [(2 * shared / (len(own) + size)) ** 2 for shared, own in zip(common, sentences, strict=True)]
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
    found = [place for place, share in enumerate(shares) if place < OPENING or share >= SHARE]
    if len(found) < least:
        order = sorted(range(OPENING, len(shares)), key=lambda place: -shares[place])
        found = sorted([*range(OPENING), *order[: least - OPENING]])
    return found


def describe(
    shares: Sequence[float], own: Mapping[int, AbstractSet[bytes]], sentences: Sequence[Iterable[bytes]]
) -> Echo:
    """Where each syllable of the heard sentences stands.

    Args:
        shares: As ``likeness`` gives them.
        own: Syllables of the heard sentences by place, in order.
        sentences: Syllables of all sentences, in order.
    """
    wanted = set().union(*own.values())
    first: dict[bytes, int] = {}
    spread: dict[bytes, int] = {}
    echo: dict[bytes, float] = {}
    for place, words in enumerate(sentences):
        share = shares[place]
        for word in own[place] if place in own else wanted.intersection(words):
            if word in spread:
                spread[word] += 1
                echo[word] += share
            else:
                first[word] = place
                spread[word] = 1
                echo[word] = share
    return Echo(first, spread, echo, len(sentences))


def row(*, in_title: bool, spread: int, first: int, echo: float) -> tuple[float, ...]:
    """The features of a syllable, in the order of ``FEATURES``.

    Args:
        in_title: Whether the title has it.
        spread: In how many sentences it stands.
        first: Index of the first of them.
        echo: Sum of the shares of its sentences.
    """
    log_spread = math.log(spread)
    return (
        float(in_title),
        log_spread,
        log_spread if in_title else 0.0,
        math.log(1 + first),
        math.log(echo + FLOOR),
    )
