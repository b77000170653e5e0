"""Sitemaps (sitemaps.org/protocol.html): which pages a portal lists, and when each was last changed."""

from __future__ import annotations

import gzip
import zlib
from typing import NamedTuple
from xml.etree import ElementTree as ET

from readable_portal.errors import PageError, PageTooLarge

__all__ = ["Listed", "SitemapError", "read_sitemap"]

# The protocol's own limit, unpacked.
MOST_BYTES = 50 * 1024 * 1024


class SitemapError(PageError):
    """What was given as a sitemap is none."""


class Listed(NamedTuple):
    """A page, or another sitemap, and its date as it is written ("" if none)."""

    url: str
    changed: str
    is_sitemap: bool


def read_sitemap(body: bytes) -> list[Listed]:
    """The entries of a sitemap or of an index of sitemaps, gzipped or not, or of a list of addresses.

    Raises:
        PageTooLarge: It has more than 50 MiB.
        SitemapError: It is none of these.
    """
    body = _unpacked(body)
    text = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith(b"<"):
        lines = body.decode("utf-8", "replace").split()
        if any(not line.startswith(("http://", "https://")) for line in lines):
            raise SitemapError("neither XML nor a list of addresses")
        return [Listed(line, "", is_sitemap=False) for line in lines]
    try:
        # Python's expat (2.4 and later) refuses entity bombs; external entities are never loaded.
        root = ET.fromstring(text)  # noqa: S314 - see above
    except ET.ParseError as error:
        raise SitemapError(f"no XML: {error}") from error
    kind = _name(root)
    if kind not in {"urlset", "sitemapindex"}:
        raise SitemapError(f"<{kind}> is no sitemap")
    found = []
    for entry in root:
        texts = {_name(child): (child.text or "").strip() for child in entry}
        if texts.get("loc"):
            found.append(Listed(texts["loc"], texts.get("lastmod", ""), is_sitemap=kind == "sitemapindex"))
    return found


def _unpacked(body: bytes) -> bytes:
    if body[:2] == b"\x1f\x8b":
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            body = unpack.decompress(body, MOST_BYTES + 1)
        except (zlib.error, gzip.BadGzipFile) as error:
            raise SitemapError(f"damaged gzip: {error}") from error
    if len(body) > MOST_BYTES:
        raise PageTooLarge("the sitemap has more than 50 MiB")
    return body


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
