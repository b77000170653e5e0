"""Letters and digits in one token: classes, roads, flights, plates, viruses (10A1, QL61, VN1944, H5N1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.vietnamese.abbreviations import expand
from readable_portal.vietnamese.numbers import cardinal, digits, whole
from readable_portal.vietnamese.syllables import is_syllable, place_tone, spell
from readable_portal.vietnamese.units import units

if TYPE_CHECKING:
    from readable_portal.vietnamese.numbers import Dialect
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["MIXED", "PLATE", "REGISTERED", "mixed", "plate", "registered"]

MIXED = re.compile(r"(?:[^\W\d_]{1,24}[0-9]|[0-9]{1,12}[^\W\d_])[^\W_]{0,64}(?:\.[0-9]{1,3}(?![0-9.]))?")
# 68A-123.45 of a car, 68-X1 234.56 of a motorcycle.
PLATE = re.compile(
    r"([0-9]{2})(?:\s?[-–]\s?(?=[A-ZĐ][A-ZĐ0-9]\W))?\s?([A-ZĐ]{1,2}\s?[0-9]?)"
    r"(?:\s?[-–.]\s?([0-9]{3}\.[0-9]{2}|[0-9]{4,5})|\s([0-9]{3}\.[0-9]{2}))(?![0-9])"
)
# Fishing boats (KG-91234-TS, BĐ 30366) and flights (VN1944, MH 370).
REGISTERED = re.compile(r"([A-ZĐ][A-Za-zĐđ]{1,2})[ -]{0,2}([0-9]{3,5})(?:([ -]{0,2})(TS))?(?![\w]|[.,][0-9])")
BEFORE_REGISTERED = frozenset(["hiệu", "cá", "tàu", "bay", "ký", "soát", "ghe", "thuyền"])
_RUN = re.compile(r"[0-9]+|[^\W\d_]+|[^\W_]|\.")

# Names of roads and bodies that offices set close to their number; other letters are spelled.
CLOSE = frozenset({
    "QL", "TL", "HL", "ĐT", "ĐH", "BCĐ", "KCN", "KV", "TP", "Q", "P", "KP", "CT",
})  # fmt: skip


def mixed(match: re.Match[str], reading: Reading) -> Said:
    """Runs of letters and digits, each as it is said."""
    written, dialect = match.group(), reading.dialect
    unit = units().get(written)
    if unit:  # "mỗi m2"
        return unit.spoken, match.end()
    said: list[str] = []
    runs = _RUN.findall(written)
    letters_before = 0
    for place, run in enumerate(runs):
        if run[0] in "0123456789":
            said.append(_digits(run, letters_before, dialect))
        elif run == ".":
            said.append("chấm")
        elif run.isalpha():
            after = reading.text[match.start() + len("".join(runs[: place + 1])) :][:4]
            said.append(_letters(run, after))
            letters_before = 0 if run in CLOSE else len(run)
    return " ".join(said), match.end()


def _digits(run: str, letters_before: int, dialect: Dialect) -> str:
    """``VN1944`` and ``MH370`` are read digit by digit, ``U23`` and ``10A13`` are numbers."""
    if len(run) > 3 and not (len(run) == 4 and run.startswith(("19", "20"))):
        return digits(run, dialect)
    if len(run) == 3 and letters_before > 1:
        return digits(run, dialect)
    return whole(run, dialect, label=True) if run[0] == "0" else cardinal(run, dialect)


def _letters(run: str, after: str) -> str:
    if len(run) == 1:
        return run
    if run.lower() == "km":
        return "ki lô mét"
    if run in CLOSE and (said := expand(run, before="", after=after)):
        return said
    if run.islower() or run.istitle() or (is_syllable(run) and not run.isascii()):
        return place_tone(run)
    return spell(run)


def registered(match: re.Match[str], reading: Reading) -> Said:
    """``KG-91234-TS`` of a boat, ``VN1944`` of a flight: letters, then digit by digit."""
    letters, number, _, kind = match.groups()
    if not (kind and len(number) > 3) and reading.word_before(match.start()) not in BEFORE_REGISTERED:
        return None
    said = f"{spell(letters)} {digits(number, reading.dialect)}"
    return (f"{said} {spell(kind)}" if kind else said), match.end()


def plate(match: re.Match[str], reading: Reading) -> Said:
    """``68A-123.45``: the province as a number, the rest digit by digit."""
    province, series, number = match[1], match[2], match[3] or match[4]
    letters = " ".join(
        cardinal(one, reading.dialect) if one.isdigit() else one for one in series if one != " "
    )
    return f"{cardinal(province, reading.dialect)} {letters}, {digits(number, reading.dialect)}", match.end()
