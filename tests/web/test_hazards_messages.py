"""Messages of the protocol, whatever their shape: hazards 5 to 9."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.asgi import (
    CHANGED,
    PAGE,
    app_of,
    body,
    body_of,
    html_app,
    no_receive,
    run,
    scope_of,
    start,
)

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


@pytest.mark.hazard(5)
@pytest.mark.parametrize("shape", [list, tuple, iter, lambda pairs: (list(pair) for pair in pairs)])
def test_headers_of_any_shape_and_case(shape: Any) -> None:
    pairs = [
        (b"CONTENT-Type", b"Text/HTML; charset=utf-8"),
        (b"Vary", b"Cookie"),
        (b"vary", b"Accept-Language"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
        (b"content-LENGTH", b"%d" % len(PAGE)),
    ]
    begin = {"type": "http.response.start", "status": 200, "headers": shape(pairs)}
    sent = run(ReadablePortal(app_of(begin, body(PAGE))))
    assert body_of(sent) == CHANGED
    wanted = [(name, value) for name, value in pairs[:-1]] + [(b"content-LENGTH", b"%d" % len(CHANGED))]
    assert sent[0]["headers"] == wanted


@pytest.mark.hazard(5)
def test_a_start_without_headers_passes() -> None:
    begin = {"type": "http.response.start", "status": 200}
    sent = run(ReadablePortal(app_of(begin, body(PAGE))))
    assert sent[0] is begin
    assert body_of(sent) == PAGE


@pytest.mark.hazard(6, 9)
@pytest.mark.parametrize(
    "message",
    [
        {"type": "http.response.pathsend", "path": "/srv/page.html"},
        {"type": "http.response.zerocopysend", "file": 7, "count": 10},
        {"type": "http.response.push", "path": "/a.css", "headers": []},
        {"type": "http.response.debug", "info": {}},
        {"type": "http.response.of.the.future", "x": 1},
    ],
    ids=lambda message: str(message["type"]).rpartition(".")[2],
)
def test_unknown_messages_pass_with_what_was_held(message: dict[str, Any]) -> None:
    begin = start()
    sent = run(ReadablePortal(app_of(begin, message)))
    assert sent[0] is begin
    assert sent[1] is message
    parts = [begin, body(PAGE[:20], more=True), message, body(PAGE[20:])]
    sent = run(ReadablePortal(app_of(*parts)))
    assert all(got is given for got, given in zip(sent, parts, strict=True))


@pytest.mark.hazard(6, 9)
@pytest.mark.parametrize("kind", ["http.response.early_hint", "http.response.debug"])
def test_what_comes_before_the_start_waits_for_nothing(kind: str) -> None:
    hint = {"type": kind, "links": [b"</a.css>; rel=preload"]}
    seen = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(hint)
        seen.append(len(sent))
        await send(start())
        await send(body(PAGE))

    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    assert seen == [1]
    assert sent[0] is hint
    assert body_of(sent) == CHANGED


FILES: dict[str, Any] = {
    "http.response.pathsend": {},
    "http.response.zerocopysend": {},
    "http.response.trailers": {},
}


@pytest.mark.hazard(7)
@pytest.mark.parametrize(
    ("changes", "options", "left"),
    [
        ({}, {}, {"http.response.trailers"}),
        ({"method": "HEAD"}, {}, {"http.response.trailers"}),
        ({"method": "POST"}, {}, set(FILES)),
        ({"headers": [(b"accept", b"image/*")]}, {}, set(FILES)),
        ({}, {"stream_files": False}, set(FILES)),
        ({}, {"exclude": ["/*"]}, set(FILES)),
    ],
)
def test_files_are_asked_for_as_bytes_where_they_may_be_pages(
    changes: dict[str, Any], options: dict[str, Any], left: set[str]
) -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["extensions"])
        await html_app()(scope, receive, send)

    scope = scope_of(extensions=FILES, **changes)
    run(ReadablePortal(app, **options), scope)
    assert set(seen[0]) == left
    assert set(scope["extensions"]) == set(FILES)


@pytest.mark.hazard(8)
def test_trailers_follow_the_body() -> None:
    trailers = {"type": "http.response.trailers", "headers": [(b"x-sum", b"1")], "more_trailers": False}
    sent = run(ReadablePortal(app_of(start(trailers=True), body(PAGE), trailers)))
    assert sent[0]["trailers"] is True
    assert body_of(sent) == CHANGED
    assert sent[-1] is trailers


@pytest.mark.hazard(5)
def test_headers_that_can_be_read_once_still_reach_both_sides() -> None:
    pairs = [(b"content-type", b"text/css"), (b"x-a", b"1")]
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(list(scope["headers"]))
        begin = {"type": "http.response.start", "status": 200, "headers": iter(pairs)}
        await app_of(begin, body(b"a{}"))(scope, receive, send)

    scope = scope_of(method="POST", headers=iter([(b"host", b"a")]))
    assert list(run(ReadablePortal(app), scope)[0]["headers"]) == pairs
    assert list(run(ReadablePortal(app), scope_of(headers=iter([(b"host", b"a")])))[0]["headers"]) == pairs
    assert seen == [[(b"host", b"a")]] * 2
