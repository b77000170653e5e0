"""The page as flat lists, which everything after the walk works on.

Elements are numbers in document order; ``body`` is 0. What is asked of few of them (path, number among
siblings, end) is worked out when asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING
from unicodedata import is_normalized, normalize

from readable_portal.errors import PageTooLarge
from readable_portal.page.nesting import MAX_DEPTH

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Run", "Tree", "tag_selector"]


# Characters from which a line is prose; shorter ones must end as sentences do.
_LONG, _SENTENCE = 80, 25
_SENTENCE_END = (".", "!", "?", "…", ":", ";", '"', "”", "’", ")", "。", "」", "।", "؟", "۔", "»")


class Run:
    """A line of text: what stands between block boundaries or ``<br>``.

    Attributes:
        at: How many elements begin before it.
        container: Index of the block element that holds it.
        first: Index of the innermost element that holds its first text.
        text: White space folded.
        size: Characters of ``text``.
        links: Characters inside links.
        bold: Characters in bold.
        italic: Characters in italics.
        flags: Flags of the first text's element, as inherited; see ``names``.
        breaks: ``<br>`` since the text before it in the same container (0 at the container's begin).
        prose: Whether it reads like running text.
        value: How much it speaks for the article around it; see ``scoring``.
    """

    text: str
    size: int
    prose: bool
    value: float
    __slots__ = (
        "at",
        "bold",
        "breaks",
        "container",
        "first",
        "flags",
        "italic",
        "links",
        "prose",
        "size",
        "text",
        "value",
    )

    def __init__(self, at: int, container: int, first: int, flags: int, breaks: int) -> None:
        self.at = at
        self.container = container
        self.first = first
        self.flags = flags
        self.breaks = breaks
        self.links = self.bold = self.italic = 0

    def finish(self, parts: list[str]) -> None:
        """Take the texts that were found as the run's."""
        text = (parts[0] if len(parts) == 1 else "".join(parts)).strip()
        # Splitting every paragraph into words to fold white space that most do not have costs much more.
        if "  " in text or not text.isprintable():
            text = " ".join(text.split())
        if not text.isascii() and not is_normalized("NFC", text):
            text = normalize("NFC", text)
        self.take(text)

    def take(self, text: str) -> None:
        """Take a text, which has neither white space to fold nor letters to compose."""
        self.text = text
        self.size = size = len(text)
        # What begins so is markup that was escaped, or stood in <noscript>.
        if size < _SENTENCE or self.links * 2 > size or text[0] == "<":
            self.prose = False
        else:
            self.prose = size >= _LONG or text.endswith(_SENTENCE_END)


@dataclass(slots=True)
class Tree:
    """A page's body. Lists are indexed by element in document order; element 0 is ``body``.

    ``head`` are the page's ``<meta>`` and ``<title>`` wherever they stand, ``data`` its JSON-LD scripts, and
    ``trail`` the links of its breadcrumb: all three are left out of the walk. ``called`` is every
    ``class`` and ``id`` that the walk met.
    """

    parser: LexborHTMLParser
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    addresses: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    head: list[LexborNode] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    images: list[int] = field(default_factory=list)

    tables: dict[int, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    _elements: dict[int, int] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    _ends: list[int] = field(default_factory=list)
    _paths: dict[int, str] = field(default_factory=lambda: {0: "body"})

    def take(self, rows: dict[int, tuple[int, int, int, str, int, int]]) -> None:
        """Take what the walk wrote of every element by its address, in document order."""
        self.addresses = list(rows)
        # Two loops more than zip(), which makes an object for every row, so that the collector comes by.
        all_rows = rows.values()
        self.flags = [row[1] for row in all_rows]
        self.tags = [row[3] for row in all_rows]
        self.parents = [row[4] for row in all_rows]
        self.own = [row[5] for row in all_rows]

    def element(self, node: LexborNode | None) -> int:
        """Index of a node that a selector found, or -1 where the walk did not come by it."""
        if not self._elements:
            self._elements = {address: i for i, address in enumerate(self.addresses)}
        return -1 if node is None else self._elements.get(node.mem_id, -1)

    def number(self, element: int) -> int:
        """Place of an element among its siblings of the same type, from 1."""
        numbers = self._numbers
        if element not in numbers:
            parent = self.parents[element]
            ends, tags = self.ends(), self.tags
            counts: dict[str, int] = {}
            child, end = parent + 1, ends[parent]
            while child < end:
                tag = tags[child]
                numbers[child] = counts[tag] = counts.get(tag, 0) + 1
                child = ends[child]
        return numbers[element]

    def path(self, element: int) -> str:
        """A CSS selector from ``body``, with ``:nth-of-type`` only, so inserted scripts do not shift it."""
        paths = self._paths
        if element in paths:
            return paths[element]
        steps = []
        while element not in paths:
            steps.append(element)
            element = self.parents[element]
            if len(steps) > MAX_DEPTH:
                raise PageTooLarge(f"the page nests more than {MAX_DEPTH} elements")
        path = paths[element]
        for each in reversed(steps):
            path = paths[each] = f"{path}>{tag_selector(self.tags[each])}:nth-of-type({self.number(each)})"
        return path

    def ends(self) -> list[int]:
        """For each element the index after its last descendant."""
        if not self._ends:
            parents = self.parents
            self._ends = ends = list(range(1, len(parents) + 1))
            for i in range(len(parents) - 1, 0, -1):
                parent = parents[i]
                if ends[parent] < ends[i]:  # noqa: PLR1730 - max() would double this loop's time
                    ends[parent] = ends[i]
        return self._ends

    def runs_in(self, start: int, end: int) -> list[Run]:
        """Runs whose container is one of the elements from ``start`` to before ``end``, a subtree."""
        low = bisect_right(self.runs, start, key=_at)
        high = bisect_right(self.runs, end, key=_at)
        return [run for run in self.runs[low:high] if start <= run.container < end]

    def runs_of(self, element: int) -> list[int]:
        """Indexes of the runs that begin in an element, which may be an inline one."""
        end = self.ends()[element]
        low = bisect_right(self.runs, element, key=_at)
        high = bisect_right(self.runs, end, key=_at)
        return [i for i in range(low, high) if element <= self.runs[i].first < end]


_at = attrgetter("at")


# The same few tags stand in all paths.
@lru_cache(maxsize=256)
def tag_selector(tag: str) -> str:
    """A tag as CSS identifier (``o:p`` from Word needs it)."""
    if tag.isascii() and tag.replace("-", "").isalnum():
        return tag
    return re.sub(r"([^a-zA-Z0-9_\-\u0080-\U0010ffff])", r"\\\1", tag)
