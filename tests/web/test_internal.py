"""The request for a page that we make ourselves: hazards 55 and 60."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse
from starlette.routing import Route
from tests.web.asgi import PAGE, app_of, body, body_of, html_app, run, scope_of, start

from readable_portal import ReadablePortal, Settings
from readable_portal.errors import PageError, PageRefused, PageTooLarge, PageUnavailable
from readable_portal.portal import Client
from readable_portal.web import middleware
from readable_portal.web.internal import InternalSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from readable_portal.model import Page

ASKER = Client(host="portal.example", scheme="https", address=("203.0.113.7", 50000))


def fetch(app: ASGIApp, path: str = "/tin/1", client: Client = ASKER, **options: Any) -> Page:
    return asyncio.run(InternalSource(app, Settings(**options)).fetch(path, client=client))


def page_with(*headers: tuple[bytes, bytes], status: int = 200, page: bytes = PAGE) -> ASGIApp:
    return app_of(start(status, [(b"content-type", b"text/html; charset=utf-8"), *headers]), body(page))


@pytest.mark.hazard(55, 60)
def test_the_request_is_made_from_nothing_but_the_askers_host_and_address() -> None:
    seen: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((scope, await receive()))
        await page_with()(scope, receive, send)

    page = fetch(app, "/tin/t%C3%ADnh%20m%E1%BB%9Bi?so=1&a=%2F")
    scope, first = seen[0]
    assert first == {"type": "http.request", "body": b"", "more_body": False}
    headers = dict(scope["headers"])
    assert headers[b"host"] == b"portal.example"
    assert headers[b"accept-encoding"] == b"identity"
    assert headers[b"user-agent"].startswith(b"readable-portal/")
    assert set(headers) == {b"host", b"accept", b"accept-encoding", b"accept-language", b"user-agent"}
    assert (scope["method"], scope["scheme"], scope["client"]) == ("GET", "https", ("203.0.113.7", 50000))
    assert scope["path"] == "/tin/tính mới"
    assert scope["raw_path"] == b"/tin/t%C3%ADnh%20m%E1%BB%9Bi"
    assert scope["query_string"] == b"so=1&a=%2F"
    assert page.url == "https://portal.example/tin/t%C3%ADnh%20m%E1%BB%9Bi?so=1&a=%2F"
    assert page.body == PAGE
    assert ("content-type", "text/html; charset=utf-8") in page.headers


@pytest.mark.hazard(55)
def test_nothing_of_the_askers_request_reaches_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the middleware as it is mounted: cookies, credentials and state of the asker stay behind."""
    seen: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            scope["state"]["database"] = "of the app"
            return
        seen.append(scope)
        await page_with()(scope, receive, send)

    def build(_: Settings, source: InternalSource) -> ASGIApp:
        async def endpoints(scope: Scope, receive: Receive, send: Send) -> None:
            page = await source.fetch("/tin/1", client=ASKER)
            await page_with(page=page.body)(scope, receive, send)

        return endpoints

    monkeypatch.setattr(middleware, "_build_endpoints", build)
    wrapped = ReadablePortal(app)
    run(wrapped, {"type": "lifespan", "state": {}})
    secrets = [(b"cookie", b"session=secret"), (b"authorization", b"Bearer secret"), (b"x-user", b"secret")]
    framework = object()
    asked = scope_of(
        "/_readable/article",
        headers=secrets,
        state={"user": "secret"},
        session={"user": "secret"},
        user="secret",
        app=framework,
    )
    assert body_of(run(wrapped, asked)) == PAGE
    (scope,) = seen
    assert "secret" not in repr(scope)
    assert scope["state"] == {"database": "of the app"}
    assert scope["app"] is framework


@pytest.mark.hazard(55)
def test_a_request_of_ours_leads_to_no_other() -> None:
    """The depth mark: an instance further in lets the page pass as the app made it."""
    assert fetch(ReadablePortal(html_app())).body == PAGE


