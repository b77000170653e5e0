"""Words that are more than a word: abbreviations, Roman numerals, letters, capitals."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese.abbreviations import abbreviations, expand, lookup
from readable_portal.vietnamese.definitions import stands_beside
from readable_portal.vietnamese.roman import roman
from readable_portal.vietnamese.syllables import is_syllable, place_tone, spell
from readable_portal.vietnamese.units import units

if TYPE_CHECKING:
    from readable_portal.vietnamese.abbreviations import Abbreviation
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["COMPOUND", "SLASHED", "compound", "plain", "short_form", "slashed"]

_U = "A-ZĐƯ"
COMPOUND = re.compile(
    rf"[{_U}]{{1,8}}(?:\s?[-–&]\s?[{_U}]{{2,8}}){{1,5}}(?!\w)"  # LĐ-TB&XH, GD - ĐT
    rf"|[{_U}][{_U}a-zđ]{{0,7}}(?:[-–&./]\s?[{_U}][{_U}a-zđ]{{0,7}}){{1,6}}(?!\w)"  # TP.HCM, GS.TS, TX. H
)
# Short forms with a slash of their own.
SLASHED = re.compile(
    r"(?:[đĐ]/[cC]|[vV]/[vV]|[kK]/[gGtT]|[tT]/[mM]|[vV]\.\s?[vV])(?![^\W_])\.?|[tT]r\.(?=\s?[0-9])"
)
_SLASHED = {
    "đ/c": "đồng chí", "v/v": "về việc", "k/g": "kính gửi", "k/t": "ký thay", "t/m": "thay mặt",
    "v.v": "vân vân",
}  # fmt: skip
# Their full stop belongs to them: "TP. Rạch Giá", "ThS. Lê Văn Cường".
WITH_STOP = frozenset({"place", "title", "signature"})
# After these a single capital is somebody's name.
NAMES_FOLLOW = frozenset({
    "anh", "chị", "ông", "bà", "em", "cháu", "bé", "cô", "chú", "bác", "thị", "văn", "nghi", "bị", "hại",
    "đối", "tượng", "nạn", "nhân", "tên",
})  # fmt: skip
_VOWELS = frozenset("AEIOUYÂÊÔĂƠƯ")
# Words that came as capitals; other short forms of three letters are spelled (CIA).
SAID = frozenset(["SIM", "VIP", "PIN", "TOP", "RON", "HOT", "CAM", "BOM"])
# Shorter words in capitals are more often spelled (VCCI) than said (ASEAN, UNESCO, COVID).
SHORTEST_SAID = 4


@cache
def _known() -> frozenset[str]:
    """Every short form of the table, in its own and in small letters."""
    shorts = {row.short.rstrip(".") for row in abbreviations()}
    return frozenset(shorts | {short.lower() for short in shorts if not is_syllable(short.lower())})


@lru_cache(maxsize=32768)
def plain(word: str) -> str | None:
    """An ordinary word as it is said, or None if it may be more than a word."""
    if not word.isalpha():
        return None
    if len(word) == 1:
        return word if word.islower() and word not in "xyvkđ" else None
    if word.islower() or word[1:].islower():
        known = word in _known() or word in _BARE_UNITS or word in {"tr", "Tr"}
        return None if known and not (is_syllable(word) and word.islower()) else place_tone(word)
    return None


_BARE_UNITS = {"km": "ki lô mét", "Km": "ki lô mét", "kg": "ki lô gam", "cm": "xen ti mét", "mm": "mi li mét"}

_AFTER_SCALE = re.compile(r"(?:nghìn|ngàn|triệu|tỷ|tỉ)\s$")
_TIMES = re.compile(r"[\s)\]]x\s[0-9]")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹđ]\.\s?$")
_INITIAL_AFTER = re.compile(r"\.[^\W\d_a-zà-ỹđ]\.")


def short_form(word: str, start: int, reading: Reading) -> Said:
    """A word that :func:`plain` leaves open: learned first, then numeral, capitals, table, letters."""
    end = start + len(word)
    before, after = reading.before(start), reading.after(end)
    if unit := _unit(word):
        return unit, end
    stop = reading.text.startswith(".", end)
    if word in reading.learned and reading.expanding:
        said = reading.learned[word]
        return (spell(word) if stands_beside(said, before, after) else said), end
    if numeral := roman(word, start, reading):
        return numeral, end
    if word == "đ" and _AFTER_SCALE.search(before):  # 120 nghìn đ
        return "đồng", end
    if word == "x" and _TIMES.fullmatch(reading.text[max(0, start - 1) : end + 2]):  # 2 m x 3
        return "nhân", end
    if len(word) == 1 and not (stop and _may_be_place(start, reading)):
        return word, end
    if len(word) > 1 and is_syllable(word) and _among_capitals(word, start, end, reading):
        return place_tone(word.lower()), end
    if reading.expanding and word.isalpha():
        row = _lookup(word + "." * stop, before, reading.after(end + stop))
        if row and (row.spelled or stands_beside(row.expansion, before, after)):
            # BOT, ODA: letters, though one could say them
            return (spell(word) if len(word) < SHORTEST_SAID or not row.spelled else _unknown(word)), end
        if row:
            follows = reading.text[end + 1 : end + 3].strip()[:1]
            taken = stop and row.domain in WITH_STOP and (follows.isupper() or follows.isdigit())
            return row.expansion, end + taken
    return _unknown(word), end


def _unit(word: str) -> str | None:
    """A unit or a currency without its number: "mỗi kg", "thu bằng USD"."""
    if word in _BARE_UNITS:
        return _BARE_UNITS[word]
    unit = units().get(word) if len(word) > 1 else None
    return unit.spoken if unit and unit.kind == "money" else None


def _unknown(word: str) -> str:
    """Spelled if it can only be spelled; else as it stands."""
    if len(word) == 1 or not word.isupper():
        # pH, TTg: capitals after the first letter and nothing to say them by.
        joined = word[1:].lower() != word[1:] and word.isascii() and not _VOWELS & set(word.upper())
        return spell(word) if joined else place_tone(word)
    if not word.isascii() and is_syllable(word):
        return place_tone(word.lower())
    vowels = sum(letter in _VOWELS for letter in word)
    if is_syllable(word) and len(word) > 2:
        return word.lower() if vowels and (len(word) > 3 or word in SAID) else spell(word)
    if (
        len(word) >= SHORTEST_SAID
        and vowels * 3 >= len(word)
        and not re.search(r"[^AEIOUY]{4}|^[^AEIOUY]{3}", word)
    ):
        return word
    return spell(word)


def _may_be_place(start: int, reading: Reading) -> bool:
    """``Q.1`` and ``H. An Biên`` are places; ``Nguyễn Văn H. An`` and ``chị P. Lan`` are not."""
    before = reading.before(start).rstrip()
    words = before.split()
    if _INITIAL.search(before) or _INITIAL_AFTER.match(reading.text, start + 1):
        return False  # L.T.N.
    if not words or before[-1] in ",;:(–-":
        return True
    return not (words[-1][:1].isupper() and words[-1].isalpha()) and words[-1].lower() not in NAMES_FOLLOW


_CAPITALS_AFTER = re.compile(r"[\s,\-–&]+([^\W\d_]{2,})")
_CAPITALS_BEFORE = re.compile(r"([^\W\d_]{2,})[\s,\-–&]+$")


def _among_capitals(word: str, start: int, end: int, reading: Reading) -> bool:
    """Whether the line is set in capitals: "BAN CHỈ ĐẠO" holds no abbreviation BAN."""
    around = [_CAPITALS_AFTER.match(reading.after(end)), _CAPITALS_BEFORE.search(reading.before(start))]
    return any(match and match[1].isupper() and is_syllable(match[1]) for match in around) or (
        not word.isascii() and word not in _known()
    )


@lru_cache(maxsize=4096)
def _expand(written: str, before: str, after: str) -> str | None:
    return expand(written, before=before, after=after)


@lru_cache(maxsize=4096)
def _lookup(written: str, before: str, after: str) -> Abbreviation | None:
    return lookup(written, before=before, after=after)


# Initials (T.T.H.) are no compound: at least two letters stand together.
_TWO = re.compile(r"[^\W\d_]{2}|&")


def compound(match: re.Match[str], reading: Reading) -> Said:
    """``LĐ-TB&XH``, ``TP.HCM``, ``GS.TS.``: known as a whole, or left to its parts."""
    written, end = match.group(), match.end()
    if not reading.expanding or not _TWO.search(written):
        return None
    said = reading.learned.get(written) or _expand(written, reading.before(match.start()), reading.after(end))
    if not said:
        return None
    if stands_beside(said, reading.before(match.start()), reading.after(end)):
        return spell(written), end
    follows = reading.text[end : end + 3]
    if re.match(r"\.\s?[^\W\d_]", follows) and re.search(r"(?:TS|GS|CK[I]+|CN|KS|BS|DS)$", written):
        end += 1
    return said, end


def slashed(match: re.Match[str], reading: Reading) -> Said:
    """``đ/c``, ``v/v``, ``v.v.``."""
    del reading  # they mean the same everywhere
    written = match.group().lower().replace(" ", "").rstrip(".")
    said = _SLASHED.get(written)
    if written == "tr":
        return "trang", match.end()
    if said is None:
        return None
    return said, match.end() if written == "v.v" and match.group().endswith(".") else match.start() + len(
        match.group().rstrip(".")
    )
