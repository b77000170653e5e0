"""Range requests (RFC 9110 section 14): one range of bytes, or all."""

from __future__ import annotations

import re

__all__ = ["asks_from_start", "byte_range"]

_RANGE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE | re.ASCII)
# Longer numbers are nobody's file.
_LONGEST = 18


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Start and end (excluded) of the one range asked for; None for everything.

    Anything malformed, or several ranges, counts as no range, as section 14.2 allows.

    Raises:
        ValueError: The range lies outside (416).
    """
    wanted = _parsed(header)
    if wanted is None:
        return None
    start, last = wanted
    if start is None:
        if not last or not size:
            raise ValueError("no bytes are asked for")
        return max(0, size - last), size
    if start >= size:
        raise ValueError("the range begins behind the end")
    return start, size if last is None else min(last + 1, size)


def asks_from_start(header: str) -> bool:
    """Whether the header asks for everything: ``bytes=0-``, as browsers do for media, or nothing."""
    return _parsed(header) in {None, (0, None)}


def _parsed(header: str) -> tuple[int | None, int | None] | None:
    """First and last byte, each None where the header leaves it out; None for no range."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]) or max(map(len, match.groups())) > _LONGEST:
        return None
    start, last = (int(number) if number else None for number in match.groups())
    if start is not None and last is not None and last < start:
        return None
    return start, last
