"""Failure and load: hazards 49 to 54. A fault of ours at any point leaves the app's page whole."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.asgi import (
    CHANGED,
    PAGE,
    app_of,
    at_once,
    body,
    body_of,
    exchange,
    html_app,
    no_receive,
    run,
    scope_of,
    start,
)

import readable_portal
from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from types import FrameType

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SOURCE = Path(readable_portal.__file__).parent
HTML = (b"content-type", b"text/html")
# The few lines that carry messages between the app and the server. They decide nothing; were they to fail,
# the interpreter would have failed.
CARRIERS = {"__call__", "send", "finish", "note", "_answer", "_other", "watch"}


class Fault(Exception):
    """Raised at one line of our code."""


class FaultAt:
    """Raises at the ``number``-th line that runs in our modules, and counts them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = 0
        self.where = ""

    def __enter__(self) -> None:
        sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _call(self, frame: FrameType, _event: str, _argument: object) -> Any:
        ours = frame.f_code.co_filename.startswith(str(SOURCE))
        return self._line if ours and frame.f_code.co_name not in CARRIERS else None

    def _line(self, frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            self.count += 1
            if self.count == self.number:
                self.where = f"{frame.f_code.co_qualname}:{frame.f_lineno}"
                raise Fault(self.where)
        return self._line


POLICY = b"script-src https://portal.example 'nonce-a'; sandbox allow-scripts allow-same-origin"
HEAD = b"<meta charset=utf-8><base href='//a'><template><p></template><title>"
XHTML = b'<html xmlns="http://www.w3.org/1999/xhtml"><head><meta a="b"/></head><body></body></html>'
BODY_AT = PAGE.index(b"<body")
ASKED = {"headers": [(b"if-none-match", b'W/"a-rp00000000"')]}
CASES: dict[str, tuple[list[Any], dict[str, Any], dict[str, Any]]] = {
    "page": ([start(200, [HTML, (b"content-length", b"%d" % len(PAGE))]), body(PAGE)], {}, {}),
    "pieces": (
        [start()] + [body(PAGE[at : at + 9], more=True) for at in range(0, len(PAGE), 9)] + [body()],
        {},
        {},
    ),
    "head sent ahead": ([start(), body(PAGE[:BODY_AT], more=True), body(PAGE[BODY_AT:])], {}, {}),
    "policy": (
        [
            start(200, [HTML, (b"content-security-policy", POLICY), (b"etag", b'"a"')]),
            body(PAGE.replace(b"<title>", HEAD)),
        ],
        {**ASKED, "extensions": {"http.response.pathsend": {}}},
        {"debug_header": True},
    ),
    "not modified": ([start(304, [(b"etag", b'"a"')]), body()], ASKED, {}),
    "xhtml": ([start(200, [(b"content-type", b"application/xhtml+xml")]), body(XHTML)], {}, {}),
    "compressed": ([start(200, [HTML, (b"content-encoding", b"gzip")]), body(b"\x1f\x8b")], {}, {}),
}


@pytest.mark.hazard(49)
@pytest.mark.parametrize("case", CASES)
def test_a_fault_at_any_line_leaves_the_apps_page(case: str, caplog: pytest.LogCaptureFixture) -> None:
    messages, changes, options = CASES[case]
    caplog.set_level(logging.CRITICAL + 1, "readable_portal")
    scope = scope_of(**changes)
    wrapped = ReadablePortal(app_of(*messages), **options)
    whole = run(wrapped, scope)
    number = faults = 0
    while True:
        number += 1
        fault = FaultAt(number)
        sent = at_once(_faulty(wrapped, scope, fault))
        if not fault.where:
            break
        faults += 1
        assert body_of(sent) in (body_of(messages), body_of(whole)), fault.where
        assert sent[-1].get("more_body", False) is False, fault.where
        assert sent[0]["status"] == messages[0]["status"], fault.where
        lengths = [value for name, value in sent[0].get("headers", ()) if name == b"content-length"]
        assert lengths in ([], [b"%d" % len(body_of(sent))]), fault.where
    # Each fault was noticed; and there are many lines.
    assert wrapped.failures.count == faults
    assert faults > 30


async def _faulty(app: ASGIApp, scope: dict[str, Any], fault: FaultAt) -> list[Any]:
    with fault:
        return await exchange(app, scope)


@pytest.mark.hazard(49)
def test_faults_are_counted_and_logged_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> str:
        raise Fault("broken")

    monkeypatch.setattr("readable_portal.web.responder.unfit", broken)
    wrapped = ReadablePortal(html_app())
    for _ in range(5):
        assert body_of(run(wrapped)) == PAGE
    assert wrapped.failures.count == 5
    assert wrapped.failures.last == "Fault: broken"
    assert len(caplog.records) == 1
    later = time.monotonic() + 61
    monkeypatch.setattr("time.monotonic", lambda: later)
    run(wrapped)
    assert len(caplog.records) == 2


@pytest.mark.hazard(49)
@pytest.mark.parametrize(
    "message",
    [
        {"type": "http.response.start"},
        {"type": "http.response.start", "status": 200, "headers": [b"x"]},
        {"type": "http.response.start", "status": 200, "headers": 5},
        {"type": "http.response.start", "status": "200", "headers": [("content-type", "text/html")]},
        {"no type": True},
        None,
    ],
)
def test_what_is_no_message_reaches_the_server_which_may_say_so(message: Any) -> None:
    sent = run(ReadablePortal(app_of(message, message)))
    assert sent == [message, message]


@pytest.mark.hazard(50)
def test_an_exception_before_the_head_has_ended_leaves_room_for_an_error_page() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        await send(body(PAGE[:20], more=True))
        raise Fault("in the app")

    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises(Fault, match="in the app"):
        asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    assert sent == []


@pytest.mark.hazard(50)
def test_an_exception_later_never_ends_the_page_as_if_it_were_whole() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        await send(body(PAGE, more=True))
        raise Fault("in the app")

    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises(Fault, match="in the app"):
        asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    assert body_of(sent) == CHANGED
    assert sent[-1]["more_body"] is True


@pytest.mark.hazard(51)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_client_that_is_gone_is_the_apps_matter_and_no_fault_of_ours(at: int) -> None:
    raised = []
    count = -1

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in (start(), body(PAGE, more=True), body(b"x", more=True), body()):
            try:
                await send(message)
            except OSError as error:
                raised.append(error)
                raise

    async def send(_message: Message) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise ConnectionResetError("gone")

    wrapped = ReadablePortal(app)
    with pytest.raises(ConnectionResetError):
        asyncio.run(wrapped(scope_of(), no_receive, send))
    assert len(raised) == 1
    assert wrapped.failures.count == 0


@pytest.mark.hazard(51)
def test_nothing_catches_what_ends_a_task() -> None:
    """No ``except BaseException``, no bare ``except``: a cancelled request ends at once."""
    for path in (*SOURCE.glob("http/*.py"), SOURCE / "web/middleware.py", SOURCE / "web/responder.py"):
        text = path.read_text("utf-8")
        assert "BaseException" not in text
        assert "except:" not in text
        assert "CancelledError" not in text


@pytest.mark.hazard(52)
def test_the_work_in_the_response_path_is_small() -> None:
    """What is done in Python does not grow with the page, and no parser is loaded for it."""

    def calls(size: int) -> int:
        app = ReadablePortal(html_app(PAGE.replace(b"<p>", b"<p>" + b"x" * size)))
        asyncio.run(exchange(app))
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            asyncio.run(exchange(app))
        finally:
            sys.setprofile(None)
        return counted

    assert calls(1_000_000) < calls(1_000) + 200


@pytest.mark.hazard(54)
def test_a_slow_client_slows_the_app_and_nothing_is_queued() -> None:
    waiting = asyncio.Event
    progress = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        for number in range(5):
            await send(body(PAGE if not number else b"x", more=True))
            progress.append(number)

    async def go() -> None:
        gate = waiting()

        async def send(_message: Message) -> None:
            await gate.wait()

        task = asyncio.ensure_future(ReadablePortal(app)(scope_of(), no_receive, send))
        await asyncio.sleep(0.01)
        assert progress == []
        gate.set()
        await task
        assert progress == [0, 1, 2, 3, 4]

    asyncio.run(go())
