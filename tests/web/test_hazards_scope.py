"""Scope, mounting and more than one of us: hazards 1 to 4 and 10 to 12."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from tests.web.asgi import (
    CHANGED,
    PAGE,
    SCRIPT,
    app_of,
    body,
    body_of,
    exchange,
    header,
    html_app,
    link,
    no_receive,
    run,
    scope_of,
    start,
)

from readable_portal import ReadablePortal, Settings
from readable_portal.errors import SettingsError
from readable_portal.web import middleware

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


@pytest.mark.hazard(1)
@pytest.mark.parametrize("kind", ["websocket", "lifespan", "something-new"])
def test_other_protocols_pass_untouched(kind: str) -> None:
    scope = {"type": kind, "path": "/_readable/x"}
    seen: list[Any] = []

    async def app(got: Scope, receive: Receive, send: Send) -> None:
        seen.append((got, await receive()))
        await send({"type": f"{kind}.answer"})

    async def go() -> None:
        async def send(message: Message) -> None:
            seen.append(message)

        await ReadablePortal(app)(scope, no_receive, send)

    asyncio.run(go())
    assert seen[0][0] is scope
    assert seen[1] == {"type": f"{kind}.answer"}


@pytest.mark.hazard(1)
def test_an_app_without_lifespan_raises_as_without_us_and_pages_still_change() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            raise ValueError("Django can only handle ASGI/HTTP connections, not lifespan.")
        await html_app()(scope, receive, send)

    wrapped = ReadablePortal(app)
    with pytest.raises(ValueError, match="not lifespan"):
        asyncio.run(exchange(wrapped, {"type": "lifespan"}))
    assert body_of(run(wrapped)) == CHANGED


@pytest.mark.hazard(1)
def test_the_end_of_the_lifespan_closes_what_we_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    class Endpoints:
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await app_of(start(204), body())(scope, receive, send)

        async def aclose(self) -> None:
            closed.append(True)
            raise RuntimeError("even this must not keep the app from ending")

    monkeypatch.setattr(middleware, "_build_endpoints", lambda *_: Endpoints())
    wrapped = ReadablePortal(app_of({"type": "lifespan.shutdown.complete"}))
    assert asyncio.run(exchange(wrapped, {"type": "lifespan"})) == [{"type": "lifespan.shutdown.complete"}]
    assert not closed
    run(wrapped, scope_of("/_readable/x"))
    assert asyncio.run(exchange(wrapped, {"type": "lifespan"})) == [{"type": "lifespan.shutdown.complete"}]
    assert closed


@pytest.mark.hazard(2)
def test_context_variables_and_background_tasks_behave_as_without_us() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="outside")
    done = []

    async def view(_: Request) -> HTMLResponse:
        variable.set("set by the view")
        return HTMLResponse(PAGE, background=BackgroundTask(lambda: done.append(variable.get())))

    async def go() -> tuple[asyncio.Task[Any] | None, str]:
        tasks = len(asyncio.all_tasks())
        sent = await exchange(ReadablePortal(Starlette(routes=[Route("/", view)])))
        assert body_of(sent) == CHANGED
        assert len(asyncio.all_tasks()) == tasks
        return asyncio.current_task(), variable.get()

    assert asyncio.run(go())[1] == "set by the view"
    assert done == ["set by the view"]


@pytest.mark.hazard(2)
def test_cancellation_and_disconnect_reach_the_app() -> None:
    seen = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await send(start())
        await send(body(PAGE[:30], more=True))
        seen.append((await receive())["type"])
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def go() -> None:
        task = asyncio.ensure_future(exchange(ReadablePortal(app), receive=gone))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    assert seen == ["http.disconnect", "cancelled"]


@pytest.mark.hazard(3)
def test_requests_at_the_same_time_do_not_know_of_each_other() -> None:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        page = PAGE.replace(b"ch\xc3\xa0o", scope["path"].encode() * 50)
        await send(start())
        for place in range(0, len(page), 16):
            await asyncio.sleep(0)
            await send(body(page[place : place + 16], more=True))
        await send(body())

    async def go() -> None:
        wrapped = ReadablePortal(app)
        paths = [f"/{number}" for number in range(20)]
        answers = await asyncio.gather(*(exchange(wrapped, scope_of(path)) for path in paths))
        for path, sent in zip(paths, answers, strict=True):
            wanted = CHANGED.replace(b"ch\xc3\xa0o", path.encode() * 50)
            assert body_of(sent) == wanted.replace(link(), link("%2F" + path[1:]))

    asyncio.run(go())


@pytest.mark.hazard(4)
def test_nothing_of_the_apps_is_written_to() -> None:
    shared = [(b"Content-Type", b"text/html"), (b"ETag", b'"a"'), (b"Content-Length", b"%d" % len(PAGE))]
    begin = {"type": "http.response.start", "status": 200, "headers": shared, "trailers": True, "x": object()}
    page = body(PAGE)
    copies = list(shared), dict(begin), dict(page)
    scope = scope_of(headers=[(b"if-none-match", b'W/"a-rp00000000"')], extensions={"tls": {}})
    kept = dict(scope)
    for _ in range(3):
        sent = run(ReadablePortal(app_of(begin, page)), scope)
        assert body_of(sent) == CHANGED
        assert header(sent, b"content-length") == [b"%d" % len(CHANGED)]
        # Every key of the start goes on, known or not.
        assert sent[0]["trailers"] is True
        assert sent[0]["x"] is begin["x"]
    assert (shared, begin, page) == copies
    assert scope == kept


@pytest.mark.hazard(4)
def test_the_app_gets_the_very_scope_unless_something_must_change() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await html_app()(scope, receive, send)

    scope = scope_of()
    asyncio.run(ReadablePortal(app)(scope, no_receive, _swallow))
    assert seen[0] is scope


async def _swallow(_message: Message) -> None:
    pass


@pytest.mark.hazard(10)
@pytest.mark.parametrize(
    ("root_path", "path", "target"),
    [
        ("/portal", "/portal/tin", "%2Fportal%2Ftin"),
        ("/portal/", "/portal/tin", "%2Fportal%2Ftin"),
        ("/portal", "/tin", "%2Ftin"),
        ("/portal", "/portals", "%2Fportals"),
    ],
)
def test_addresses_begin_at_the_mount_point(root_path: str, path: str, target: str) -> None:
    sent = run(ReadablePortal(html_app()), scope_of(path, root_path=root_path))
    wanted = CHANGED.replace(b'"/_readable/', b'"/portal/_readable/').replace(
        b"path=%2F", b"path=" + target.encode()
    )
    assert body_of(sent) == wanted


@pytest.mark.hazard(10)
def test_paths_match_without_the_mount_point() -> None:
    wrapped = ReadablePortal(html_app(), include=["/tin/*"])
    assert body_of(run(wrapped, scope_of("/portal/tin/1", root_path="/portal"))) != PAGE
    assert body_of(run(wrapped, scope_of("/tin/1", root_path="/portal"))) != PAGE
    assert body_of(run(wrapped, scope_of("/tintin/1", root_path="/tin"))) == PAGE


@pytest.mark.hazard(10)
def test_a_base_of_the_page_does_not_move_our_script() -> None:
    base = b'<base href="https://cdn.example/x/">'
    page = PAGE.replace(b"<title>", base + b"<title>")
    sent = run(ReadablePortal(html_app(page)))
    # The script stands before the base, and there is no link, which the base would lead astray.
    assert body_of(sent) == page.replace(base, SCRIPT + base)


@pytest.mark.hazard(10)
@pytest.mark.parametrize(
    ("base", "changed"),
    [
        (b'<base href="https://portal.example/tin/">', b"both"),
        (b'<base href="http://portal.example/">', b"both"),
        (b'<base href="//other.example/">', b"script"),
        (b'<base href="/tin/">', b"after"),
        (b'<base target="_blank">', b"after"),
    ],
)
def test_bases_of_the_same_host(base: bytes, changed: bytes) -> None:
    page = PAGE.replace(b"<title>", base + b"<title>")
    wanted = (
        page.replace(base, SCRIPT + base)
        if changed != b"after"
        else page.replace(b"</head>", SCRIPT + b"</head>")
    )
    if changed != b"script":
        wanted = wanted.replace(b"<body class=a>", b"<body class=a>" + link())
    assert body_of(run(ReadablePortal(html_app(page)))) == wanted


@pytest.mark.hazard(10)
def test_a_charset_is_not_pushed_back_by_our_script() -> None:
    page = PAGE.replace(b"<title>", b'<base href="//cdn.example/"><meta charset=utf-8><title>')
    assert body_of(run(ReadablePortal(html_app(page)))) == page


@pytest.mark.hazard(11)
@pytest.mark.parametrize("prefix", ["", "/", "//", "readable", "/a?b", "/a//b"])
def test_a_prefix_that_would_swallow_the_portal_is_refused(prefix: str) -> None:
    with pytest.raises(SettingsError, match="prefix"):
        ReadablePortal(html_app(), prefix=prefix)


@pytest.mark.hazard(11)
def test_only_the_prefix_itself_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_build_endpoints", lambda *_: app_of(start(204, []), body()))
    wrapped = ReadablePortal(html_app(), prefix="/doc")
    statuses = {
        path: run(wrapped, scope_of(path))[0]["status"] for path in ("/doc", "/doc/a", "/docs", "/a/doc")
    }
    assert statuses == {"/doc": 204, "/doc/a": 204, "/docs": 200, "/a/doc": 200}
    assert run(wrapped, scope_of("/p/doc/a", root_path="/p"))[0]["status"] == 204


@pytest.mark.hazard(12)
def test_a_second_instance_adds_nothing() -> None:
    once = ReadablePortal(html_app(headers=[(b"etag", b'"a"')]))
    twice = ReadablePortal(once)
    assert run(twice) == run(once)
    tag = header(run(twice), b"etag")[0]
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["headers"])
        await app_of(start(304, [(b"etag", b'"a"')]), body())(scope, receive, send)

    sent = run(ReadablePortal(ReadablePortal(app)), scope_of(headers=[(b"if-none-match", tag)]))
    assert seen == [[(b"if-none-match", b'"a"')]]
    assert header(sent, b"etag") == [tag]


def test_it_mounts_in_starlette_as_a_middleware_and_below_a_mount() -> None:
    async def view(_: Request) -> HTMLResponse:
        return HTMLResponse(PAGE)

    inner = Starlette(routes=[Route("/tin", view)])
    inner.add_middleware(ReadablePortal, language="en")  # type: ignore[arg-type]  # options are Any, by design
    outer = Starlette(routes=[Mount("/portal", ReadablePortal(Starlette(routes=[Route("/tin", view)])))])
    assert b'data-language="en"' in body_of(run(inner, scope_of("/tin")))
    assert b'src="/portal/_readable/widget.js"' in body_of(run(outer, scope_of("/portal/tin")))


def test_settings_come_as_one_value_or_by_name() -> None:
    assert ReadablePortal(html_app(), settings=Settings(language="en")).settings.language == "en"
    assert ReadablePortal(html_app(), language="en").settings == Settings(language="en")
    with pytest.raises(SettingsError, match="langauge"):
        ReadablePortal(html_app(), langauge="en")


def test_endpoints_that_cannot_be_made_leave_the_portal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_build_endpoints", lambda *_: 1 / 0)
    app = ReadablePortal(html_app())
    assert run(app, scope_of("/_readable/article"))[0]["status"] == 503
    assert app.failures.count == 1
    assert body_of(run(app)) == CHANGED


def test_a_forked_process_makes_its_own_endpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def build(*_: Any) -> ASGIApp:
        made.append(1)
        return app_of(start(204), body())

    monkeypatch.setattr(middleware, "_build_endpoints", build)
    app = ReadablePortal(html_app())
    run(app, scope_of("/_readable/x"))
    run(app, scope_of("/_readable/x"))
    assert len(made) == 1
    monkeypatch.setattr("os.getpid", lambda: -1)
    run(app, scope_of("/_readable/x"))
    assert len(made) == 2
