"""Roman numerals, told from letters and words by what stands before them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import cardinal, ordinal
from readable_portal.vietnamese.syllables import is_syllable

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["ROMAN_YEAR", "roman", "roman_value", "roman_year"]

ROMAN_YEAR = re.compile(r"([IVX]{1,5})\s?([/–-])\s?((?:19|20)[0-9]{2})(?![0-9/])")

PARTS_OF_YEARS = frozenset(["quý", "quí", "kỳ", "kì", "đợt"])
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SHAPE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Words that count in Roman numerals: khóa XIV, quý I, thế kỷ XXI, hạng III …
COUNTING = frozenset({
    "khóa", "khoá", "quý", "quí", "phần", "chương", "mục", "kỳ", "kì", "hạng", "loại", "cấp", "bậc",
    "thứ", "kỷ", "kỉ", "lục", "tập", "quyển", "vùng", "đoạn", "đợt", "khu", "nhóm", "chiến", "thiên",
    "vòng", "tuyến", "lần", "bước", "tiểu", "điều", "bảng", "biểu", "độ", "iii", "ii", "i", "v", "x",
    "iv", "vi", "động",
})  # fmt: skip
# Works are numbered behind their names: "Ô Môn I". With a full stop an "I." is somebody's initial.
_NAME = re.compile(r"[A-ZĐÂÔÁÓÍ][a-zà-ỹđ]*\s[A-ZĐÂÔÁÓÍ][a-zà-ỹđ]+\s$")
_AFTER_NUMERAL = re.compile(r"(?<!\w)[IVX]+\s*(?:,|;|và|hoặc|đến|[-–])\s*$")


def roman_year(match: re.Match[str], reading: Reading) -> Said:
    """``III/2019``, after "quý" also ``III-2019``."""
    value = roman_value(match[1])
    if value is None or (match[2] != "/" and reading.word_before(match.start()) not in PARTS_OF_YEARS):
        return None
    dialect = reading.dialect
    return f"{cardinal(str(value), dialect)} năm {cardinal(match[3], dialect)}", match.end()


@lru_cache(maxsize=1024)
def roman_value(written: str) -> int | None:
    """What a numeral in capitals is worth, or None if it is none: ``roman_value("XIV")`` is 14."""
    if not written or not _SHAPE.fullmatch(written):
        return None
    values = [_VALUES[letter] for letter in written]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def roman(word: str, start: int, reading: Reading) -> str | None:
    """How a numeral is said here, or None where it is a letter, a word or an abbreviation."""
    value = roman_value(word)
    if value is None:
        return None
    end = start + len(word)
    before = reading.word_before(start)
    counted = before in COUNTING or _AFTER_NUMERAL.search(reading.before(start)) is not None
    if set(word) <= set("IVX"):
        after = reading.after(end)
        heading = reading.starts_line(start) and re.match(r"[.)/\-–]\s", after + " ")
        if word == "X" and heading and not re.match(r"[.)]\s[^\W\d_a-zà-ỹ]{2,}", after):
            return None  # X. Vĩnh Hòa: a commune
        named = word == "I" and not after.startswith(".") and bool(_NAME.search(reading.before(start)))
        if len(word) == 1 and not (counted or named or heading or re.match(r"\s?/\s?[0-9]{4}", after)):
            return None
        in_capitals = re.match(r"\s[^\W\d_a-zà-ỹ]{2,}", after)
        if is_syllable(word) and in_capitals and not (counted or heading):
            return None  # VI PHẠM, XI MĂNG
    elif before not in COUNTING or len(word) < 2:
        return None
    number = str(value)
    return ordinal(number, reading.dialect) if before == "thứ" else cardinal(number, reading.dialect)
