"""Which element holds the article: prose counts for it, links and scraps against it.

Every run of text gets a value: its length if it reads like prose, less its links; a small loss if it is
a link or a scrap. The body is the element whose runs sum up highest (Pasternak and Roth, "Extracting
article text from the web with maximum subsequence segmentation", WWW 2009, carried over to trees),
narrowed to a child that holds nearly all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.page import names, phrases
from readable_portal.page.tree import FORGIVABLE

if TYPE_CHECKING:
    from readable_portal.page.tree import Run, Tree

__all__ = ["Body", "find_body", "find_forgiven", "is_prose"]

_BYLINE = names.META | names.DATE | names.AUTHOR
UNWANTED = names.HARD | names.COMMENT | names.HIDDEN
# A name that says "not the article" is not believed where the element holds this much of the prose.
FORGIVEN_SHARE = 0.5
# Threads of comments are often longer than the article.
FORGIVEN_COMMENT_SHARE = 0.9
# A paragraph right after a headline that is a link is mostly the teaser of another article.
TEASER = 0.2
LINK_COST = 12.0
# What stands in something called a sidebar, a widget or a header.
SIDE = 0.3
# What stands before the title is seldom the article, nor what comes after a long stretch without prose.
BEFORE_TITLE = 0.3
LONG_GAP = 25
AFTER_GAP = 0.5
# Prose around a child is another article's where links and scraps cost more than this share of it.
NOISE = 0.3
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


def _weigh(tag: str, size: int, links: int, *, prose: bool) -> float:
    """The value of the text that one element holds directly."""
    links = min(links, size)
    if links * 2 > size:
        return -LINK_COST - min(size, 80) * 0.6
    if prose:
        return min(size, 2000) - 1.5 * links
    if tag == "p" and size >= 15:
        return 0.6 * size - links
    return 0.0 if tag in {"td", "th", "li", "dd", "dt"} else -3.0


def _is_consent(text: str) -> bool:
    """Whether a paragraph asks for consent to cookies."""
    return "ookie" in text and phrases.CONSENT.search(text) is not None


def _weigh_runs(tree: Tree, anchor: int) -> None:
    """Give every run its value: by its text, its links, and how far from the title it stands."""
    runs, tags = tree.runs, tree.tags
    headline = False
    factor, gap = (BEFORE_TITLE if anchor >= 0 else 1.0), 0
    i, count = 0, len(runs)
    while i < count:
        run = runs[i]
        container = run.container
        after, size, links = i + 1, run.size, run.links
        prose = is_prose(run)
        # Lines that <br> parts are one text.
        while after < count and runs[after].container == container:
            size += runs[after].size
            links += runs[after].links
            prose = prose or is_prose(runs[after])
            after += 1
        if i <= anchor < after:
            factor, gap = 1.0, 0
        if run.flags & (UNWANTED | names.CAPTION) or run.text[0] == "<" or (prose and _is_consent(run.text)):
            value = 0.0
        else:
            value = _weigh(tags[container], size, links, prose=prose)
            if value > 0:
                if headline and size < 400:
                    value *= TEASER
                if run.flags & names.SOFT:
                    value *= SIDE
        if value > 50:
            if gap > LONG_GAP and factor == 1.0 and i > anchor:
                factor = AFTER_GAP
            gap = 0
        else:
            gap += after - i
        if value > 0:
            value *= factor
        for each in runs[i:after]:
            each.value = value * each.size / size if size else 0.0
        if links * 10 > size * 8 and size >= 20:
            headline = True
        elif value > 0 or (size >= 40 and not run.flags & _BYLINE):
            headline = False
        i = after


def find_body(tree: Tree, anchor: int = -1) -> Body | None:
    """The element that holds the article, or None where there is no prose at all.

    Args:
        tree: The page.
        anchor: Index of the run that is surely the title, or -1.
    """
    runs, parents = tree.runs, tree.parents
    if not runs:
        return None
    _weigh_runs(tree, anchor)
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
    best = _narrow(tree, best, ends, gains, losses)
    return Body(best, ends[best], gains[best], total, ends)


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
                named = own[child] & names.BODY
                if share >= NARROW_SHARE or (named and share >= NARROW_NAMED_SHARE) or noise > NOISE * rest:
                    inner = child
                break
            child = ends[child]
        if inner < 0 or tags[inner] in {"p", "li", "blockquote"}:
            return element
        element = inner


def find_forgiven(tree: Tree) -> frozenset[int]:
    """Elements that say "not the article" but hold most of the page's prose."""
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
    return frozenset(
        element
        for element, size in sums.items()
        if size > total * (FORGIVEN_COMMENT_SHARE if own[element] & names.COMMENT else FORGIVEN_SHARE)
    )
