"""Builds a spoken text together with the way back, piece by piece."""

from __future__ import annotations

from readable_portal.model import Spoken, SpokenSpan

__all__ = ["SpokenBuilder"]

NOTHING, WORD, SPACE, PAUSE = range(4)
# The longer pause wins where several marks meet.
STRENGTH = {",": 0, ";": 1, ":": 2, ".": 3, "!": 4, "?": 5}


class SpokenBuilder:
    """Collects spans that tile both texts.

    Each call says how far the written text is used up. Only ends are kept: a span begins where the one
    before it ends. What is not said leaves an empty spoken slice, so nothing written is ever lost.
    """

    __slots__ = ("heard", "last", "length", "parts", "seen")

    def __init__(self) -> None:
        self.parts: list[str] = []  # of the spoken text; pauses and spaces are parts of their own
        self.heard: list[int] = []  # ends of spans in the spoken text
        self.seen: list[int] = []  # ends of spans in the written text
        self.length = 0
        self.last = NOTHING

    def word(self, said: str, end: int) -> None:
        """Something that is spoken."""
        if not said:
            self.drop(end)
            return
        if self.last in {WORD, PAUSE}:
            self.parts.append(" ")
            self.heard[-1] += 1
            self.length += 1
        self.parts.append(said)
        self.length += len(said)
        self.heard.append(self.length)
        self.seen.append(end)
        self.last = WORD

    def attach(self, mark: str, end: int) -> None:
        """A combining mark of a script that is not composed here."""
        self.parts[-1] += mark
        self.length += len(mark)
        self.heard[-1] = self.length
        self.seen[-1] = end

    def space(self, end: int) -> None:
        """White space between words."""
        if self.last in {WORD, PAUSE}:
            self.parts.append(" ")
            self.length += 1
            self.heard.append(self.length)
            self.seen.append(end)
            self.last = SPACE
        else:
            self.drop(end)

    def pause(self, mark: str, end: int) -> None:
        """A punctuation mark that is heard as a pause."""
        self._take_space()
        if self.last == WORD:
            self.parts.append(mark)
            self.length += 1
            self.last = PAUSE
        elif self.last == PAUSE and STRENGTH[mark] > STRENGTH[self.parts[-1]]:
            self.parts[-1] = mark
        self.heard.append(self.length)
        self.seen.append(end)

    def drop(self, end: int) -> None:
        """Something written that is not heard."""
        if self.heard and self.heard[-1] == (self.heard[-2] if len(self.heard) > 1 else 0):
            self.seen[-1] = end
        else:
            self.heard.append(self.length)
            self.seen.append(end)

    def _take_space(self) -> None:
        """Take back a space that would stand before a pause or at the end."""
        if self.last != SPACE:
            return
        self.parts.pop()
        place = len(self.heard) - 1
        while place >= 0 and self.heard[place] == self.length:
            self.heard[place] -= 1
            place -= 1
        self.length -= 1
        self.last = PAUSE if self.parts and self.parts[-1] in STRENGTH else WORD

    def build(self, origin: list[int] | None) -> Spoken:
        """The spoken text; ``origin`` leads from composed to written characters."""
        self._take_space()
        if origin and not self.seen and origin[-1]:
            self.drop(0)  # nothing but invisible characters
        seen = self.seen if origin is None else [origin[end] for end in self.seen]
        spans = map(SpokenSpan, [0, *self.heard], self.heard, [0, *seen], seen)
        return Spoken("".join(self.parts), tuple(spans))
