"""What an article says about each of its syllables: numbers from the article alone.

No word list and no corpus statistics: the same seven numbers mean the same on a portal about fisheries and on
one about taxes. The strongest is the *echo*: how much of the article's weight of title-like sentences holds
the syllable, so that what stands together with the title's words counts even where the title does not say it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FEATURES", "Syllable", "describe", "syllables"]

FEATURES = ("in_title", "log_spread", "title_spread", "log_first", "opening", "digit", "log_echo")

_SYLLABLE = re.compile(r"\w+")
# Keeps the logarithm of an echo of nothing finite; about the echo of a syllable in one dull sentence.
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Syllable:
    """Where a syllable stands.

    Attributes:
        in_title: Whether the title has it.
        spread: In how many sentences it stands.
        first: Index of the first of them.
        echo: Share (0 to 1) of the title-likeness of all sentences that its sentences have.
    """

    in_title: bool
    spread: int
    first: int
    echo: float


def syllables(text: str) -> list[str]:
    """The syllables of a text in lower case; ``text`` is NFC. Numbers and abbreviations count as one."""
    return _SYLLABLE.findall(text.lower())


def describe(title: Sequence[str], sentences: Sequence[Sequence[str]]) -> dict[str, Syllable]:
    """Where each syllable of an article stands.

    Args:
        title: Syllables of the title; may be empty.
        sentences: Syllables of each sentence, in order.
    """
    wanted = set(title)
    spread: dict[str, int] = {}
    first: dict[str, int] = {}
    echo: dict[str, float] = {}
    total = 0.0
    for index, sentence in enumerate(sentences):
        own = set(sentence)
        # F1 with the title, squared: a sentence that shares half of the title says four times as much
        # about the matter as one that shares a quarter.
        alike = (2 * len(own & wanted) / (len(own) + len(wanted))) ** 2 if wanted and own else 0.0
        total += alike
        for word in own:
            if word in spread:
                spread[word] += 1
                echo[word] += alike
            else:
                spread[word] = 1
                first[word] = index
                echo[word] = alike
    return {
        word: Syllable(word in wanted, count, first[word], echo[word] / total if total else 0.0)
        for word, count in spread.items()
    }


def row(word: str, where: Syllable) -> tuple[float, ...]:
    """The features of a syllable, in the order of ``FEATURES``."""
    spread = math.log(where.spread)
    return (
        float(where.in_title),
        spread,
        spread if where.in_title else 0.0,
        math.log(1 + where.first),
        float(where.first == 0),
        float(word[0].isdigit()),
        math.log(where.echo + _FLOOR),
    )
