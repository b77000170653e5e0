"""Telephone numbers and other identifiers that are said digit by digit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import digits

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["HOTLINE", "PHONE", "hotline", "phone"]

_GAP = r"[ .\-–]{0,3}"
# Vietnam: 0 and nine or ten digits, +84 for the 0, 1800 and 1900 with four to six digits.
PHONE = re.compile(
    rf"(?:\(\s?(?:\+\s?84|0[0-9]{{1,3}})\s?\)|\+\s?84|(?<![0-9])0[0-9]{{1,3}})(?:{_GAP}[0-9]{{1,7}}){{1,5}}(?![0-9])"
    rf"|1[89]00{_GAP}[0-9]{{2,4}}(?:{_GAP}[0-9]{{2,3}}){{0,2}}(?![0-9])"
)
HOTLINE = re.compile(r"[0-9]{3,12}(?:[ .-][0-9]{2,4}){0,3}(?![0-9]|[.,][0-9])")

LINES = frozenset({
    "đt", "sđt", "đtdđ", "tel", "điện", "thoại", "phone", "fax", "hotline", "nóng", "đài", "zalo",
    "viber", "gọi", "mobile", "viettel", "máy", "động", "bàn",
})  # fmt: skip
# "gọi 113, 114 hoặc 115": what follows a number that is called is called, too.
_ALSO_CALLED = re.compile(
    r"(?:gọi|đài|nóng|bấm|hotline|thoại|đt|sđt)(?:\s(?:theo\s)?số)?:?\s"
    r"(?:[0-9][0-9 .-]{1,14}[0-9](?:\s?[,;/]\s?|\s(?:và|hoặc|hay)\s)(?:số\s)?)+$",
    re.IGNORECASE,
)
# Emergency numbers (111 children, 112 rescue, 113 police, 114 fire, 115 ambulance) after who comes.
_EMERGENCY = re.compile(r"11[1-5](?!\s(?:người|ca|trường|nạn|bệnh|lượt|vụ|đồng|cán|chiến|hộ)\b|[0-9%])")
RESCUERS = frozenset({"sát", "cứu", "hỏa", "hoả", "pccc"})
# The first syllable of words that a number to call follows: "di động", not "dao động".
WHOLE = {"động": "di", "máy": "số", "nóng": "dây", "điện": "xin"}
IDENTIFIERS = frozenset(["mst", "cccd", "cmnd", "cmt", "thuế", "stk", "khoản", "otp"])


def phone(match: re.Match[str], reading: Reading) -> Said:
    """``0297.3862.083``, ``(0297) 3.876.888``, ``+84 918 123 456``, ``1900 1234``."""
    written = match.group()
    count = sum(character.isdigit() for character in written)
    known = reading.word_before(match.start()) in LINES
    if written.startswith(("1800", "1900")):
        if not known and re.fullmatch(r"1[89]00\s?[-–]\s?(?:1[89]|20)[0-9]{2}", written):
            return None  # a span of years
        return digits(written, reading.dialect), match.end()
    fits = 9 <= count <= 12 + written.startswith("084") or (known and 7 <= count <= 13)
    if not fits:
        return None
    plus = "cộng " if "+" in written else ""
    return plus + digits(written, reading.dialect), match.end()


def hotline(match: re.Match[str], reading: Reading) -> Said:
    """``113`` after "gọi", ``1022`` after "tổng đài", a tax code after "MST"."""
    words = reading.words_before(match.start())[-2:]
    if not words:
        return None
    last = words[-1]
    called = last == "số" and words[0] in {"gọi", "bấm", "nóng", "đài"}
    whole = last not in WHOLE or WHOLE[last] == words[0]
    if called or (last in LINES - {"bàn"} and whole) or (last == "lẻ" and len(match.group()) > 2):
        return digits(match.group(), reading.dialect), match.end()
    if _ALSO_CALLED.search(reading.before(match.start())):
        return digits(match.group(), reading.dialect), match.end()
    if last in RESCUERS and len(match.group()) == 3 and _EMERGENCY.match(reading.text, match.start()):
        return digits(match.group(), reading.dialect), match.end()
    if last == "hiệu" and re.fullmatch("[0-9]{4,6}", match.group()):  # tàu mang số hiệu 46102
        return digits(match.group(), reading.dialect), match.end()
    if last in IDENTIFIERS and sum(map(str.isdigit, match.group())) >= 8:
        return digits(match.group(), reading.dialect), match.end()
    return None
