"""Reading and rewriting header lists as ASGI has them: any iterable of pairs, any case, duplicates kept.

Nothing here changes the list it is given: an app may share one list between all its responses
(stdapi.ai issue 220 shows what happens then), or hand over a tuple.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Headers",
    "gather",
    "is_spent",
    "join",
    "media_type",
    "of",
    "replaced",
    "tokens",
    "values",
    "without",
]

Headers = list[tuple[bytes, bytes]]


def of(message: Mapping[str, Any]) -> Headers:
    """Copy the headers of a scope or a message; a missing key means none, as the ASGI specification says."""
    return list(message.get("headers") or ())


def is_spent(message: Mapping[str, Any]) -> bool:
    """Whether reading the headers used them up: an iterator is an iterable too, but only once."""
    return hasattr(message.get("headers"), "__next__")


def gather(headers: Iterable[tuple[bytes, bytes]], names: frozenset[bytes]) -> dict[bytes, list[bytes]]:
    """All values of the headers named (lower case), in one pass; names that do not occur are left out."""
    found: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        key = name.lower()
        if key in names:
            found.setdefault(key, []).append(value)
    return found


def values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    """All values of a header, in order. ``name`` is lower case."""
    return [value for key, value in headers if key.lower() == name]


def join(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """All values of a header as one list, joined as RFC 9110 section 5.3 allows."""
    return ", ".join(value.decode("latin-1") for key, value in headers if key.lower() == name)


def tokens(text: str) -> set[str]:
    """Return the directive names of a list such as Cache-Control: lower case, without their arguments."""
    return {part.partition("=")[0].strip().lower() for part in text.split(",")}


def media_type(value: bytes) -> str:
    """Return the media type without its parameters, lower case."""
    return value.partition(b";")[0].strip().lower().decode("latin-1")


def without(headers: Iterable[tuple[bytes, bytes]], names: frozenset[bytes]) -> Headers:
    """Return the headers except those named (lower case)."""
    return [(name, value) for name, value in headers if name.lower() not in names]


def replaced(headers: Iterable[tuple[bytes, bytes]], changes: Mapping[bytes, bytes | None]) -> Headers:
    """Return the headers with new values in their old places; None removes, new names go to the end."""
    result: Headers = []
    left = dict(changes)
    for name, value in headers:
        key = name.lower()
        if key not in changes:
            result.append((name, value))
        elif key in left and (new := left.pop(key)) is not None:
            result.append((name, new))
    result += [(name, new) for name, new in left.items() if new is not None]
    return result
