"""The grammar of tags, as bytes: what the HTML standard's tokeniser sees, whatever the character set.

All bytes that matter here are below 0x40, and in every character set that browsers still read
(UTF-16 and ISO-2022-JP excepted, which the callers leave alone) no such byte is part of a longer
character. So tags are found without knowing the character set.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import Pattern

__all__ = ["NAME", "RAW_TEXT", "SPACE", "TAG", "RawText", "TagWalk", "attributes"]

# HTML's white space; \s would add the vertical tab.
SPACE = b"\t\n\f\r "
# One attribute. The look-ahead keeps a name from standing alone when a value follows it, and the
# possessive quantifiers keep an unclosed quote from being read in another way.
_NAME = rb"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_VALUE = rb"""(?: "[^"]*+" | '[^']*+' | [^\t\n\f\r >"'][^\t\n\f\r >]*+ | (?=>) )"""
_EQUALS = rb"[\t\n\f\r ]*+ = [\t\n\f\r ]*+"
_ONE: Pattern[bytes] = re.compile(
    b"(" + _NAME + b") (?: " + _EQUALS + b"(" + _VALUE + rb") | (?![\t\n\f\r ]*+=) )", re.VERBOSE
)
# A whole start or end tag, from the letter of its name to behind its ">". It captures nothing: groups within
# possessive repeats make CPython's re raise SystemError on some inputs.
TAG: Pattern[bytes] = re.compile(
    rb"[a-zA-Z][^\t\n\f\r />]*+ (?: [\t\n\f\r /]*+ "
    + _NAME
    + b"(?: "
    + _EQUALS
    + _VALUE
    + rb" | (?![\t\n\f\r ]*+=) ) )*+ [\t\n\f\r /]*+ >",
    re.VERBOSE,
)
NAME: Pattern[bytes] = re.compile(rb"[^\t\n\f\r />]*+")


def attributes(tag: bytes) -> dict[str, str]:
    """Read the attributes of a tag (its bytes from ``<`` to ``>``): the first of a name counts."""
    name_end = NAME.match(tag, 1)
    found: dict[str, str] = {}
    for match in _ONE.finditer(tag, name_end.end() if name_end else 1, len(tag)):
        name, value = match.group(1), match.group(2) or b""
        if value[:1] in (b'"', b"'"):
            value = value[1:-1]
        found.setdefault(name.lower().decode("latin-1"), html.unescape(value.decode("latin-1")))
    return found


class RawText:
    """Finds the end tag of a raw text element that comes in pieces, and looks at every byte once.

    Only a script is more than "up to the end tag": after ``<!--``, a ``<script`` begins a state in which
    ``</script>`` ends nothing (13.2.5.15 to 13.2.5.31). Old pages hide scripts from older browsers so, and
    write other scripts in them.
    """

    __slots__ = ("_depth", "_name", "_position")

    def __init__(self, name: bytes, start: int) -> None:
        self._name = name
        self._position = start
        self._depth = 0  # in a script: 1 after "<!--", 2 after "<script" in that

    def go(self, data: bytes | bytearray, end: int) -> int:
        """Read on to ``end``; return where the end tag starts, or -1 if it is not there yet."""
        script = self._name == b"script"
        pattern = _SCRIPT_TURNS if script else _RAW_ENDS[self._name]
        while match := pattern.search(data, self._position, end):
            start, turn = match.start(), match.group()
            # "<!-->" opens and closes at once: its dashes count twice.
            self._position = start + 2 if turn == b"<!--" else match.end()
            if turn[:2] == b"</":
                if self._depth < 2:
                    return start
                self._depth = 1
            elif turn == b"-->":
                self._depth = 0
            elif turn == b"<!--":
                self._depth = max(self._depth, 1)
            elif self._depth == 1:
                self._depth = 2
        # An end tag may be cut, and the byte behind its name decides.
        self._position = max(self._position, end - len(self._name) - 2)
        return -1


RAW_TEXT = (b"title", b"script", b"style", b"noscript", b"noframes")
_RAW_ENDS = {name: re.compile(rb"</" + name + rb"(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW_TEXT}
_SCRIPT_TURNS = re.compile(rb"<!--|-->|</?script(?=[\t\n\f\r />])", re.IGNORECASE)


def _walk() -> tuple[tuple[int, ...], ...]:
    """Build the table of `TagWalk`: state x byte -> state, after the HTML standard section 13.2.5."""
    name, between, attribute, after, value, double, single, bare, done = range(9)
    rules: dict[int, tuple[int, dict[bytes, int]]] = {
        name: (name, {SPACE: between, b"/": between, b">": done}),
        # An attribute's name may begin with "=".
        between: (attribute, {SPACE: between, b"/": between, b">": done}),
        attribute: (attribute, {SPACE: after, b"/": between, b">": done, b"=": value}),
        after: (attribute, {SPACE: after, b"/": between, b">": done, b"=": value}),
        value: (bare, {SPACE: value, b'"': double, b"'": single, b">": done}),
        double: (double, {b'"': between}),
        single: (single, {b"'": between}),
        bare: (bare, {SPACE: between, b">": done}),
    }
    table = []
    for state in range(done):
        default, exceptions = rules[state]
        row = [default] * 256
        for each, target in exceptions.items():
            for byte in each:
                row[byte] = target
        table.append(tuple(row))
    return tuple(table)


class TagWalk:
    """Finds the end of one tag that comes in pieces, and looks at every byte once.

    `TAG` is quicker for a tag that is there at once, but would read it from its start for every piece.
    """

    __slots__ = ("_position", "_state")

    _TABLE = _walk()
    _DONE = len(_TABLE)

    def __init__(self, start: int) -> None:
        """Start at ``start``, the first letter of the tag's name."""
        self._position = start
        self._state = 0

    def go(self, data: bytes | bytearray, end: int) -> int:
        """Read on to ``end``; return where the tag ends, or -1 if it does not yet."""
        state = self._state
        for position in range(self._position, end):
            state = self._TABLE[state][data[position]]
            if state == self._DONE:
                return position + 1
        self._position, self._state = end, state
        return -1