@pytest.mark.hazard(55)
@pytest.mark.parametrize(
    "path",
    [
        "tin/1",
        "//evil.example/tin",
        "https://evil.example/tin",
        "/tin/../admin",
        "/tin/%2e%2E/admin",
        "/tin\\..\\admin",
        "/tin#a",
        "/tin\r\nHost: evil.example",
        "/tin a",
        "",
        "/" + "a" * 5000,
        "/_readable/article?path=/",
        "/_readable",
        "/out/1",
        "/o%75t/1",
    ],
)
def test_only_paths_that_would_get_the_widget_are_asked_for(path: str) -> None:
    called = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        called.append(scope)

    with pytest.raises(PageRefused):
        fetch(app, path, exclude=["/out/*"])
    assert not called


@pytest.mark.hazard(10, 55)
def test_only_paths_below_the_mount_point_are_asked_for() -> None:
    client = Client(host="a", root_path="/portal")
    assert fetch(page_with(), "/portal/tin/1", client, include=["/tin/*"]).body == PAGE
    for path in ("/tin/1", "/portals/tin/1", "/portal/_readable/a", "/portal/van-ban/1"):
        with pytest.raises(PageRefused):
            fetch(page_with(), path, client, include=["/tin/*"])


@pytest.mark.hazard(55)
@pytest.mark.parametrize("control", [b"private", b"no-store", b"max-age=0, Private", b'private="set-cookie"'])
def test_personal_pages_are_refused(control: bytes) -> None:
    with pytest.raises(PageRefused, match="personal"):
        fetch(page_with((b"Cache-Control", control)))
    assert fetch(page_with((b"cache-control", control)), read_private=True).body == PAGE


@pytest.mark.hazard(55)
def test_a_cookie_that_the_page_sets_is_not_kept() -> None:
    page = fetch(page_with((b"Set-Cookie", b"session=new"), (b"X-A", b"1")))
    assert "session" not in repr(page.headers)
    assert ("x-a", "1") in page.headers


@pytest.mark.parametrize(
    ("app", "error", "words"),
    [
        (page_with(status=404), PageUnavailable, "404"),
        (page_with(status=500), PageUnavailable, "500"),
        (app_of(start(200, [(b"content-type", b"application/pdf")]), body(b"x")), PageUnavailable, "pdf"),
        (app_of(start(200, []), body(b"x")), PageUnavailable, "no media type"),
        (page_with((b"content-encoding", b"gzip")), PageUnavailable, "compressed"),
        (app_of(start(), body(b"x", more=True)), PageUnavailable, "cut off"),
        (app_of(), PageUnavailable, "cut off"),
        (page_with(page=bytes(3_000)), PageTooLarge, "2000"),
        (page_with((b"location", b"https://evil.example/"), status=302), PageRefused, "another site"),
        (page_with((b"location", b"//evil.example/"), status=302), PageRefused, "another site"),
        (page_with((b"location", b"/out/login"), status=302), PageRefused, "excluded"),
        (page_with((b"location", b"/_readable/x"), status=302), PageRefused, "our own"),
        (page_with(status=302), PageRefused, "another site"),
        (page_with((b"location", b"/tin/1"), status=302), PageUnavailable, "again and again"),
    ],
)
def test_what_is_no_page_has_a_reason(app: ASGIApp, error: type[PageError], words: str) -> None:
    with pytest.raises(error, match=words):
        fetch(app, max_page_bytes=2_000, exclude=["/out/*"])


def test_an_app_that_fails_is_named() -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(PageUnavailable, match="ZeroDivisionError"):
        fetch(app)


def test_a_page_that_moved_on_the_same_host_is_followed() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/tin/1":
            location = (b"location", b"https://portal.example/tin/1/?a=%20#b")
            await page_with(location, status=301)(scope, receive, send)
        else:
            await page_with()(scope, receive, send)

    assert fetch(app).url == "https://portal.example/tin/1/?a=%20"


@pytest.mark.hazard(33, 55)
def test_an_endless_page_is_cut_off_at_once() -> None:
    stopped = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        try:
            while True:
                await send(body(bytes(1000), more=True))
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    with pytest.raises(PageTooLarge):
        fetch(app, max_page_bytes=10_000)
    assert stopped


@pytest.mark.hazard(55)
def test_a_slow_page_is_given_up() -> None:
    stopped = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()
        try:
            await receive()
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    began = time.monotonic()
    with pytest.raises(PageUnavailable, match=r"within 0\.05 s"):
        fetch(app, page_timeout=0.05)
    assert time.monotonic() - began < 5
    assert stopped


