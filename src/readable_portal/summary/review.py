"""For editors: what makes a text hard to read, sentence by sentence, and what to write instead.

The rules are those of plain-language guides (GOV.UK, ISO 24495-1) as far as a machine can see them; each
finding names its place, so that an editor and a program can go there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from readable_portal.summary.officialese import find_phrases
from readable_portal.summary.syllables import syllables
from readable_portal.vietnamese.abbreviations import find_abbreviations, learn
from readable_portal.vietnamese.readability import LONG_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readable_portal.model import Fact, Readability

__all__ = ["EVERYDAY", "RULES", "Finding", "Review", "review"]

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

# Rule -> (level, Vietnamese, English). The Vietnamese names stand in docs/editors.vi.md.
RULES: dict[str, tuple[Level, str, str]] = {
    "long-sentence": ("note", "Câu dài", "Long sentence"),
    "very-long-sentence": ("warning", "Câu quá dài", "Very long sentence"),
    "long-title": ("note", "Tiêu đề dài", "Long title"),
    "abbreviation": ("warning", "Chữ viết tắt chưa giải thích", "Abbreviation that is not explained"),
    "officialese": ("note", "Từ hành chính, có cách nói đơn giản hơn", "Office phrase; a plainer one exists"),
    "passive": ("note", "Câu bị động, không rõ ai làm", "Passive that hides who acts"),
    "nested-list": ("warning", "Nhiều ý liệt kê trong một câu", "A list inside a sentence"),
    "double-negation": ("warning", "Hai lần phủ định", "Double negation"),
    "missing-who": ("note", "Không thấy rõ cơ quan nào quyết định", "Who decides is not clear"),
    "missing-when": ("note", "Không thấy ngày", "No date"),
    "missing-where": ("note", "Không thấy nơi làm hay nơi hỏi", "No place to go or to ask"),
}

PASSIVE = re.compile(
    r"\b(?:được|bị)\s[^,.;:]{2,50}?\sbởi\b|\bđược sự\s\w+(?:\s\w+)?\s(?:của|từ)\b"
    r"|\b(?:việc|công tác)\s[^,.;:]{3,60}?\sđược (?:thực hiện|tiến hành|triển khai|tổ chức)\b",
    re.IGNORECASE,
)
DOUBLE = re.compile(r"\bkhông (?:thể|được|phải là|ai)\s(?:\w+\s)?(?:không|chưa)\b", re.IGNORECASE)
SEPARATOR = re.compile(r";|(?:^|\s)(?:[a-zđ]|\d{1,2})\)\s")
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
    """

    rule: str
    sentence: int
    start: int
    end: int
    text: str
    instead: str = ""

    @property
    def level(self) -> Level:
        """How much it matters."""
        return RULES[self.rule][0]


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
                found.append(_finding("abbreviation", number, text, (start, end), f"{expansion} ({short})"))
    kinds = {fact.kind for fact in facts}
    wanted = (
        ("missing-who", {"who"}),
        ("missing-when", {"when", "deadline"}),
        ("missing-where", {"where", "phone", "email", "site"}),
    )
    found += [
        Finding(rule=rule, sentence=-2, start=0, end=0, text="")
        for rule, any_of in wanted
        if not kinds & any_of
    ]
    return Review(score=_score(found, sentences, level), findings=tuple(found))


def _title(title: str) -> Iterator[Finding]:
    if len(syllables(title)) > LONG_TITLE:
        yield _finding("long-title", -1, title, (0, len(title)))


def _sentence(number: int, text: str) -> Iterator[Finding]:
    length = len(syllables(text))
    if length > LONG_SENTENCE:
        rule = "very-long-sentence" if length > VERY_LONG else "long-sentence"
        yield _finding(rule, number, text, (0, len(text)))
    for start, end, phrase in find_phrases(text):
        yield _finding("officialese", number, text, (start, end), phrase.plain)
    for pattern, rule in ((PASSIVE, "passive"), (DOUBLE, "double-negation")):
        for match in pattern.finditer(text):
            yield _finding(rule, number, text, match.span())
    parts = list(SEPARATOR.finditer(text))
    if len(parts) >= LIST and length > LONG_SENTENCE:
        yield _finding("nested-list", number, text, (parts[0].start(), len(text)))


def _finding(rule: str, number: int, text: str, span: tuple[int, int], instead: str = "") -> Finding:
    start, end = span
    return Finding(rule=rule, sentence=number, start=start, end=end, text=text[start:end], instead=instead)


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
