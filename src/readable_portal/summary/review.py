"""For editors: what makes a text hard to read, sentence by sentence, and what to write instead.

The rules are those of plain-language guides (GOV.UK, ISO 24495-1) as far as a machine can see them; each
finding names its place, so that an editor and a program can go there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from readable_portal.summary.fact_days import DAY
from readable_portal.summary.officialese import find_phrases
from readable_portal.summary.rewording import as_list, as_sentences, items
from readable_portal.summary.simplify import capital
from readable_portal.summary.syllables import syllables
from readable_portal.vietnamese.abbreviations import find_abbreviations, learn
from readable_portal.vietnamese.readability import LONG_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readable_portal.model import Fact, Readability

__all__ = ["EVERYDAY", "RULES", "Finding", "Review", "Rule", "like_before", "review"]

Level = Literal["warning", "note"]

# Beyond this nobody keeps the beginning in mind: twice the length that guides allow.
VERY_LONG = 2 * LONG_SENTENCE
# Syllables; a title is read at a glance, on a telephone in three lines.
LONG_TITLE = 20
# More well-known written short than in full, so nobody explains them (GOV.UK style guide: "Abbreviations and
# acronyms"). Everybody in Vietnam has business with them.
EVERYDAY = frozenset(
    [
        "UBND",
        "HĐND",
        "TP",
        "TP.",
        "TPHCM",
        "TP.HCM",
        "TP HCM",
        "TP. HCM",
        "HCM",
        "THPT",
        "THCS",
        "CSGT",
        "CCCD",
        "CMND",
        "BHYT",
        "BHXH",
        "USD",
        "VNĐ",
        "VND",
        "SN",
        "GS",
        "PGS",
        "TS",
        "ThS",
        "BS",
        "TW",
        "VN",
    ]
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an editor is told. The texts stand in docs/editors.vi.md, too.

    Attributes:
        level: How much it matters.
        name: In Vietnamese, English.
        advice: What to do, in Vietnamese, English.
        guide: Where a standard asks for it.
    """

    level: Level
    name: tuple[str, str]
    advice: tuple[str, str]
    guide: str


