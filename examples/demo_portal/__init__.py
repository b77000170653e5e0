"""A provincial portal of today, in its legacy markup, and the one line that makes it readable.

``portal`` is the portal as its owner wrote it; ``app`` is the same portal with the reading tools.
It runs in front of people (``readable-portal demo``) and under the browser tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .site import portal

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["create_app", "portal"]


def create_app(**settings: Any) -> ASGIApp:
    """Make the portal readable: the one line that a portal's owner writes."""
    from readable_portal import ReadablePortal  # noqa: PLC0415 - the bare portal needs nothing of ours

    # The gallery's pages bring the elements themselves, as a page would that is not behind our middleware.
    app: ASGIApp = ReadablePortal(portal, **({"exclude": ["/widgets/*"]} | settings))
    return app
