"""Key facts ("Điều cần biết"), each with the slice of the article that says so.

Who decides, which document, for whom, what to do, when, until when, where, for how much, and whom to ask.
A fact is left out rather than guessed: every pattern wants the words around it that make it one. The value is
always the slice itself, so it can be wrong in its choice, never in its letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.model import Fact
from readable_portal.summary.fact_patterns import (
    ACCORDING,
    ACTION,
    AGO,
    AUDIENCE,
    BEFORE_WHO,
    BEGINS,
    BY,
    BY_ORDER,
    CLAUSE,
    COMING,
    DEADLINE,
    DOCUMENT,
    DUE,
    EFFECT,
    EMAIL,
    EVENT,
    FEE,
    HELD,
    IN_ORDER,
    LONG_AGO,
    NOT_FEE,
    NOT_WHEN,
    PERIOD,
    PHONE,
    SINCE,
    SITE,
    SUBJECT,
    TARIFF,
    TELL,
    WHEN,
    WHERE,
    WHO,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["KINDS", "find_facts"]

KINDS = (
    "who",
    "document",
    "audience",
    "action",
    "when",
    "deadline",
    "where",
    "fee",
    "phone",
    "email",
    "site",
)

# The matter of an article is told at its beginning; who decides and when is looked for in this many
# sentences.
BEGINNING = 3
# A sentence of fewer words at the beginning is a picture's caption: "Thủ tướng tại hội nghị."
CAPTION = 15
# Characters in which a sentence names its subject, after when and where.
OPENING = 400
NUMBERED = re.compile(r"\d")
# More than this of one kind is a list that belongs into the article.
MOST = 4
# Kind, pattern, and strings of which a sentence must hold one for the pattern to match at all: to look for
# a string takes a fiftieth of the time.
ANYWHERE: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("when", EFFECT, (" từ ",)),
    ("when", COMING, ("ừ ",)),
    ("when", HELD, ("tại ",)),
    ("where", WHERE, ("tại ", "Địa ", "Nơi nộp")),
    ("phone", PHONE, tuple("0123456789")),
    ("email", EMAIL, ("@",)),
    ("site", SITE, ("://", "www.", "WWW.", ".vn", ".VN")),
    ("audience", AUDIENCE, ("Đối tượng",)),
    ("action", ACTION, ("cần ", "phải ", "có thể ", "nên ", "vui lòng ")),
    ("action", TELL, ("iện thoại", "địa chỉ", "hotline", "đường dây nóng", "báo", "liên hệ")),
)


def find_facts(sentences: Sequence[str]) -> list[Fact]:
    """The key facts of an article, ordered by kind as in ``KINDS``, then as in the text.

    Args:
        sentences: The article's sentences; ``Fact.sentence`` counts them.
    """
    found: dict[str, list[Fact]] = {kind: [] for kind in KINDS}
    known: set[tuple[str, str]] = set()
    opening = _opening(sentences)
    for number, text in enumerate(sentences):
        for kind, start, end, key in _facts(number - opening, text, found):
            if (kind, key) not in known and len(found[kind]) < MOST:
                known.add((kind, key))
                value = text[start:end]
                found[kind].append(Fact(kind=kind, value=value, sentence=number, start=start, end=end))
    return [fact for kind in KINDS for fact in found[kind]]


def _opening(sentences: Sequence[str]) -> int:
    """Which sentence is the first that tells something."""
    for number, text in enumerate(sentences[:BEGINNING]):
        if len(text.split()) >= CAPTION or WHEN.search(text):
            return number
    return 0


def _facts(number: int, text: str, found: dict[str, list[Fact]]) -> Iterator[tuple[str, int, int, str]]:
    # Old keyboards write the Icelandic letter for the Vietnamese one.
    text = text.replace("Ð", "Đ")
    if number < BEGINNING:
        yield from _matter(max(0, number), text, found)
    if NUMBERED.search(text):
        yield from _numbered(text)
    for kind, pattern, clues in ANYWHERE:
        if not any(clue in text for clue in clues):
            continue
        for match in pattern.finditer(text):
            # The named group is the value; a pattern without one is the value as a whole.
            named = match.lastgroup or 0
            yield kind, *match.span(named), match[named].lower()


def _numbered(text: str) -> Iterator[tuple[str, int, int, str]]:
    """What is a fact by a number in it: documents, deadlines, fees."""
    for match in DOCUMENT.finditer(text):
        sign = "".join((match["sign"] or match["full"] or match["plain"] or match["bare"]).split())
        yield "document", match.start(), match.end(), sign
    for match in DEADLINE.finditer(text):
        group = next(name for name in ("date", "month", "span") if match[name])
        if DUE.search(_clause(text, match)):
            yield "deadline", match.start(), match.end(), match[group]
    for match in FEE.finditer(text):
        if not NOT_FEE.search(_clause(text, match)) and not TARIFF.search(text):
            yield "fee", *match.span("amount"), match["amount"]


def _clause(text: str, match: re.Match[str]) -> str:
    """What stands before a match and may belong to it."""
    return text[max(0, match.start() - CLAUSE) : match.start()]


def _matter(number: int, text: str, found: dict[str, list[Fact]]) -> Iterator[tuple[str, int, int, str]]:
    """Who decides and when, where the matter of the article is told."""
    if not found["who"] and (who := _who(number, text)):
        yield ("who", *who, "")
    if not found["when"] and (when := _when(number, text)):
        yield ("when", *when, "")
    for pattern in (SINCE, EVENT, PERIOD, BEGINS):
        for match in pattern.finditer(text):
            named = match.lastgroup or 0
            yield ("when", *match.span(named), match[named].lower())


def _who(number: int, text: str) -> tuple[int, int] | None:
    # Inside a quotation somebody tells of others.
    match = None if text.startswith(('"', "“")) else WHO.search(text, 0, OPENING)
    while match:
        before = text[: match.start()]
        # "Đến năm 2008, bộ đã phê duyệt": after the first sentence that is how it came about.
        if BEFORE_WHO.match(before) and not (number and LONG_AGO.search(before)):
            start, end = match.span("who")
            return start, start + len(text[start:end].rstrip(" ,-–"))
        # "tại trụ sở UBND tỉnh, Thanh tra Chính phủ công bố": another body may begin inside the first match.
        match = WHO.search(text, match.start() + 1, OPENING)
    long_ago = LONG_AGO.search(text)
    other = ACCORDING.match(text) or (None if long_ago else BY.search(text) or BY_ORDER.search(text))
    if not other and number == 0 and not long_ago:
        other = IN_ORDER.search(text)
    return other.span("who") if other else None


def _when(number: int, text: str) -> tuple[int, int] | None:
    if AGO.match(text):
        return None
    # After the first sentence only a date that opens one is likely to be of the matter itself.
    for match in WHEN.finditer(text):
        opens = number == 0 or (number == 1 and SUBJECT.fullmatch(text, 0, match.start()))
        if opens and not NOT_WHEN.search(_clause(text, match)):
            return match.span()
    return None