READING_LEVEL = "https://www.w3.org/WAI/WCAG22/Understanding/reading-level"
ABBREVIATIONS = "https://www.w3.org/WAI/WCAG22/Understanding/abbreviations"
UNUSUAL_WORDS = "https://www.w3.org/WAI/WCAG22/Understanding/unusual-words"
PAGE_TITLED = "https://www.w3.org/WAI/WCAG22/Understanding/page-titled"
RULES: dict[str, Rule] = {
    "long-sentence": Rule(
        "note",
        ("Câu dài", "Long sentence"),
        (
            "nên tách ra, mỗi câu một ý, từ 25 tiếng trở xuống",
            "part it: one idea a sentence, 25 syllables or fewer",
        ),
        READING_LEVEL,
    ),
    "very-long-sentence": Rule(
        "warning",
        ("Câu quá dài", "Very long sentence"),
        (
            "nên tách thành nhiều câu, mỗi câu từ 25 tiếng trở xuống",
            "make several of it, 25 syllables or fewer each",
        ),
        READING_LEVEL,
    ),
    "long-title": Rule(
        "note",
        ("Tiêu đề dài", "Long title"),
        ("nên giữ việc chính, từ 20 tiếng trở xuống", "keep the main thing, 20 syllables or fewer"),
        PAGE_TITLED,
    ),
    "abbreviation": Rule(
        "warning",
        ("Chữ viết tắt chưa được giải thích", "Abbreviation that is not explained"),
        ("nên viết đủ ở lần đầu", "write it in full the first time"),
        ABBREVIATIONS,
    ),
    "officialese": Rule(
        "note",
        ("Từ hành chính, có cách nói đơn giản hơn", "Office phrase; a plainer one exists"),
        ("nên dùng từ thông dụng", "use the common word"),
        UNUSUAL_WORDS,
    ),
    "passive": Rule(
        "note",
        ("Chưa rõ ai làm", "Who acts is not said"),
        ("nên nói rõ cơ quan hoặc người làm việc này", "name who does it"),
        READING_LEVEL,
    ),
    "nested-list": Rule(
        "warning",
        ("Nhiều ý trong một câu", "A list inside a sentence"),
        ("nên viết thành danh sách, mỗi ý một dòng", "make a list of it, a line for each part"),
        READING_LEVEL,
    ),
    "double-negation": Rule(
        "warning",
        ("Hai lần phủ định", "Double negation"),
        ("nên nói thẳng", "say it straight"),
        READING_LEVEL,
    ),
    "missing-who": Rule(
        "note",
        ("Bài nói đến một quyết định nhưng chưa rõ cơ quan nào quyết định", "Who decides is not clear"),
        ("nên ghi tên cơ quan ngay ở câu đầu", "name the body in the first sentence"),
        READING_LEVEL,
    ),
    "missing-when": Rule(
        "note",
        ("Bài chưa có ngày nào", "No date"),
        ("nên ghi ngày bắt đầu hoặc hạn cuối", "say from when or until when"),
        READING_LEVEL,
    ),
    "missing-where": Rule(
        "note",
        (
            "Bài nói đến thủ tục nhưng chưa có nơi nộp hay nơi hỏi",
            "A procedure without a place to go or to ask",
        ),
        (
            "nên ghi địa chỉ, số điện thoại hoặc trang web",
            "give an address, a telephone number or a site",
        ),
        READING_LEVEL,
    ),
}
# What a text must speak of for the lack of something to be a lack: a decision at its beginning, a procedure
# anywhere.
DECISION = re.compile(
    r"\b(?:ban hành|phê duyệt|chấp thuận|quy định mới|thu hồi|bãi bỏ"
    r"|quyết định (?:số|về|cho|thu|giao|xử|bổ|kỷ))\b",
    re.IGNORECASE,
)
BEGINNING = 3
PROCEDURE = re.compile(
    r"\b(?:(?:nộp|nhận|gửi|tiếp nhận) (?:hồ sơ|đơn|phí|lệ phí|tiền|thuế|kết quả|thẻ)|làm thủ tục|liên hệ"
    r"|kê khai|đăng ký (?:tại|trước|qua|trực tuyến|tham gia|dự)|cấp (?:lại |đổi )?(?:thẻ|hộ chiếu|căn cước)"
    r"|đường dây nóng)\b",
    re.IGNORECASE,
)
TIME = re.compile(
    rf"(?<![\d/])(?:{DAY})(?![\d/])|\btháng \d{{1,2}}\b|\bnăm \d{{4}}\b|\b[Hh][ằà]ng (?:ngày|tháng|năm)\b"
)

PASSIVE = re.compile(
    r"\b(?:được|bị)\s[^,.;:]{2,50}?\sbởi\b|\bđược sự\s\w+(?:\s\w+)?\s(?:của|từ)\b"
    r"|\b(?:việc|công tác)\s[^,.;:]{3,60}?\sđược (?:thực hiện|tiến hành|triển khai|tổ chức)\b",
    re.IGNORECASE,
)
DOUBLE = re.compile(r"\bkhông (?:thể|được|phải là|ai)\s(?:\w+\s)?(?:không|chưa)\b", re.IGNORECASE)
# So many parts, and a reader has lost where the list began.
LIST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that makes a text hard.

    Attributes:
        rule: A key of ``RULES``.
        sentence: Index of the sentence; -1 for the title, -2 for the text as a whole.
        start: Where it begins in the sentence.
        end: Where it ends there.
        text: The slice.
        instead: What to write, "" where only the editor can know.
        count: Syllables, where they are too many; else 0.
    """

    rule: str
    sentence: int
    start: int
    end: int
    text: str
    instead: str = ""
    count: int = 0

    @property
    def level(self) -> Level:
        """How much it matters."""
        return RULES[self.rule].level


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was found, in the order of the text, and a score from 0 (hard) to 100 (easy)."""

    score: int
    findings: tuple[Finding, ...]


