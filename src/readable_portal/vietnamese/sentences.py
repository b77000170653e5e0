"""Sentences, with their exact places in the text.

One pass over the places where a sentence may end; each is judged by the few words around it, so the time
is linear in the length of the text. What counts as a sentence here is what a person hears as one unit:

- A line break always ends a sentence: headings, list items and table rows are units of their own.
- A full stop ends one, unless it belongs to an abbreviation ("TP. Rạch Giá"), an initial ("C. Mác"), a
  number or a marker of a list ("1. Đối tượng"), or the heading of an article ("Điều 1. Phạm vi").
- A quotation or bracket of a few words stays whole; a long quotation is split like other text.
- A forgotten space does not hide an end ("đồng.Thời gian").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from readable_portal.vietnamese.endings import (
    NUMBERED,
    OFFICES,
    OPENERS,
    PERSONS,
    PLACES,
    SHORT_PLACES,
    SUFFIXES,
    TITLES,
    UNFINISHED,
    ends_after_letter,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SentenceText", "split_sentences"]

# A quotation up to this many characters stays whole even if it holds several sentences: about ten seconds
# of listening. Longer ones are split, as newspapers' own sentence counts do.
QUOTE = 120
BRACKET = 200

LINES = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
CLOSERS = "\"”»’')\\]"
CANDIDATE = re.compile(
    # The look-behind and the possessive ++ keep a long run of dots linear.
    rf"(?<![.!?…])[.!?…]++(?P<close>[{CLOSERS}]*(?: [\"”](?!\w))?)(?:\[\d{{1,3}}\])*"
    rf"(?P<space>[^\S{LINES}]+|(?=[^\W\d_]))|(?P<line>[{LINES}]+)"
)
KEPT = re.compile(
    rf"(?<!\w)[\"“«](?=[\w(…])[^\"“”«»{LINES}]{{1,{QUOTE}}}[\"”»](?!\w)"
    rf"|(?<!\w)'(?=\w)[^'{LINES}]{{1,{QUOTE}}}'(?!\w)|\([^(){LINES}]{{1,{BRACKET}}}\)"
)
WORD = re.compile(r"[^\W\d_]+")
MARKER = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-zĐđ])(?:\.\d{1,2})*")
FIRST_MARKER = re.compile(r"(?:0?1|I|[aA])(?:\.1)*")
HEADING = re.compile(
    r"(?:điều|chương|mục|tiểu mục|phần|khoản|câu|câu hỏi|bước|bài|phụ lục|bảng|biểu|hình|mẫu|mẫu số|tập|quyển"
    r"|vấn đề|nội dung|nhiệm vụ|giải pháp|tiêu chí|nhóm|mức|cách|trường hợp|giai đoạn)\s+(?:số\s+)?",
    re.IGNORECASE,
)
HEADING_NUMBER = re.compile(r"(?:\d{1,3}[a-zđ]?|[IVXLC]{1,6}|[A-ZĐ])(?:\.\d{1,2})*")
LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
DIGRAPHS = frozenset({"Th", "Ph", "Ch", "Tr", "Ng", "Nh", "Kh", "Gi", "Qu"})
LEAD = "\"“«‘'([*+•-–—"
ADDRESS = re.compile(r"://|@|www\.", re.IGNORECASE)


class SentenceText(str):
    """A sentence that knows where it stands: ``text[start:end]`` is the sentence."""

    __slots__ = ("end", "start")

    start: int
    end: int

    def __new__(cls, sentence: str, start: int, end: int) -> Self:
        """A sentence that was found at ``start`` to ``end``."""
        self = super().__new__(cls, sentence)
        self.start = start
        self.end = end
        return self

    def __reduce__(self) -> tuple[type[SentenceText], tuple[str, int, int]]:
        """What copy and pickle make it from."""
        return type(self), (str(self), self.start, self.end)


def split_sentences(text: str) -> list[SentenceText]:
    """The sentences of ``text`` in order, without the white space around them.

    Between two of them, before the first and after the last stands nothing but white space.
    """
    found: list[SentenceText] = []
    start = 0
    for end in _ends(text):
        _append(found, text, start, end)
        start = end
    _append(found, text, start, len(text))
    return found


def _append(found: list[SentenceText], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(SentenceText(text[start:end], start, end))


def _ends(text: str) -> Iterator[int]:
    kept = KEPT.finditer(text)
    span = next(kept, None)
    start = 0
    for candidate in CANDIDATE.finditer(text):
        end = candidate.end()
        if candidate["line"] is None:
            mark = candidate.end("close")
            while span is not None and span.end() < mark:
                span = next(kept, None)
            inside = span is not None and span.start() < candidate.start() and mark < span.end()
            if inside or not _is_end(text, start, candidate):
                continue
        yield end
        start = end


def _is_end(text: str, start: int, candidate: re.Match[str]) -> bool:
    """Whether the sentence that began at ``start`` ends at this mark."""
    after = candidate.end()
    if after == len(text):
        return True
    closed = candidate["close"]
    following = text[after]
    if following.islower():
        return _starts_small(text, after) and bool(candidate["space"])
    if following in ",;:)]”»’%/" or (closed and following in "-–—"):
        return False
    mark = candidate.start()
    single = text[mark] == "." and candidate.end("close") - mark - len(closed) == 1
    if not candidate["space"] and not _glued(text, mark, after):
        return False
    if not single or closed:
        return True
    return _ends_at_stop(text, start, mark, after)


def _starts_small(text: str, after: int) -> bool:
    """A sentence may begin small only as a list item "b)", an address or a name such as iPhone."""
    head = text[after : after + 8]
    return head[1:2] == ")" or head.startswith(("http://", "https:/", "www.")) or head[1:2].isupper()


def _ends_at_stop(text: str, start: int, mark: int, after: int) -> bool:
    """Whether a lone full stop ends the sentence: not after abbreviations, initials, markers, headings."""
    head = text[max(start, mark - 40) : mark]
    word = head.rsplit(None, 1)[-1] if head and not head[-1].isspace() else ""
    word = word[max(word.rfind(":"), word.rfind(";")) + 1 :]
    left = head[: len(head) - len(word)].rstrip()
    word = word.lstrip(LEAD)
    if not word or word.endswith("/"):
        return bool(word) or bool(left)
    first = mark - len(head) <= start
    if MARKER.fullmatch(word) and _is_marker(word, left, first=first):
        return False
    if HEADING_NUMBER.fullmatch(word) and _is_heading(left, first=first):
        return False
    if word.isdigit() and text[after].isdigit():
        return not _is_date(left, text[after : after + 10])
    return _ends_after_word(word, left, text, after)


def _is_marker(word: str, left: str, *, first: bool) -> bool:
    """Whether a number or letter counts items: at the start, after ";" or, as the first, after ":"."""
    if not left.strip(LEAD + " "):
        return first
    return left[-1] == ";" or (left[-1] == ":" and FIRST_MARKER.fullmatch(word) is not None)


def _is_heading(left: str, *, first: bool) -> bool:
    """Whether the keyword of a heading stands before a number, at the start or after a colon or semicolon."""
    at = max(left.rfind(":"), left.rfind(";"))
    name = left[at + 1 :] if at >= 0 else left if first else ""
    return HEADING.fullmatch(name.strip(LEAD + " ") + " ") is not None


def _is_date(left: str, right: str) -> bool:
    """Whether the full stop is inside a date written with spaces, as in 05. 6. 2024."""
    return bool(re.match(r"\d{1,2}\.\s*\d{4}", right) or (re.match(r"\d{4}\b", right) and left.endswith(".")))


def _ends_after_word(word: str, left: str, text: str, after: int) -> bool:
    if word.lower() == "đ/c":
        return False
    last = re.split(r"[.\-–/,(]", word)[-1]
    if last.lower() in UNFINISHED:
        return last.lower() in NUMBERED and not text[after].isdigit() and text[after] != "("
    if last in TITLES or (last.lower().title() in TITLES and len(last) > 1):
        return left[-1:].isdigit() or _opens(text, after)
    if last in PLACES and (last == word or len(word) - len(last) > 1):
        return not _is_place(last, left, text, after)
    if LETTERS.fullmatch(word) or word in DIGRAPHS:
        return word.lower() == "v.v" or _ends_after_initial(word, left, text, after)
    return True


def _is_place(short: str, left: str, text: str, after: int) -> bool:
    """Whether "TP.", "H.", "Q." goes on with its name, its number or the office it stands before."""
    if ends_after_letter(short, left) or _opens(text, after):
        return False
    if text[after].isdigit():
        return short in "QqPpKPkpĐđ"
    name = WORD.match(text, after)
    if name is None:
        return True
    second = WORD.match(text, name.end() + 1)
    if f"{name[0]} {second[0] if second else ''}".lower().startswith(OFFICES):
        return True
    if second is None or not second[0][0].islower():
        return True
    # A small letter follows: "TP. Huế được" and "TP. HCM đã" go on, "TP. Tuyến đường" does not.
    return name[0] in SHORT_PLACES


def _ends_after_initial(word: str, left: str, text: str, after: int) -> bool:
    if text[after] in '(“"':
        return False
    if ends_after_letter(word, left):
        return True
    return _opens(text, after)


def _opens(text: str, after: int) -> bool:
    """Whether a word stands here that begins sentences, not names: "Theo đó", "Ông Nam"."""
    word = WORD.match(text, after)
    if word is None:
        return False
    second = WORD.match(text, word.end() + 1)
    small = second is None or second[0][0].islower()
    return (word[0] in OPENERS and small) or (
        word[0] in PERSONS and f"{word[0]} {second and second[0]}" != "Bà Rịa"
    )


def _glued(text: str, mark: int, after: int) -> bool:
    """Whether a mark without a space after it may end a sentence: "đồng.Thời gian", not "gov.Vn"."""
    right = WORD.match(text, after) if text[after].isupper() else None
    if right is None:
        return False
    word = right[0]
    if word.lower() in SUFFIXES or not (word[1:].islower() or (word.isupper() and len(word) > 1)):
        return False
    before = text[max(0, mark - 60) : mark].rsplit(None, 1)
    token = before[-1] if before else ""
    if ADDRESS.search(token) or not token:
        return False
    if text[mark] != ".":
        return True
    letters = re.search(r"[^\W\d_]*$", token)
    left = letters[0] if letters else ""
    if not left:
        return token[-1].isdigit() or token[-1] in '%)”"/'
    if left.isupper():
        return len(left) > 1 and left not in PLACES and left not in TITLES and _opens(text, after)
    unit = token[: -len(left)][-1:].isdigit()
    return left.islower() and (len(left) > 1 or unit)
