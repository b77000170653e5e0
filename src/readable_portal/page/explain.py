"""Why the reader chose what it chose: every line of a page with its worth, for people who ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.page import names
from readable_portal.page.anchoring import TitleFinder
from readable_portal.page.article import walk_page
from readable_portal.page.charset import to_utf8
from readable_portal.page.metadata import read_metadata
from readable_portal.page.scoring import find_body

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Line", "Report", "explain_page"]

_NAMES = (
    "link bold italic heading item cell quote caption hidden right center form comment hard soft side meta "
    "title date author source lead body"
)
_FLAGS = tuple((name, getattr(names, name.upper())) for name in _NAMES.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page.

    Attributes:
        text: What it says.
        tag: Of the block that holds it.
        value: How much it speaks for the article around it; below 0 against it.
        flags: What its element is and what its names say.
        inside: Whether it stands in the body.
    """

    text: str
    tag: str
    value: float
    flags: tuple[str, ...]
    inside: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The page's lines and the element that was taken as body ("" if none was)."""

    body_path: str
    lines: tuple[Line, ...]


def explain_page(body: bytes, *, headers: Iterable[tuple[str, str]] = ()) -> Report:
    """Score a page's lines as ``read_article`` does.

    Raises:
        PageTooLarge: The page is nested deeper than the limits.
    """
    tree = walk_page(to_utf8(body, headers=headers), prune=True)
    metadata = read_metadata(tree)
    found = find_body(tree, TitleFinder(tree, metadata).anchor, said=metadata.body)
    start, end = (found.element, found.end) if found else (-1, -1)
    return Report(
        tree.path(found.element) if found else "",
        tuple(
            Line(
                run.text,
                tree.tags[run.container],
                run.value,
                tuple(name for name, flag in _FLAGS if run.flags & flag),
                start <= run.container < end,
            )
            for run in tree.runs
        ),
    )
