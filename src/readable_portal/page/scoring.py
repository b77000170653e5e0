"""Which element holds the article: prose counts for it, links and scraps against it.

Every run of text gets a value: its length if it reads like prose, less its links; a small loss if it is
a link or a scrap. The body is the element whose runs sum up highest (Pasternak and Roth, "Extracting
article text from the web with maximum subsequence segmentation", WWW 2009, carried over to trees),
narrowed to a child that holds nearly all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.page import names

if TYPE_CHECKING:
    from readable_portal.page.tree import Run, Tree

__all__ = ["Body", "find_body", "is_prose"]

UNWANTED = names.HARD | names.COMMENT | names.HIDDEN
# A name that says "not the article" is not believed where the element holds this much of the prose.
FORGIVEN_SHARE = 0.5
# Threads of comments are often longer than the article.
FORGIVEN_COMMENT_SHARE = 0.9
# A paragraph right after a headline that is a link is mostly the teaser of another article.
TEASER = 0.2
# A child with this share of the body's value is the body itself, and the rest is what stands around it.
NARROW_SHARE = 0.9
NARROW_NAMED_SHARE = 0.7
_SENTENCE_END = (".", "!", "?", "…", ":", ";", '"', "”", "’", ")", "。", "」", "।", "؟", "۔", "»")


@dataclass(slots=True)
class Body:
    """The element that holds the article, and how sure that is."""

    element: int
    end: int
    value: float
    total: float
    ends: list[int]


def is_prose(run: Run) -> bool:
    """Whether a run reads like running text."""
    size = run.size
    if run.links * 2 > size or run.text[0] == "<":  # markup that was escaped, or stood in <noscript>
        return False
    return size >= 80 or (size >= 25 and run.text.endswith(_SENTENCE_END))


def _weigh(run: Run) -> float:
    size, links = run.size, min(run.links, run.size)
    if is_prose(run):
        value = min(size, 1000) - 1.5 * links
        if run.flags & names.SOFT:
            value *= 0.5
        return value
    if links * 2 > size:
        return -12.0 - min(size, 80) * 0.5
    return -3.0


def find_body(tree: Tree) -> Body | None:
    """The element that holds the article, or None where there is no prose at all."""
    runs, parents = tree.runs, tree.parents
    if not runs:
        return None
    ends = tree.ends()
    _forgive(tree)
    sums = [0.0] * len(parents)
    total = 0.0
    headline = False
    for run in runs:
        value = 0.0 if run.flags & (UNWANTED | names.CAPTION) else _weigh(run)
        if value > 0 and headline:
            value *= TEASER
        run.value = value
        headline = run.links * 10 > run.size * 8 and run.size >= 20
        sums[run.container] += run.value
        if run.value > 0:
            total += run.value
    for i in range(len(parents) - 1, 0, -1):
        if sums[i]:
            sums[parents[i]] += sums[i]
    best = max(range(len(sums)), key=lambda i: (sums[i], i))
    if sums[best] <= 0:
        return None
    best = _narrow(tree, best, ends, sums)
    return Body(best, ends[best], sums[best], total, ends)


def _narrow(tree: Tree, element: int, ends: list[int], sums: list[float]) -> int:
    own, tags = tree.own, tree.tags
    while True:
        child, inner = element + 1, -1
        while child < ends[element]:
            share = sums[child] / sums[element]
            if share >= NARROW_SHARE or (share >= NARROW_NAMED_SHARE and own[child] & names.BODY):
                inner = child
                break
            child = ends[child]
        if inner < 0 or tags[inner] in {"p", "li", "blockquote"}:
            return element
        element = inner


def _forgive(tree: Tree) -> None:
    """Take back flags of elements that say "not the article" but hold most of the page's prose."""
    runs, own, parents = tree.runs, tree.own, tree.parents
    prose = [0] * len(parents)
    for run in runs:
        if run.size >= 80 and run.links * 2 < run.size:
            prose[run.container] += run.size
    for i in range(len(parents) - 1, 0, -1):
        if prose[i]:
            prose[parents[i]] += prose[i]
    total = prose[0]
    changed = False
    unwanted = UNWANTED | names.CAPTION | names.META | names.SOFT
    for i, size in enumerate(prose):
        if size and own[i] & unwanted:
            share = FORGIVEN_COMMENT_SHARE if own[i] & names.COMMENT else FORGIVEN_SHARE
            if size > share * total:
                own[i] &= ~unwanted
                changed = True
    if changed:
        flags, inherited = tree.flags, names.INHERITED
        flags[0] = own[0]
        for i in range(1, len(parents)):
            flags[i] = flags[parents[i]] & inherited | own[i]
        for run in runs:
            run.flags = flags[run.first]
