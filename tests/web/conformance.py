"""The message-level cases that every wrapping of an ASGI app must get right, and who gets them right.

`python tests/web/conformance.py` prints the table of docs/middleware.md; it needs the group `peers`.
A middleware may change a page or compress it; it may never lose, double, delay or falsify a message.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "src")]

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CASES", "OURS", "PEERS", "SHIPPED", "table", "verdict"]

PAGE = b"<!DOCTYPE html><html><head><title>a</title></head><body>" + b"<p>Xin ch\xc3\xa0o</p>" * 200
HTML = (b"content-type", b"text/html")
ASKED = [(b"host", b"a"), (b"accept", b"text/html"), (b"accept-encoding", b"gzip, br, zstd")]
Verdict = str


@dataclass(frozen=True, slots=True)
class Case:
    """One sequence of messages and what must hold of what comes out: "" or what is wrong."""

    name: str
    messages: list[Any]
    wrong: Callable[[Outcome], Verdict]
    extensions: tuple[str, ...] = ()
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reached the server, how much of it after each message, and what was raised."""

    sent: list[Any]
    after: list[int]
    raised: Exception | None
    given: list[Any]
    original: bytes

    def headers(self, name: bytes) -> list[bytes]:
        """Values of a header of the start."""
        start: dict[str, Any] = next(
            (each for each in self.sent if each["type"] == "http.response.start"), {}
        )
        return [value for key, value in start.get("headers", ()) if key.lower() == name]

    @property
    def body(self) -> bytes:
        """The whole body."""
        return b"".join(bytes(each.get("body", b"")) for each in self.sent)

    def count(self, kind: str) -> int:
        """How many messages of a kind."""
        return sum(each["type"] == kind for each in self.sent)


class _AppFault(Exception):
    """Raised by the app of a case."""


def _start(*headers: Any, status: int = 200, **more: Any) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": list(headers or (HTML,)), **more}


