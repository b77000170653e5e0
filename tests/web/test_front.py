"""Who asks, behind load balancers and for forgers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from readable_portal.errors import SettingsError
from readable_portal.logs import REQUEST
from readable_portal.web.front import Front

Headers = list[tuple[bytes, bytes]]


def seen(headers: Headers, *, trusted: list[str], peer: str = "10.0.0.5", **more: Any) -> dict[str, Any]:
    """The scope that an app behind the front gets, and the number of its request."""
    found: dict[str, Any] = {}

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        found.update(scope, request=REQUEST.get())
        await send({"type": "http.response.start", "status": 200, "headers": more.get("answer", [])})

    async def send(message: Any) -> None:
        found["sent"] = message["headers"]

    scope = {"type": "http", "scheme": "http", "client": (peer, 1), "headers": headers, "path": "/", **more}
    asyncio.run(Front(app, trusted=trusted)(scope, None, send))  # type: ignore[arg-type]
    return found


TOLD: Headers = [
    (b"Host", b"inner:8000"),
    (b"X-Forwarded-For", b"6.6.6.6, 203.0.113.5"),
    (b"X-Forwarded-Proto", b"https"),
    (b"X-Forwarded-Host", b"portal.gov.vn"),
    (b"X-Request-ID", b"from-the-balancer-1"),
    (b"Forwarded", b"for=1.1.1.1"),
    (b"X-Real-IP", b"1.1.1.1"),
]


@pytest.mark.parametrize("trusted", ["10.0.0.5", "10.0.0.0/8"])
def test_a_trusted_peer_is_believed_and_its_headers_end_here(trusted: str) -> None:
    scope = seen(TOLD, trusted=[trusted])
    assert scope["client"][0] == "203.0.113.5", "the nearest address, which the peer itself has put there"
    assert scope["scheme"] == "https"
    assert scope["headers"] == [(b"host", b"portal.gov.vn"), (b"x-request-id", b"from-the-balancer-1")]
    assert scope["request"] == "from-the-balancer-1"


@pytest.mark.parametrize("peer", ["10.0.0.6", "::1", "", "unix:"])
def test_nobody_else_is(peer: str) -> None:
    scope = seen(TOLD, trusted=["10.0.0.5"], peer=peer)
    assert scope["client"][0] == peer
    assert scope["scheme"] == "http"
    assert dict(scope["headers"])[b"host"] == b"inner:8000"
    assert not {b"x-forwarded-for", b"forwarded", b"x-real-ip"} & set(dict(scope["headers"]))
    assert len(scope["request"]) == 16
    assert scope["request"] != "from-the-balancer-1"


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        (b"203.0.113.5", "203.0.113.5"),
        (b"6.6.6.6, 203.0.113.5, 10.0.0.9", "203.0.113.5"),
        (b"10.0.0.8, 10.0.0.9", "10.0.0.8"),
        (b"203.0.113.5:4711", "203.0.113.5"),
        (b"[2001:db8::7]:443", "2001:db8::7"),
        (b"2001:db8::7", "2001:db8::7"),
        (b"::ffff:10.0.0.9", "10.0.0.9"),
        (b"203.0.113.5, nonsense", "10.0.0.5"),
        (b"unknown", "10.0.0.5"),
        (b"", "10.0.0.5"),
        (b"<script>", "10.0.0.5"),
    ],
)
def test_the_chain_is_read_from_its_near_end_and_nonsense_ends_it(chain: bytes, client: str) -> None:
    scope = seen([(b"x-forwarded-for", chain)], trusted=["10.0.0.0/8"])
    assert scope["client"][0] == client


@pytest.mark.parametrize(
    "host", [b"", b"a b", b"evil.example/x", b"a@b", b'x"><script>', b"a\r\nb", b"x" * 300, b"a?b", b"[::1"]
)
def test_a_host_that_is_none_changes_nothing(host: bytes) -> None:
    scope = seen([(b"host", b"inner"), (b"x-forwarded-host", host)], trusted=["10.0.0.5"])
    assert dict(scope["headers"])[b"host"] == b"inner"


@pytest.mark.parametrize("number", [b"short", b"with space in it", b"x" * 65, "sốhiệu12".encode()])
def test_a_number_that_could_spoil_a_log_is_replaced(number: bytes) -> None:
    assert seen([(b"x-request-id", number)], trusted=["10.0.0.5"])["request"].isalnum()


def test_an_absolute_target_means_its_path() -> None:
    scope = seen(
        [],
        trusted=[],
        raw_path=b"http://127.0.0.2:80/_readable/x%2F",
        path="http://127.0.0.2:80/_readable/x/",
    )
    assert (scope["raw_path"], scope["path"]) == (b"/_readable/x%2F", "/_readable/x/")
    scope = seen([], trusted=[], raw_path=b"http://127.0.0.2:80", path="http://127.0.0.2:80")
    assert (scope["raw_path"], scope["path"]) == (b"/", "/")


def test_an_answer_has_one_date() -> None:
    own = [(b"Date", b"Tue, 15 Nov 1994 08:12:31 GMT")]
    assert seen([], trusted=[], answer=own)["sent"] == own
    assert [name for name, _ in seen([], trusted=[])["sent"]] == [b"date"]


def test_a_websocket_behind_tls_is_secure() -> None:
    scope = seen([(b"x-forwarded-proto", b"https")], trusted=["10.0.0.5"], type="websocket", scheme="ws")
    assert scope["scheme"] == "wss"


def test_only_addresses_and_networks_can_be_trusted() -> None:
    with pytest.raises(SettingsError, match="trust"):
        Front(lambda *_: None, trusted=["balancer"])  # type: ignore[arg-type]
