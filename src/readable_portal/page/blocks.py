"""Blocks of the article from its runs: headings, paragraphs, items, captions, tables, quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.model import Block
from readable_portal.page import names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from readable_portal.model import BlockKind
    from readable_portal.page.tree import Run, Tree

__all__ = ["build_blocks"]

_BULLET = re.compile(r"^([-–—+*•●○▪■◦‣·>»])\s+(?=\S)")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)/]|[a-zđ][.)]|[IVX]{1,4}[.)])\s")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "”", '"')
# For lower case: re.IGNORECASE takes three times as long.
_CREDIT = re.compile(
    r"(?:^|[.(\s–-])(?:ảnh|photo|image|nguồn ảnh|đồ họa|minh họa)\s*[::]|"
    r"^ảnh (?:minh họa|tư liệu)|[-–(]\s*ảnh\b"
)


def build_blocks(
    tree: Tree, chosen: Sequence[int], *, since: int, lead: int, signatures: AbstractSet[int]
) -> list[Block]:
    """Blocks in the order of the page, the lead first.

    Args:
        tree: The page.
        chosen: Indexes of the article's runs, ascending.
        since: Index of the element after which images belong to the article: the title's.
        lead: Index of the lead's run, or -1.
        signatures: Indexes of the runs that sign.
    """
    runs = tree.runs
    blocks: list[Block] = []
    done_tables: set[int] = set()
    images = _ImageCursor(tree.images, since)
    position, count = 0, len(chosen)
    counters: dict[int, int] = {}
    if lead >= 0:
        run = runs[lead]
        blocks.append(Block(kind="lead", text=run.text, path=tree.path(run.container)))
    while position < count:
        i = chosen[position]
        run = runs[i]
        if i == lead or i in signatures:
            position += 1
            if i != lead:
                blocks.append(Block(kind="signature", text=run.text, path=tree.path(run.container)))
            continue
        after_image = images.passed(run.at)
        if run.flags & names.CELL and (table := _data_table(tree, run.container)) >= 0:
            if table not in done_tables:
                done_tables.add(table)
                blocks.append(_table_block(tree, table))
            position += 1
            continue
        text = run.text
        position += 1
        if position < count and runs[chosen[position]].container == run.container:
            text, position = _join_lines(runs, chosen, position)
        blocks.append(_text_block(tree, run, text, counters, after_image=after_image))
    return blocks


class _ImageCursor:
    """Tells whether an image stands between two texts of the page."""

    def __init__(self, images: Sequence[int], since: int) -> None:
        self._images = images
        self._next = 0
        self.passed(since)

    def passed(self, element: int) -> bool:
        before = self._next
        while self._next < len(self._images) and self._images[self._next] < element:
            self._next += 1
        return self._next > before


def _join_lines(runs: Sequence[Run], chosen: Sequence[int], position: int) -> tuple[str, int]:
    """Join the line before ``position`` with those that one ``<br>`` parts from it in mid-sentence."""
    run = runs[chosen[position - 1]]
    parts = [run.text]
    while position < len(chosen):
        following = runs[chosen[position]]
        if following.container != run.container or following.breaks != 1:
            break
        if chosen[position] != chosen[position - 1] + 1 or len(parts[-1]) < 40:
            break
        first = following.text[0]
        if (
            parts[-1].endswith(_SENTENCE_END)
            or not (first.islower() or first.isdigit())
            or _starts_item(following.text)
        ):
            break
        parts.append(following.text)
        position += 1
    return " ".join(parts), position


def _starts_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _text_block(tree: Tree, run: Run, text: str, counters: dict[int, int], *, after_image: bool) -> Block:
    container, flags = run.container, run.flags
    kind: BlockKind = "paragraph"
    level, marker = 0, ""
    if flags & names.CAPTION or (
        (after_image or run.italic)
        and run.size <= 300
        and _is_caption(tree, run, text, after_image=after_image)
    ):
        kind = "caption"
    elif (tag := tree.tags[container]) in _HEADINGS:
        kind, level = "heading", int(tag[1])
    elif flags & names.HEADING:
        kind, level = "heading", 3
    elif flags & names.ITEM:
        kind, marker = "item", _marker(tree, container, counters)
    elif not text[0].isalnum() and (match := _BULLET.match(text)):
        kind, marker, text = "item", match[1], text[match.end() :]
    elif run.bold and run.size <= 150 and _is_bold(run) and text[-1] not in ".,;…":
        kind, level = "heading", 3
    elif flags & names.QUOTE:
        kind = "quote"
    return Block(kind=kind, text=text, path=tree.path(container), level=level, marker=marker)


def _is_bold(run: Run) -> bool:
    return min(run.bold, run.size) * 10 >= run.size * 9


def _is_caption(tree: Tree, run: Run, text: str, *, after_image: bool) -> bool:
    """Whether a line belongs to the image before it: italic, or centred by its own element, or a credit.

    What is quoted may be centred for its own sake.
    """
    italic = min(run.italic, run.size) * 10 >= run.size * 9
    centred = tree.own[run.container] & names.CENTER and not run.flags & names.QUOTE
    if after_image and (italic or (run.size <= 150 and centred)):
        return True
    return run.size < 200 and (italic or after_image) and _CREDIT.search(text.lower()) is not None


def _marker(tree: Tree, element: int, counters: dict[int, int]) -> str:
    """What the browser draws before a list item: its number in an ``<ol>``, else a bullet."""
    while element > 0 and tree.tags[element] not in {"li", "dd", "dt"}:
        element = tree.parents[element]
    if tree.tags[element] != "li" or element in counters:
        return ""
    counters[element] = 1
    if tree.tags[tree.parents[element]] == "ol":
        return f"{tree.number(element)}."
    return "•"


def _data_table(tree: Tree, element: int) -> int:
    """The nearest table that holds rows of cells rather than the page's layout, or -1."""
    while element > 0 and tree.tags[element] != "table":
        element = tree.parents[element]
    if element <= 0:
        return -1
    known = tree.tables.get(element)
    if known is None:
        known = tree.tables[element] = _rows(tree, element)
    return element if known else -1


