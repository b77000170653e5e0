"""Puts bytes into a page that is held as ASGI body messages, without joining or re-cutting the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Insertion", "cut", "spliced"]


class Insertion(NamedTuple):
    """``text`` is to stand before the byte ``at`` of the page."""

    at: int
    text: bytes


def spliced(
    messages: Sequence[Mapping[str, Any]], insertions: Iterable[Insertion], *, offset: int = 0
) -> list[Any]:
    """Return as many messages as were given; those that are not touched are the same objects.

    ``offset`` is where the first message's body stands in the page.
    """
    waiting = sorted(insertions)
    result: list[Any] = []
    for index, message in enumerate(messages):
        body = message.get("body", b"")
        end = offset + len(body)
        last = index == len(messages) - 1
        if waiting and (waiting[0].at < end or last):
            # Views, so that the page is copied once.
            view = memoryview(body)
            parts: list[bytes | memoryview] = []
            done = offset
            while waiting and (waiting[0].at < end or last):
                insertion = waiting.pop(0)
                parts += [view[done - offset : insertion.at - offset], insertion.text]
                done = insertion.at
            parts.append(view[done - offset :])
            result.append({**message, "body": b"".join(parts)})
        else:
            result.append(message)
        offset = end
    return result


def cut(messages: Sequence[Mapping[str, Any]], place: int) -> tuple[list[Any], list[Any]]:
    """Part messages before the byte ``place``; at most one is cut in two."""
    before: list[Any] = []
    after: list[Any] = []
    start = 0
    for message in messages:
        body = message.get("body", b"")
        end = start + len(body)
        if end <= place:
            before.append(message)
        elif start >= place:
            after.append(message)
        else:
            before.append({**message, "body": bytes(body[: place - start]), "more_body": True})
            after.append({**message, "body": bytes(body[place - start :])})
        start = end
    return before, after
