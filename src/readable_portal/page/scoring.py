"""Which element holds the article.

The body is the element whose runs sum up highest (Pasternak and Roth, "Extracting article text from the
web with maximum subsequence segmentation", WWW 2009, carried over to trees), narrowed to a child that
holds nearly all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.page import names
from readable_portal.page.walk import FORGIVABLE
from readable_portal.page.weighing import believe, weigh_runs

if TYPE_CHECKING:
    from readable_portal.page.tree import Tree

__all__ = ["Body", "find_body", "find_forgiven"]

# A name that says "not the article" is not believed where the element holds this much of the prose.
_FORGIVEN_SHARE = 0.5
# Threads of comments are often longer than the article.
_FORGIVEN_COMMENT_SHARE = 0.9
# A child with this share of the body's value is the body itself, and the rest is what stands around it.
_NARROW_SHARE = 0.9
_NARROW_NAMED_SHARE = 0.7
# Prose around a child is another article's where links and scraps cost more than this share of it.
_NOISE = 0.3
# A shorter text in the head is a summary.
_SAID = 400
# A caption or two: characters, and what scraps of text cost.
_CAPTION_SIZE, _CAPTION_COST = 150, 9


@dataclass(slots=True)
class Body:
    """The element that holds the article, and how sure that is."""

    element: int
    end: int
    value: float
    total: float
    ends: list[int]
    evidence: str = ""


def find_body(tree: Tree, anchor: int = -1, *, said: str = "") -> Body | None:
    """The element that holds the article, or None where there is no prose at all.

    Args:
        tree: The page.
        anchor: Index of the run that is surely the title, or -1.
        said: The article's text, or its beginning, as the head has it (``articleBody``), "" if it has none.
    """
    runs, parents = tree.runs, tree.parents
    if not runs:
        return None
    weigh_runs(tree, anchor)
    if len(said) >= _SAID:
        believe(tree, said)
    gains = [0.0] * len(parents)
    losses = [0.0] * len(parents)
    for run in runs:
        value = run.value
        if value > 0:
            gains[run.container] += value
        elif value:
            losses[run.container] -= value
    best, most = -1, 0.0
    for i in range(len(parents) - 1, -1, -1):
        gain, loss = gains[i], losses[i]
        if gain or loss:
            if gain - loss > most:
                best, most = i, gain - loss
            if i:
                parent = parents[i]
                gains[parent] += gain
                losses[parent] += loss
    if best < 0:
        return None
    ends = tree.ends()
    total = gains[0]
    best = _leave_table(tree, best, ends, gains)
    best = _leave_table(tree, _narrow(tree, best, ends, gains, losses), ends, gains)
    best = _widen(tree, best, gains, losses)
    return Body(best, ends[best], gains[best], total, ends, f"{gains[best] / total:.0%} of the prose")


_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr"})


def _leave_table(tree: Tree, element: int, ends: list[int], gains: list[float]) -> int:
    """The cell that holds most of a layout table's prose; or what holds the table, if no cell does.

    Pages of the 2000s are tables, whose last row is the footer; and no toolbar can stand in a row.
    """
    tags = tree.tags
    while tags[element] in _TABLE_PARTS:
        child, inner = element + 1, -1
        while child < ends[element]:
            if gains[child] * 2 >= gains[element]:
                inner = child
                break
            child = ends[child]
        if inner < 0:
            while tags[element] in _TABLE_PARTS:
                element = tree.parents[element]
            break
        element = inner
    return element


def _narrow(tree: Tree, element: int, ends: list[int], gains: list[float], losses: list[float]) -> int:
    """Go down to the child that holds nearly all of the prose, or most of it where the rest is linked."""
    own, tags = tree.own, tree.tags
    while True:
        child, inner = element + 1, -1
        while child < ends[element]:
            share = gains[child] / gains[element]
            if share >= 0.5:
                rest = gains[element] - gains[child]
                noise = losses[element] - losses[child]
                named = own[child] & names.BODY and not _has_twin(tree, child, ends[element], ends, gains)
                if (
                    share >= _NARROW_SHARE
                    or (named and share >= _NARROW_NAMED_SHARE)
                    or noise > _NOISE * rest
                ):
                    inner = child
                break
            child = ends[child]
        if inner < 0 or tags[inner] in {"p", "li", "blockquote"}:
            return element
        element = inner


def _has_twin(tree: Tree, child: int, end: int, ends: list[int], gains: list[float]) -> bool:
    """Whether a brother with the same name holds prose too: parts of a body that pictures part."""
    name = tree.own[child]
    each = tree.parents[child] + 1
    while each < end:
        if each != child and tree.own[each] == name and gains[each] > 0:
            return True
        each = ends[each]
    return False


def _widen(tree: Tree, element: int, gains: list[float], losses: list[float]) -> int:
    """Go up again to an element that is called the body and adds at most a caption."""
    parent = tree.parents[element]
    for _ in range(2):
        if parent <= 0:
            break
        prose, scraps = gains[parent] - gains[element], losses[parent] - losses[element]
        if tree.own[parent] & names.BODY and prose < _CAPTION_SIZE and scraps <= _CAPTION_COST:
            return parent
        parent = tree.parents[parent]
    return element


def find_forgiven(tree: Tree) -> frozenset[int]:
    """Addresses of elements that say "not the article" but hold most of the page's prose."""
    own, parents = tree.own, tree.parents
    prose: dict[int, int] = {}
    flagged = False
    for run in tree.runs:
        if run.size >= 80 and run.links * 2 < run.size:
            prose[run.container] = prose.get(run.container, 0) + run.size
            flagged = flagged or bool(run.flags & FORGIVABLE)
    if not flagged:
        return frozenset()
    total = sum(prose.values())
    sums: dict[int, int] = {}
    for container, size in prose.items():
        element = container
        while element > 0:
            if own[element] & FORGIVABLE:
                sums[element] = sums.get(element, 0) + size
            element = parents[element]
    held = [
        element
        for element, size in sums.items()
        if size > total * (_FORGIVEN_COMMENT_SHARE if own[element] & names.COMMENT else _FORGIVEN_SHARE)
    ]
    if not held:
        return frozenset()
    return frozenset(tree.addresses[element] for element in held)
