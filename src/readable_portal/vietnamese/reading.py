"""What a speaker of one class sees of the text around its token."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import NORTH, Dialect

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Reading", "Said"]

# A token as it is said, and where it ends in the text; None: not of this class after all.
Said = tuple[str, int] | None

# No rule looks further than this many characters to either side.
WINDOW = 48
EDGES = "()[]{}“”\"'‘’«».,:;-–—/*"


@dataclass(slots=True)
class Reading:
    """A text while it is being read.

    Attributes:
        text: Composed (NFC).
        dialect: Whose numbers.
        learned: Abbreviations that the article itself defines; they come before the table.
        expanding: Whether abbreviations are expanded; not inside an expansion.
        quantity: Where the last number (with its unit) ended, -1 before the first.
        known: Surroundings already met, and what was said there.
    """

    text: str
    dialect: Dialect = NORTH
    learned: Mapping[str, str] = field(default_factory=dict)
    expanding: bool = True
    quantity: int = -1
    known: dict[tuple[str, str], tuple[str, int, bool] | None] = field(default_factory=dict)

    def before(self, at: int) -> str:
        """The same line before ``at``, at most :data:`WINDOW` characters."""
        return self.text[max(0, at - WINDOW) : at].rpartition("\n")[2]

    def after(self, at: int) -> str:
        """The same line from ``at`` on, at most :data:`WINDOW` characters."""
        return self.text[at : at + WINDOW].partition("\n")[0]

    def words_before(self, at: int) -> list[str]:
        """The words before ``at`` in this line, lower case, without punctuation, the last one last."""
        return [word.strip(EDGES) for word in self.before(at).lower().split()]

    def word_before(self, at: int) -> str:
        """The last of :meth:`words_before` that is more than punctuation."""
        for word in reversed(self.words_before(at)):
            if word:
                return word
        return ""

    def starts_line(self, at: int) -> bool:
        """Whether nothing but white space stands before ``at`` in its line."""
        return not self.before(at).strip()
