"""Everything that is neither word nor number: pauses, dashes, slashes, bullets, symbols."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import cardinal
from readable_portal.vietnamese.roman import roman_value
from readable_portal.vietnamese.tables import read_table
from readable_portal.vietnamese.units import per, units

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading
    from readable_portal.vietnamese.spans import SpokenBuilder

__all__ = ["say_sign"]

# What these mean depends on what stands beside them.
CONTEXTUAL = frozenset("'’′\"″+*•<>~^#²³→➔➜⇒")
PAUSES = {
    ",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "(": ",", ")": ",", "[": ",", "]": ",",
    "{": ",", "}": ",", "|": ",", "…": ",", "。": ".", "、": ",", "，": ",", "；": ";", "：": ":", "？": "?",
    "！": "!", "¿": ",", "¡": ",", "‼": "!", "⁇": "?", "⁉": "?", "؟": "?", "،": ",",
}  # fmt: skip
DASHES = "-–—―‒"
_RUN = re.compile(r"([.…·_*=~#+\-–—/\\|<>^%@&$•●■★☆►◆▪✦❖])\1{2,}|[.…]{2,}")
_BRACKETS = re.compile(r"[()\[\]{}|]+(?=[()\[\]{}|])|.")
_END = re.compile(r"\.?/\.+|\./(?!\w)")
_SCALES = r"(?:triệu|tỷ|tỉ|nghìn|ngàn|vạn)"
_NAME = re.compile(r"(?<!\w)[A-ZĐ][A-Za-z]{0,15}\s$")
_CURRENCIES = re.compile(r"(?<!\w)([A-Z]{3})\s?/\s?([A-ZĐ]{3})(?!\w)")
_NUMERALS = re.compile(r"[IVX]+(?!\w)")
_COORDINATE = re.compile(r"°\s?[0-9]{1,2}(?:['’′]\s?[0-9]{1,2}(?:[.,][0-9]+)?)?$")


@cache
def _symbols() -> dict[str, str]:
    return {row["symbol"]: row["spoken"] for row in read_table("symbols")}


def say_sign(at: int, reading: Reading, builder: SpokenBuilder) -> int:
    """Say the sign at ``at`` (no white space, letter or ASCII digit); returns where it ends."""
    text = reading.text
    sign = text[at]
    run = _RUN.match(text, at)
    if run:
        return _say_run(run, reading, builder)
    if sign in "./" and (closing := _END.match(text, at)):
        builder.pause(".", closing.end())
        return closing.end()
    end = at + 1
    if sign in DASHES:
        _say_dash(at, reading, builder)
    elif sign == "/":
        return _say_slash(at, reading, builder)
    elif sign == "." and _inside_initials(at, text):
        builder.drop(end)
    elif sign in PAUSES:
        end = _BRACKETS.match(text, at).end()  # type: ignore[union-attr]
        builder.pause(PAUSES[sign], end)
    elif said := _symbol(at, reading):
        builder.word(said, end)
    elif sign == ">" and builder.parts:
        builder.pause(",", end)
    elif unicodedata.category(sign) in {"Mn", "Mc"} and builder.parts and text[at - 1].isalpha():
        builder.attach(sign, end)
    else:
        builder.drop(end)
    return end


def _say_run(run: re.Match[str], reading: Reading, builder: SpokenBuilder) -> int:
    """Dots of an ellipsis or of a form to fill in, rules of dashes or stars."""
    end = run.end()
    if run.group()[0] in ".…":
        following = reading.after(end).lstrip()[:1]
        builder.pause("." if not following or following.isupper() else ",", end)
    else:
        builder.drop(end)
    return end


def _inside_initials(at: int, text: str) -> bool:
    """The stops of ``T.T.H``."""
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 2]
    return after.isalpha() and before[-1:].isalpha() and not before[:-1].isalpha()


def _say_slash(at: int, reading: Reading, builder: SpokenBuilder) -> int:
    said = per(at, reading)
    if said:
        builder.word(said[0], said[1])
        reading.quantity = said[1]
        return said[1]
    after, before = reading.after(at + 1).lstrip()[:1], reading.before(at).rstrip()[-1:]
    if (after.isdigit() and before.isdigit()) or _between_currencies(at, reading):
        builder.word("trên", at + 1)
    else:  # và/hoặc, CMND/CCCD
        builder.drop(at + 1)
    return at + 1


def _between_currencies(at: int, reading: Reading) -> bool:
    """``USD/VND``: what one costs in the other."""
    found = _CURRENCIES.search(reading.text, max(0, at - 4), at + 6)
    return found is not None and all(
        (unit := units().get(code)) and unit.kind == "money" for code in found.groups()
    )


def _say_dash(at: int, reading: Reading, builder: SpokenBuilder) -> None:
    """Between numbers "đến", before a number "âm", else a pause, a joint or a bullet."""
    text, end = reading.text, at + 1
    joint = text[at - 1 : at].isalpha() and text[end : end + 1].isalpha() and not _NUMERALS.match(text, end)
    before, after = reading.before(at), reading.after(end)
    if _is_range(at, before, after, reading):
        builder.word("đến", end)
    elif joint:
        builder.drop(end)  # Hàn-Nhật
    elif after[:1].isdigit() and (not before or before[-1] in " (:=<>≤≥,;\t"):
        measured = re.match(r"[0-9.,]+\s?(?:[°%‰]|oC|độ|$)", after)
        named = not measured and _NAME.search(before)  # PD -50, Il -20
        if (before.strip() or measured) and not named:
            builder.word("âm", end)
        else:
            builder.drop(end)
    elif not before.strip() or (before[-1:].isalnum() and after[:1].isalnum()):
        builder.drop(end)
    elif before[-1:] in ' )”"' or after[:1] == " ":
        builder.pause(",", end)
    else:
        builder.drop(end)


def _is_range(at: int, before: str, after: str, reading: Reading) -> bool:
    follows = after.lstrip()
    if not (follows[:1].isalnum() or follows[:1] == "$"):
        return False
    between = reading.text[reading.quantity : at] if 0 <= reading.quantity <= at else None
    if between is not None and "\n" not in between and follows[:1] in set("0123456789$"):
        gap = between.strip()
        if not gap or re.fullmatch(_SCALES, gap):
            return True
        words = r"[^\W\d_]+(?: [^\W\d_]+){0,2}"
        if re.fullmatch(words, gap) and re.match(rf"[0-9][0-9.,]*\s?{re.escape(gap)}\b", follows):
            return True
    left = re.search(r"(?:^|\s)\(?([^\W\d_]+)\s([^\W_]+)\s?$", before)
    right = re.match(r"([^\W\d_]+)\s([^\W_]+)", follows)
    if left and right and left[1].lower() == right[1].lower():
        counted = left[2][0].isdigit() or roman_value(left[2]) is not None
        return counted or left[1].lower() in {"thứ", "tháng"}
    numerals = re.search(r"(?<!\w)([IVX]+)\s?$", before), re.match(r"([IVX]+)(?!\w)", follows)
    return all(numerals)


def _symbol(at: int, reading: Reading) -> str | None:
    """What a symbol is called here, None if it is not said."""
    sign = reading.text[at]
    if sign not in CONTEXTUAL:
        said = _symbols().get(sign) or _other(sign)
        return reading.dialect.own(said) if said else None
    before, after = reading.before(at), reading.after(at + 1)
    following = after.lstrip()[:1]
    if sign in "'’′\"″":
        return _prime(sign, before, after)
    if sign in "+*•" and not before.strip() and after[:1] in {" ", "\t", ""} and reading.text != sign:
        return None  # bullets
    if sign in "<>" and not following.isdigit():
        return None
    if sign == "~" and not following.isdigit():
        return None
    if sign == "^" and not (before[-1:].isalnum() and following.isalnum()):
        return None
    if sign == "*":
        return "nhân" if before.rstrip()[-1:].isdigit() and following.isdigit() else None
    if sign == "#":
        return "số" if following.isdigit() else "thăng" if following.isalpha() else None
    if sign in "²³" and before[-1:].isdigit():
        return {"²": "mũ hai", "³": "mũ ba"}[sign]
    if sign in "→➔➜⇒" and not before.strip():
        return None
    return _symbols().get(sign) or _other(sign)


def _prime(sign: str, before: str, after: str) -> str | None:
    """Minutes and seconds of an angle, minutes of a match; else a quotation mark."""
    if not before[-1:].isdigit():
        return None
    if _COORDINATE.search(before):
        return "phút" if sign in "'’′" else "giây"
    if re.match(r"[0-9]{2}(?![0-9])", after) and re.search(r"(?<![0-9.,])[0-9]{1,2}$", before):
        return "phút" if sign in "'’′" else "giây"  # 10"52, 2'05
    if sign in '"″' and re.search(r"[0-9]['’′][0-9]{2}$", before):
        return "giây"
    minutes = sign in "'’′" and re.search(r"(?<![0-9.,])[0-9]{1,3}$", before)
    quoted = any(one in before for one in "'’‘")
    return "phút" if minutes and not quoted and after[:1] in {*" ).,;", ""} else None


@lru_cache(maxsize=4096)
def _other(sign: str) -> str | None:
    """Symbols without a row: numbers of other scripts by their value, pictures as pictures."""
    value = unicodedata.numeric(sign, None)
    if value is not None:
        fraction = Fraction(value).limit_denominator(1000)
        whole = cardinal(str(abs(fraction.numerator)))
        return whole if fraction.denominator == 1 else f"{whole} phần {cardinal(str(fraction.denominator))}"
    category = unicodedata.category(sign)
    if category == "So" and ord(sign) >= 0x1F000:
        return "biểu tượng"
    if category in {"Sm", "Sc"}:
        return "ký hiệu"
    return None
