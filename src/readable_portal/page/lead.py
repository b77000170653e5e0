"""The publisher's summary (sapo), which nearly always stands outside the body's element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.page import names
from readable_portal.page.anchoring import folded_letters

if TYPE_CHECKING:
    from readable_portal.page.metadata import Metadata
    from readable_portal.page.tree import Run, Tree

__all__ = ["find_lead"]

_UNWANTED = names.HARD | names.COMMENT | names.HIDDEN | names.CAPTION


def find_lead(tree: Tree, first: int, start: int, metadata: Metadata, *, skip: int = -1) -> tuple[int, str]:
    """Index of the lead's run and why, or -1.

    Args:
        tree: The page.
        first: Index of the run after the title.
        start: Index of the body's first run of prose.
        metadata: Its description is often the lead, cut short.
        skip: Index of a run that is something else (the date), or -1.
    """
    runs = tree.runs
    descriptions = [
        letters
        for text in dict.fromkeys(metadata.descriptions)
        if len(letters := folded_letters(text[:120])) > 20
    ]
    best, best_score, why = -1, 1.9, ""
    for i in range(max(0, first), min(start + 1, len(runs))):
        run = runs[i]
        if i == skip:
            continue
        if run.size < 30 or run.size > 1200 or run.flags & _UNWANTED or run.links * 2 > run.size:
            continue
        score, reason = _lead_score(run, descriptions, inside=i >= start)
        if score > best_score:
            best, best_score, why = i, score, reason
    return best, why


def _lead_score(run: Run, descriptions: list[str], *, inside: bool) -> tuple[float, str]:
    score, why = 0.0, "before the body"
    if run.flags & names.LEAD:
        score, why = score + 3, "named"
    if descriptions:
        letters = folded_letters(run.text[:200])
        if any(each[:60] in letters or letters[:60] in each for each in descriptions):
            score, why = score + 2, f"{why}, description"
    if min(run.bold, run.size) * 10 >= run.size * 9:
        score, why = score + 1.5, f"{why}, bold"
    if run.flags & (names.META | names.DATE | names.AUTHOR) and not run.flags & names.LEAD:
        score -= 3
    if not inside:
        score += 1 if run.size >= 60 else 0.3
        if run.flags & names.HEADING:
            score += 0.7
    elif min(run.bold, run.size) * 10 >= run.size * 9 and run.size >= 60:
        score += 0.5
    else:
        score -= 1
    return score, why
