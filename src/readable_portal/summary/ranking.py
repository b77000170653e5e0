"""What the syllables of an article are worth, and so a text that is made of them.

Each syllable gets a chance to stand in a summary that a person would write (a logistic model over
``features.py``, trained by ``tools/train_ranking.py``, six numbers in ``data/ranking.json``). A text is worth
the F1 that it can expect against that summary. So long sentences pay for what they do not say, and what was
said already counts once.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from readable_portal.summary.features import FEATURES, row

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LENGTH", "chances", "worth"]

# Syllables in the summaries (sapo) that Vietnamese editors write above administrative news: mean 38.
LENGTH = 38
# So many different chances are remembered: a few thousand are met in a thousand articles.
REMEMBERED = 1 << 16


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
