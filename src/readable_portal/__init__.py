"""Government article pages that anyone can enlarge, hear and understand.

The public names are imported from here; they load on first use, so that a portal
that only mounts the middleware does not pay for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readable_portal.page.article import read_article
    from readable_portal.settings import Settings
    from readable_portal.summary import summarize
    from readable_portal.web.middleware import ReadablePortal

__version__ = "0.1.0"

__all__ = ["ReadablePortal", "Settings", "__version__", "read_article", "summarize"]

_HOMES = {
    "ReadablePortal": "readable_portal.web.middleware",
    "Settings": "readable_portal.settings",
    "read_article": "readable_portal.page.article",
    "summarize": "readable_portal.summary",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562)."""
    if name in _HOMES:
        import importlib  # noqa: PLC0415 - only needed on this path

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
