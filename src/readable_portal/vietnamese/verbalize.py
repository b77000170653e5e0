"""Written Vietnamese to spoken, with an exact map back.

One pass over the text. At each place the first class that fits takes its token and says it; a class
may decline after a look at the words around, then the next one is asked. Words, four fifths of a text,
take a path of their own. Every pattern is bounded, so the time grows with the length alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese import (
    codes,
    dates,
    documents,
    money,
    phones,
    ratios,
    roman,
    shortforms,
    units,
    web,
    weekdays,
)
from readable_portal.vietnamese.numbers import CENTRAL, NORTH, SOUTH, Dialect, digits
from readable_portal.vietnamese.reading import WINDOW, Reading
from readable_portal.vietnamese.signs import say_sign
from readable_portal.vietnamese.spans import SPACE, WORD, SpokenBuilder
from readable_portal.vietnamese.syllables import MARKS, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readable_portal.model import Spoken
    from readable_portal.vietnamese.reading import Said

    Speaker = Callable[[re.Match[str], Reading], Said]
    Classes = tuple[tuple[re.Pattern[str], Speaker, bool], ...]
    Found = tuple[str, int, bool]  # what is said, for how many characters, whether a range may follow

__all__ = ["verbalize"]


# Surroundings remembered while one text is read; rows of the same (tables, hostile text) cost little.
KNOWN = 4096
MISSING = ("", 0, False)

DIALECTS = {"north": NORTH, "central": CENTRAL, "south": SOUTH}

# In the order in which they are asked. What a range may follow is a quantity.
DIGITS: Classes = (
    (dates.ROUND_THE_CLOCK, dates.round_the_clock, True),
    (weekdays.DAYS, weekdays.days, False),
    (dates.DATE_RANGE, dates.date_range, False),
    (dates.DATE, dates.date, True),
    (dates.YEAR_FIRST, dates.year_first, True),
    (documents.DOCUMENT, documents.document, False),
    (documents.STANDARD, documents.standard, False),
    (ratios.ROW, ratios.row, False),
    (phones.PHONE, phones.phone, False),
    (phones.HOTLINE, phones.hotline, False),
    (codes.PLATE, codes.plate, False),
    (ratios.SERIES, ratios.series, True),
    (documents.NUMBER_YEAR, documents.number_year, False),
    (dates.YEAR_PART, dates.year_part, True),
    (dates.DAYS_MONTH, dates.days_month, True),
    (dates.DAY_MONTH, dates.day_month, True),
    (dates.HOUR, dates.hour, True),
    (dates.CLOCK, dates.clock, True),
    (ratios.SCORE, ratios.score, False),
    (ratios.RATIO, ratios.ratio, True),
    (units.HEIGHT, units.height, True),
    (units.QUANTITY, units.quantity, True),
    (codes.MIXED, codes.mixed, False),
)
LETTERS: Classes = (
    (web.WEB, web.web, False),
    (roman.ROMAN_YEAR, roman.roman_year, True),
    (dates.LETTER_PART, dates.letter_part, True),
    (weekdays.LETTER_DAYS, weekdays.letter_days, False),
    (shortforms.SLASHED, shortforms.slashed, False),
    (shortforms.COMPOUND, shortforms.compound, False),
    (documents.CODE, documents.code, False),
    (money.CURRENCY_FIRST, money.currency_first, True),
    (codes.REGISTERED, codes.registered, False),
    (codes.MIXED, codes.mixed, False),
)
SIGNS: Classes = (
    (phones.PHONE, phones.phone, False),
    (money.CURRENCY_FIRST, money.currency_first, True),
    (documents.CODE, documents.code, False),
    (web.HASHTAG, web.hashtag, False),
)
_BEGINS = re.compile(r"\(\s?[+0]|\+\s?8|[$€£¥₫₩₽₹]\s?[0-9]|/[A-ZĐƯ]|#")

# A word with nothing joined to it, and the common case of a small number before a word.
_ALONE = re.compile(r"([^\W\d_]{1,64}+)(?=[\s,;!?)\]”\"]|:(?!//)|\.(?!\S)|\Z)").match
_FEW = re.compile(r"[0-9]{1,2}(?= (?!giờ|[xh]\s|[A-ZĐ]{1,2}\s?[0-9]?\s?-)[^\W\d_])")
_WORD = re.compile(rf"[^\W\d_]{{1,64}}(?:[{MARKS}]{{1,8}}[^\W\d_]{{0,64}}){{0,16}}")
_SPACE = re.compile(r"\s+")
_NUMERAL = re.compile(r"(?<!\w)(?:[IVX]{2,}|[IVX])(?!\w)")
_CLEAN = re.compile(r"[^\W\d_](?:[^\W\d_]|,? (?=[^\W\d_]))*")
_UNCLEAN = re.compile(r"[\W\d_]+")


def verbalize(
    text: str,
    *,
    abbreviations: Mapping[str, str] | None = None,
    dialect: str | Dialect = "north",
) -> Spoken:
    """Say a text as a person reads it aloud.

    The spoken text holds letters, single spaces and the pauses ``. , ; : ? !``: no digit, no symbol,
    no other mark, whatever the input. White space, brackets, quotation marks, bullets and invisible
    characters are not said (docs/vietnamese.md lists them).

    Args:
        text: Any text; a sentence, a paragraph, an article. Line breaks are stops.
        abbreviations: What the article itself defines, as ``abbreviations.learn`` finds it; it comes
            before the table.
        dialect: "north" (nghìn, linh), "central" or "south" (ngàn, lẻ), or a :class:`Dialect` of your own.

    Returns:
        The spoken text and the spans that tile it and the written text, in order.

    Raises:
        ValueError: The dialect is unknown.
    """
    if isinstance(dialect, str):
        if dialect not in DIALECTS:
            raise ValueError(f"dialect {dialect!r} is not allowed: north, central, south or a Dialect")
        dialect = DIALECTS[dialect]
    composed, origin = compose(text)
    builder = SpokenBuilder()
    _read(Reading(composed, dialect, abbreviations or {}), builder)
    return builder.build(origin)


def _read(reading: Reading, builder: SpokenBuilder) -> None:
    text = reading.text
    at, length = 0, len(text)
    plain = shortforms.plain
    word = builder.word
    while at < length:
        match = _ALONE(text, at)
        if match:
            said = plain(match[1])
            if said is not None:
                at = match.end()
                word(said, at)
                if text[at : at + 1] == " ":
                    at += 1
                    builder.space(at)
                continue
        character = text[at]
        if character in "0123456789" or character.isalpha():
            at = _say_token(at, reading, builder)
        elif character.isspace():
            at = _say_space(at, text, builder)
        else:
            found = _say_token(at, reading, builder) if _BEGINS.match(text, at) else 0
            at = found or say_sign(at, reading, builder)


def _say_token(at: int, reading: Reading, builder: SpokenBuilder) -> int:
    """A token of a class; 0 if a sign begins none. What stands in the same surroundings is said alike."""
    text = reading.text
    key = text[max(0, at - WINDOW) : at], text[at : at + 3 * WINDOW]
    found = reading.known.get(key, MISSING)
    if found is MISSING or (found and found[1] > WINDOW):  # a long token reaches beyond what the key holds
        found = _find(at, reading)
        if len(reading.known) < KNOWN:
            reading.known[key] = found
    if found is None:
        return 0
    said, length, is_quantity = found
    end = at + length
    builder.word(said, end)
    if is_quantity:
        reading.quantity = end
    return end


def _find(at: int, reading: Reading) -> Found | None:
    character = reading.text[at]
    if character in "0123456789":
        return _find_digits(at, reading)
    return _find_letters(at, reading) if character.isalpha() else _first(SIGNS, at, reading)


def _first(classes: Classes, at: int, reading: Reading) -> Found | None:
    """Let the first class that fits say its token."""
    text = reading.text
    for pattern, speaker, is_quantity in classes:
        match = pattern.match(text, at)
        if match and (found := speaker(match, reading)):
            said, end = found
            return _clean(said, reading), end - at, is_quantity
    return None


def _find_digits(at: int, reading: Reading) -> Found:
    few = _FEW.match(reading.text, at)
    if few and (found := units.quantity(few, reading)):
        return found[0], found[1] - at, True
    return _first(DIGITS, at, reading) or (digits(reading.text[at], reading.dialect), 1, False)


def _find_letters(at: int, reading: Reading) -> Found:
    found = _first(LETTERS, at, reading)
    if found:
        return found
    match = _WORD.match(reading.text, at)
    letters = match.group() if match else reading.text[at]
    if not letters.isalpha():  # holds a number of another script, or marks that could not be composed
        letters = next((letters[:cut] for cut, one in enumerate(letters) if not one.isalpha()), letters)
    said = shortforms.plain(letters)
    if said is None and (short := shortforms.short_form(letters, at, reading)):
        return _clean(short[0], reading), short[1] - at, False
    return said or letters, len(letters), False


def _say_space(at: int, text: str, builder: SpokenBuilder) -> int:
    match = _SPACE.match(text, at)
    end = match.end() if match else at + 1
    white = text[at:end]
    if (builder.last in {WORD, SPACE} or builder.parts[-1:] == [","]) and ("\n" in white or "\t" in white):
        builder.pause("." if "\n" in white else ",", end)
    else:
        builder.space(end)
    return end


def _clean(said: str, reading: Reading) -> str:
    """What tables and articles say of an abbreviation may itself need saying ("chuyên khoa II")."""
    if _CLEAN.fullmatch(said) and (len(said) == 1 or not reading.expanding or not _NUMERAL.search(said)):
        return said
    return _phrase(said, reading.dialect) if reading.expanding else _UNCLEAN.sub(" ", said).strip()


@lru_cache(maxsize=2048)
def _phrase(said: str, dialect: Dialect) -> str:
    composed, _ = compose(said)
    builder = SpokenBuilder()
    _read(Reading(composed, dialect, expanding=False), builder)
    return builder.build(None).text.strip(".,;:?! ")
