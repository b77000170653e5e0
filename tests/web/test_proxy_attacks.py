"""What an attacker sends to the proxy, over real sockets and under both of uvicorn's parsers."""

from __future__ import annotations

import asyncio
import importlib
import socket
import threading
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import running
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from readable_portal.cli.listening import patient
from readable_portal.web.front import Front
from readable_portal.web.guard import parse_origin
from readable_portal.web.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Portal:
    """Remembers what it was asked; ``/large`` is more than sockets hold."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send(
                {
                    "type": "websocket.http.response.start",
                    "status": 302,
                    "headers": [(b"location", scope["query_string"])],
                }
            )
            await send({"type": "websocket.http.response.body"})
            return
        if scope["type"] != "http":
            return
        self.asked.append(scope)
        body = bytes(64 * 1024 * 1024) if scope["path"] == "/large" else b"ok"
        headers = [
            (b"set-cookie", b"session=1; Secure; HttpOnly"),
            (b"date", b"Tue, 15 Nov 1994 08:12:31 GMT"),
        ]
        if scope["path"] == "/moved":
            headers.append((b"location", b"http://" + dict(scope["headers"])[b"host"] + b"/x"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class Elsewhere:
    """A server that must never be asked."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.visits = 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        with suppress(OSError):
            while True:
                self.listening.accept()[0].close()
                self.visits += 1


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere()
    yield server
    server.listening.close()
    assert server.visits == 0


@pytest.fixture
def portal() -> Portal:
    return Portal()


@pytest.fixture(scope="module")
def doors() -> Iterator[tuple[Portal, dict[str, str]]]:
    """A portal, and a proxy before it under each of uvicorn's parsers."""
    behind = Portal()
    with ExitStack() as stack:
        origin = parse_origin(stack.enter_context(running(behind, http="h11")))
        yield (
            behind,
            {
                parser: stack.enter_context(running(Front(Proxy(origin)), http=parser))
                for parser in ("h11", "httptools")
            },
        )


def say(address: str, data: bytes, *, seconds: float = 5.0) -> bytes:
    """Send bytes as they are; what comes back until the end."""
    host, _, port = address.partition("://")[2].partition(":")
    got = bytearray()
    with socket.create_connection((host, int(port)), seconds) as raw, suppress(OSError):
        raw.sendall(data)
        while piece := raw.recv(65536):
            got += piece
    return bytes(got)


