"""Which requests and responses may get the widget, each refusal with its reason in a few fixed words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from readable_portal.http.headers import media_type, tokens
from readable_portal.http.policy import SPEAKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["HTML", "TELLING", "XHTML", "Paths", "page_type", "route_path", "unfit", "unreadable_charset"]

HTML = "text/html"
XHTML = "application/xhtml+xml"

# Changing the bytes would make these untrue (RFC 9530, RFC 9421 and their forerunners).
_SIGNED = (b"content-digest", b"repr-digest", b"digest", b"content-md5", b"signature", b"signature-input")
_SPEAKING = frozenset(
    {b"content-encoding", b"cache-control", b"readable-portal", b"content-disposition", b"content-range"}
    | set(_SIGNED)
)
# The headers of a response that are looked at before its body comes; the last four by `policy`.
TELLING = _SPEAKING | {b"content-type", b"content-length", *SPEAKING}
# Bytes of these character sets may look like tags without being any; browsers know the labels of the
# Encoding standard. The last row's labels make a page unreadable on purpose ("replacement").
_UNREADABLE = frozenset(
    {"utf-16", "utf-16le", "utf-16be", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode"}
    | {"unicodefeff", "unicodefffe", "utf-32", "utf-7", "iso-2022-jp", "csiso2022jp", "replacement"}
    | {"iso-2022-kr", "csiso2022kr", "iso-2022-cn", "iso-2022-cn-ext", "hz-gb-2312"}
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)


def route_path(path: str, root_path: str) -> str:
    """Take the mount point off a path, at a ``/`` only: ``/portal`` is no part of ``/portals``."""
    root = root_path.rstrip("/")
    if root and (path == root or path.startswith(root + "/")):
        return path[len(root) :] or "/"
    return path


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths that may get the widget, by globs."""

    include: re.Pattern[str]
    exclude: re.Pattern[str] | None

    @classmethod
    def of(cls, include: Sequence[str], exclude: Sequence[str]) -> Paths:
        """Compile globs, in which ``*`` stands for anything, ``/`` too, and ``?`` for one character."""
        return cls(_any_of(include), _any_of(exclude) if exclude else None)

    def refuse(self, path: str) -> str:
        """Why this path gets no widget, or ""."""
        if not self.include.fullmatch(path):
            return "path not included"
        if self.exclude and self.exclude.fullmatch(path):
            return "path excluded"
        return ""


def _any_of(globs: Sequence[str]) -> re.Pattern[str]:
    parts = (re.escape(glob).replace(r"\*", ".*").replace(r"\?", ".") for glob in globs)
    return re.compile("|".join(f"(?:{part})" for part in parts), re.DOTALL)


def unfit(status: int, found: Mapping[bytes, Sequence[bytes]], *, error_pages: bool = False) -> str:
    """Why a response may not be changed, or "". Looks at the status and the headers in `TELLING` alone."""
    if status != 200 and not (error_pages and 400 <= status < 600):
        return "status"
    types = found.get(b"content-type", ())
    if len(types) != 1:
        return "content-type"
    kind = page_type(types[0])
    if kind not in (HTML, XHTML):
        return kind
    lengths = found.get(b"content-length", ())
    if len(lengths) > 1 or not all(value.isdigit() for value in lengths):
        return "content-length"
    return "" if _SPEAKING.isdisjoint(found) else _marked(found)


# An app has a handful of content types.
@lru_cache(maxsize=64)
def page_type(content_type: bytes) -> str:
    """Return the media type of a page that may be changed, else the reason why not.

    No sniffing: what is not called HTML is none.
    """
    kind = media_type(content_type)
    if kind not in (HTML, XHTML):
        return "content-type"
    charset = _CHARSET.search(content_type)
    return "charset" if charset and charset[1].decode("latin-1").lower() in _UNREADABLE else kind


def _marked(found: Mapping[bytes, Sequence[bytes]]) -> str:
    """Say what in the headers of an HTML page speaks against a change."""
    if any(value.strip().lower() not in (b"", b"identity") for value in found.get(b"content-encoding", ())):
        return "content-encoding"
    if any(b"no-transform" in tokens_of(value) for value in found.get(b"cache-control", ())):
        return "no-transform"
    if any(value.strip().lower() == b"off" for value in found.get(b"readable-portal", ())):
        return "header says off"
    if any(media_type(value) == "attachment" for value in found.get(b"content-disposition", ())):
        return "attachment"
    if b"content-range" in found:
        return "content-range"
    return "signed" if any(name in found for name in _SIGNED) else ""


def tokens_of(value: bytes) -> set[bytes]:
    """Return the lower-case directive names of a header value."""
    return {each.encode("latin-1") for each in tokens(value.decode("latin-1"))}


def unreadable_charset(label: str) -> bool:
    """Whether a charset named in the page makes its bytes unfit to be searched for tags.

    A page that can name UTF-16 in ASCII letters is not UTF-16; the Encoding standard reads it as UTF-8.
    """
    return label in _UNREADABLE and not label.startswith(("utf-16", "ucs", "unicode"))
