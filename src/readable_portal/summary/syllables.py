"""Syllables, found the fastest way that plain Python knows.

Each letter is written as one byte, in a code page of our own that holds all that Vietnamese is written with;
one more table makes capitals small and turns marks into spaces, for a whole article at once. To cut and to
hash such bytes takes half the time of text, and nobody reads them.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["letters", "split_syllables", "syllables"]

# Parts texts; no text of a page holds it (HTML forbids it).
_END = "\0"
_VOWELS = "aăâeêioôơuưy"
# Grave, acute, hook above, tilde, dot below.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SMALL = "ăâđêôơư" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES
)
# Marks beyond ASCII that stand in Vietnamese texts by the dozen; rarer ones are looked at one by one.
_MARKS = "“”‘’–—…•\u00a0"
# Old keyboards write the Icelandic letter for the Vietnamese one.
_ICELANDIC = {"Ð": "đ", "ð": "đ"}


def syllables(text: str) -> list[bytes]:
    """The syllables of a text; ``text`` is NFC. Numbers and abbreviations count as one."""
    return _bare(text).split()


def split_syllables(texts: Sequence[str]) -> tuple[list[list[bytes]], bytes]:
    """The syllables of each text, and all of them as they stand, for ``letters``."""
    bare = _bare(_END.join(texts))
    parts = bare.split(b"\0")
    if len(parts) != len(texts):
        return split_syllables([text.replace(_END, " ") for text in texts]) if texts else ([], b"")
    return [part.split() for part in parts], bare


def letters(bare: bytes) -> int:
    """How many letters stand in syllables that were split or joined by spaces."""
    return len(bare) - bare.count(b" ") - bare.count(b"\0")


def _bare(text: str) -> bytes:
    return codecs.charmap_encode(text, "readable-portal-foreign", _CODES)[0].translate(_SMALL_OR_SPACE)


def _code_page() -> tuple[dict[str, int], bytes]:
    """The byte of each character, and for each byte that of the small letter or a space."""
    others = [*_SMALL, *_SMALL.upper(), *_ICELANDIC, *_MARKS]
    # ASCII stands where it always does; the others take its control characters, and what is above it.
    free = [byte for byte in range(255, 0, -1) if byte > 126 or (byte < 32 and not bytes([byte]).isspace())]
    bytes_ = {chr(byte): byte for byte in range(127) if byte not in free} | dict(
        zip(others, free, strict=False)
    )
    small = bytearray(b" " * 256)
    small[0] = 0
    for character, byte in bytes_.items():
        if character.isalnum() or character == "_":
            small[byte] = bytes_[_ICELANDIC.get(character, character.lower())]
    return bytes_, bytes(small)


def _foreign(error: UnicodeError) -> tuple[bytes, int]:
    """Letters of other languages become letters of ours (two words seldom the same), the rest spaces."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    piece = error.object[error.start : error.end].lower()
    return b"".join(map(_ours, piece)), error.end


def _ours(character: str) -> bytes:
    if character.isalnum() or unicodedata.combining(character):
        return bytes([ord("a") + ord(character) % 26])
    return b" "


_BYTES, _SMALL_OR_SPACE = _code_page()
_CODES = codecs.charmap_build(
    "".join(
        {byte: character for character, byte in _BYTES.items()}.get(byte, "\ufffe") for byte in range(256)
    )
)
codecs.register_error("readable-portal-foreign", _foreign)
