"""What a site asks of programs that read many of its pages: robots.txt (RFC 9309), and ``Crawl-delay``.

Python's own ``urllib.robotparser`` knows no ``*`` and ``$`` in paths and lets the first rule decide; the RFC,
and every site that was written for it, lets the longest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["MOST_BYTES", "Robots"]

# RFC 9309 section 2.5: at least so much is read.
MOST_BYTES = 500 * 1024
# Nobody reads a portal's news at less than a page a minute; a longer wish is taken as this.
LONGEST_DELAY = 60.0
# Unreserved characters mean the same with and without percent-encoding (RFC 3986 section 2.3).
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


class _Rule(NamedTuple):
    """A path with its wildcards: pieces that stand in this order, the last at the end if ``anchored``."""

    length: int
    allow: bool
    pieces: tuple[str, ...]
    anchored: bool

    def matches(self, path: str) -> bool:
        """Whether the path is meant. Linear in its length, whatever the pattern holds."""
        first, *more = self.pieces
        if not path.startswith(first):
            return False
        if not more:
            return not self.anchored or path == first
        place = len(first)
        last = more.pop() if self.anchored else ""
        for piece in more:
            place = path.find(piece, place)
            if place < 0:
                return False
            place += len(piece)
        return not self.anchored or (path.endswith(last) and len(path) - len(last) >= place)


class Robots:
    """The rules for one program.

    Attributes:
        delay: Seconds that the site asks to leave between two pages; 0 if it says nothing.
    """

    def __init__(self, rules: list[_Rule] | None = None, delay: float = 0.0) -> None:
        # The longest decides; of two that are equally long, the one that allows (section 2.2.2).
        self._rules = sorted(rules or [], key=lambda rule: (-rule.length, not rule.allow))
        self.delay = min(delay, LONGEST_DELAY)

    @classmethod
    def parse(cls, body: bytes, agent: str) -> Robots:
        """Read a robots.txt for the program whose product token is ``agent``; nonsense in it is skipped."""
        groups: dict[str, tuple[list[_Rule], list[float]]] = {}
        named: list[str] = []
        begun = False
        for line in body[:MOST_BYTES].decode("utf-8-sig", "replace").splitlines():
            found = _LINE.match(line)
            if not found:
                continue
            key, value = found[1].lower(), found[2].strip()
            if key == "user-agent":
                if begun:
                    named, begun = [], False
                token = re.match(r"[A-Za-z_-]*|\*", value)
                named.append("*" if value.startswith("*") else (token[0].lower() if token else ""))
                groups.setdefault(named[-1], ([], []))
            elif key in {"allow", "disallow", "crawl-delay"}:
                begun = True
                for name in named:
                    if key == "crawl-delay":
                        groups[name][1].extend(_seconds(value))
                    elif value:
                        groups[name][0].append(_rule(value, allow=key == "allow"))
        rules, delays = groups.get(agent.lower()) or groups.get("*") or ([], [])
        return cls(rules, max(delays, default=0.0))

    def allows(self, path: str) -> bool:
        """Whether a page may be read: ``path`` with its query, as in an address."""
        plain = _plain(path)
        if plain == "/robots.txt":
            return True
        return next((rule.allow for rule in self._rules if rule.matches(plain)), True)


def _rule(value: str, *, allow: bool) -> _Rule:
    anchored = value.endswith("$")
    pieces = tuple(_plain(value.removesuffix("$")).split("*"))
    return _Rule(len(_plain(value)), allow, pieces, anchored)


def _plain(path: str) -> str:
    """One spelling for paths that are the same: percent-encoded where needed and only there."""
    path = "".join(
        each if each.isascii() else "".join(f"%{byte:02X}" for byte in each.encode("utf-8", "replace"))
        for each in path
    )
    return _ENCODED.sub(_decoded, path)


def _decoded(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def _seconds(text: str) -> list[float]:
    try:
        value = float(text)
    except ValueError:
        return []
    return [value] if 0 <= value < float("inf") else []
