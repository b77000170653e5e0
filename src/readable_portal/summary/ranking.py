"""Which sentences of an article say most of it.

A linear ranker over the features of ``features.py``; its weights are trained by
``tools/train_ranking.py`` and stand in ``data/ranking.json``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from readable_portal.summary.features import FEATURES, describe, syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["choose", "score"]

# GOV.UK keeps sentences at 25 words or below; a Vietnamese word is written as one or more syllables,
# so this is strict, and the penalty below is soft.
COMFORTABLE = 25
# Two sentences that share this much of the shorter one say the same.
SAME = 0.6


def score(title: str, sentences: Sequence[str]) -> list[float]:
    """How much of the article each sentence says, as a rank: higher is better, units mean nothing."""
    weights = _weights()
    rows = describe(title, [syllables(sentence) for sentence in sentences])
    return [sum(w * x for w, x in zip(weights, row, strict=True)) for row in rows]


def choose(
    title: str,
    sentences: Sequence[str],
    *,
    count: int = 3,  # what fits on a telephone's screen without scrolling
    hard: float = 0.1,  # 85 % of three-sentence summaries fall to grade 9 or below (docs/summary.md)
) -> list[int]:
    """Indices of the ``count`` best sentences, best first, without ones that repeat each other or the title.

    Args:
        title: The article's title; it is never part of the summary.
        sentences: The article's sentences in order.
        count: How many at most.
        hard: Penalty per 25 syllables above a comfortable length.
    """
    split = [syllables(sentence) for sentence in sentences]
    worth = score(title, sentences)
    order = sorted(
        range(len(sentences)),
        key=lambda i: (-(worth[i] - hard * max(0, len(split[i]) - COMFORTABLE) / COMFORTABLE), i),
    )
    chosen: list[int] = []
    said = [set(syllables(title))] if syllables(title) else []
    for index in order:
        words = set(split[index])
        if not words or split[index] == syllables(title):
            continue
        if any(len(words & other) > SAME * min(len(words), len(other)) for other in said[1:]):
            continue
        chosen.append(index)
        said.append(words)
        if len(chosen) == count:
            break
    return chosen


@cache
def _weights() -> tuple[float, ...]:
    table = json.loads(files("readable_portal.summary").joinpath("data/ranking.json").read_text("utf-8"))
    return tuple(float(table["weights"][name]) for name in FEATURES)
