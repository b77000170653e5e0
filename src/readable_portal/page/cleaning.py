"""Which runs of the body are the article's, and which are junk that stands among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.page import names, phrases
from readable_portal.page.dates import find_date
from readable_portal.page.weighing import UNWANTED

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from readable_portal.page.scoring import Body
    from readable_portal.page.tree import Run, Tree

__all__ = ["select_runs"]

# Lines at most that ask the reader for something.
_TAIL = 3


def select_runs(
    tree: Tree, body: Body, first: int, last: int, *, without: AbstractSet[int] = frozenset()
) -> list[int]:
    """Indexes of the runs, from ``first`` to before ``last``, that are the article's.

    Args:
        tree: The page.
        body: Where the text stands.
        first: Index of the first run that may be the article's.
        last: Index after the last.
        without: Elements that a preset leaves out, with what stands in them.
    """
    runs = tree.runs
    last = _cut_end(runs, first, last)
    linky = _link_lists(tree, body)
    start = _first_prose(runs, first, last)
    unwanted = UNWANTED | (names.SIDE & ~tree.flags[body.element])
    chosen = []
    for i in range(first, last):
        run = runs[i]
        flags, size, links = run.flags, run.size, run.links
        if flags & unwanted or (flags & names.META and not run.prose):
            continue
        if without and _stands_in(tree, run.container, without):
            continue
        # Mostly a link that stands alone, as related articles do.
        if links * 4 > size * 3 or (size < 60 and links * 5 > size * 3):
            continue
        if linky and run.container in linky:
            continue
        if i < start and size < 60 and _is_date_line(run):
            continue
        if size < 160 and phrases.JUNK.match(run.text):
            continue
        if (
            size < 60
            and i + 1 < last
            and runs[i + 1].links * 2 > runs[i + 1].size
            and phrases.END.match(run.text)
        ):
            continue
        if size < 8 and not any(c.isalnum() for c in run.text):
            continue
        chosen.append(i)
    # What asks the reader to follow or subscribe, below the text.
    for _ in range(_TAIL):
        last_run = runs[chosen[-1]] if len(chosen) > _TAIL else None
        if last_run is None or last_run.size >= 400 or not phrases.asks_reader(last_run.text):
            break
        chosen.pop()
    return chosen


def _stands_in(tree: Tree, element: int, elements: AbstractSet[int]) -> bool:
    """Whether an element is one of these or inside one."""
    while element > 0:
        if element in elements:
            return True
        element = tree.parents[element]
    return False


def _cut_end(runs: list[Run], first: int, last: int) -> int:
    """Cut at a heading such as «Tin liên quan» when hardly any prose follows it."""
    total = sum([run.value for run in runs[first:last] if run.value > 0])
    # From the end backwards: only the last lines can be after nearly all of the prose.
    rest, cut = 0.0, last
    for i in range(last - 1, first - 1, -1):
        run = runs[i]
        if run.value > 0:
            rest += run.value
        if rest > 0.1 * total:
            break
        if run.size < 100 and (phrases.END.match(run.text) or phrases.is_imprint(run.text)):
            cut = i
    return cut


def _link_lists(tree: Tree, body: Body) -> set[int]:
    """Elements of the lists inside the body that are mostly links."""
    tags, parents, first = tree.tags, tree.parents, body.element
    lists = [i for i in range(first + 1, body.end) if tags[i] in _LISTS]
    if not lists:
        return set()
    sizes, links = [0] * (body.end - first), [0] * (body.end - first)
    for run in tree.runs_in(first, body.end):
        sizes[run.container - first] += run.size
        links[run.container - first] += run.links
    for i in range(body.end - 1, first, -1):
        above = parents[i] - first
        sizes[above] += sizes[i - first]
        links[above] += links[i - first]
    found: set[int] = set()
    for i in lists:
        if i not in found and links[i - first] * 10 > sizes[i - first] * 6:
            found.update(range(i, body.ends[i]))
    return found


_LISTS = frozenset({"ul", "ol", "dl"})


def _first_prose(runs: list[Run], first: int, last: int) -> int:
    return next((i for i in range(first, last) if runs[i].value > 0 and runs[i].prose), first)


def _is_date_line(run: Run) -> bool:
    """Whether a line above the text holds a date and little else."""
    if not any(c.isdigit() for c in run.text):
        return False
    found = find_date(run.text)
    return found is not None and (found.end - found.start) * 2 > run.size
