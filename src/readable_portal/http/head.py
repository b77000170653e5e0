"""Finds where a page's head ends and its body starts, without parsing the page.

The scanner does to the first kilobytes what a browser's tokeniser does: comments of every shape, raw text
(a ``</head>`` in a script is no tag), quoted attributes, templates, omitted tags. It looks at every byte
once however the page is cut into pieces, and its answer depends on the bytes alone. Where a page is none,
or could be read in two ways, it names a reason and the page is left as it is.

Section numbers in the comments are those of the HTML standard.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from readable_portal.http.markup import NAME, RAW_TEXT, TAG, RawText, TagWalk
from readable_portal.http.notes import LeaveAlone, Notes, is_amp
from readable_portal.http.usual import PAGE, RUN

__all__ = ["LIMIT", "MARK", "Head", "HeadScanner"]

# Bytes that are looked at if the settings do not say otherwise (`Settings.max_head_bytes`).
LIMIT = 64 * 1024
# The attribute of our own script, by which a page that already has it is known.
MARK = b"data-readable-portal"

_SPACE = re.compile(rb"[\t\n\f\r ]*+")
# In the head, with scripting on, the content of these is text (13.2.6.4.4).
_RAW = frozenset(RAW_TEXT)
_VOID = frozenset({b"base", b"basefont", b"bgsound", b"link", b"meta"})
_COMMENT_END = re.compile(rb"--!?>")
# What a template may hold without its content being read in a mode of its own.
_PLAIN = frozenset(
    b"a abbr article aside b br div em figure font footer form h1 h2 h3 h4 h5 h6 header i img input label"
    b" li main nav ol p section slot small span strong u ul".split()
)
# These start a body that no later <frameset> can take back (13.2.6.4.7, "frameset-ok").
_BODY_FOR_SURE = frozenset(
    b"body applet area br button dd dt embed hr iframe img li listing object pre select table textarea"
    b" wbr xmp".split()
)


class Head(NamedTuple):
    """What is known of a page when its head has ended.

    Attributes:
        reason: Why the page is to be left alone; "" if it may get the script.
        script_at: Where the script may stand: before what ends the head.
        body_at: Behind ``<body …>``, or where an implied body starts; -1 if that is not certain.
        policies: Content-Security-Policy of ``<meta>``, in order.
        charset: Named by ``<meta>``, lower case; "" if none is, or UTF-8.
        base: ``href`` of the first ``<base>`` that has one.
        base_at: Where that tag starts, -1 if there is none.
        charset_late: The charset was named after the ``<base>``.
    """

    reason: str = ""
    script_at: int = -1
    body_at: int = -1
    policies: tuple[str, ...] = ()
    charset: str = ""
    base: str = ""
    base_at: int = -1
    charset_late: bool = False


class _More(Exception):
    """The bytes end within something: wait for more."""


class HeadScanner:
    """Reads the start of a page in pieces: `feed` until it answers, or `close` when the page ends.

    Attributes:
        script_at: Known (not -1) as soon as the head has ended, while the body is still looked for.
    """

    __slots__ = (
        "_body_at",
        "_data",
        "_end",
        "_html",
        "_implied",
        "_limit",
        "_notes",
        "_opened",
        "_position",
        "_raw",
        "_searched",
        "_templates",
        "_walk",
        "script_at",
    )

    def __init__(self, limit: int = LIMIT) -> None:
        self.script_at = -1
        self._limit = limit
        self._data: bytes | bytearray = b""
        self._end = 0
        self._position = 0
        self._searched = 0  # comments were searched for their end up to here
        self._raw: RawText | None = None  # the element whose text we are in
        self._walk: TagWalk | None = None
        self._templates = 0
        self._opened = False  # the doctype or <html> was seen
        self._html = False
        self._body_at = -1
        self._implied = False  # the body has started without its tag
        self._notes = Notes()

    def feed(self, chunk: bytes) -> Head | None:
        """Take the next piece of the page. Answers as soon as enough of it is there."""
        if not self._end:
            self._data = chunk
            if usual := PAGE.match(chunk, 0, self._limit):
                self._end = usual.end()
                return Head(script_at=usual.start(1), body_at=usual.end())
        else:
            if not isinstance(self._data, bytearray):
                self._data = bytearray(self._data)
            self._data += chunk[: self._limit - self._end]
        self._end = min(len(self._data), self._limit)
        try:
            self._scan()
        except LeaveAlone as stop:
            return Head(reason=str(stop))
        except _More:
            return self._close("head too long") if self._end == self._limit else None
        return self.found()

    @property
    def size(self) -> int:
        """Bytes looked at."""
        return self._end

    def close(self) -> Head:
        """Answer for a page that has ended."""
        return self._close("no body")

    def _close(self, reason: str) -> Head:
        if self.script_at < 0:
            return Head(reason=reason if self._opened else "not a document")
        self._body_at = -1
        return self.found()

    def found(self) -> Head:
        """Return what is known once the head has ended."""
        notes = self._notes
        return Head(
            script_at=self.script_at,
            body_at=self._body_at,
            policies=tuple(notes.policies),
            charset="" if notes.charset == "utf-8" else notes.charset,
            base=notes.base,
            base_at=notes.base_at,
            charset_late=notes.charset_late,
        )

    def _scan(self) -> None:
        """Read token by token until the body is found. ``_position`` is always at a token's start."""
        if not self._opened and not self._position:
            self._byte_order_mark()
        while not self._token():
            pass

    def _byte_order_mark(self) -> None:
        start = bytes(self._data[:3])
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise LeaveAlone("utf-16")
        if start == b"\xef\xbb\xbf":
            self._position = 3
        elif len(start) < 3 and b"\xef\xbb\xbf\xff\xfe".find(start) >= 0:
            raise _More

    def _token(self) -> bool:
        """Read one token; true when the search is over."""
        data, end = self._data, self._end
        if self._raw:
            self._raw_text()
            return False
        pattern = RUN if self._is_usual() else _SPACE
        match = pattern.match(data, self._position, end)
        start = self._position = match.end() if match else self._position
        del match  # it would keep the bytearray from growing
        if start + 1 >= end:
            if start < end and data[start] != 0x3C:
                return self._text(start)
            raise _More
        second = data[start + 1]
        if data[start] != 0x3C:
            return self._text(start)
        if 0x61 <= second | 0x20 <= 0x7A:
            return self._start_tag(start)
        if second == 0x2F:
            return self._end_tag(start)
        if second == 0x21:
            self._declaration(start)
            return False
        if second == 0x3F:
            self._position = self._find(b">", start + 2) + 1
            return False
        return self._text(start)

    def _is_usual(self) -> bool:
        """Whether a whole run of usual tokens may be read at once here."""
        return (
            self._opened
            and self.script_at < 0
            and not self._templates
            and self._walk is None
            and self._searched <= self._position
            and self._notes.base_at < 0
        )

    def _find(self, what: bytes, start: int) -> int:
        """Find the end of a token that ends at the first ``what``."""
        found = self._data.find(what, max(start, self._searched), self._end)
        if found < 0:
            self._searched = self._end
            raise _More
        return found

    def _declaration(self, start: int) -> None:
        """``<!…``: a comment, the doctype, or a bogus comment (13.2.5.42)."""
        data, end = self._data, self._end
        opening = bytes(data[start : min(start + 9, end)])
        if opening[:4] != b"<!--":
            if b"<!--".startswith(opening):
                raise _More
            closing = self._find(b">", start + 2)
            if opening.lower() == b"<!doctype":
                self._opened = True
            self._position = closing + 1
            return
        # "<!-->" and "<!--->" are whole comments (13.2.5.43).
        inside = bytes(data[start + 4 : min(start + 6, end)])
        if inside in (b"", b"-"):
            raise _More
        if inside[:1] == b">" or inside == b"->":
            self._position = start + 4 + inside.index(b">") + 1
            return
        match = _COMMENT_END.search(data, max(start + 4, self._searched), end)
        if not match:
            self._searched = max(start + 4, end - 3)
            raise _More
        self._position = match.end()

    def _tag_end(self, letter: int) -> int:
        """Find where the tag ends whose name begins at ``letter``."""
        if self._walk is None:
            match = TAG.match(self._data, letter, self._end)
            if match:
                return match.end()
            self._walk = TagWalk(letter)
        found = self._walk.go(self._data, self._end)
        if found < 0:
            raise _More
        self._walk = None
        return found

    def _name(self, letter: int) -> bytes:
        match = NAME.match(self._data, letter, self._end)
        return match.group().lower() if match else b""

    def _raw_text(self) -> None:
        """Skip the text of a raw element and its end tag."""
        if self._raw and self._walk is None:
            closing = self._raw.go(self._data, self._end)
            if closing < 0:
                raise _More
            self._position = closing
        self._position = self._tag_end(self._position + 2)
        self._raw = None

    def _text(self, start: int) -> bool:
        """Text, which only a body can hold."""
        if self._templates:
            if self._data[start] == 0x3C:
                raise LeaveAlone("template")
            found = self._data.find(b"<", start, self._end)
            self._position = found if found >= 0 else self._end
            return False
        if not self._opened:
            raise LeaveAlone("not a document")
        if not self._data[start]:
            # Ignored in a body, so that a frameset may still follow (13.2.6.4.7): no page has it.
            raise LeaveAlone("nul")
        self._body_is_implied(start)
        return True

    def _head_ends(self, position: int) -> None:
        if self.script_at < 0:
            self.script_at = position

    def _body_is_implied(self, position: int) -> None:
        """The body starts without its tag, before this token.

        Only behind a ``</head>`` can the link stand there: it would not end the head by itself.
        """
        if not self._implied and self.script_at >= 0:
            self._body_at = position
        self._implied = True
        self._head_ends(position)

    def _end_tag(self, start: int) -> bool:
        data, end = self._data, self._end
        if start + 2 >= end:
            raise _More
        third = data[start + 2]
        if not 0x61 <= third | 0x20 <= 0x7A:
            # "</>" is nothing, "</x" with another x is a comment (13.2.5.7).
            self._position = self._find(b">", start + 2) + 1
            return False
        after = self._tag_end(start + 2)
        name = self._name(start + 2)
        if self._templates:
            self._templates -= name == b"template"
        elif not self._opened:
            raise LeaveAlone("not a document")
        elif name == b"head":
            self._head_ends(start)
        elif name in (b"body", b"html", b"br"):
            self._head_ends(start)
            self._body_at = -1  # a body without a start, or one that ends at once
            return True
        self._position = after
        return False

    def _start_tag(self, start: int) -> bool:
        after = self._tag_end(start + 1)
        name = self._name(start + 1)
        if self._templates:
            self._in_template(name, after)
        elif name == b"html":
            self._html_tag(start, after)
        elif not self._opened:
            raise LeaveAlone("not a document")
        elif self._implied:
            return self._after_implied_body(name, after)
        elif name in _VOID or name in _RAW:
            self._head_element(name, start, after)
        elif name == b"template":
            self._templates = 1
        elif name != b"head":
            if name == b"body":
                self._head_ends(start)
                self._body_at = after
            else:
                self._body_is_implied(start)
            return self._after_implied_body(name, after)
        self._position = after
        self._searched = after
        return False

    def _head_element(self, name: bytes, start: int, after: int) -> None:
        """An element that belongs into the head, before its end or after."""
        tag = bytes(self._data[start:after])
        if name in (b"meta", b"base"):
            self._notes.read(name, start, tag)
        elif name in _RAW:
            if name == b"script" and MARK in tag:
                raise LeaveAlone("already there")
            if name == b"noscript" and self.script_at >= 0:
                self._body_is_implied(start)
            self._raw = RawText(name, after)

    def _after_implied_body(self, name: bytes, after: int) -> bool:
        """A body that began without its tag: is it one for sure, or may a frameset still replace it?"""
        if name == b"frameset":
            raise LeaveAlone("frameset")
        if name in _BODY_FOR_SURE:
            return True
        if name == b"noscript":
            self._raw = RawText(name, after)
        elif name not in _PLAIN:
            self._body_at = -1
            return True
        self._position = after
        self._searched = after
        return False

    def _html_tag(self, start: int, after: int) -> None:
        if not self._html and is_amp(bytes(self._data[start:after])):
            raise LeaveAlone("amp")
        self._html = self._opened = True

    def _in_template(self, name: bytes, after: int) -> None:
        if name == b"template":
            self._templates += 1
        elif name in _RAW:
            self._raw = RawText(name, after)
        elif name not in _PLAIN and name not in _VOID:
            raise LeaveAlone("template")
