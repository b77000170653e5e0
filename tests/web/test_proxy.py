"""The proxy in front of a real server, over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from websockets.asyncio.client import connect

from readable_portal.web.forwarding import response_headers
from readable_portal.web.front import Front
from readable_portal.web.guard import Origin, parse_origin
from readable_portal.web.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Portal:
    """An upstream that answers what the path asks for and remembers what it was asked."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self.echo(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.requests.append({**scope, "body": body, "h": dict(scope["headers"])})
        headers = [(b"content-type", b"text/plain"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
        status = 200
        answer = body or scope["raw_path"] + b"?" + scope["query_string"]
        if scope["path"] == "/moved":
            status, headers = 302, [(b"location", b"http://" + dict(scope["headers"])[b"host"] + b"/x?y#z")]
        if scope["path"] == "/gzip":
            answer = gzip.compress(b"squeezed")
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(answer)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def echo(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if scope["path"] == "/no":
            await send({"type": "websocket.close", "code": 1000})
            return
        await send({"type": "websocket.accept", "subprotocol": (scope["subprotocols"] or [None])[0]})
        while (message := await receive())["type"] == "websocket.receive":
            if message.get("text") == "bye":
                await send({"type": "websocket.close", "code": 4001, "reason": "tạm biệt"})
                return
            await send({k: v for k, v in message.items() if k != "type"} | {"type": "websocket.send"})


@pytest.fixture
def portal() -> Portal:
    return Portal()


@pytest.fixture
def proxied(serve: Callable[..., str], portal: Portal) -> str:
    return serve(Proxy(parse_origin(serve(portal))))


def test_bytes_pass_both_ways(proxied: str, portal: Portal) -> None:
    body = bytes(range(256)) * 4000
    answer = httpx2.post(f"{proxied}/a%2Fb/%C4%91?q=1&q=%20", content=body)
    assert answer.content == body
    asked = portal.requests[0]
    assert asked["raw_path"] == b"/a%2Fb/%C4%91"
    assert asked["query_string"] == b"q=1&q=%20"
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_a_body_in_chunks_stays_in_chunks(proxied: str, portal: Portal) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one"
        yield b"two"

    assert httpx2.post(f"{proxied}/up", content=chunks()).content == b"onetwo"
    assert portal.requests[0]["h"][b"transfer-encoding"] == b"chunked"


def test_hop_by_hop_headers_stay_here(proxied: str, portal: Portal) -> None:
    httpx2.get(
        proxied,
        headers={
            "Connection": "close, X-Secret",
            "X-Secret": "1",
            "TE": "trailers",
            "Proxy-Authorization": "x",
        },
    )
    asked = portal.requests[0]["h"]
    assert not {b"x-secret", b"te", b"proxy-authorization"} & set(asked)


def test_documents_are_asked_for_plain_and_other_things_as_the_visitor_asked(
    proxied: str, portal: Portal
) -> None:
    httpx2.get(proxied, headers={"Accept": "text/html", "Accept-Encoding": "gzip, br"})
    httpx2.get(f"{proxied}/gzip", headers={"Accept": "image/png", "Accept-Encoding": "gzip, br"})
    assert [r["h"][b"accept-encoding"] for r in portal.requests] == [b"identity", b"gzip, br"]


def test_what_comes_compressed_goes_on_compressed(proxied: str) -> None:
    answer = httpx2.get(f"{proxied}/gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == b"squeezed"


def test_the_portal_hears_its_own_name_and_who_asked(proxied: str, portal: Portal) -> None:
    httpx2.get(proxied, headers={"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Host": "evil.example"})
    asked = portal.requests[0]["h"]
    assert asked[b"host"] != proxied.partition("://")[2].encode()
    assert asked[b"x-forwarded-for"] == b"127.0.0.1"
    assert asked[b"x-forwarded-host"] == proxied.partition("://")[2].encode()
    assert asked[b"x-forwarded-proto"] == b"http"


def test_trusted_peers_are_believed(serve: Callable[..., str], portal: Portal) -> None:
    address = serve(Front(Proxy(parse_origin(serve(portal))), trusted=["127.0.0.1"]))
    httpx2.get(address, headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.5", "X-Forwarded-Proto": "https"})
    asked = portal.requests[0]["h"]
    assert asked[b"x-forwarded-for"] == b"203.0.113.5"
    assert asked[b"x-forwarded-proto"] == b"https"


def test_the_visitors_host_may_be_kept(serve: Callable[..., str], portal: Portal) -> None:
    address = serve(Proxy(parse_origin(serve(portal)), preserve_host=True))
    httpx2.get(address)
    assert portal.requests[0]["h"][b"host"] == address.partition("://")[2].encode()


def test_a_move_leads_to_the_visitors_host(proxied: str) -> None:
    assert httpx2.get(f"{proxied}/moved", follow_redirects=False).headers["location"] == f"{proxied}/x?y#z"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (b"location", b"/x", b"/x"),
        (b"location", b"https://portal.vn/x", b"http://me:1/x"),
        (b"location", b"https://portal.vn:443/x", b"http://me:1/x"),
        (b"location", b"http://PORTAL.vn?q", b"http://me:1?q"),
        (b"location", b"//portal.vn/x", b"http://me:1/x"),
        (b"location", b"https://portal.vn", b"http://me:1/"),
        (b"location", b"https://portal.vn.evil.example/x", b"https://portal.vn.evil.example/x"),
        (b"location", b"https://other.vn/?r=https://portal.vn/", b"https://other.vn/?r=https://portal.vn/"),
        (b"set-cookie", b"a=1; Domain=portal.vn; Path=/", b"a=1; Path=/"),
        (b"set-cookie", b"a=1; domain=.vn; HttpOnly", b"a=1; HttpOnly"),
        (b"set-cookie", b"a=1; Secure; SameSite=Lax", b"a=1; SameSite=Lax"),
        (b"set-cookie", b"secure=1; Domain=other.vn", b"secure=1; Domain=other.vn"),
    ],
)
def test_the_portals_own_name_becomes_the_visitors(name: bytes, value: bytes, expected: bytes) -> None:
    scope = {"scheme": "http", "headers": [(b"host", b"me:1")]}
    assert response_headers([(name, value)], Origin("https", "portal.vn", 443), scope) == [(name, expected)]


def test_websockets_pass_both_ways(proxied: str) -> None:
    async def run() -> None:
        url = proxied.replace("http", "ws", 1)
        async with connect(f"{url}/ws", subprotocols=["chat"]) as socket:  # type: ignore[list-item]
            assert socket.subprotocol == "chat"
            await socket.send("chào")
            assert await socket.recv() == "chào"
            await socket.send(b"\x00\xff")
            assert await socket.recv() == b"\x00\xff"
            await socket.send("bye")
            await socket.wait_closed()
            assert (socket.close_code, socket.close_reason) == (4001, "tạm biệt")

    asyncio.run(run())


def test_a_portal_that_is_down_gives_a_page_in_plain_words(serve: Callable[..., str]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    answer = httpx2.get(serve(Proxy(Origin("http", "127.0.0.1", port))))
    assert answer.status_code == 502
    assert "Chưa kết nối được với cổng thông tin" in answer.text
    assert answer.headers["retry-after"] == "60"


class Rough:
    """A server that says what it is told and then does what it is told."""

    def __init__(self, answer: bytes, *, wait: bool = False) -> None:
        self.answer, self.wait = answer, wait
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.origin = Origin("http", "127.0.0.1", self.listening.getsockname()[1])
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(self.answer)
                if self.wait:
                    self.stop.wait(20)

    def close(self) -> None:
        self.stop.set()
        self.listening.close()


@pytest.fixture
def rough() -> Iterator[Callable[..., Rough]]:
    made: list[Rough] = []

    def make(answer: bytes, *, wait: bool = False) -> Rough:
        made.append(Rough(answer, wait=wait))
        return made[-1]

    yield make
    for server in made:
        server.close()


QUICK = httpx2.Timeout(connect=1, read=0.3, write=1, pool=1)


@pytest.mark.parametrize(
    ("answer", "wait", "status"),
    [
        (b"", False, 502),
        (b"garbage\r\n\r\n", False, 502),
        (b"HTTP/1.1 200 OK\r\nContent-Le", False, 502),
        (b"", True, 504),
        (b"HTTP/1.1 200 OK\r\nContent-Le", True, 504),
    ],
)
def test_an_answer_that_is_none(
    serve: Callable[..., str], rough: Callable[..., Rough], answer: bytes, status: int, *, wait: bool
) -> None:
    address = serve(Proxy(rough(answer, wait=wait).origin, timeout=QUICK))
    assert httpx2.get(address).status_code == status


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n", False),
    ],
)
def test_half_an_answer_is_never_passed_as_a_whole(
    serve: Callable[..., str], rough: Callable[..., Rough], answer: bytes, *, wait: bool
) -> None:
    address = serve(Proxy(rough(answer, wait=wait).origin, timeout=QUICK), log_level="critical")
    with pytest.raises(httpx2.HTTPError):
        httpx2.get(address)


def test_no_more_than_the_promised_length_is_passed_on(
    serve: Callable[..., str], rough: Callable[..., Rough]
) -> None:
    long = rough(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfourHTTP/1.1 200 OK\r\n\r\nsmuggled")
    assert httpx2.get(serve(Proxy(long.origin))).content == b"four"
