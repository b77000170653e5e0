"""Pages asked over HTTP from a portal that may be slow, large, private or hostile."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from readable_portal.errors import PageError, PageRefused, PageTooLarge, PageUnavailable
from readable_portal.portal import Client
from readable_portal.settings import Settings
from readable_portal.web.guard import GuardedTransport, parse_origin
from readable_portal.web.upstream import UpstreamPages

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from readable_portal.model import Page

PAGE = b"<!doctype html><html><body><p>xin ch\xc3\xa0o</p></body></html>"


async def slow(_: Request) -> Response:
    await asyncio.sleep(1)
    return HTMLResponse(PAGE)


def bomb(_: Request) -> Response:
    return Response(
        zlib.compress(bytes(50_000_000), wbits=31),
        media_type="text/html",
        headers={"content-encoding": "gzip"},
    )


ROUTES: dict[str, Callable[[Request], Any]] = {
    "/page": lambda r: HTMLResponse(PAGE, headers={"X-Asked": str(sorted(r.headers.keys()))}),
    "/gzip": lambda _: HTMLResponse(gzip.compress(PAGE), headers={"content-encoding": "gzip"}),
    "/not-gzip": lambda _: HTMLResponse(PAGE, headers={"content-encoding": "gzip"}),
    "/brotli": lambda _: HTMLResponse(PAGE, headers={"content-encoding": "br"}),
    "/bomb": bomb,
    "/large": lambda _: HTMLResponse(b"x" * 200_001),
    "/text": lambda _: PlainTextResponse("x"),
    "/error": lambda _: HTMLResponse(PAGE, status_code=500),
    "/missing": lambda _: HTMLResponse(PAGE, status_code=404),
    "/private": lambda _: HTMLResponse(PAGE, headers={"cache-control": "Private, max-age=0"}),
    "/no-store": lambda _: HTMLResponse(PAGE, headers={"cache-control": "no-store"}),
    "/moved": lambda _: RedirectResponse("page"),
    "/loop": lambda _: RedirectResponse("/loop"),
    "/away": lambda _: RedirectResponse("http://169.254.169.254/latest/meta-data/"),
    "/file": lambda _: RedirectResponse("file:///etc/passwd"),
    "/nowhere": lambda _: Response(status_code=302),
    "/slow": slow,
}


@pytest.fixture
def fetch(serve: Callable[..., str]) -> Callable[..., Page]:
    origin = parse_origin(serve(Starlette(routes=[Route(path, app) for path, app in ROUTES.items()])))

    def fetching(path: str, **options: Any) -> Page:
        async def run() -> Page:
            transport = GuardedTransport([origin], allow_private=True)
            pages = UpstreamPages(origin, transport, Settings(**({"max_page_bytes": 200_000} | options)))
            try:
                return await pages.fetch(path, client=Client())
            finally:
                await transport.aclose()

        return asyncio.run(run())

    return fetching


def test_a_page_comes_as_a_stranger_sees_it(fetch: Callable[..., Page]) -> None:
    page = fetch("/page?id=1")
    assert page.body == PAGE
    asked = dict(page.headers)["x-asked"]
    assert "cookie" not in asked
    assert "authorization" not in asked
    assert "x-forwarded-for" not in asked


@pytest.mark.parametrize("path", ["/gzip", "/moved"])
def test_a_page_comes_through_gzip_and_a_move(fetch: Callable[..., Page], path: str) -> None:
    assert fetch(path).body == PAGE


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/not-gzip", PageUnavailable),
        ("/brotli", PageUnavailable),
        ("/bomb", PageTooLarge),
        ("/large", PageTooLarge),
        ("/text", PageUnavailable),
        ("/error", PageUnavailable),
        ("/missing", PageUnavailable),
        ("/private", PageRefused),
        ("/no-store", PageRefused),
        ("/loop", PageUnavailable),
        ("/away", PageRefused),
        ("/file", PageRefused),
        ("/nowhere", PageUnavailable),
        ("/slow", PageUnavailable),
    ],
)
def test_what_is_no_page_is_a_clear_error(
    fetch: Callable[..., Page], path: str, error: type[PageError]
) -> None:
    with pytest.raises(error):
        fetch(path, page_timeout=0.5 if path == "/slow" else 20.0)


def test_the_operator_may_read_pages_marked_private(fetch: Callable[..., Page]) -> None:
    assert fetch("/private", read_private=True).body == PAGE
