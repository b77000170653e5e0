"""Key facts ("Điều cần biết"), each with the slice of the article that says so.

Who decides, which document, for whom, what to do, when, until when, where, for how much, and whom to ask.
A fact is left out rather than guessed: every pattern wants the words around it that make it one. The value is
always the slice itself, so it can be wrong in its choice, never in its letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.model import Fact
from readable_portal.summary.fact_days import (
    AGO,
    BEGINS,
    BOUND,
    COMING,
    DEADLINE,
    DUE,
    EFFECT,
    ENDS,
    EVENT,
    EVERY,
    LATER,
    NOT_WHEN,
    PAST,
    PERIOD,
    SINCE,
    TERM,
    THEN_DUE,
    TILL,
    WHEN,
    WITHIN,
)
from readable_portal.summary.fact_patterns import (
    ACCORDING,
    ACTION,
    AUDIENCE,
    BEFORE_WHO,
    BY,
    BY_ORDER,
    CLAUSE,
    DOCUMENT,
    EMAIL,
    FEE,
    FREE,
    GOAL,
    HELD,
    IN_ORDER,
    LONG_AGO,
    MOBILE,
    NOT_FEE,
    PHONE,
    PRICE,
    SITE,
    SUBJECT,
    TARIFF,
    TELL,
    TOWN,
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
NUMBER = re.compile(r"\d+")
# More than this of one kind is a list that belongs into the article.
MOST = 4
# A deadline or an amount has one of these in small letters.
DUE_WORDS = ("trước", "hết", "nhất", "hạn", "quá", "vòng", "hơn")
PAID = ("phí", "giá vé", "mức thu", "tiền vé", "mức đóng")
# Kind, pattern, and strings of which a sentence must hold one for the pattern to match at all: to look for
# a string takes a fiftieth of the time.
ANYWHERE: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("when", EFFECT, (" từ ",)),
    ("when", COMING, ("ừ ", "hời gian", "đến ")),
    ("when", TERM, ("hời hạn ",)),
    ("when", EVENT, ("sẽ ", "ự kiến ")),
    ("when", HELD, ("tại ",)),
    ("where", WHERE, ("tại ", "Địa ", "Nơi nộp")),
    ("where", GOAL, (" đến ", " tới ")),
    ("fee", FREE, ("phí",)),
    ("phone", PHONE, tuple("0123456789")),
    ("phone", MOBILE, ("iên hệ", "ọi ", "ặp ", "hắn tin")),
    ("when", EVERY, (" tháng", " tuần")),
    ("email", EMAIL, ("@",)),
    ("site", SITE, ("://", "www.", "WWW.", ".vn", ".VN", ".com", ".net", ".info")),
    ("audience", AUDIENCE, ("ối tượng", "áp dụng ")),
    ("action", ACTION, ("cần ", "phải ", "có thể ", "nên ", "vui lòng ", "ề nghị ", "mời ", "Mời ")),
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
            value = text[start:end]
            if len(found[kind]) < MOST and not _is_known(kind, key := _same(kind, key, value), known):
                known.add((kind, key))
                found[kind].append(Fact(kind=kind, value=value, sentence=number, start=start, end=end))
    return [fact for kind in KINDS for fact in found[kind]]


def _same(kind: str, key: str, value: str) -> str:
    """What is equal for the same fact: the numbers of a day, a document's kind with its sign."""
    if kind in {"when", "deadline"}:
        # "hôm nay" alone has none.
        return "/".join(number.lstrip("0") for number in NUMBER.findall(value)) or key
    return " ".join([*value.lower().split()[:2], key]) if kind == "document" else key


def _is_known(kind: str, key: str, known: set[tuple[str, str]]) -> bool:
    """Whether it was found before; "Nghị định 68" is short for "Nghị định 68/2026/NĐ-CP"."""
    if kind != "document":
        return (kind, key) in known
    return any(
        other == kind and (key == name or key.startswith(f"{name}/") or name.startswith(f"{key}/"))
        for other, name in known
    )


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
        sign = next(name for name in ("sign", "law", "full", "plain", "bare") if match[name])
        yield "document", match.start(), match.end(), "".join(match[sign].split())
    lower = text.lower()
    for match in DEADLINE.finditer(text) if any(clue in lower for clue in DUE_WORDS) else ():
        if _is_due(text, match):
            start = (
                match.start() if match["last"] is None or "nhất" in match["latest"] else match.start("last")
            )
            yield "deadline", start, match.end(), match[0]
    for match in ENDS.finditer(text) if "thời " in lower or "đợt" in lower or "việc" in lower else ():
        named = match.lastgroup or 0
        yield "deadline", *match.span(named), match[named].lower()
    for pattern in (FEE, PRICE) if any(clue in lower for clue in PAID) else ():
        for match in pattern.finditer(text):
            if not NOT_FEE.search(_clause(text, match)) and not TARIFF.search(text):
                yield "fee", *match.span("amount"), match["amount"]


def _is_due(text: str, match: re.Match[str]) -> bool:
    """Whether somebody has to do something until then."""
    # "chậm nhất ngày 5/4" is said of nothing else.
    if match["latest"] or THEN_DUE.match(text, match.end()):
        return True
    return (BOUND if WITHIN.match(match[0]) else DUE).search(_clause(text, match)) is not None


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
    for match in () if AGO.match(text) else TOWN.finditer(text):
        yield ("where", *match.span("town"), match["town"].lower())


def _who(number: int, text: str) -> tuple[int, int] | None:
    # Inside a quotation somebody tells of others.
    match = None if text.startswith(('"', "“")) else WHO.search(text, 0, OPENING)
    while match:
        before = text[: match.start()]
        # "Đến năm 2008, bộ đã phê duyệt": after the first sentence that is how it came about.
        if BEFORE_WHO.match(before) and not (number and LONG_AGO.search(before)):
            start, end = match.span(match.lastgroup or 0)
            return start, start + len(text[start:end].rstrip(" ,-–"))
        # "tại trụ sở UBND tỉnh, Thanh tra Chính phủ công bố": another body may begin inside the first match.
        match = WHO.search(text, match.start() + 1, OPENING)
    long_ago = LONG_AGO.search(text)
    other = ACCORDING.match(text) or (None if long_ago else BY.search(text) or BY_ORDER.search(text))
    if not other and number == 0 and not long_ago:
        other = IN_ORDER.search(text)
    return other.span(other.lastgroup or 0) if other else None


def _when(number: int, text: str) -> tuple[int, int] | None:
    if AGO.match(text):
        return None
    # After the first sentence only a date that opens one is likely to be of the matter itself.
    for match in WHEN.finditer(text):
        opens = number == 0 or (number == 1 and SUBJECT.fullmatch(text, 0, match.start()))
        if opens and _tells_when(text, *match.span()):
            return match.span()
    for match in LATER.finditer(text) if number else ():
        span = match.span(match.lastgroup or 0)
        before = text[: span[0]]
        if _tells_when(text, *span) and not PAST.search(before) and before.count('"') % 2 == 0:
            return span
    return None


def _tells_when(text: str, start: int, end: int) -> bool:
    """Whether a day is when something takes place, and not one end of a time."""
    before = text[max(0, start - CLAUSE) : start]
    return not (NOT_WHEN.search(before) or TILL.match(text, end))
