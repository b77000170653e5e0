"""What is known about each sentence of an article before one is chosen: numbers from the article alone.

No word list, no corpus statistics: the weight of a syllable comes from the article itself (inverse
sentence frequency), so the features mean the same on a portal about fisheries and one about taxes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FEATURES", "describe", "syllables"]

FEATURES = (
    "near_start",
    "first",
    "position",
    "log_length",
    "short",
    "long",
    "title_recall",
    "centrality",
)

_SYLLABLE = re.compile(r"\w+")


def syllables(text: str) -> list[str]:
    """The syllables of a text in lower case; ``text`` is NFC. Numbers and abbreviations count as one."""
    return _SYLLABLE.findall(text.lower())


def describe(title: str, sentences: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
    """The features of each sentence, in the order of ``FEATURES``.

    Args:
        title: The article's title.
        sentences: The syllables of each sentence, in order.
    """
    count = len(sentences)
    spread = Counter(word for sentence in sentences for word in set(sentence))
    rarity = {word: math.log((count + 1) / (seen + 0.5)) for word, seen in spread.items()}
    whole = Counter(word for sentence in sentences for word in sentence)
    weight = {word: seen * rarity[word] for word, seen in whole.items()}
    norm = math.sqrt(sum(value * value for value in weight.values())) or 1.0
    wanted = set(syllables(title))
    rows: list[tuple[float, ...]] = []
    for index, sentence in enumerate(sentences):
        own = Counter(sentence)
        length = len(sentence)
        own_norm = math.sqrt(sum((seen * rarity[word]) ** 2 for word, seen in own.items())) or 1.0
        dot = sum(seen * rarity[word] * weight[word] for word, seen in own.items())
        rows.append(
            (
                1 / (1 + index),
                float(index == 0),
                index / max(1, count - 1),
                math.log(1 + length),
                float(length < 8),
                float(length > 55),
                len(wanted & own.keys()) / max(1, len(wanted)),
                dot / own_norm / norm,
            )
        )
    return rows