def _body(data: bytes = PAGE, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": more}


def _arrives(kind: str, *, at: int = -1) -> Callable[[Outcome], Verdict]:
    def wrong(outcome: Outcome) -> Verdict:
        if outcome.raised:
            return type(outcome.raised).__name__
        if not outcome.sent:
            return "nothing sent"
        if not outcome.count(kind):
            return "dropped"
        if not outcome.count("http.response.start"):
            return "no start"
        return "" if outcome.sent[at]["type"] == kind else "out of order"

    return wrong


def _trailers(outcome: Outcome) -> Verdict:
    return _arrives("http.response.trailers")(outcome) or (
        "" if outcome.sent[0].get("trailers") else "not told"
    )


def _changed(outcome: Outcome) -> bool:
    return outcome.body != PAGE


def _etag(outcome: Outcome) -> Verdict:
    if not _changed(outcome):
        return ""
    return "kept" if outcome.headers(b"etag") == [b'"a"'] else ""


def _untouched(outcome: Outcome) -> Verdict:
    if outcome.raised:
        return type(outcome.raised).__name__
    return "changed" if outcome.body != outcome.original else ""


def _plain(outcome: Outcome) -> Verdict:
    if outcome.raised:
        return type(outcome.raised).__name__
    lengths = outcome.headers(b"content-length")
    if len(lengths) > 1:
        return "two lengths"
    if lengths and int(lengths[0]) != len(outcome.body):
        return "false length"
    encodings = outcome.headers(b"content-encoding")
    return "two encodings" if len(encodings) > 1 else ""


def _mutated(outcome: Outcome) -> Verdict:
    if outcome.raised:
        return type(outcome.raised).__name__
    return "" if outcome.given[0]["headers"] == [HTML] else "app's list written to"


def _at_once(outcome: Outcome) -> Verdict:
    return "" if outcome.after[0] else "late"


def _never_whole(outcome: Outcome) -> Verdict:
    if not isinstance(outcome.raised, _AppFault):
        return "fault swallowed"
    last = outcome.sent[-1] if outcome.sent else {"more_body": True}
    return "" if last.get("more_body", last["type"] != "http.response.body") else "closed as complete"


def _two_encodings(outcome: Outcome) -> Verdict:
    return _plain(outcome) or ("" if outcome.headers(b"content-encoding") == [b"gzip"] else "encoded twice")


EVENT = [(b"content-type", b"text/event-stream")]
CASES = [
    Case(
        "pathsend",
        [_start(), {"type": "http.response.pathsend", "path": "/srv/a.html"}],
        _arrives("http.response.pathsend"),
        ("http.response.pathsend",),
    ),
    Case(
        "zerocopysend",
        [_start(), {"type": "http.response.zerocopysend", "file": 0}],
        _arrives("http.response.zerocopysend"),
        ("http.response.zerocopysend",),
    ),
    Case(
        "trailers",
        [_start(trailers=True), _body(), {"type": "http.response.trailers", "headers": [(b"a", b"b")]}],
        _trailers,
        ("http.response.trailers",),
    ),
    Case(
        "103 early_hint",
        [{"type": "http.response.early_hint", "links": []}, _start(), _body()],
        _arrives("http.response.early_hint", at=0),
        ("http.response.early_hint",),
    ),
    Case(
        "http.response.push",
        [_start(), {"type": "http.response.push", "path": "/a", "headers": []}, _body()],
        _arrives("http.response.push", at=1),
        ("http.response.push",),
    ),
    Case("strong ETag of a changed page", [_start(HTML, (b"etag", b'"a"')), _body()], _etag),
    Case(
        "Cache-Control: no-transform",
        [_start(HTML, (b"cache-control", b"no-transform")), _body()],
        _untouched,
    ),
    Case(
        "206",
        [_start(HTML, (b"content-range", b"bytes 0-9/9000"), status=206), _body(PAGE[:2000])],
        _untouched,
    ),
    Case("start without headers", [{"type": "http.response.start", "status": 200}, _body()], _plain),
    Case(
        "headers as a tuple",
        [{"type": "http.response.start", "status": 200, "headers": (HTML,)}, _body()],
        _plain,
    ),
    Case(
        "Title-Case names",
        [_start((b"Content-Type", b"text/html"), (b"Content-Length", b"%d" % len(PAGE))), _body()],
        _plain,
    ),
    Case(
        "Title-Case Content-Encoding",
        [_start((b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip")), _body()],
        _two_encodings,
    ),
    Case("the app's header list", [_start(), _body()], _mutated),
    Case("SSE headers before the first event", [_start(*EVENT), _body(b"data: 1\n\n")], _at_once),
    Case("app raises in the middle", [_start(), _body(more=True)], _never_whole, fails=True),
]


async def _base(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    return await call_next(request)


def _peer(module: str, name: str) -> Callable[[ASGIApp], ASGIApp]:
    def wrap(app: ASGIApp) -> ASGIApp:
        wrapped: ASGIApp = getattr(importlib.import_module(module), name)(app)
        return wrapped

    return wrap


OURS = {"ReadablePortal": ReadablePortal}
SHIPPED: dict[str, Callable[[ASGIApp], ASGIApp]] = {
    "Starlette GZip": GZipMiddleware,
    "BaseHTTPMiddleware": lambda app: BaseHTTPMiddleware(app, dispatch=_base),
}
PEERS = {
    "brotli-asgi": _peer("brotli_asgi", "BrotliMiddleware"),
    "starlette-compress": _peer("starlette_compress", "CompressMiddleware"),
}


def outcome(wrap: Callable[[ASGIApp], ASGIApp], case: Case) -> Outcome:
    """Run one case through one wrapping."""
    sent: list[Any] = []
    after: list[int] = []
    given = [dict(message) for message in case.messages]
    for message in given:
        if isinstance(message.get("headers"), list):
            message["headers"] = list(message["headers"])

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in given:
            await send(message)
            # Some hand messages to another task first.
            for _ in range(5):
                await asyncio.sleep(0)
            after.append(len(sent))
        if case.fails:
            raise _AppFault

    async def send(message: Message) -> None:
        sent.append(dict(message))

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "root_path": "",
        "headers": ASKED,
        "client": None,
        "server": None,
        "extensions": {name: {} for name in case.extensions},
    }
    raised: Exception | None = None

    async def go() -> None:
        await wrap(app)(scope, receive, send)

    try:
        asyncio.run(go())
    except Exception as error:  # noqa: BLE001 - that is what is looked at
        raised = error
    # The case's own messages: some write into those that the app sent.
    original = b"".join(each.get("body", b"") for each in case.messages)
    return Outcome(sent, after, raised, given, original)


def verdict(wrap: Callable[[ASGIApp], ASGIApp], case: Case) -> Verdict:
    """Say ok, or what is wrong."""
    return case.wrong(outcome(wrap, case)) or "ok"


def table(wraps: dict[str, Callable[[ASGIApp], ASGIApp]]) -> str:
    """A Markdown table of all cases."""
    lines = [f"| case | {' | '.join(wraps)} |", "|---|" + "---|" * len(wraps)]
    for case in CASES:
        found = [verdict(wrap, case) for wrap in wraps.values()]
        cells = [each if each == "ok" else f"**{each}**" for each in found]
        lines.append(f"| {case.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    logging.disable()
    sys.stdout.write(table({**OURS, **SHIPPED, **PEERS}) + "\n")
