"""When each written word sounds: from the engine's spoken words, back through the verbaliser's spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from readable_portal.model import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readable_portal.model import Spoken, SpokenSpan

__all__ = ["estimate", "written_marks", "written_words"]

_TOKEN = re.compile(r"\S+")
# A comma costs about this many letters of time, a stop twice as many (espeak-ng, Vietnamese).
_PAUSES = {",": 3.0, ";": 4.0, ":": 4.0, ".": 6.0, "?": 6.0, "!": 6.0}
_SYLLABLE = 2.0  # what a syllable costs beside its letters


def written_words(text: str) -> list[tuple[int, int]]:
    """Where the words of a written text stand: what is between spaces, without quotes and commas around."""
    found = []
    for token in _TOKEN.finditer(text):
        inner = [place for place in range(*token.span()) if text[place].isalnum()]
        if inner:
            found.append((inner[0], inner[-1] + 1))
    return found


def estimate(text: str, duration_ms: int) -> tuple[Mark, ...]:
    """Marks for an engine that gives none: time shared out by letters, syllables and pauses."""
    words = list(_TOKEN.finditer(text))
    costs = [(_SYLLABLE + sum(map(str.isalnum, word[0])), _PAUSES.get(word[0][-1], 0.0)) for word in words]
    if costs:
        costs[-1] = (costs[-1][0], 0.0)
    total = sum(map(sum, costs)) or 1.0
    marks = []
    passed = 0.0
    for word, (sounding, pause) in zip(words, costs, strict=True):
        end = passed + sounding
        marks.append(
            Mark(round(passed / total * duration_ms), round(end / total * duration_ms), *word.span())
        )
        passed = end + pause
    return tuple(marks)


def written_marks(written: str, spoken: Spoken, words: Sequence[Mark], duration_ms: int) -> tuple[Mark, ...]:
    """A mark for every written word, in order, inside ``duration_ms``.

    Several spoken words of one written word ("39") make one mark. A span that covers several written
    words shares its time among them by length. A written word that is not spoken gets a mark without
    length where it would stand.

    Args:
        written: The written text.
        spoken: How it is said.
        words: Marks of the spoken words, in characters of ``spoken.text``.
        duration_ms: Length of the sound.
    """
    times = _Times(words, len(spoken.text), duration_ms)
    spans = spoken.spans
    starts = [span.written_start for span in spans]
    marks: list[Mark] = []
    passed = 0
    for start, end in written_words(written):
        first, last = _spoken_range(spans, starts, start, end)
        begin = min(max(passed, times.start(first, last)), duration_ms)
        until = min(max(begin, times.end(first, last)), duration_ms)
        marks.append(Mark(begin, until, start, end))
        passed = until
    return tuple(marks)


def _spoken_range(
    spans: Sequence[SpokenSpan], starts: Sequence[int], start: int, end: int
) -> tuple[float, float]:
    """The characters of the spoken text that say ``written[start:end]``."""
    touched = [
        span
        for span in spans[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        if span.written_end > start and span.written_start < end
    ]
    if not touched:
        return 0.0, 0.0
    return _into(touched[0], start), _into(touched[-1], end)


def _into(span: SpokenSpan, place: int) -> float:
    """A place of the written text as a place of the spoken one, in proportion inside the span."""
    if place <= span.written_start:
        return span.start
    if place >= span.written_end:
        return span.end
    share = (place - span.written_start) / (span.written_end - span.written_start)
    return span.start + share * (span.end - span.start)


class _Times:
    """Times of places in the spoken text."""

    def __init__(self, words: Sequence[Mark], length: int, duration_ms: int) -> None:
        self._words = words
        self._starts = [word.start for word in words]
        self._ends = [word.end for word in words]
        self._length = length
        self._duration = duration_ms

    def start(self, first: float, last: float) -> int:
        """When the first word that overlaps ``first`` to ``last`` begins."""
        place = bisect_right(self._ends, first)
        if place == len(self._words):
            return self._duration
        word = self._words[place]
        if word.start < first < word.end:
            return self._inside(word, first)
        return word.start_ms if word.start < last else self._before(place)

    def end(self, first: float, last: float) -> int:
        """When the last word that overlaps ``first`` to ``last`` ends."""
        place = bisect_left(self._starts, last) - 1
        if place < 0:
            return 0
        word = self._words[place]
        if word.start < last < word.end:
            return self._inside(word, last)
        return word.end_ms if word.end > first else 0

    def _before(self, place: int) -> int:
        return self._words[place - 1].end_ms if place else 0

    @staticmethod
    def _inside(word: Mark, place: float) -> int:
        share = (place - word.start) / (word.end - word.start)
        return round(word.start_ms + share * (word.end_ms - word.start_ms))
