"""Validators of a page that we change: other bytes need another validator, and the way back must be exact.

A page's ``"abc"`` becomes ``W/"abc-rp7f3c1a2"``: weak, because byte ranges of it mean nothing to the app,
with the identity of our build and settings. On the next request the suffix comes off again, so the app can
answer 304 as ever; a suffix of another build is dropped, so the app sends the page afresh. (Apache's
mod_deflate added its suffix one way only, and broke 304 for years: bugs 39727 and 45023.)
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from readable_portal.http.headers import replaced, values

if TYPE_CHECKING:
    from readable_portal.http.headers import Headers

__all__ = ["NOTHING_ASKED", "Asked", "Suffix"]

_TAG = re.compile(rb'\s*(W/)?"([^"]*)"\s*')
# "-rp" after a strong tag, "-rw" after a weak one: some apps compare tags letter by letter.
CONDITIONS = (b"if-none-match", b"if-match")
_OURS = re.compile(rb"(.*)-r([pw])([0-9a-f]{8})", re.DOTALL)


class Suffix:
    """The suffix of one build and configuration."""

    __slots__ = ("_id",)

    def __init__(self, *identity: str) -> None:
        """Take what the inserted bytes depend on."""
        self._id = hashlib.sha256("\n".join(identity).encode()).hexdigest()[:8].encode()

    def add(self, etag: bytes) -> bytes:
        """Return the validator of the changed page; a tag that is none (unquoted) stays as it is."""
        match = _TAG.fullmatch(etag)
        if not match:
            return etag
        weak, opaque = match.groups()
        return b'W/"%b-r%b%b"' % (opaque, b"w" if weak else b"p", self._id)

    def undo(self, headers: Headers) -> tuple[Headers, Asked]:
        """Turn our tags in the conditions of a request back into the app's.

        ``If-Range`` keeps our tag: it is weak, so it must not match (RFC 9110 section 13.1.5).
        """
        if not any(name in CONDITIONS for name, _ in headers):
            return headers, NOTHING_ASKED
        changes: dict[bytes, bytes | None] = {}
        known: set[bytes] = set()
        for name in CONDITIONS:
            joined = b", ".join(values(headers, name))
            if b"-r" not in joined:
                continue
            kept = []
            for tag, ours, current in self._read(joined):
                if ours and current and name == b"if-none-match":
                    known.add(_opaque(tag))
                # A condition for writing is about the app's page, whichever build showed it.
                if not ours or current or name == b"if-match":
                    kept.append(tag)
            changes[name] = b", ".join(kept) or None
        if not changes:
            return headers, NOTHING_ASKED
        return replaced(headers, changes), Asked(frozenset(known), self)

    def _read(self, joined: bytes) -> list[tuple[bytes, bool, bool]]:
        """Each tag as the app knows it, whether it had a suffix of ours, and whether of this build."""
        result = []
        for part in re.findall(rb'(?:W/)?"[^"]*"|[^\s,]+', joined):
            match = _TAG.fullmatch(part)
            ours = _OURS.fullmatch(match[2]) if match else None
            if not ours:
                result.append((part, False, False))
                continue
            original = b'%b"%b"' % (b"W/" if ours[2] == b"w" else b"", ours[1])
            result.append((original, True, ours[3] == self._id))
        return result


def _opaque(etag: bytes) -> bytes:
    """Return what weak comparison compares (RFC 9110 section 8.8.3.2)."""
    return etag.removeprefix(b"W/")


class Asked:
    """The tags that a request had from us, to know our page again in a 304."""

    __slots__ = ("_known", "_suffix")

    def __init__(self, known: frozenset[bytes], suffix: Suffix | None) -> None:
        self._known = known
        self._suffix = suffix

    def not_modified(self, headers: Headers) -> Headers:
        """Headers of a 304: the suffix comes back on a tag that was ours when asked."""
        etag = b"".join(values(headers, b"etag")[:1])
        if not self._suffix or _opaque(etag.strip()) not in self._known:
            return headers
        return replaced(headers, {b"etag": self._suffix.add(etag)})


NOTHING_ASKED = Asked(frozenset(), None)
