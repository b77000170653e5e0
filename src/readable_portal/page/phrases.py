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


class _Phrases:
    """All patterns of one use; ``whole`` ones must be the whole line, but for punctuation around it."""

    def __init__(self, use: str, *, whole: bool) -> None:
        union = "|".join(pattern for kind, pattern, *_ in _rows() if kind == use)
        self._look = re.compile(rf"\W*(?:{union})\s*:?\W*$").match if whole else re.compile(union).search

    def match(self, text: str) -> bool:
        """Whether a line is, or holds, such a phrase in any case."""
        # re.IGNORECASE would try every pattern at length, which takes three times as long.
        return self._look(text.lower()) is not None


END = _Phrases("end", whole=True)
JUNK = _Phrases("junk", whole=True)
MORE = _Phrases("more", whole=True)
ERROR = _Phrases("error", whole=False)
SEARCH = _Phrases("search", whole=False)
FORM = _Phrases("form", whole=False)
CONSENT = _Phrases("consent", whole=False)
_TAIL = _Phrases("tail", whole=False)
_IMPRINT = _Phrases("imprint", whole=False)
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
        or "ời " in text
        or "ng dụng" in text
    ) and _TAIL.match(text)
