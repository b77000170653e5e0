"""Runs ASGI apps as a server would, message by message, and keeps what they sent."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Mapping, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>T</title></head>\n"
    b"<body class=a><p>Xin ch\xc3\xa0o</p></body></html>"
)
SCRIPT = (
    b'<script src="/_readable/widget.js" async="async" blocking="render" '
    b'data-readable-portal="1" data-language="vi"></script>'
)


def link(target: str = "%2F") -> bytes:
    words = b"Trang &#273;&#7885;c d&#7877;"
    return b'<noscript><a href="/_readable/read?path=' + target.encode() + b'">' + words + b"</a></noscript>"


CHANGED = PAGE.replace(b"</head>", SCRIPT + b"</head>").replace(b"<body class=a>", b"<body class=a>" + link())


def start(
    status: int = 200, headers: Iterable[Sequence[bytes]] = ((b"content-type", b"text/html"),), **more: Any
) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": list(headers), **more}


def body(data: bytes = b"", *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": more}


def app_of(*messages: Any) -> ASGIApp:
    """An app that sends just these messages."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    return app


def html_app(page: bytes = PAGE, headers: Iterable[tuple[bytes, bytes]] = ()) -> ASGIApp:
    length = (b"content-length", b"%d" % len(page))
    return app_of(start(200, [(b"content-type", b"text/html"), length, *headers]), body(page))


def scope_of(path: str = "/", **changes: Any) -> dict[str, Any]:
    raw, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": raw,
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"portal.example"), (b"accept", b"text/html")],
        "client": ("203.0.113.7", 50000),
        "server": ("127.0.0.1", 8000),
        "extensions": {},
    } | changes


async def no_receive() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def exchange(
    app: ASGIApp, scope: Mapping[str, Any] | None = None, receive: Receive = no_receive
) -> list[Any]:
    """The messages that reach the server; what the app raises is raised."""
    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app(dict(scope) if scope is not None else scope_of(), receive, send)
    return sent


def run(app: ASGIApp, scope: Mapping[str, Any] | None = None) -> list[Any]:
    return asyncio.run(exchange(app, scope))


def run_at_once(app: ASGIApp, scope: Mapping[str, Any] | None = None) -> list[Any]:
    return at_once(exchange(app, scope))


def at_once(answer: Coroutine[Any, Any, list[Any]]) -> list[Any]:
    """Run without an event loop, which costs more than all the rest: for apps that wait for nothing."""
    try:
        answer.send(None)
    except StopIteration as done:
        sent: list[Any] = done.value
        return sent
    raise AssertionError("the app waited for something")


def body_of(sent: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")


def headers_of(sent: Sequence[Mapping[str, Any]]) -> list[tuple[bytes, bytes]]:
    found = next(each for each in sent if each["type"] == "http.response.start")
    return [(name.lower(), value) for name, value in found.get("headers", ())]


def header(sent: Sequence[Mapping[str, Any]], name: bytes) -> list[bytes]:
    return [value for key, value in headers_of(sent) if key == name]


def passes(*messages: Any, scope: dict[str, Any] | None = None, **options: Any) -> None:
    """Everything reaches the server as the same objects."""
    sent = run(ReadablePortal(app_of(*messages), **options), scope)
    assert len(sent) == len(messages)
    assert all(got is given for got, given in zip(sent, messages, strict=True))
