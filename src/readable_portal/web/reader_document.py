"""The HTML document around the reader page and around its notices, and the addresses it may link to."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from readable_portal.web.reader_words import words

if TYPE_CHECKING:
    from readable_portal.web.reader_view import View

__all__ = ["address", "document"]


def document(body: str, *, title: str, style: str, view: View, canonical: str) -> str:
    """Put ``body`` (trusted HTML) into a document; ``title``, ``style`` and ``canonical`` are plain text."""
    classes = f"size-{view.size} theme-{view.theme} space-{view.space}" + (" large-print" * view.printing)
    link = f'<link rel="canonical" href="{address(canonical)}">\n' if canonical else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{view.language}" class="{classes}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)} – {words(view.language)['page']}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f'<meta name="color-scheme" content="light dark">\n{link}'
        f'<link rel="stylesheet" href="{escape(style)}?v={_style_version()}">\n</head>\n<body>\n{body}\n'
        "</body>\n</html>\n"
    )


@lru_cache(maxsize=1)
def _style_version() -> str:
    """A new style sheet must not wait until the old one leaves the browsers' caches."""
    return sha256(files("readable_portal").joinpath("web", "reader.css").read_bytes()).hexdigest()[:8]


def address(url: str) -> str:
    """An address that is safe to link to: of the web or of this site, never a script."""
    plain = url.startswith(("http://", "https://")) or (url.startswith("/") and not url.startswith("//"))
    return escape(url) if plain else "/"
