"""Numbers as they are said, in the North, the Centre and the South.

Sources of the rules: common usage. "linh" (elsewhere than in the North "lẻ") stands for an empty ten,
"không trăm" for an empty hundred after something larger, "mốt", "tư" and "lăm" for 1, 4 and 5 after tens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "CENTRAL",
    "NORTH",
    "NUMBER",
    "SOUTH",
    "Dialect",
    "amount",
    "cardinal",
    "digits",
    "ordinal",
    "whole",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a region says numbers.

    Attributes:
        thousand: nghìn in the North, ngàn in the Centre and the South.
        empty_ten: 105 is "một trăm linh năm" in the North, "lẻ" in the Centre and the South.
        seven: bảy; bẩy in parts of the North.
        four: The 4 of 24: "hai mươi tư" in the North, "bốn" in the Centre and the South.
    """

    thousand: str = "nghìn"
    empty_ten: str = "linh"
    seven: str = "bảy"
    four: str = "tư"

    def own(self, said: str) -> str:
        """What a table says in northern words ("phần nghìn"), in those of the region."""
        return said.replace("nghìn", self.thousand)


NORTH = Dialect()
SOUTH = Dialect(thousand="ngàn", empty_ten="lẻ", four="bốn")
# Centre and South sound apart, which is the voice's part; we know of no number that they word apart.
CENTRAL = SOUTH

NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# Longer rows of digits are no amounts: they are read digit by digit.
LONGEST = 18
# Longer unparted rows of digits are identifiers (tax codes, citizens' numbers), unless something is counted.
LONGEST_UNPARTED = 7

# A number as it is written, parted or not; what the marks mean is decided when it is read.
NUMBER = r"\d+(?:[.,]\d+)*"
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?|([1-9]\d{0,2}(?:,\d{3}){2,})(?:\.(\d+))?")

# A point was forgotten: 3000.000 đồng.
_FORGOTTEN = re.compile(r"[1-9]\d{3,5}(?:\.\d{3})*\.000")


def digits(written: str, dialect: Dialect = NORTH) -> str:
    """Digit by digit; other characters are left out."""
    names = (*NAMES[:7], dialect.seven, *NAMES[8:])
    return " ".join(names[int(digit)] for digit in written if digit in "0123456789")


@lru_cache(maxsize=8192)
def cardinal(written: str, dialect: Dialect = NORTH) -> str:
    """A whole number, given as decimal digits."""
    written = written.lstrip("0") or "0"
    if len(written) > LONGEST:
        return digits(written, dialect)
    if len(written) > 9:
        high, low = written[:-9], written[-9:]
        said = f"{cardinal(high, dialect)} tỷ"
        return said if int(low) == 0 else f"{said} {_groups(low.zfill(9), dialect, filled=True)}"
    return _groups(written, dialect, filled=False)


def _groups(written: str, dialect: Dialect, *, filled: bool) -> str:
    """Up to nine digits. ``filled``: something larger was said before, so empty places are named."""
    padded = written.zfill(9)
    words: list[str] = []
    for place, name in ((0, "triệu"), (3, dialect.thousand), (6, "")):
        group, rest = padded[place : place + 3], padded[place:]
        if int(rest) == 0 and (words or filled):
            break
        if int(group) == 0:
            if (words or filled) and name:
                words.append(f"không {name}")
            elif not words and not filled and not name:
                words.append(NAMES[0])
            continue
        words.append(_hundreds(group, dialect, filled=bool(words) or filled))
        if name:
            words.append(name)
    return " ".join(words)


def _hundreds(group: str, dialect: Dialect, *, filled: bool) -> str:
    names = (*NAMES[:7], dialect.seven, *NAMES[8:])
    hundred, ten, one = (int(digit) for digit in group)
    words = []
    if hundred or filled:
        words += [names[hundred], "trăm"]
    if ten == 0 and one and words:
        words.append(dialect.empty_ten)
    elif ten == 1:
        words.append("mười")
    elif ten > 1:
        words += [names[ten], "mươi"]
    if one == 1 and ten > 1:
        words.append("mốt")
    elif one == 4 and ten > 1:
        words.append(dialect.four)
    elif one == 5 and ten:
        words.append("lăm")
    elif one:
        words.append(names[one])
    return " ".join(words)


def ordinal(written: str, dialect: Dialect = NORTH) -> str:
    """What follows "thứ": nhất, hai, ba, tư, năm …."""
    number = written.lstrip("0")
    return {"1": "nhất", "4": "tư"}.get(number) or cardinal(written, dialect)


def whole(written: str, dialect: Dialect = NORTH, *, label: bool = False, counts: bool = False) -> str:
    """Unparted digits. A ``label`` (số 05) keeps its zero; what ``counts`` something is never spelled."""
    if len(written) == 1:
        return cardinal(written, dialect)
    if written[0] == "0" and (label or len(written) > 3) and not (counts and written.strip("0")):
        if len(written) <= 3:
            zeros = len(written) - len(written.lstrip("0"))
            return " ".join(
                [NAMES[0]] * zeros + ([cardinal(written[zeros:], dialect)] if written[zeros:] else [])
            )
        return digits(written, dialect)
    if len(written) > LONGEST_UNPARTED and not counts and not written.endswith("000"):
        return digits(written, dialect)
    return cardinal(written, dialect)


def amount(
    written: str, dialect: Dialect = NORTH, *, label: bool = False, counts: bool = False, point: str = "chấm"
) -> str:
    """A number as :data:`NUMBER` finds it.

    Args:
        written: "1.250.000,5", "3,5", "36.5", "05".
        dialect: Whose words.
        label: It names something (Mẫu số 05, Mục 2.1) rather than counting it.
        counts: A unit follows.
        point: How a point that parts no thousands is said: "chấm" in 4.0, "phẩy" in 36.5 %.
    """
    if written.isdigit():
        return whole(written, dialect, label=label, counts=counts)
    match = _GROUPED.fullmatch(written)
    if match:
        head, tail = match[1] or match[3], match[2] or match[4]
        said = cardinal(head.replace(".", "").replace(",", ""), dialect)
        return f"{said} phẩy {_fraction(tail, dialect)}" if tail else said
    if counts and _FORGOTTEN.fullmatch(written):
        return cardinal(written.replace(".", ""), dialect)
    if written.count(",") == 1 and "." not in written:
        head, tail = written.split(",")
        return f"{cardinal(head, dialect)} phẩy {_fraction(tail, dialect)}"
    if written.count(".") == 1 and "," not in written and not label:
        head, tail = written.split(".")
        return f"{cardinal(head, dialect)} {point} {_fraction(tail, dialect)}"
    return ", ".join(_series(part, dialect) for part in written.split(","))


def _fraction(written: str, dialect: Dialect) -> str:
    """After the comma: two digits as a number (2,25 "hai mươi lăm"), else digit by digit."""
    if len(written) <= 2 and written[0] != "0":
        return cardinal(written, dialect)
    return digits(written, dialect)


def _series(written: str, dialect: Dialect) -> str:
    """``2.1.3`` of a heading or a version."""
    return " chấm ".join(whole(part, dialect, label=True) for part in written.split("."))
