"""Numbers parted by a slash or a colon that are no dates: fractions, shares of a total, houses, scales."""

from __future__ import annotations

import re
from math import gcd
from typing import TYPE_CHECKING

from readable_portal.vietnamese.dates import BEFORE_SCORE, COUNTED
from readable_portal.vietnamese.numbers import NUMBER, amount, cardinal, ordinal, whole
from readable_portal.vietnamese.phones import LINES
from readable_portal.vietnamese.syllables import is_syllable
from readable_portal.vietnamese.units import unit_after

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["RATIO", "ROW", "SCORE", "SERIES", "ratio", "row", "score", "series"]

RATIO = re.compile(rf"({NUMBER})\s?([/:])\s?({NUMBER})(?![0-9])")
# Houses in an alley, rows of numbers; four or more parts, or three that are no date.
SERIES = re.compile(r"[0-9]+[a-zA-Z]?(?:[/-][0-9]+(?:[a-zA-Z](?![^\W\d_]))?){2,}")
# Drawn numbers, marks, factors: 9 - 9 - 8,5 and 05-12-13-22; three in a row are no range.
ROW = re.compile(
    r"(?:[0-9]{1,2}(?:,[0-9]{1,2})?(?:\s[-–]\s[0-9]{1,2}(?:,[0-9]{1,2})?){2,}|[0-9]{2}(?:-[0-9]{2}){3,})"
    r"(?![0-9]|\s?[-–.,/][0-9])"
)
SCORE = re.compile(r"([0-9]{1,3})\s?-\s?([0-9]{1,3})(?![0-9]|[-/.,][0-9]|\s?%)")

# Counted one by one: "ba trên bốn xã", while "ba phần tư diện tích" is a part.
ONE_BY_ONE = frozenset({
    "huyện", "xã", "phường", "tỉnh", "tiêu", "chỉ", "đơn", "sở", "ngành", "hộ", "hồ", "phiếu", "đại",
    "lượt", "trường", "lớp", "ấp", "khu", "khóm", "thôn", "bản", "tổ", "dự", "công", "nhiệm", "thủ", "ca",
    "mẫu", "trạm", "chi", "ý", "kiến", "câu", "bài", "môn", "chợ", "đảng",
})  # fmt: skip
BEFORE_SCALE = frozenset({
    "lệ", "số", "nhà", "hẻm", "ngõ", "ngách", "kiệt", "đường", "chỉ", "bậc", "ngạch", "mức", "chọi",
})  # fmt: skip
# Two values of these have a slash between them: 120/80 mmHg, 110/22 kV.
SPACED_UNITS = (" mmHg", " kV", " KV", " kVA")
# Where a match is told, two numbers are its score: "thua Lào 0-3", "(hiệp 1: 1-0)".
PLAYED = frozenset(["thắng", "thua", "hòa", "hoà", "dẫn", "bại", "hiệp"])
_ENDS_SCORE = re.compile(
    r"\s?(?:[^\w\s]|$)|\s(?:[^\W\d_a-zà-ỹđ]|(?:trước|sau|ở|trong|và|trên|tại|cho|nhờ|khi|để)\b)"
)
# After these also falling numbers are a range: "từ tháng 11-2".
STILL_RANGE = frozenset(["từ", "tháng", "khoảng", "giờ", "lúc", "thứ", "cách", "còn"])
_FOREIGN = re.compile(r"(?<!\w)([A-Z][a-z]{2,20})\s$")


def ratio(match: re.Match[str], reading: Reading) -> Said:
    """``2/3`` a fraction, ``12/15`` of a total, ``1/500`` or ``1:500`` a scale, ``110/22kV``."""
    upper, mark, lower = match.groups()
    dialect = reading.dialect
    if f"{upper}: " in match.group():
        return None  # hiệp 1: 1-0
    first, last = amount(upper, dialect), amount(lower, dialect)
    if upper.isdigit() and reading.word_before(match.start()) == "thứ":
        first = ordinal(upper, dialect)
    end = match.end() + (mark == "/" and reading.text.startswith(SPACED_UNITS, match.end()))
    unit = unit_after(reading.text, end) if mark == "/" else None
    if unit:
        return f"{first} trên {last} {unit[0]}", unit[1]
    if mark == "/" and upper.isdigit() and lower.isdigit() and _is_fraction(match, reading):
        last = "tư" if lower == "4" else last
        return f"{first} phần {last}", match.end()
    divided = mark == ":" and reading.after(match.end()).lstrip().startswith("=")
    return f"{first} {'chia' if divided else 'trên'} {last}", match.end()


def _is_fraction(match: re.Match[str], reading: Reading) -> bool:
    upper, lower = int(match[1]), int(match[3])
    if not 0 < upper < lower <= 10 or gcd(upper, lower) > 1 or (lower > 5 and upper > 1):
        return False
    if reading.word_before(match.start()) in BEFORE_SCALE:
        return False
    after = re.match(r"\s*([^\W\d_]+)", reading.after(match.end()))
    return after is None or after[1] not in ONE_BY_ONE


def score(match: re.Match[str], reading: Reading) -> Said:
    """``3-0`` of a match: both numbers, nothing between; so falling numbers and ``Boeing 737-800``."""
    words = [word for word in reading.words_before(match.start()) if word]
    first, last = int(match[1]), int(match[2])
    before = words[-1] if words else ""
    if before == "số" and (len(words) < 2 or words[-2] not in {"tỷ", "tỉ"}):
        return None
    told = before in BEFORE_SCORE or (first > last and "thắng" in words[-2:])
    if not (told or _is_played(match, reading, words) or _is_model(match, reading)):
        return None
    return f"{cardinal(match[1], reading.dialect)} {cardinal(match[2], reading.dialect)}", match.end()


def _is_played(match: re.Match[str], reading: Reading, words: list[str]) -> bool:
    """Whether a match is told of, or the numbers do not rise, as those of a range do."""
    after = reading.after(match.end())
    if not PLAYED.isdisjoint(words[-8:]) and _ENDS_SCORE.match(after):
        return True
    if " " in match.group() or int(match[1]) < int(match[2]) or (words and words[-1] in STILL_RANGE):
        return False
    next_word = re.match(r"\s?([^\W\d_]+)", after)
    return unit_after(reading.text, match.end()) is None and not (next_word and next_word[1] in COUNTED)


def _is_model(match: re.Match[str], reading: Reading) -> bool:
    """``Boeing 737-800``: three digits and three after a foreign name."""
    name = _FOREIGN.search(reading.before(match.start()))
    return name is not None and len(match[1]) == len(match[2]) == 3 and not is_syllable(name[1])


def row(match: re.Match[str], reading: Reading) -> Said:
    """Numbers one after the other, unless they are called ("gọi 09-12-34-56-78")."""
    if reading.word_before(match.start()) in LINES:
        return None
    parts = re.split(r"\s?[-–]\s?", match.group())
    return ", ".join(amount(part, reading.dialect, label=True) for part in parts), match.end()


def series(match: re.Match[str], reading: Reading) -> Said:
    """``36/45/32/2``: the parts one after the other, "trên" for the slashes of a house number."""
    glue = " trên " if "/" in match.group() else ", "
    parts = re.findall(r"([0-9]+)([a-zA-Z]?)", match.group())
    said = [
        whole(number, reading.dialect, label=True) + (f" {letter}" if letter else "")
        for number, letter in parts
    ]
    unit = unit_after(reading.text, match.end()) if glue == " trên " else None
    if unit:  # 110/35/22kV
        return f"{glue.join(said)} {unit[0]}", unit[1]
    return glue.join(said), match.end()
