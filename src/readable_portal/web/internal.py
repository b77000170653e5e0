"""Asks the wrapped app for one of its pages, as a person without cookies would see it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from readable_portal import __version__
from readable_portal.errors import PageRefused, PageTooLarge, PageUnavailable
from readable_portal.http.headers import join, media_type, of, tokens, values
from readable_portal.http.selection import HTML, XHTML, Paths, route_path
from readable_portal.model import Page
from readable_portal.portal import Client, check_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Scope

    from readable_portal.http.headers import Headers
    from readable_portal.settings import Settings

__all__ = ["DEPTH", "InternalSource"]

# The scope's extension by which a request of ours is known, so that none leads to another.
DEPTH = "readable_portal"
# Enough for "add the slash" and "use the canonical name", too few for a loop to cost anything.
MOST_MOVES = 3
_MOVED = frozenset({301, 302, 303, 307, 308})


class InternalSource:
    """A page source over an ASGI app in the same process.

    Every request is made from nothing: it carries the asker's host and address, so that the portal's own
    limits and virtual hosts work, and neither cookies nor credentials, so that nobody's personal page can
    be read (hazard 55).
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._paths = Paths.of(settings.include, settings.exclude)
        # What the app's lifespan put into the state that servers copy into every request, and the
        # framework's own object where it wraps us as one of its middlewares.
        self.lifespan_state: Mapping[str, Any] | None = None
        self.framework: Mapping[str, Any] = {}

    async def fetch(self, path: str, *, client: Client) -> Page:
        """Fetch the page at ``path`` (path and query, percent-encoded, with the mount point).

        Raises:
            PageRefused: The path could not get the widget, leads elsewhere, or the page is personal.
            PageTooLarge: It has more than ``max_page_bytes``.
            PageUnavailable: No HTML page with status 200 within ``page_timeout`` seconds.
        """
        try:
            async with asyncio.timeout(self._settings.page_timeout):
                for _ in range(MOST_MOVES + 1):
                    self._check(path, client)
                    answer = await self._ask(path, client)
                    if answer.status not in _MOVED:
                        return self._page(path, client, answer)
                    path = self._moved(path, client, answer)
        except TimeoutError as error:
            raise PageUnavailable(
                f"the portal did not answer within {self._settings.page_timeout:g} s"
            ) from error
        raise PageUnavailable("the page was moved again and again")

    def _check(self, path: str, client: Client) -> None:
        """Only pages of this portal that would get the widget."""
        check_path(path, prefix=client.root_path + self._settings.prefix)
        bare = unquote(path.partition("?")[0])
        if client.root_path and bare != client.root_path and not bare.startswith(client.root_path + "/"):
            raise PageRefused(f"{bare[:80]!r} is outside of {client.root_path!r}")
        reason = self._paths.refuse(route_path(bare, client.root_path))
        if reason:
            raise PageRefused(reason)

    def _moved(self, path: str, client: Client, answer: _Answer) -> str:
        location = join(answer.headers, b"location")
        here = urlsplit(f"{client.scheme}://{client.host}{path}")
        there = urlsplit(urljoin(here.geturl(), location))
        if not location or there.netloc != here.netloc or there.scheme not in ("http", "https"):
            raise PageRefused("the page leads to another site")
        return there._replace(scheme="", netloc="", fragment="").geturl()

    def _page(self, path: str, client: Client, answer: _Answer) -> Page:
        if answer.status != 200:
            raise PageUnavailable(f"the portal answered with status {answer.status}")
        kind = media_type(b"".join(values(answer.headers, b"content-type")[:1]))
        if kind not in (HTML, XHTML):
            raise PageUnavailable(f"the portal answered with {kind or 'no media type'}, not HTML")
        if join(answer.headers, b"content-encoding").strip().lower() not in ("", "identity"):
            raise PageUnavailable("the portal compressed a page that was asked for uncompressed")
        control = tokens(join(answer.headers, b"cache-control"))
        if control & {"private", "no-store"} and not self._settings.read_private:
            raise PageRefused("the page is marked as personal (Cache-Control: private or no-store)")
        headers = tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in answer.headers
            if name.lower() != b"set-cookie"
        )
        return Page(url=f"{client.scheme}://{client.host}{path}", body=bytes(answer.body), headers=headers)

    async def _ask(self, path: str, client: Client) -> _Answer:
        answer = _Answer(self._settings.max_page_bytes)
        running = asyncio.ensure_future(self._run(self._scope(path, client), answer))
        ended = asyncio.ensure_future(answer.ended.wait())
        try:
            await asyncio.wait({running, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            # The page is there, too large or too late: what the app still does for it is for nobody,
            # except after a whole answer, when its background tasks may run to their end.
            if not running.done() and not answer.whole:
                running.cancel()
            elif not running.done():
                _background.add(running)
                running.add_done_callback(_background.discard)
        if answer.too_large:
            raise PageTooLarge(f"the page has more than {self._settings.max_page_bytes} bytes")
        if running.done() and not running.cancelled() and (error := running.exception()) and not answer.whole:
            raise PageUnavailable(f"the portal failed ({type(error).__name__})") from error
        if not answer.whole:
            raise PageUnavailable("the portal's answer was cut off")
        return answer

    async def _run(self, scope: Scope, answer: _Answer) -> None:
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await answer.ended.wait()
            return {"type": "http.disconnect"}

        await self._app(scope, receive, answer.take)

    def _scope(self, path: str, client: Client) -> Scope:
        bare, _, query = path.partition("?")
        headers = [
            (b"host", client.host.encode("latin-1", "replace")),
            (b"accept", b"text/html, application/xhtml+xml"),
            (b"accept-encoding", b"identity"),
            (b"accept-language", self._settings.language.encode()),
            (b"user-agent", f"readable-portal/{__version__}".encode()),
        ]
        scope: dict[str, Any] = {
            **self.framework,
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": client.scheme,
            "path": unquote(bare),
            "raw_path": bare.encode("ascii", "replace"),
            "query_string": query.encode("ascii", "replace"),
            "root_path": client.root_path,
            "headers": headers,
            "client": client.address,
            "server": None,
            "extensions": {DEPTH: {"depth": 1}},
        }
        if self.lifespan_state is not None:
            scope["state"] = dict(self.lifespan_state)
        return scope


# Tasks that outlive their request (the app's background work), held so that they are not collected.
_background: set[asyncio.Future[None]] = set()


class _Answer:
    """The app's answer, gathered up to a limit."""

    def __init__(self, limit: int) -> None:
        self.status = 0
        self.headers: Headers = []
        self.body = bytearray()
        self.whole = False
        self.too_large = False
        self.ended = asyncio.Event()
        self._limit = limit

    async def take(self, message: Message) -> None:
        """Stand where the server's ``send`` stands."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], of(message)
        elif message["type"] == "http.response.body" and not self.ended.is_set():
            self.body += message.get("body", b"")
            self.too_large = len(self.body) > self._limit
            self.whole = not self.too_large and not message.get("more_body", False)
            if self.too_large or self.whole:
                self.ended.set()
