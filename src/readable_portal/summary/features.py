"""What an article says about each of its syllables: numbers from the article alone.

No word list and no corpus statistics: the same few numbers mean the same on a portal about fisheries and on
one about taxes. The strongest is the *echo*: how much of the article's weight of title-like sentences holds
the syllable, so that what stands together with the title's words counts even where the title does not say
it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["FEATURES", "FLOOR", "Echo", "describe", "row", "syllables"]

FEATURES = ("in_title", "log_spread", "title_spread", "log_first", "log_echo")

_SYLLABLE = re.compile(r"\w+")
# Keeps the logarithm of an echo of nothing finite; about the echo of a syllable in one dull sentence.
FLOOR = 0.02
# Written words that are remembered with their syllables. Vietnamese has some 7,000 syllables; with capitals
# and punctuation a portal's articles come to some 30,000.
_REMEMBERED = 50_000


class _Written(dict[str, tuple[str, ...]]):
    """From what stands between two spaces to its syllables; five times as fast as finding them again."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = tuple(_SYLLABLE.findall(written.lower()))
        self[written] = found
        return found


_syllables_of = _Written().__getitem__


def syllables(text: str) -> list[str]:
    """The syllables of a text in lower case; ``text`` is NFC. Numbers and abbreviations count as one."""
    return list(chain.from_iterable(map(_syllables_of, text.split())))


class Echo(NamedTuple):
    """Where the syllables of an article stand.

    Attributes:
        first: For each syllable the index of the first sentence that has it.
        alike: For each sentence its share (0 to 1) of the likeness of all sentences to the title.
        spread: For each syllable the number of sentences that have it.
        echo: For each syllable of several sentences the sum of their shares; for the others it is the share
        of
            the first.
    """

    first: dict[str, int]
    alike: list[float]
    spread: dict[str, int]
    echo: dict[str, float]


def describe(title: AbstractSet[str], sentences: Sequence[AbstractSet[str]]) -> Echo:
    """Where each syllable of an article stands.

    Args:
        title: Syllables of the title; may be empty.
        sentences: Syllables of each sentence, in order.
    """
    # F1 with the title, squared: a sentence that shares half of the title says four times as much about the
    # matter as one that shares a quarter.
    alike = [(2 * len(own & title) / (len(own) + len(title) or 1)) ** 2 for own in sentences]
    total = sum(alike) or 1.0
    alike = [each / total for each in alike]
    first: dict[str, int] = {}
    for index in range(len(sentences) - 1, -1, -1):
        first.update(dict.fromkeys(sentences[index], index))
    spread = Counter(chain.from_iterable(sentences))
    echo = {word: 0.0 for word, count in spread.items() if count > 1}
    several = echo.keys()
    for own, share in zip(sentences, alike, strict=True):
        for word in several & own:
            echo[word] += share
    return Echo(first, alike, spread, echo)


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
