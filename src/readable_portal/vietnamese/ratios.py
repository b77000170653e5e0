"""Numbers parted by a slash or a colon that are no dates: fractions, shares of a total, houses, scales."""

from __future__ import annotations

import re
from math import gcd
from typing import TYPE_CHECKING

from readable_portal.vietnamese.dates import BEFORE_SCORE
from readable_portal.vietnamese.numbers import NUMBER, amount, cardinal, whole

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["RATIO", "SCORE", "SERIES", "ratio", "score", "series"]

RATIO = re.compile(rf"({NUMBER})\s?([/:])\s?({NUMBER})(?![0-9])")
# Houses in an alley, rows of numbers; four or more parts, or three that are no date.
SERIES = re.compile(r"[0-9]+[a-zA-Z]?(?:[/-][0-9]+[a-zA-Z]?){2,}")
SCORE = re.compile(r"([0-9]{1,3})\s?-\s?([0-9]{1,3})(?![0-9]|[-/.,][0-9]|\s?%)")

# Counted one by one: "ba trên bốn xã", while "ba phần tư diện tích" is a part.
ONE_BY_ONE = frozenset({
    "huyện", "xã", "phường", "tỉnh", "tiêu", "chỉ", "đơn", "sở", "ngành", "hộ", "hồ", "phiếu", "đại",
    "lượt", "trường", "lớp", "ấp", "khu", "khóm", "thôn", "bản", "tổ", "dự", "công", "nhiệm", "thủ", "ca",
    "mẫu", "trạm", "chi", "ý", "kiến", "câu", "bài", "môn", "chợ", "đảng",
})  # fmt: skip
BEFORE_SCALE = frozenset({
    "lệ", "số", "nhà", "hẻm", "ngõ", "ngách", "kiệt", "đường", "chỉ",
})  # fmt: skip


def ratio(match: re.Match[str], reading: Reading) -> Said:
    """``2/3`` a fraction, ``12/15`` of a total, ``1/500`` or ``1:500`` a scale."""
    upper, mark, lower = match.groups()
    dialect = reading.dialect
    first, last = amount(upper, dialect), amount(lower, dialect)
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
    """``3-0`` of a match: both numbers, nothing between."""
    words = reading.words_before(match.start())[-2:]
    if not words or (
        words[-1] not in BEFORE_SCORE and not (int(match[1]) > int(match[2]) and "thắng" in words)
    ):
        return None
    if words[-1] == "số" and (len(words) < 2 or words[-2] not in {"tỷ", "tỉ"}):
        return None
    return f"{cardinal(match[1], reading.dialect)} {cardinal(match[2], reading.dialect)}", match.end()


def series(match: re.Match[str], reading: Reading) -> Said:
    """``36/45/32/2``: the parts one after the other, "trên" for the slashes of a house number."""
    glue = " trên " if "/" in match.group() else ", "
    parts = re.findall(r"([0-9]+)([a-zA-Z]?)", match.group())
    said = [
        whole(number, reading.dialect, label=True) + (f" {letter}" if letter else "")
        for number, letter in parts
    ]
    return glue.join(said), match.end()
