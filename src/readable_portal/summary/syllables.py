"""Syllables, found the fastest way that plain Python knows.

They are kept as bytes (UTF-8, small letters): to cut and to hash bytes takes half the time of text, and
nobody reads them. What is no letter or digit is turned into spaces, for a whole article at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["letters", "split_syllables", "syllables"]

# Marks beyond ASCII that stand against words in Vietnamese texts. A rarer one stays on its word.
_MARKS = "“”‘’–—…«»•\u00a0\u200b"
# Parts texts; no text of a page holds it (HTML forbids it).
_END = "\0"
_WORDS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_\0") | frozenset(range(128, 256))
_TO_SPACES = bytes(each if each in _WORDS else 32 for each in range(256))
# All but the first byte of a letter in UTF-8 (RFC 3629), and what parts words.
_NOT_LETTERS = bytes(range(0x80, 0xC0)) + b" \0"


def syllables(text: str) -> list[bytes]:
    """The syllables of a text; ``text`` is NFC. Numbers and abbreviations count as one."""
    return _bare(text).split()


def split_syllables(texts: Sequence[str]) -> tuple[list[list[bytes]], int]:
    """The syllables of each text, and how many letters they have together."""
    bare = _bare(_END.join(texts))
    parts = bare.split(b"\0")
    if len(parts) != len(texts):
        return split_syllables([text.replace(_END, " ") for text in texts]) if texts else ([], 0)
    return [part.split() for part in parts], len(bare.translate(None, _NOT_LETTERS))


def letters(text: str) -> int:
    """How many letters the syllables of a text have."""
    return len(_bare(text).translate(None, _NOT_LETTERS))


def _bare(text: str) -> bytes:
    text = text.lower()
    for mark in _MARKS:
        text = text.replace(mark, " ")
    # A lone surrogate is no letter of any word.
    return text.encode("utf-8", "replace").translate(_TO_SPACES)
