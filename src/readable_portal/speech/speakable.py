"""What may reach an engine that is written in C: letters, digits, spaces and single marks.

Some texts crash espeak-ng (measured in docs/speech.md: a backtick among punctuation; punctuation, a
hyphen and a token that is spelled out). Text reduced as here never did in our fuzzing.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Speakable", "speakable"]

_MARKS = frozenset(".,;:?!")
# Marks that differ only in script, or at which a reader pauses as at a comma.
_SAME = str.maketrans("…。，、；：？！-–—()", "..,,;:?!,,,,,")


class Speakable(NamedTuple):
    """A reduced text. ``places[i]`` is where its character ``i`` stands in the given text."""

    text: str
    places: Sequence[int]


def speakable(text: str) -> Speakable:
    """The text in NFC with everything else turned to spaces.

    A mark at the end of its token moves up to the letter or digit before it: none is doubled, none stands
    alone or in front. Letters of any script stay; digits of any script become 0 to 9.
    """
    composed, places = _compose(text)
    kept: list[str] = []
    after_letter = 0  # where a mark may go: behind the last letter, 0 for nowhere
    for place, character in enumerate(composed.translate(_SAME)):
        if character.isalpha():
            kept.append(character)
            after_letter = place + 1
        elif character.isdecimal():
            kept.append(str(unicodedata.decimal(character)))
            after_letter = place + 1
        elif character in _MARKS and after_letter and not composed[place + 1 : place + 2].isalnum():
            kept.append(" ")
            kept[after_letter] = character
            after_letter = 0
        else:
            kept.append(" ")
    return Speakable("".join(kept), places)


def _compose(text: str) -> tuple[str, Sequence[int]]:
    """NFC, and where each character (and the end) stood before."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        places += [start] * len(piece)
        start = end
    return "".join(pieces), [*places, len(text)]