def review(title: str, sentences: Sequence[str], *, level: Readability, facts: Sequence[Fact] = ()) -> Review:
    """Look at a text as a plain-language editor would.

    Args:
        title: The title, "" for none.
        sentences: The text's sentences.
        level: The text's reading level.
        facts: Its key facts; kinds that lack are pointed out.
    """
    found = list(_title(title))
    learned = learn("\n".join(sentences))
    seen: set[str] = set()
    for number, text in enumerate(sentences):
        found += sorted(_sentence(number, text), key=lambda each: each.start)
        for start, end, expansion, _ in find_abbreviations(text, {}):
            short = text[start:end]
            known = short in learned or short in EVERYDAY or f"({short})" in text
            if not known and short not in seen and expansion.lower() not in text.lower():
                seen.add(short)
                full = f"{like_before(expansion, text, start)} ({short})"
                found.append(_finding("abbreviation", number, text, (start, end), full))
    found += _lacks(sentences, {fact.kind for fact in facts})
    return Review(score=_score(found, sentences, level), findings=tuple(found))


def _lacks(sentences: Sequence[str], kinds: set[str]) -> Iterator[Finding]:
    whole = "\n".join(sentences)
    lacks = (
        ("missing-who", "who" not in kinds and DECISION.search("\n".join(sentences[:BEGINNING]))),
        ("missing-when", not kinds & {"when", "deadline"} and not TIME.search(whole)),
        ("missing-where", not kinds & {"where", "phone", "email", "site"} and PROCEDURE.search(whole)),
    )
    for rule, lack in lacks:
        if lack:
            yield Finding(rule=rule, sentence=-2, start=0, end=0, text="")


def _title(title: str) -> Iterator[Finding]:
    length = len(syllables(title))
    if length > LONG_TITLE:
        yield _finding("long-title", -1, title, (0, len(title)), count=length)


def _sentence(number: int, text: str) -> Iterator[Finding]:
    length = len(syllables(text))
    if length > LONG_SENTENCE:
        rule = "very-long-sentence" if length > VERY_LONG else "long-sentence"
        listed = len(items(text)) >= LIST
        yield _finding(rule, number, text, (0, len(text)), "" if listed else as_sentences(text), count=length)
        if listed:
            yield _finding("nested-list", number, text, (0, len(text)), as_list(text))
    for start, end, phrase in find_phrases(text):
        yield _finding("officialese", number, text, (start, end), phrase.plain)
    for pattern, rule in ((PASSIVE, "passive"), (DOUBLE, "double-negation")):
        for match in pattern.finditer(text):
            yield _finding(rule, number, text, match.span())


def _finding(
    rule: str, number: int, text: str, span: tuple[int, int], instead: str = "", *, count: int = 0
) -> Finding:
    start, end = span
    return Finding(
        rule=rule,
        sentence=number,
        start=start,
        end=end,
        text=text[start:end],
        instead=instead,
        count=count,
    )


def _score(found: Sequence[Finding], sentences: Sequence[str], level: Readability) -> int:
    """100 less what makes the text hard; docs/editors.vi.md tells how the parts weigh.

    Half is the reading level: 100 at 5.4 (school reading books), 0 at 15. The rest are findings a hundred
    syllables, so that a long text is not worse for being long.
    """
    hundreds = max(1.0, sum(len(syllables(text)) for text in sentences) / 100)
    weights = {"warning": 6.0, "note": 2.0}
    lack = 2.0 * sum(each.sentence == -2 for each in found)
    inside = sum(weights[each.level] for each in found if each.sentence != -2) / hundreds
    grade = 50 * min(1.0, max(0.0, (level.grade - 5.4) / 9.6))
    return round(max(0.0, 100 - grade - min(44.0, inside) - lack))


def like_before(meaning: str, text: str, start: int) -> str:
    """An expansion with a capital at the beginning of a sentence, and in a name ("Sở GTVT": Giao thông …)."""
    before = text[:start].rstrip().rpartition(" ")[2]
    named = not before or before[0].isupper() or before[-1:] in ".!?"
    return capital(meaning) if named else meaning
