"""Abbreviations: what they stand for, by the table, by the words around them, by the text itself.

The table (``data/abbreviations.tsv``) holds each short form once, without the joiners that every office
sets differently: the row ``LĐTBXH`` answers for ``LĐ-TB&XH``, ``LĐTB&XH`` and ``LĐ - TB và XH``. What is
not in it as a whole is put together from its parts: ``GS.TS``, ``TP-HCM``, ``QĐ-UBND``.

Some short forms mean several things (CT: chủ tịch, chỉ thị, công ty, chương trình). Their rows carry
conditions on the words around; where none holds, there is no answer, and the letters are read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from readable_portal.vietnamese.definitions import learn
from readable_portal.vietnamese.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Abbreviation", "abbreviations", "expand", "find_abbreviations", "learn", "lookup"]

# Not a range À-Ỹ: in that block capitals and small letters alternate.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
# Words with a capital and the joiners between them; which of them are abbreviations is seen afterwards.
PART = rf"[{UPPER}]\w*+"
CANDIDATE = re.compile(
    rf"(?<![\w/.@-]){PART}(?:(?:\s?&\s?|[-–/.]|,\s?(?={PART}\s?&)){PART})*+(?P<dot>\.?)(?![\w@/])"
)
PARTS = re.compile(rf"{PART}\.?")
# Longer than any short form with all its parts.
LONGEST = 40
ROMAN = re.compile(r"[IVXLC]+\.?")
# A lone letter after a name or a form of address is somebody's initial: "Nguyễn Văn P.", "anh Q.".
INITIAL = re.compile(rf"(?:[{UPPER}]\w*|\b(?:anh|chị|ông|bà|em|cháu|bé|cô|chú|bác|tên))\s$")
TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
COMMON = "thông dụng"
IN_TEXT = "theo bài viết"

# How far the words around may stand away, in characters: about one clause.
WINDOW = 80

JOINERS = re.compile(r"\s*[-–&+/.,·]\s*|\s+(?:và\s+)?")
# The shape of a Vietnamese syllable without tone marks, to keep "tha" (to forgive) from being read as THA.
SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aeiouyâêôăơư]{1,3}(?:ch|ng|nh|[cmnpt])?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """One meaning of a short form.

    Attributes:
        short: As in the table: joiners left out, a full stop at the end where it must stand.
        expansion: In words, with capitals as in the middle of a sentence.
        domain: What it is about ("document", "health", …).
        context: The conditions as written in the table, "" for none.
        spelled: Whether a person reads the letters and only the meaning is shown (GDP, ASEAN).
        source: Where the meaning is fixed, or "thông dụng".
    """

    short: str
    expansion: str
    domain: str
    context: str
    spelled: bool
    source: str


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """The table, in its order."""
    return tuple(
        Abbreviation(
            short=row["short"],
            expansion=row["expansion"],
            domain=row["domain"],
            context=row["context"],
            spelled=row["say"] == "letters",
            source=row["source"],
        )
        for row in read_table("abbreviations")
    )


def expand(short: str, *, before: str = "", after: str = "") -> str | None:
    """What to say for a short form, or None: spell it letter by letter.

    Args:
        short: As it stands in the text: "UBND", "LĐ-TB&XH", "GS.TS.", "TP.".
        before: The text before it, as much as there is; only the last few words count.
        after: The text after it.
    """
    found = lookup(short, before=before, after=after)
    if found is not None:
        return None if found.spelled else found.expansion
    parts = [part for part in JOINERS.split(short.strip(" .")) if part]
    if len(parts) < 2:
        return None
    return _compose(short, parts, before, after)


def lookup(short: str, *, before: str = "", after: str = "") -> Abbreviation | None:
    """The row that a short form as a whole means here, also one that is spelled when read aloud."""
    short = unicodedata.normalize("NFC", short.strip())
    compact = JOINERS.sub("", short)
    if not compact:
        return None
    dotted = short.endswith(".")
    exact, loose = _index()
    found = [exact.get(compact), exact.get(compact.replace("D", "Đ")) if len(compact) > 3 else None]
    found.append(loose.get(_loose(compact)))
    before = unicodedata.normalize("NFC", before[-WINDOW:])
    after = unicodedata.normalize("NFC", after[:WINDOW])
    for rules in found:
        chosen = _choose(rules or (), before, after, dotted=dotted)
        if chosen is not None:
            return chosen
    return None


def find_abbreviations(text: str, learned: Mapping[str, str]) -> Iterator[tuple[int, int, str, str]]:
    """The abbreviations in a text whose meaning is known: start, end, expansion, source.

    Numbers of documents ("39/KH-UBND") and Roman numerals are not looked at, nor is a text in capitals.

    Args:
        text: Best one sentence.
        learned: What the article itself defines (see ``learn``); it goes before the table.
    """
    if _in_capitals(text):
        return
    for match in CANDIDATE.finditer(text):
        short, dot = match[0].removesuffix("."), match["dot"]
        capitals = sum(map(str.isupper, short))
        if len(short) > LONGEST or (capitals < 2 and not (dot and len(short) < 4)) or ROMAN.fullmatch(short):
            continue
        whole = _meaning(text, match.start(), match.end(), learned)
        if whole is not None:
            yield match.start(), match.start() + len(short), *whole
            continue
        for part in PARTS.finditer(text, match.start(), match.end()):
            meaning = _meaning(text, part.start(), part.end(), learned)
            if meaning is not None:
                yield part.start(), part.end() - part[0].endswith("."), *meaning


def _in_capitals(text: str) -> bool:
    """Whether a text is set in capitals ("AI ĐƯỢC HƯỞNG"): short forms carry no tone marks."""
    capitals = [word for word in text.split() if word.isupper()]
    toned = sum(1 for word in capitals if TONE.search(unicodedata.normalize("NFD", word)))
    return toned > len(text.split()) - len(capitals)


def _meaning(text: str, start: int, end: int, learned: Mapping[str, str]) -> tuple[str, str] | None:
    """Expansion and source of what stands from ``start`` to ``end``, with its full stop if it has one."""
    short = text[start:end]
    bare = short.removesuffix(".")
    if bare in learned:
        return learned[bare], IN_TEXT
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    if len(bare) == 1 and INITIAL.search(before):
        return None
    row = lookup(short, before=before, after=after)
    if row is not None:
        return row.expansion, row.source
    expansion = expand(short, before=before, after=after)
    return None if expansion is None else (expansion, COMMON)


def _compose(short: str, parts: list[str], before: str, after: str) -> str | None:
    """``GS.TS`` from ``GS`` and ``TS``: each part known, and joined as the short form joins them."""
    rows: list[Abbreviation] = []
    for place, part in enumerate(parts):
        left = before if place == 0 else parts[place - 1]
        right = after if place == len(parts) - 1 else parts[place + 1]
        row = lookup(part, before=left, after=right)
        if row is None or row.spelled:
            return None
        rows.append(row)
    text = rows[0].expansion
    for first, second in pairwise(rows):
        text += (" và " if "&" in short else _glue(first, second)) + second.expansion
    return text


def _glue(first: Abbreviation, second: Abbreviation) -> str:
    """A comma between two of a kind ("Giáo sư, Tiến sĩ"), nothing between a thing and what it belongs to."""
    alike = first.domain == second.domain and first.domain != "place"
    continued = first.domain == "title" and second.expansion[0].islower()
    return ", " if alike and not continued else " "


def _loose(compact: str) -> str:
    """The key for other capitals ("ThS", "Ths", "THS"), if the word cannot be a plain syllable."""
    lower = compact.lower()
    if len(compact) < 2 or (compact == lower and SYLLABLE.fullmatch(lower)):
        return ""
    # Three letters are too few to guess at a Đ that was typed as D.
    return lower.replace("đ", "d") if len(compact) > 3 else lower


@dataclass(frozen=True, slots=True)
class _Rule:
    """One condition of one row: the row holds if the pattern is found at the place."""

    meaning: Abbreviation
    rank: int
    place: str
    pattern: re.Pattern[str]


# Words beside the short form decide before classes of words (Aa, 0), these before words in the same
# lines, these before the row without conditions.
CLASSES = {
    "Aa": rf"[{UPPER}]",
    "0": r"\d{1,9}",
    "000": r"\d{2,3}[A-Z]?(?![.\s]?\d)",
    "phone": r":?\s*(?:\(?\+?84|\(?0\d|1[89]00)",
}


@cache
def _index() -> tuple[dict[str, list[_Rule]], dict[str, list[_Rule]]]:
    """Rules by exact key and by loose key (lower case, without Đ), in the order in which they decide."""
    exact: dict[str, list[_Rule]] = {}
    loose: dict[str, list[_Rule]] = {}
    for meaning in abbreviations():
        rules = list(_rules(meaning))
        key = meaning.short.rstrip(".")
        exact.setdefault(key, []).extend(rules)
        if len(key) > 1:
            loose.setdefault(key.lower() if len(key) < 4 else key.lower().replace("đ", "d"), []).extend(rules)
    # A loose key that different short forms share (ĐT and DT) decides nothing.
    loose = {key: rules for key, rules in loose.items() if len({rule.meaning.short for rule in rules}) == 1}
    for rules in (*exact.values(), *loose.values()):
        rules.sort(key=lambda rule: rule.rank)
    return exact, loose


def _rules(meaning: Abbreviation) -> Iterator[_Rule]:
    if not meaning.context:
        yield _Rule(meaning, 3, "after", re.compile(""))
    for condition in filter(None, meaning.context.split("; ")):
        place, _, listed = condition.partition("=")
        words = [re.escape(word) + r"(?!\w)" for word in listed.split(",") if word not in CLASSES]
        classes = [CLASSES[word] for word in listed.split(",") if word in CLASSES]
        for rank, choices, flags in ((0, words, re.IGNORECASE), (1, classes, re.NOFLAG)):
            if choices:
                pattern = PLACES[place].format("|".join(choices))
                yield _Rule(meaning, 2 if place == "near" else rank, place, re.compile(pattern, flags))


PLACES = {
    "before": r"(?<!\w)(?:{})[\s(:“\"'–-]*$",
    "after": r"[\s.:–-]*(?:{})",
    "near": r"(?<!\w)(?:{})",
}


def _choose(rules: Iterable[_Rule], before: str, after: str, *, dotted: bool) -> Abbreviation | None:
    for rule in rules:
        if rule.meaning.short.endswith(".") and not dotted:
            continue
        if rule.place == "after":
            holds = rule.pattern.match(after)
        else:
            holds = rule.pattern.search(before)
            if rule.place == "near":
                holds = holds or rule.pattern.search(after)
        if holds:
            return rule.meaning
    return None