def _rows(tree: Tree, table: int) -> tuple[tuple[str, ...], ...]:
    """Cells of a table's rows; none if it is no table of data: nested, one column, or with long prose."""
    tags, parents, ends = tree.tags, tree.parents, tree.ends()
    end = ends[table]
    if "table" in tags[table + 1 : end]:
        return ()
    cells: dict[int, list[str]] = {}
    rows: dict[int, list[int]] = {}
    for i in range(table + 1, end):
        if tags[i] in {"td", "th"}:
            cells[i] = []
            rows.setdefault(parents[i], []).append(i)
    for run in tree.runs_in(table, end):
        element = run.container
        while element > table and element not in cells:
            element = parents[element]
        if element in cells:
            cells[element].append(run.text)
    wide = [row for row in rows.values() if sum(1 for cell in row if cells[cell]) >= 2]
    if len(wide) < 2 or len(wide) * 2 < len(rows):
        return ()
    texts = tuple(tuple(" ".join(cells[cell]) for cell in row) for row in rows.values())
    longest = sorted(len(text) for row in texts for text in row)
    # Half of the cells of a layout hold paragraphs.
    if longest[len(longest) // 2] > 200:
        return ()
    return tuple(row for row in texts if any(row))


def _table_block(tree: Tree, table: int) -> Block:
    rows = tree.tables[table]
    end = tree.ends()[table]
    first_row = next(i for i in range(table, end) if tree.tags[i] == "tr")
    cells = [i for i in range(first_row, tree.ends()[first_row]) if tree.tags[i] in {"td", "th"}]
    named = all(tree.tags[i] == "th" for i in cells)
    if not named:
        runs = tree.runs_in(first_row, tree.ends()[first_row])
        named = bool(runs) and all(map(_is_bold, runs))
    text = "\n".join("\t".join(row) for row in rows)
    return Block(kind="table", text=text, path=tree.path(table), rows=rows, header=named and len(rows) > 1)