def test_background_tasks_of_the_page_run_and_nobody_waits_for_them() -> None:
    done = []

    async def later() -> None:
        await asyncio.sleep(0.05)
        done.append(True)

    async def view(_: Request) -> HTMLResponse:
        return HTMLResponse(PAGE, background=BackgroundTask(later))

    async def go() -> None:
        source = InternalSource(Starlette(routes=[Route("/tin/1", view)]), Settings())
        page = await source.fetch("/tin/1", client=ASKER)
        assert page.body == PAGE
        assert not done
        await asyncio.sleep(0.2)
        assert done
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(go())


def test_as_a_middleware_of_a_framework_the_inner_apps_find_their_outer_one() -> None:
    """Starlette's views ask for ``request.app``; a request that we make must have it too."""
    words = "Ủy ban nhân dân xã thông báo lịch tiếp công dân định kỳ trong tháng 4 tại trụ sở. " * 5

    async def view(request: Request) -> HTMLResponse:
        title = request.app.state.title
        return HTMLResponse(
            f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{words}</p><p>{words}</p>"
        )

    inner = Starlette(routes=[Route("/tin/1", view)])
    inner.state.title = "Lịch tiếp công dân"
    inner.add_middleware(ReadablePortal, engine="browser")  # type: ignore[arg-type]  # options are Any, by design
    sent = run(inner, scope_of("/_readable/article?path=/tin/1"))
    assert sent[0]["status"] == 200
    assert "Lịch tiếp công dân" in body_of(sent).decode()


@pytest.mark.hazard(10)
def test_behind_a_proxy_that_takes_the_mount_point_off(serve: Callable[..., str]) -> None:
    """``uvicorn --root-path /portal``: addresses of the page, of our links and of our request all agree."""
    words = "Ủy ban nhân dân xã thông báo lịch tiếp công dân định kỳ trong tháng 4 tại trụ sở. " * 5

    async def view(_: Request) -> HTMLResponse:
        return HTMLResponse(f"<!doctype html><title>a</title></head><body><h1>Lịch</h1><p>{words}<p>{words}")

    app = Starlette(routes=[Route("/tin/1", view)])
    address = serve(ReadablePortal(app, engine="browser", include=["/tin/*"]), root_path="/portal")
    with urllib.request.urlopen(f"{address}/tin/1") as answer:
        page = answer.read()
    assert b'src="/portal/_readable/widget.js"' in page
    assert b'href="/portal/_readable/read?path=%2Fportal%2Ftin%2F1"' in page
    with urllib.request.urlopen(f"{address}/_readable/article?path=%2Fportal%2Ftin%2F1") as answer:
        article = json.load(answer)
    assert article["links"]["reader"] == "/portal/_readable/read?path=%2Fportal%2Ftin%2F1"
    with urllib.request.urlopen(f"{address}/_readable/widget.js") as answer:
        assert answer.status == 200


@pytest.mark.hazard(60)
def test_the_host_is_in_nothing_that_we_insert() -> None:
    evil = [(b"host", b'evil.example"><script>')]
    assert b"evil" not in body_of(run(ReadablePortal(html_app()), scope_of(headers=evil)))
    one = run(ReadablePortal(html_app(headers=[(b"etag", b'"a"')])), scope_of(headers=evil))
    two = run(ReadablePortal(html_app(headers=[(b"etag", b'"a"')])))
    assert one == two


@pytest.mark.hazard(60)
@pytest.mark.parametrize("path", ['/"><script>x</script>', "/'", "/&", "/%22", "/a b", "/tính"])
def test_no_path_can_break_out_of_the_link(path: str) -> None:
    from urllib.parse import quote

    raw = quote(path.encode(), safe="/%").encode()
    for scope in (
        scope_of(path, raw_path=raw),
        scope_of(path, raw_path=path.encode()),
        scope_of(path, raw_path=None),
    ):
        changed = body_of(run(ReadablePortal(html_app()), scope))
        address = changed.partition(b"read?path=")[2].partition(b'"')[0]
        assert address.isascii()
        assert not set(address) & set(b"<>'&\"/ ?")
        assert changed.count(b"<script") == 1
