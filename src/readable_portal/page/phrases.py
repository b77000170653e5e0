"""Lines that say what a page or a part of it is: «Tin liên quan», "Advertisement", "404 Not Found".

They stand in ``data/phrases.tsv``, one pattern a line, by use:

- ``end``: a heading after which the article is over;
- ``junk``: a line that is no text wherever it stands;
- ``more``: the link below a teaser;
- ``tail``: what asks the reader for something below the text: to follow, to subscribe;
- ``error``, ``search``, ``form``: titles of pages that are no articles;
- ``consent``: what asks for consent to cookies.
"""

from __future__ import annotations

import re
from importlib import resources

__all__ = ["CONSENT", "END", "ERROR", "FORM", "JUNK", "MORE", "SEARCH", "asks_reader", "is_imprint"]


def _load(use: str, *, whole: bool) -> re.Pattern[str]:
    """All patterns of one use; ``whole`` ones must be the whole line, but for punctuation around it."""
    table = resources.files(__package__).joinpath("data/phrases.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    union = "|".join(pattern for kind, pattern, *_ in rows if kind == use)
    return re.compile(rf"^\W*(?:{union})\s*:?\W*$" if whole else union, re.IGNORECASE)


END = _load("end", whole=True)
JUNK = _load("junk", whole=True)
MORE = _load("more", whole=True)
ERROR = _load("error", whole=False)
SEARCH = _load("search", whole=False)
FORM = _load("form", whole=False)
CONSENT = _load("consent", whole=False)
_TAIL = _load("tail", whole=False)
_IMPRINT = _load("imprint", whole=False)


def is_imprint(text: str) -> bool:
    """Whether a line is a portal's imprint: its owner, licence or copyright."""
    # Looking for a few letters first spares the patterns on nearly every line.
    return (
        "ản quyền" in text
        or "chủ quản" in text
        or "rách nhiệm" in text
        or "iấy phép" in text
        or "iên tập" in text
        or "rõ nguồn" in text
        or "opyright" in text
        or "ights" in text
        or "©" in text
        or "ởi" in text
        or "ed by" in text
        or "CHỦ QUẢN" in text
        or "BẢN QUYỀN" in text
        or "GIẤY PHÉP" in text
    ) and _IMPRINT.search(text[:200]) is not None


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
    ) and _TAIL.search(text) is not None
