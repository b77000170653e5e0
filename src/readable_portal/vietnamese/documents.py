"""Numbers of documents: ``39/KH-UBND`` is number 39, a plan, of the People's Committee.

The parts are those of a Vietnamese document number: number, year (of legal documents), kind, issuing
body, and in letters the unit that drafted it. Names come from ``data/documents.tsv``, then from the
abbreviations, then from composition (S + NV: Sở Nội vụ); what is still unknown is spelled.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese.abbreviations import expand
from readable_portal.vietnamese.numbers import cardinal, digits, whole
from readable_portal.vietnamese.syllables import spell
from readable_portal.vietnamese.tables import read_table
from readable_portal.vietnamese.units import units

if TYPE_CHECKING:
    from readable_portal.vietnamese.numbers import Dialect
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["CODE", "DOCUMENT", "NUMBER_YEAR", "STANDARD", "code", "document", "is_code", "number_year"]
__all__ += ["say_code", "standard"]

_PART = r"[A-ZĐƯ][A-Za-zĐđƯư&]{0,24}(?:\s?[0-9]{1,3})?(?![^\W_])"
_CODE = rf"{_PART}(?:[-–/.+]{_PART}){{0,9}}"
DOCUMENT = re.compile(
    rf"([0-9]{{1,6}})([a-zđA-H]?)(?:\s?[/-]\s?((?:1[89]|20)[0-9]{{2}}))?\s?[/\-–]\s?({_CODE})"
)
CODE = re.compile(rf"/?({_PART}(?:[-–/]{_PART}){{1,9}})")
# TCVN 5687:2010, QCVN 01:2019/BYT, QCVN 08-MT:2015/BTNMT, ISO 9001:2015
STANDARD = re.compile(
    rf"([0-9]{{1,6}})(?:-([0-9]{{1,3}}|[A-Z]{{1,4}}))?\s?:\s?((?:19|20)[0-9]{{2}})(?:/({_CODE}))?(?![0-9])"
)
# Nghị định 04/2019 của Chính phủ: a number and its year, no month.
NUMBER_YEAR = re.compile(r"([0-9]{1,5}[a-z]?)/((?:19|20)[0-9]{2})(?![0-9]|[/.,-][0-9A-ZĐ])")
NUMBERED = frozenset({
    "nghị định", "quyết định", "thông tư", "nghị quyết", "chỉ thị", "pháp lệnh", "công văn", "sắc lệnh",
    "luật", "hợp đồng", "bản án", "vụ án", "công điện", "thông tư liên tịch", "văn bản",
})  # fmt: skip
BEFORE_STANDARD = frozenset({
    "tcvn", "qcvn", "tcxdvn", "tcxd", "qcxdvn", "iso", "iec", "tcn", "tcvs", "qcđp", "astm", "en",
})  # fmt: skip
# Bodies that carry their subject in the same code: BCĐCTMTQG, BCHPCTT, VPĐKĐĐ.
PUT_TOGETHER = frozenset({
    "BCĐ", "BCH", "BQL", "VP", "UB", "HĐ", "TTr", "CCT", "CT", "CA", "TA",
})  # fmt: skip
LEGISLATURE = re.compile(r"(QH|UBTVQH|HĐND)\s?([0-9]{1,2})")


@cache
def _names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {"kind": {}, "body": {}, "branch": {}, "office": {}, "party": {}}
    for row in read_table("documents"):
        names[row["role"]][row["code"]] = row["name"]
    return names


def document(match: re.Match[str], reading: Reading) -> Said:
    """``63/2010/NĐ-CP``, ``30c/NQ-CP``, ``18-NQ/TW``, ``80/2015/QH13``."""
    number, letter, year, written = match.groups()
    if not (is_code(written) or (year and written[0].isupper() and written not in units())):
        if reading.word_before(match.start()) != "số" or len(written) < 2 or written in units():
            return None
        if not re.search(r"[-–/]", written):
            return None
    said = whole(number, reading.dialect, label=True) + (f" {letter.lower()}" if letter else "")
    if year:
        said += f", năm {cardinal(year, reading.dialect)}"
    party = match.group()[len(number + letter)] == "-" and "/" in written
    return f"{said}, {say_code(written, reading.dialect, party=party)}", match.end()


def number_year(match: re.Match[str], reading: Reading) -> Said:
    """``04/2019`` after the kind of a document, with or without "số"."""
    words = reading.words_before(match.start())[-5:]
    if words and words[-1] == "số":
        words.pop()
    if not any(" ".join(words[-count:]) in NUMBERED for count in (1, 2, 4)):
        return None
    number, letter = re.fullmatch(r"([0-9]+)([a-z]?)", match[1]).groups()  # type: ignore[union-attr]
    said = whole(number, reading.dialect, label=True) + (f" {letter}" if letter else "")
    return f"{said}, năm {cardinal(match[2], reading.dialect)}", match.end()


def code(match: re.Match[str], reading: Reading) -> Said:
    """``QĐ-UBND`` without a number, ``/KH-UBND`` where the number is still to be filled in."""
    parts = _parts(match[1])
    if parts[0] not in _names()["kind"] and not (match.group().startswith("/") and is_code(match[1])):
        return None
    if not all(_body(part, reading.dialect) for part in parts[1:]):
        return None
    return say_code(match[1], reading.dialect), match.end()


def standard(match: re.Match[str], reading: Reading) -> Said:
    """``5687:2010`` after the name of a standard."""
    number, part, year, written = match.groups()
    words = reading.words_before(match.start())[-2:]
    if not words or not (words[-1] in BEFORE_STANDARD or match[4]):
        return None
    said = whole(number, reading.dialect, label=True)
    if part:
        said += f" {cardinal(part, reading.dialect) if part.isdigit() else spell(part)}"
    said += f", năm {cardinal(year, reading.dialect)}"
    return f"{said}, {say_code(written, reading.dialect)}" if written else said, match.end()


def _parts(written: str) -> list[str]:
    return [part for part in re.split(r"[-–/.+]", re.sub(r"\s", "", written)) if part]


@lru_cache(maxsize=4096)
def is_code(written: str) -> bool:
    """Whether letters after a number are the code of a document (and no unit, house or class)."""
    parts = _parts(written)
    names = _names()
    if written in units() or all(len(part) < 2 for part in parts):
        return False
    if parts[0] in names["kind"] or "".join(parts) in names["kind"] or LEGISLATURE.fullmatch(parts[0]):
        return True
    return any(part in names["body"] or (_composed(part) and len(part) > 2) for part in parts)


@lru_cache(maxsize=4096)
def say_code(written: str, dialect: Dialect, *, party: bool = False) -> str:
    """``KH-UBND`` is "kế hoạch Ủy ban nhân dân"; bodies that issue together are parted by a pause.

    The Party writes ``18-NQ/TW`` where the state writes ``18/NQ-CP``; some of its bodies share their letters
    with others (``ĐH``: Đại hội, not Đại học).
    """
    first, *rest = _parts(written)
    together = _names()["kind"].get(first + "".join(rest)) if rest and first not in _names()["kind"] else None
    if together:  # DS-ST, as others write DSST
        return together
    kind = _names()["kind"].get(first)
    joint = kind is not None and (first in {"TTLT", "NQLT", "LT", "KHLT"} or len(rest) > 1)
    said = [kind or _body(first, dialect) or _spelled(first, dialect)]
    for place, part in enumerate(rest):
        office = _names()["party" if party else "office"].get(part)
        if kind and not place and not party and _body(part, dialect):
            office = None  # after the kind stands the body that issued it
        said.append(office or _body(part, dialect) or _names()["kind"].get(part) or _spelled(part, dialect))
    if joint:
        return f"{said[0]} {', '.join(said[1:])}"
    return " ".join(said)


def _body(part: str, dialect: Dialect) -> str | None:
    """The issuing body: from the table, the legislature with its term, composed, or an abbreviation."""
    legislature = LEGISLATURE.fullmatch(part)
    if legislature:
        return f"{_names()['body'].get(legislature[1], 'Quốc hội')} khóa {cardinal(legislature[2], dialect)}"
    return _names()["body"].get(part) or _composed(part) or _abbreviation(part) or _numbered(part, dialect)


def _composed(part: str) -> str | None:
    """``SNV`` of Sở and NV, ``PTCKH`` of Phòng, ``BTGTU`` of Ban Tuyên giáo and Tỉnh ủy."""
    names = _names()
    for prefix, name in (("S", "Sở"), ("P", "Phòng"), ("B", "Bộ")):
        if part.startswith(prefix) and part[1:] in names["branch"]:
            return f"{name} {names['branch'][part[1:]]}"
    for suffix in ("TU", "HU", "ThU", "QU", "ĐU", "UBND", "TW", "HĐND"):
        head = part.removesuffix(suffix)
        if head != part and head in names["body"]:
            return f"{names['body'][head]} {names['body'][suffix]}"
    for cut in range(len(part) - 2, 1, -1):
        head, tail = part[:cut], part[cut:]
        said = names["body"].get(tail) or names["branch"].get(tail) or _abbreviation(tail)
        if head in PUT_TOGETHER and said:
            return f"{names['body'][head]} {said}"
        if len(head) > 3 and head in names["body"] and len(tail) < 4 and tail.isalpha():
            return f"{names['body'][head]} {spell(tail)}"  # BQLKKTPQ: which economic zone, in letters
    return None


def _abbreviation(part: str) -> str | None:
    said = expand(part, before="của ", after="") if len(part) > 1 else None
    return said.replace(" - ", " ") if said and not re.search(r"[^\w\s,]", said.replace(" - ", " ")) else None


def _numbered(part: str, dialect: Dialect) -> str | None:
    """``BCĐ389``."""
    match = re.fullmatch(r"([^\W\d]+)([0-9]{1,3})", part)
    body = _names()["body"].get(match[1]) if match else None
    return f"{body} {digits(match[2], dialect)}" if match and body else None


def _spelled(part: str, dialect: Dialect) -> str:
    words = re.findall(r"[^\W\d_]+|[0-9]+|&", part)
    return " ".join(
        "và" if word == "&" else whole(word, dialect, label=True) if word.isdigit() else spell(word)
        for word in words
    )
