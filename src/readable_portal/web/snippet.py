"""The bytes that go into a page: ASCII only, so right in every character set, and well-formed as XML."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_from_bytes

if TYPE_CHECKING:
    from readable_portal.http.policy import Terms
    from readable_portal.settings import Settings

__all__ = ["LOADER", "Snippet", "loader_integrity"]

LOADER = "widget.js"
# A longer address makes a longer link than the page should have to carry.
LONGEST_TARGET = 2000
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

    __slots__ = ("_integrity", "_language", "_prefix", "_words", "identity")

    def __init__(self, settings: Settings) -> None:
        self._prefix = settings.prefix
        self._language = settings.language
        self._integrity = settings.integrity
        words = READER_WORDS[settings.language]
        self._words = words.encode("ascii", "xmlcharrefreplace").decode()
        # What the pieces depend on; a change must make cached pages stale.
        self.identity = ("1", self._prefix, self._language, loader_integrity() if self._integrity else "")

    def path(self, root_path: str, name: str) -> str:
        """Return the address of one of our endpoints, from the root of the host, percent-encoded.

        It is never relative: a ``<base>`` of the page would lead it astray.
        """
        return quote(root_path.rstrip("/") + self._prefix) + "/" + name

    def script(self, root_path: str, terms: Terms) -> bytes:
        """Return the tag that loads the widget."""
        tag = f'<script src="{self.path(root_path, LOADER)}" defer="defer"'
        if terms.nonce:
            tag += f' nonce="{escape(terms.nonce)}"'
        if (self._integrity or terms.integrity) and loader_integrity():
            tag += f' integrity="{loader_integrity()}"'
        if terms.blocked:
            tag += f' data-blocked="{" ".join(terms.blocked)}"'
        return f'{tag} data-readable-portal="1" data-language="{self._language}"></script>'.encode("ascii")

    def link(self, root_path: str, target: bytes) -> bytes:
        """Return the link to the reader page for people without scripts. ``target`` is path and query."""
        if len(target) > LONGEST_TARGET:
            return b""
        address = f"{self.path(root_path, 'read')}?path={quote_from_bytes(target, safe='')}"
        return f'<noscript><a href="{address}">{self._words}</a></noscript>'.encode("ascii")
