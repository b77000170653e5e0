"""Pages of a portal that runs elsewhere: asked over HTTP, as a person without cookies sees them."""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx2

from readable_portal.errors import PageRefused, PageTooLarge, PageUnavailable
from readable_portal.model import Page
from readable_portal.web.guard import GuardedTransport, Origin, parse_origin

if TYPE_CHECKING:
    from readable_portal.portal import Client
    from readable_portal.settings import Settings

__all__ = ["UpstreamPages"]

USER_AGENT = "readable-portal (reads one page for a visitor)"
# A page that moved has moved once or twice (http to https, a trailing slash); more is a loop.
MOST_REDIRECTS = 3
HTML = {"text/html", "application/xhtml+xml"}


class UpstreamPages:
    """A page source over HTTP: one origin, no cookies, bounded in time and size (decoded bytes)."""

    def __init__(
        self,
        origin: Origin,
        transport: GuardedTransport,
        settings: Settings,  # the size and time of a page, and whether private ones are read
    ) -> None:
        self.origin = origin
        self.read_private = settings.read_private
        self.max_bytes = settings.max_page_bytes
        self.timeout = settings.page_timeout
        self._transport = transport

    async def fetch(self, path: str, *, client: Client) -> Page:  # noqa: ARG002 - the portal must not learn who reads
        """The page at ``path``.

        Raises:
            PageRefused: It leads elsewhere, or is personal.
            PageTooLarge: More bytes than allowed.
            PageUnavailable: No page in time.
        """
        url = f"{self.origin}{path}"
        try:
            async with asyncio.timeout(self.timeout):
                for _ in range(MOST_REDIRECTS + 1):
                    page, moved = await self._ask(url)
                    if page is not None:
                        return page
                    url = urljoin(url, moved)
                    if parse_origin(url) not in self._transport.origins:
                        raise PageRefused("the page leads to another site")
        except TimeoutError as error:
            raise PageUnavailable(f"{self.origin} did not answer in {self.timeout:g} s") from error
        except httpx2.HTTPError as error:
            raise PageUnavailable(f"{self.origin} did not answer: {error or type(error).__name__}") from error
        except (httpx2.InvalidURL, ValueError, zlib.error) as error:
            raise PageUnavailable(f"{self.origin} answered what is no HTTP: {error}") from error
        raise PageUnavailable("the page was moved again and again")

    async def _ask(self, url: str) -> tuple[Page | None, str]:
        request = httpx2.Request(
            "GET",
            url,
            headers={
                "User-Agent": USER_AGENT,
                "Accept": "text/html",
                "Accept-Encoding": "identity, gzip;q=0.5",
            },
            extensions={"timeout": httpx2.Timeout(self.timeout).as_dict()},
        )
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code in {301, 302, 303, 307, 308}:
                return None, response.headers.get("location", "")
            self._check(response)
            body = await self._body(response)
        finally:
            await response.aclose()
        headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
        return Page(url=url, body=body, headers=headers), ""

    def _check(self, response: httpx2.Response) -> None:
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code != 200:
            raise PageUnavailable(f"the portal answered with status {response.status_code}")
        if media_type not in HTML:
            raise PageUnavailable(f"the portal answered with {media_type or 'no media type'}, not HTML")
        control = response.headers.get("cache-control", "").lower()
        if not self.read_private and ("private" in control or "no-store" in control):
            raise PageRefused("the page is marked as personal (Cache-Control: private or no-store)")

    async def _body(self, response: httpx2.Response) -> bytes:
        inflate = _decoder(response.headers.get("content-encoding", ""))
        parts: list[bytes] = []
        size = 0
        async for raw in response.aiter_raw():
            # One byte more than allowed is enough to know; a bomb is never unpacked further.
            part = inflate.decompress(raw, self.max_bytes - size + 1) if inflate else raw
            size += len(part)
            if size > self.max_bytes:
                raise PageTooLarge(f"the page has more than {self.max_bytes} bytes")
            parts.append(part)
        return b"".join(parts)


def _decoder(encoding: str) -> zlib._Decompress | None:
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(wbits=31)
    raise PageUnavailable(f"the portal answered in {encoding}, which was not asked for")
