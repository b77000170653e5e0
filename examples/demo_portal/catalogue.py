"""What the portal publishes: its sections and articles, read from ``catalogue.toml``."""

from __future__ import annotations

import html.entities
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ARTICLES", "HOME", "SECTIONS", "Entry", "Section"]

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the portal (chuyên mục)."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article: where it stands, what lists say of it, and whose markup it is written in."""

    slug: str
    section: str
    title: str
    published: datetime
    family: str
    brief: str
    path: str = ""
    style: str = ""
    language: str = "vi"

    @property
    def address(self) -> str:
        """Path and query of its page."""
        return self.path or f"/tin-tuc/{self.slug}"

    def markup(self) -> str:
        """The article's own part of the page."""
        text = (HOME / "articles" / f"{self.slug}.html").read_text("utf-8")
        return _as_pasted(text) if self.style == "entities" else text


def _as_pasted(text: str) -> str:
    """Write a text as old WYSIWYG editors store it: named or numeric references, CRLF."""
    names = html.entities.codepoint2name
    parts = []
    for letter in text.replace("\n", "\r\n"):
        code = ord(letter)
        if code < 128:
            parts.append(letter)
        else:
            parts.append(f"&{names[code]};" if code in names else f"&#{code};")
    return "".join(parts)


def _load() -> tuple[tuple[Section, ...], tuple[Entry, ...]]:
    data = tomllib.loads((HOME / "catalogue.toml").read_text("utf-8"))
    return (
        tuple(Section(**each) for each in data["section"]),
        tuple(Entry(**each) for each in data["article"]),
    )


SECTIONS, ARTICLES = _load()
