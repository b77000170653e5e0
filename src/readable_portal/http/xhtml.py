"""The same search as `readable_portal.http.head`, for pages that are XML (``application/xhtml+xml``).

An XML parser reads the same bytes by other rules: no raw text, CDATA sections, processing instructions up
to ``?>``, ``<script/>`` is whole. And it guesses nothing: a page with its head or body implied, another
prefix or an internal DTD subset is left alone, since a single wrong byte would make it unreadable.
"""

from __future__ import annotations

import re

from readable_portal.http.head import LIMIT, MARK, Head
from readable_portal.http.markup import NAME, TAG, TagWalk, attributes
from readable_portal.http.notes import LeaveAlone, Notes

__all__ = ["XhtmlScanner"]

NAMESPACE = "http://www.w3.org/1999/xhtml"
_OPENINGS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_NAMED_START = re.compile(rb"[A-Za-z_:\x80-\xff]")


class _More(Exception):
    """The bytes end within something: wait for more."""


class XhtmlScanner:
    """Reads the start of an XML page in pieces; the same use as `HeadScanner`."""

    __slots__ = (
        "_body_at",
        "_data",
        "_limit",
        "_notes",
        "_position",
        "_searched",
        "_stack",
        "_walk",
        "script_at",
    )

    def __init__(self, limit: int = LIMIT) -> None:
        self.script_at = -1
        self._limit = limit
        self._body_at = -1
        self._data = bytearray()
        self._position = 0
        self._searched = 0
        self._stack: list[bytes] = []
        self._walk: TagWalk | None = None
        self._notes = Notes()

    @property
    def size(self) -> int:
        """Bytes seen."""
        return len(self._data)

    def feed(self, chunk: bytes) -> Head | None:
        """Take the next piece of the page. Answers as soon as enough of it is there."""
        self._data += chunk[: self._limit - len(self._data)]
        try:
            if not self._position:
                self._byte_order_mark()
            while self._body_at < 0:
                self._token()
        except LeaveAlone as stop:
            return Head(reason=str(stop))
        except _More:
            return self.close() if len(self._data) == self._limit else None
        return self.found()

    def close(self) -> Head:
        """Answer for a page that has ended, or is too long to be looked at further."""
        if self.script_at >= 0:
            return self.found()
        return Head(reason="head too long" if len(self._data) == self._limit else "no body")

    def found(self) -> Head:
        """Return what is known once the head has ended."""
        notes = self._notes
        return Head(
            script_at=self.script_at,
            body_at=self._body_at,
            policies=tuple(notes.policies),
            base=notes.base,
            base_at=notes.base_at,
        )

    def _byte_order_mark(self) -> None:
        start = bytes(self._data[:3])
        if len(start) < 3:
            raise _More
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
            raise LeaveAlone("utf-16")
        if start == b"\xef\xbb\xbf":
            self._position = 3

    def _token(self) -> None:
        opening = self._data.find(b"<", self._position)
        if opening < 0:
            opening = len(self._data)
        if not self._stack and bytes(self._data[self._position : opening]).strip():
            raise LeaveAlone("not a document")
        self._position = opening
        start = bytes(self._data[opening : opening + 10])
        if len(start) < 2:
            raise _More
        for begins, ends in _OPENINGS:
            if start.startswith(begins):
                self._position = self._find(ends, opening + len(begins))
                return
            if len(start) < len(begins) and begins.startswith(start):
                raise _More
        if start[:2] == b"<!":
            self._doctype()
        elif start[:2] == b"</":
            self._end_tag()
        elif _NAMED_START.match(start, 1):
            self._start_tag()
        else:
            raise LeaveAlone("not well-formed")

    def _find(self, what: bytes, start: int) -> int:
        found = self._data.find(what, max(start, self._searched))
        if found < 0:
            self._searched = max(start, len(self._data) - len(what) + 1)
            raise _More
        return found + len(what)

    def _doctype(self) -> None:
        end = self._find(b">", self._position)
        declaration = self._data[self._position : end]
        if b"[" in declaration or not declaration.startswith(b"<!DOCTYPE"):
            raise LeaveAlone("internal subset")
        self._position = end

    def _end_tag(self) -> None:
        start = self._position
        end = self._find(b">", start)
        name = bytes(self._data[start + 2 : end - 1]).strip()
        if not self._stack or self._stack.pop() != name:
            raise LeaveAlone("not well-formed")
        if name == b"head" and self._stack == [b"html"] and self.script_at < 0:
            self.script_at = start
        elif not self._stack:
            raise LeaveAlone("no body")
        self._position = end

    def _start_tag(self) -> None:
        start = self._position
        end = self._tag_end(start + 1)
        match = NAME.match(self._data, start + 1)
        name = match.group() if match else b""
        del match
        tag = bytes(self._data[start:end])
        whole = tag.endswith(b"/>")
        if not self._stack:
            self._root(name, tag)
        elif name == b"script" and MARK in tag:
            raise LeaveAlone("already there")
        elif name in (b"meta", b"base") and self._stack == [b"html", b"head"]:
            self._notes.read(name, start, tag)
        elif self._stack == [b"html"]:
            if name == b"frameset":
                raise LeaveAlone("frameset")
            if whole or (name == b"body" and self.script_at < 0) or name not in (b"head", b"body"):
                raise LeaveAlone("no body")
            if name == b"body":
                self._body_at = end
        if not whole:
            self._stack.append(name)
        self._position = end

    def _root(self, name: bytes, tag: bytes) -> None:
        if name != b"html" or attributes(tag).get("xmlns") != NAMESPACE:
            raise LeaveAlone("not a document")

    def _tag_end(self, letter: int) -> int:
        """Well-formed tags end where HTML's tokeniser ends them; the names' first letters differ."""
        if self._walk is None:
            match = TAG.match(self._data, letter)
            if match:
                return match.end()
            self._walk = TagWalk(letter)
        found = self._walk.go(self._data, len(self._data))
        if found < 0:
            raise _More
        self._walk = None
        return found
