"""Which runs of the body are the article's, and which are junk that stands among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.page import names, phrases
from readable_portal.page.weighing import UNWANTED, is_prose

if TYPE_CHECKING:
    from readable_portal.page.scoring import Body
    from readable_portal.page.tree import Run, Tree

__all__ = ["select_runs"]


def select_runs(tree: Tree, body: Body, first: int, last: int) -> list[int]:
    """Indexes of the runs, from ``first`` to before ``last``, that are the article's.

    Args:
        tree: The page.
        body: Where the text stands.
        first: Index of the first run that may be the article's.
        last: Index after the last.
    """
    runs = tree.runs
    last = _cut_end(runs, first, last)
    linky = _link_lists(tree, body)
    side = names.SIDE & ~tree.flags[body.element]
    chosen = []
    for i in range(first, last):
        run = runs[i]
        if run.flags & UNWANTED or (run.flags & names.META and not is_prose(run)):
            continue
        if run.flags & side:
            continue
        if _is_stray_link(run):
            continue
        if linky and any(start <= run.container < end for start, end in linky):
            continue
        if run.size < 160 and phrases.JUNK.match(run.text):
            continue
        if run.size < 8 and not any(c.isalnum() for c in run.text):
            continue
        chosen.append(i)
    return chosen


def _cut_end(runs: list[Run], first: int, last: int) -> int:
    """Cut at a heading such as «Tin liên quan» when hardly any prose follows it."""
    total = sum(run.value for run in runs[first:last] if run.value > 0)
    rest = total
    for i in range(first, last):
        run = runs[i]
        if run.size < 100 and rest <= 0.1 * total and phrases.END.match(run.text):
            return i
        if run.value > 0:
            rest -= run.value
    return last


def _link_lists(tree: Tree, body: Body) -> list[tuple[int, int]]:
    """Lists inside the body that are mostly links, as ranges of elements."""
    tags, ends = tree.tags, body.ends
    found = []
    lists = [i for i in range(body.element + 1, body.end) if tags[i] in {"ul", "ol", "dl"}]
    for i in lists:
        inside = [run for run in tree.runs if i <= run.container < ends[i]]
        size = sum(run.size for run in inside)
        if size and sum(run.links for run in inside) * 10 > size * 6:
            found.append((i, ends[i]))
    return found


def _is_stray_link(run: Run) -> bool:
    """Whether a line is mostly a link that stands alone, as related articles do."""
    share = run.links / run.size
    return share > 0.75 or (share > 0.6 and run.size < 60)
