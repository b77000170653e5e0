"""How the reader page is shown: size, colours, spacing, language; kept in its address, not in a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from readable_portal.web.reader_words import SPACES, THEMES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SIZES", "View"]

# WCAG 1.4.4 asks for 200 %; a person with low vision on a phone needs more.
SIZES = (100, 125, 150, 175, 200, 250, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the page is shown; stands in its address, the defaults left out."""

    size: int = 100
    theme: str = "auto"
    space: str = "normal"
    printing: bool = False
    language: str = "vi"

    @classmethod
    def from_query(cls, values: Mapping[str, str], *, language: str = "vi") -> View:
        """Read the view from an address. What is unknown becomes the default: the page always shows."""
        size = values.get("size", "")
        theme = values.get("theme", "")
        space = values.get("space", "")
        asked = values.get("lang", "")
        return cls(
            size=int(size) if size in {str(each) for each in SIZES} else 100,
            theme=theme if theme in THEMES else "auto",
            space=space if space in SPACES else "normal",
            printing=values.get("print", "") == "1",
            language=asked if asked in {"vi", "en"} else language,
        )

    def query(self, page: str, *, language: str = "vi") -> str:
        """The query of this view of the page that ``page`` ("path=%2Ftin") names."""
        standard = View(language=language)
        chosen = {
            "size": str(self.size) if self.size != standard.size else "",
            "theme": self.theme if self.theme != standard.theme else "",
            "space": self.space if self.space != standard.space else "",
            "print": "1" if self.printing else "",
            "lang": self.language if self.language != language else "",
        }
        extra = urlencode({key: value for key, value in chosen.items() if value})
        return f"{page}&{extra}" if extra else page
