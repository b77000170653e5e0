"""What a line of text is worth to the element that holds it: prose counts for it, links against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.page import names, phrases
from readable_portal.page.anchoring import folded_letters

if TYPE_CHECKING:
    from readable_portal.page.tree import Run, Tree

__all__ = ["UNWANTED", "believe", "weigh_runs"]

UNWANTED = names.HARD | names.COMMENT | names.HIDDEN
_NO_TEXT = UNWANTED | names.CAPTION
_BYLINE = names.META | names.DATE | names.AUTHOR
# Calibrated on half of the article-extraction-benchmark's pages and checked on the other half; none of
# them moves F1 by more than 0.002 when it is changed by a fifth.
# A paragraph right after a headline that is a link is mostly the teaser of another article.
_TEASER = 0.2
# What a link that stands alone costs, besides its length.
_LINK_COST = 12.0
# The portal's owner and licence mark a footer, whose other lines look like prose.
_IMPRINT_COST = 100.0
# What stands in something called a sidebar, a widget or a header.
_SIDE = 0.3
# What stands before the title is seldom the article, nor what comes after a long stretch without prose.
_BEFORE_TITLE = 0.3
_LONG_GAP = 25
_AFTER_GAP = 0.5


def weigh_runs(tree: Tree, anchor: int) -> None:
    """Give every run its value: by its text, its links, and how far from the title it stands.

    Args:
        tree: The page.
        anchor: Index of the run that is surely the title, or -1.
    """
    runs, tags = tree.runs, tree.tags
    imprints: list[int] = []
    late = len(runs) // 3  # imprints stand at the end of pages
    headline = False
    factor, gap = (_BEFORE_TITLE if anchor >= 0 else 1.0), 0
    i, count = 0, len(runs)
    while i < count:
        run = runs[i]
        size, links, prose, after = run.size, run.links, run.prose, i + 1
        if after < count and runs[after].container == run.container:
            size, links, prose, after = _join_lines(runs, i)
        if i <= anchor < after:
            factor, gap = 1.0, 0
        if i > late and size < 900 and links * 2 <= size and _is_imprint(runs, i, after):
            value = -_IMPRINT_COST
            imprints.append(after)
        else:
            value = _weigh(run, tags[run.container], size, links, prose=prose)
        gap += after - i
        if value > 0:
            if headline and size < 400:
                value *= _TEASER
            if value > 50:
                if gap > _LONG_GAP + after - i and factor == 1.0 and i > anchor:
                    factor = _AFTER_GAP
                gap = 0
            value *= factor
        for each in runs[i:after]:
            each.value = value * each.size / size
        if links * 10 > size * 8 and size >= 20:
            headline = True
        elif value > 0 or (size >= 40 and not run.flags & _BYLINE):
            headline = False
        i = after
    _silence_imprints(tree, imprints)


def believe(tree: Tree, said: str) -> None:
    """Give lines that the head has as the article's text their full worth, wherever they stand."""
    letters = folded_letters(said)
    for run in tree.runs:
        if run.size >= 60 and folded_letters(run.text[:80])[:50] in letters:
            run.value = float(run.size)
            run.flags &= ~UNWANTED


def _join_lines(runs: list[Run], first: int) -> tuple[int, int, bool, int]:
    """Lines that ``<br>`` parts as one: characters, those in links, whether any is prose, index after."""
    size = links = 0
    prose, i = False, first
    while i < len(runs) and runs[i].container == runs[first].container:
        size += runs[i].size
        links += runs[i].links
        prose = prose or runs[i].prose
        i += 1
    return size, links, prose, i


def _is_imprint(runs: list[Run], first: int, after: int) -> bool:
    if runs[first].flags & _NO_TEXT:
        return False
    is_imprint = phrases.is_imprint
    for i in range(first, after):  # noqa: SIM110 - any() would make a generator for every element
        if is_imprint(runs[i].text):
            return True
    return False


def _silence_imprints(tree: Tree, imprints: list[int]) -> None:
    """Take the worth of what follows an imprint in the same part of the page: addresses, remarks.

    Args:
        tree: The page.
        imprints: Indexes of the runs after each imprint.
    """
    for i in imprints:
        holder = tree.parents[tree.runs[i - 1].container]
        for run in tree.runs[i : i + 12]:
            if run.container <= holder:
                break
            run.value = min(run.value, 0.0)


def _weigh(run: Run, tag: str, size: int, links: int, *, prose: bool) -> float:
    """The value of the text that one element holds directly, of which ``run`` is the first line."""
    if run.flags & _NO_TEXT or run.text[0] == "<":
        return 0.0
    if links * 2 > size:
        return -_LINK_COST - min(size, 80) * 0.6
    if prose:
        if "ookie" in run.text and phrases.CONSENT.match(run.text):
            return 0.0
        value = min(size, 2000) - 1.5 * links
    elif tag == "p" and size >= 15:
        value = 0.6 * size - links
    else:
        return 0.0 if tag in _CELLS else -3.0
    return value * _SIDE if run.flags & names.SOFT and value > 0 else value


_CELLS = frozenset({"td", "th", "li", "dd", "dt"})