def get(target: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join(
        [b"GET " + target + b" HTTP/1.1", b"Host: me.example", b"Connection: close", *headers, b"", b""]
    )


@pytest.mark.parametrize("parser", ["h11", "httptools"])
@pytest.mark.parametrize(
    "target",
    [
        b"@127.0.0.1:{port}/",
        b"@127.0.0.1:{port}",
        b":{port}/",
        b".evil.example/",
        b"0/",
        b"\\@127.0.0.1:{port}/",
        b"*",
        b"127.0.0.1:{port}",
    ],
)
def test_a_target_cannot_name_another_host(
    doors: tuple[Portal, dict[str, str]], elsewhere: Elsewhere, target: bytes, parser: str
) -> None:
    portal, addresses = doors
    portal.asked.clear()
    answer = say(addresses[parser], get(target.replace(b"{port}", b"%d" % elsewhere.port)))
    assert answer.startswith(b"HTTP/1.1 400"), answer[:80]
    assert portal.asked == []


@pytest.mark.parametrize("parser", ["h11", "httptools"])
@pytest.mark.parametrize(
    ("target", "asked"),
    [
        (b"http://127.0.0.1:{port}/x?y", b"/x?y"),
        (b"//127.0.0.1:{port}/x", b"//127.0.0.1:{port}/x"),
        (b"/a/../b", b"/a/../b"),
        (b'/%2e%2e/%2F|"<>^`{}', b'/%2e%2e/%2F|"<>^`{}'),
        (b"/http://127.0.0.1:{port}/", b"/http://127.0.0.1:{port}/"),
        (b"/@127.0.0.1:{port}/", b"/@127.0.0.1:{port}/"),
    ],
)
def test_a_target_reaches_the_portal_and_nobody_else(
    doors: tuple[Portal, dict[str, str]], elsewhere: Elsewhere, target: bytes, asked: bytes, parser: str
) -> None:
    portal, addresses = doors
    portal.asked.clear()
    port = b"%d" % elsewhere.port
    say(addresses[parser], get(target.replace(b"{port}", port)))
    scope = portal.asked[0]
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    assert scope["raw_path"] + query == asked.replace(b"{port}", port)


def test_a_websocket_goes_where_it_was_sent_and_follows_no_redirect(
    serve: Callable[..., str], portal: Portal, elsewhere: Elsewhere
) -> None:
    address = serve(Front(Proxy(parse_origin(serve(portal))))).replace("http", "ws", 1)

    async def run() -> None:
        with pytest.raises(InvalidStatus):
            async with connect(f"{address}/out?http://127.0.0.1:{elsewhere.port}/"):
                pass

    asyncio.run(run())


def test_behind_tls_cookies_stay_secure_and_moves_stay_on_it(
    serve: Callable[..., str], portal: Portal
) -> None:
    upstream = parse_origin(serve(portal, date_header=False))
    address = serve(Front(Proxy(upstream), trusted=["127.0.0.1"]), date_header=False)
    answer = say(address, get(b"/moved", b"X-Forwarded-Proto: https", b"X-Forwarded-Host: portal.example"))
    assert b"session=1; Secure; HttpOnly" in answer
    assert b"location: https://portal.example/x\r\n" in answer.lower()
    assert answer.lower().count(b"\r\ndate:") == 1


def test_the_portal_hears_its_own_name_in_origin_and_referer_but_a_forger_s_as_it_is(
    serve: Callable[..., str], portal: Portal
) -> None:
    upstream = serve(portal)
    address = serve(Front(Proxy(parse_origin(upstream))))
    say(address, get(b"/", b"Origin: http://me.example", b"Referer: http://me.example/form?x"))
    say(address, get(b"/", b"Origin: http://me.example.evil.example", b"Referer: http://evil.example/"))
    own, forged = (dict(scope["headers"]) for scope in portal.asked)
    assert (own[b"origin"].decode(), own[b"referer"].decode()) == (upstream, f"{upstream}/form?x")
    assert forged[b"origin"] == b"http://me.example.evil.example"
    assert forged[b"referer"] == b"http://evil.example/"


def test_a_visitor_who_sends_nothing_more_loses_his_place(serve: Callable[..., str], portal: Portal) -> None:
    address = serve(Proxy(parse_origin(serve(portal)), visitor_patience=0.3))
    begun = time.monotonic()
    answer = say(
        address, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf"
    )
    assert answer.startswith(b"HTTP/1.1 408")
    assert time.monotonic() - begun < 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_visitor_who_takes_nothing_loses_his_place(serve: Callable[..., str], portal: Portal) -> None:
    proxy = Proxy(parse_origin(serve(portal)), visitor_patience=0.3)
    ended = threading.Event()

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        try:
            await proxy(scope, receive, send)
        finally:
            if scope["type"] == "http":
                ended.set()

    address = serve(watched, log_level="critical")
    host, _, port = address.partition("://")[2].partition(":")
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(get(b"/large"))
        assert ended.wait(10), "the place is free though the visitor still holds on"


@pytest.mark.parametrize("parser", ["h11", "httptools"])
def test_a_head_that_never_ends_is_cut_off_and_others_are_served(
    serve: Callable[..., str], portal: Portal, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"h11": "H11Protocol", "httptools": "HttpToolsProtocol"}[parser]
    protocol = getattr(importlib.import_module(f"uvicorn.protocols.http.{parser}_impl"), name)
    monkeypatch.setattr("uvicorn.protocols.http.auto.AutoHTTPProtocol", protocol)
    address = serve(portal, http=patient(0.3))
    host, _, port = address.partition("://")[2].partition(":")
    with (
        socket.create_connection((host, int(port)), 10) as slow,
        socket.create_connection((host, int(port)), 10) as mute,
    ):
        begun = time.monotonic()
        slow.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        assert say(address, get(b"/")).startswith(b"HTTP/1.1 200"), "others are served meanwhile"
        assert slow.recv(100) in {b"", b"HTTP"}
        assert mute.recv(100) == b""
        assert time.monotonic() - begun < 5
