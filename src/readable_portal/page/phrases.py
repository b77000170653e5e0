"""Lines that say what a page or a part of it is: «Tin liên quan», "Advertisement", "404 Not Found".

They stand in ``data/phrases.tsv``, one pattern a line in lower case, by use:

- ``end``: a heading after which the article is over;
- ``junk``: a line that is no text wherever it stands;
- ``more``: the link below a teaser;
- ``tail``: what asks the reader for something below the text: to follow, to subscribe;
- ``error``, ``search``, ``form``: titles of pages that are no articles;
- ``consent``: what asks for consent to cookies.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

__all__ = ["CONSENT", "END", "ERROR", "FORM", "JUNK", "MORE", "SEARCH", "asks_reader", "is_imprint"]


@cache
def _rows() -> tuple[list[str], ...]:
    table = resources.files(__package__).joinpath("data/phrases.tsv").read_text("utf-8")
    return tuple(line.split("\t") for line in table.splitlines()[1:])


def _patterns(use: str) -> list[str]:
    return [pattern for kind, pattern, *_ in _rows() if kind == use]


class _Lines:
    """Patterns of one use that must be the whole line, but for punctuation around it."""

    def __init__(self, use: str) -> None:
        union = "|".join(_patterns(use))
        self._match = re.compile(rf"\W*(?:{union})\s*:?\W*$").match

    def match(self, text: str) -> bool:
        """Whether a line is such a phrase in any case."""
        # re.IGNORECASE would try every pattern at length, which takes three times as long.
        return self._match(text.lower()) is not None


class _Phrases:
    """Patterns of one use that may stand anywhere in a text, or at its beginning (``^``).

    One after the other: a union would try every pattern at every letter, which takes ten times as long.
    """

    def __init__(self, use: str) -> None:
        self._looks = tuple(
            re.compile(each).match if each[0] == "^" else re.compile(each).search for each in _patterns(use)
        )

    def match(self, text: str) -> bool:
        """Whether a text holds such a phrase in any case."""
        text = text.lower()
        for look in self._looks:  # noqa: SIM110 - any() would make a generator for every line
            if look(text) is not None:
                return True
        return False


END = _Lines("end")
JUNK = _Lines("junk")
MORE = _Lines("more")
ERROR = _Phrases("error")
SEARCH = _Phrases("search")
FORM = _Phrases("form")
CONSENT = _Phrases("consent")
_TAIL = _Phrases("tail")
_IMPRINT = _Phrases("imprint")
# An imprint begins a line, or stands in a short one.
_IMPRINT_SIZE = 200


def is_imprint(text: str) -> bool:
    """Whether a line is a portal's imprint: its owner, licence or copyright."""
    text = text[:_IMPRINT_SIZE]
    # Looking for a few letters first spares the patterns on nearly every line.
    if not ("opyright" in text or "ights" in text or "ed by" in text):
        if text.isascii():
            return False
        if not (
            "©" in text
            or "ản quyền" in text
            or "chủ quản" in text
            or "rách nhiệm" in text
            or "iấy phép" in text
            or "iên tập" in text
            or "rõ nguồn" in text
            or "ởi" in text
            or "CHỦ QUẢN" in text
            or "BẢN QUYỀN" in text
            or "GIẤY PHÉP" in text
        ):
            return False
    return _IMPRINT.match(text)


def asks_reader(text: str) -> bool:
    """Whether a line asks the reader for something: to follow, to subscribe, to write."""
    return (
        "@" in text
        or "ollow" in text
        or "ubscribe" in text
        or "ewsletter" in text
        or "ign up" in text
        or "ave a " in text
        or "ownload" in text
        or "upport " in text
        or "heck out" in text
        or "heo dõi" in text
        or "ời quý" in text
        or "ời bạn" in text
        or "ời độc" in text
        or "ng dụng" in text
    ) and _TAIL.match(text)
