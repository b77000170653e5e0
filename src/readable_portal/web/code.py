"""The QR code that leads from paper to an article's sound: notice boards, the commune's loudspeaker.

It is made here and not in the browser, since few print it: the controls stay small for everybody else.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import segno
from starlette.responses import Response

from readable_portal.errors import PageRefused, SpeechUnavailable
from readable_portal.portal import check_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from readable_portal.web.feed import FeedPlace

__all__ = ["Code"]

# ISO/IEC 18004 asks for four modules of quiet around a code.
_QUIET = 4
# A third of the longest that a code holds at this level: beyond it, no telephone reads it off paper.
_LONGEST = 800


class Code:
    """The handler. Errors are raised; who calls it answers with problem+json."""

    def __init__(self, locate: Callable[[Request], FeedPlace]) -> None:
        self._locate = locate

    async def svg(self, request: Request) -> Response:
        """``GET qr.svg?path=``: the address of the article's sound as a QR code, error correction M.

        Raises:
            SpeechUnavailable: The server does not speak.
            PageRefused: The address is no plain path, or longer than a code should be.
        """
        place = self._locate(request)
        if not place.portal.speech.enabled:
            raise SpeechUnavailable("the listener's device speaks here, not the server (engine: browser)")
        check_path(place.path, prefix=place.portal.settings.prefix)
        address = f"{_origin(request)}{request.scope['root_path']}/speech?{place.query}"
        if len(address) > _LONGEST:
            raise PageRefused("the page's address is too long for a QR code")
        drawing = io.BytesIO()
        segno.make_qr(address, error="m").save(
            drawing, kind="svg", border=_QUIET, xmldecl=False, omitsize=True, nl=False
        )
        # Private: the origin in it is that of the reader's own browser.
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(drawing.getvalue(), media_type="image/svg+xml", headers=headers)


def _origin(request: Request) -> str:
    """Where the portal stands in public: a proxy may hide it from us, but the reader's browser knows.

    A browser says ``Sec-Fetch-Site: same-origin`` (W3C Fetch Metadata) when its page and this address share
    their origin, and names that page in ``Referer``.
    """
    page = urlsplit(request.headers.get("referer", ""))
    if request.headers.get("sec-fetch-site") == "same-origin" and page.scheme in {"http", "https"}:
        return f"{page.scheme}://{page.netloc}"
    return f"{request.url.scheme}://{request.url.netloc}"
