"""The bytes that go into a page: ASCII only, so right in every character set, and well-formed as XML."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes

from readable_portal.http.policy import Terms

if TYPE_CHECKING:
    from readable_portal.settings import Settings

__all__ = ["LOADER", "Snippet", "loader_integrity"]

LOADER = "widget.js"
# A longer address makes a longer link than the page should have to carry.
LONGEST_TARGET = 2000
_PLAIN_TARGET = re.compile(rb"[A-Za-z0-9._~/-]*")
READER_WORDS = {"vi": "Trang đọc dễ", "en": "Easy-to-read page"}


@lru_cache(maxsize=1)
def loader_integrity() -> str:
    """``sha256-…`` of the loader as shipped, for SRI and CSP; "" in a checkout where it is not built."""
    path = files("readable_portal").joinpath("static", LOADER)
    if not path.is_file():
        return ""
    digest = hashlib.sha256(path.read_bytes()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


class Snippet:
    """Makes the two pieces for one configuration."""

    __slots__ = ("_integrity", "_language", "_plain", "_prefix", "_words", "identity")

    def __init__(self, settings: Settings) -> None:
        self._prefix = settings.prefix
        self._language = settings.language
        self._integrity = settings.integrity
        self._plain: tuple[str, bytes, str] = (
            "",
            b"",
            "",
        )  # the usual tag and link, for the last mount point
        words = READER_WORDS[settings.language]
        self._words = words.encode("ascii", "xmlcharrefreplace").decode()
        # What the pieces depend on; a change must make cached pages stale.
        self.identity = (self._tag("", Terms()).decode(), self.link("", b"").decode())

    def path(self, root_path: str, name: str) -> str:
        """Return the address of one of our endpoints, from the root of the host, percent-encoded.

        It is never relative: a ``<base>`` of the page would lead it astray.
        """
        return quote(root_path.rstrip("/") + self._prefix) + "/" + name

    def script(self, root_path: str, terms: Terms) -> bytes:
        """Return the tag that loads the widget."""
        return self._tag(root_path, terms) if any(terms) else self._usual(root_path)[1]

    def _usual(self, root_path: str) -> tuple[str, bytes, str]:
        """What most pages of a portal get; kept, since it is the same for all of them."""
        kept = self._plain
        if kept[0] != root_path or not kept[1]:
            tag = self._tag(root_path, Terms())
            kept = self._plain = (root_path, tag, self.path(root_path, "read") + "?path=")
        return kept

    def _tag(self, root_path: str, terms: Terms) -> bytes:
        # Fetched beside the page, and run before the first paint where the browser knows how: a reader's
        # size is there at once and nothing moves. With `defer` a page painted early jumps (docs/widget.md).
        tag = f'<script src="{self.path(root_path, LOADER)}" async="async" blocking="render"'
        if terms.nonce:
            tag += f' nonce="{escape(terms.nonce)}"'
        if (self._integrity or terms.integrity) and loader_integrity():
            tag += f' integrity="{loader_integrity()}"'
        if terms.integrity:
            # The policy takes the loader by its hash alone, so it must fetch its parts in another way.
            tag += ' data-by-hash="1"'
        if terms.blocked:
            tag += f' data-blocked="{" ".join(terms.blocked)}"'
        return f'{tag} data-readable-portal="1" data-language="{self._language}"></script>'.encode("ascii")

    def link(self, root_path: str, target: bytes) -> bytes:
        """Return the link to the reader page for people without scripts. ``target`` is path and query."""
        if len(target) > LONGEST_TARGET:
            return b""
        # Quoting byte by byte takes longer than finding the head; most addresses need none of it.
        quoted = target.replace(b"/", b"%2F").decode() if _PLAIN_TARGET.fullmatch(target) else _quote(target)
        address = self._usual(root_path)[2] + quoted
        return f'<noscript><a href="{address}">{self._words}</a></noscript>'.encode("ascii")


def _quote(target: bytes) -> str:
    return quote_from_bytes(target, safe="")
