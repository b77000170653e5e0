"""Syllables and letters: one spelling for what is said alike, and the names of the letters.

Vietnamese reaches us composed (NFC), decomposed (NFD), and as old tools wrote it: ``windows-1258``
keeps the tone as a mark after a composed vowel, Windows fonts put Ð (Icelandic eth) for Đ. All become
NFC here, with the way back to the written characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["compose", "is_syllable", "place_tone", "spell"]

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Invisible inside words: soft hyphen, joiners, byte order mark, variation selectors.
INVISIBLE = "\u00ad\u034f\u200c\u200d\u2060\ufe00-\ufe0f\ufeff"
# Other characters for the same thing. The dashes that part nothing (hyphen, minus) become the ASCII one.
FOLD = str.maketrans(
    {
        "Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ",  # eth and African d
        "\u2010": "-", "\u2011": "-", "\u2212": "-", "\ufe63": "-",
        "\u2024": ".", "\u00a0": " ", "µ": "μ", "º": "°", "˚": "°",
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
    }
)  # fmt: skip
FOLDED = "".join(chr(key) for key in FOLD)

_UNTIDY = re.compile(f"[{re.escape(FOLDED)}{INVISIBLE}]")
_PIECE = re.compile(
    f"(?P<tidy>[^{MARKS}{INVISIBLE}{re.escape(FOLDED)}]+(?![{MARKS}]))|(?P<gone>[{INVISIBLE}]+)|.[{MARKS}]*",
    re.DOTALL,
)


def compose(text: str) -> tuple[str, list[int] | None]:
    """Bring text to one spelling.

    Returns:
        The text in NFC, and for each of its characters (and its end) where it stands in ``text``;
        None instead if nothing changed.
    """
    if unicodedata.is_normalized("NFC", text) and not _UNTIDY.search(text):
        return text, None
    pieces: list[str] = []
    origin: list[int] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if match["tidy"]:
            piece = match.group()
            if not unicodedata.is_normalized("NFC", piece):  # single characters with another canonical form
                piece = "".join(_same_length(character) for character in piece)
            origin.extend(range(start, end))
        elif match["gone"]:
            continue
        else:
            piece = unicodedata.normalize("NFC", match.group()).translate(FOLD)
            origin.extend([start] * len(piece))
        pieces.append(piece)
    origin.append(len(text))
    return "".join(pieces), origin


def _same_length(character: str) -> str:
    composed = unicodedata.normalize("NFC", character)
    return composed if len(composed) == 1 else character


# The tone of oa, oe, uy: on the first vowel where nothing follows (hòa), on the second elsewhere (hoàn).
# That is the placement of most official documents; the other one is said the same.
_TONES = {
    "o": "òóỏõọ", "a": "àáảãạ", "e": "èéẻẽẹ", "u": "ùúủũụ", "y": "ỳýỷỹỵ",
}  # fmt: skip
_OPEN = re.compile("(?<![qQ])([oO])([àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ])$|(?<![qQ])([uU])([ỳýỷỹỵỲÝỶỸỴ])$")
_CLOSED = re.compile("([òóỏõọÒÓỎÕỌ])([aeAE])(?=[a-zA-Z])|(?<![qQ])([ùúủũụÙÚỦŨỤ])([yY])(?=[a-zA-Z])")
_PLAIN = {tone: vowel for vowel, tones in _TONES.items() for tone in tones}
_PLAIN |= {tone.upper(): vowel.upper() for tone, vowel in _PLAIN.items()}


def place_tone(word: str) -> str:
    """``hoà`` and ``hòa`` are one word: put the tone where most official documents have it."""
    if word.isascii():
        return word
    match = _OPEN.search(word)
    if match:
        first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
        return word[: match.start()] + _toned(first, second) + _PLAIN[second]
    match = _CLOSED.search(word)
    if match:
        first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
        return word[: match.start()] + _PLAIN[first] + _toned(second, first) + word[match.end() :]
    return word


def _toned(vowel: str, like: str) -> str:
    """The vowel with the tone that ``like`` has."""
    tone = _TONES[_PLAIN[like].lower()].index(like.lower())
    toned = _TONES[vowel.lower()][tone]
    return toned.upper() if vowel.isupper() else toned


_SYLLABLE = re.compile(
    r"(?:ngh?|[cgknpt]h|gi|qu|tr|[bcdđghklmnpqrstvx])?"
    r"(?:oa[iyo]|oă|oe[o]?|oo|uâ[y]?|uê|uơ|uy[êua]?|uô[i]?|ươ[iu]?|iê[u]?|yê[u]?"
    r"|a[iouy]?|ă|â[uy]?|e[o]?|ê[u]?|i[au]?|o[ai]?|ô[i]?|ơ[i]?|u[ai]?|ư[aiu]?|y)"
    r"(?:ch|ng|nh|[cmnpt])?",
)


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word has the shape of a Vietnamese syllable, whatever its capitals and tone."""
    bare = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", bare))
    return _SYLLABLE.fullmatch(bare) is not None


# As they are named when an abbreviation is spelled.
LETTERS = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê",
    "f": "ép", "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "lờ", "m": "mờ", "n": "nờ",
    "o": "o", "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "rờ", "s": "ét", "t": "tê", "u": "u",
    "ư": "ư", "v": "vê", "w": "vê kép", "x": "ích", "y": "i dài", "z": "dét",
}  # fmt: skip


def spell(word: str) -> str:
    """The names of the letters: ``spell("GX")`` is "giê ích". What has no name stays as it is."""
    return " ".join(LETTERS.get(letter.lower(), letter) for letter in word if letter.isalpha())
