"""Range requests (RFC 9110 section 14): one range of bytes, or all."""

from __future__ import annotations

import re

__all__ = ["asks_from_start", "byte_range"]

_RANGE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)
# Longer numbers are nobody's file.
_LONGEST = 18


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Start and end (excluded) of the one range asked for; None for everything.

    Anything malformed, or several ranges, counts as no range, as section 14.2 allows.

    Raises:
        ValueError: The range lies outside (416).
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]) or max(len(match[1]), len(match[2])) > _LONGEST:
        return None
    if not match[1]:
        length = int(match[2])
        if length == 0 or size == 0:
            raise ValueError("no bytes are asked for")
        return max(0, size - length), size
    start = int(match[1])
    end = int(match[2]) + 1 if match[2] else size
    if match[2] and end <= start:
        return None
    if start >= size:
        raise ValueError("the range begins behind the end")
    return start, min(end, size)


def asks_from_start(header: str) -> bool:
    """Whether the header asks for everything: ``bytes=0-``, as browsers do for media, or nothing."""
    match = _RANGE.fullmatch(header.strip())
    return match is None or (match[1].strip("0") == "" and match[1] != "" and not match[2])
