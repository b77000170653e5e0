from __future__ import annotations

import asyncio
import gzip
import http.client
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from tests.speech.tones import Tones, article, plain
from tests.web.asgi import body_of, exchange, header, scope_of

from readable_portal.errors import ReadablePortalError
from readable_portal.limits import RateLimiter
from readable_portal.portal import Client
from readable_portal.settings import Settings
from readable_portal.speech.espeak import Espeak
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store
from readable_portal.web.audio import Audio, throttle
from readable_portal.web.problem import problem_from
from readable_portal.web.ranges import asks_from_start, byte_range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from readable_portal.model import Article

TEXTS = [f"câu số {number} của bài." for number in range(8)]


class Pages:
    """A portal with one article at each path."""

    def __init__(self, engine: Tones, **settings: Any) -> None:
        self.settings = Settings(**settings)
        self.speech = SpeechService(self.settings, Store("memory:///"), engines=[engine], verbalize=plain)

    async def article(self, path: str, *, client: Client | None = None) -> Article:
        assert client is not None
        return article(*TEXTS, title=f"Bài {path.strip('/')}")


@dataclass
class Place:
    portal: Pages
    path: str
    client: Client = field(default_factory=Client)


def app_of(portal: Pages, *, per_minute: float = 0) -> Starlette:
    audio = Audio(
        lambda request: Place(portal, request.query_params["path"]),
        speech=lambda _: portal.speech,
    )
    limiter = RateLimiter(per_minute)

    def guarded(handler: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def guard(request: Request) -> Response:
            try:
                throttle(limiter, request)
                answer: Response = await handler(request)
            except ReadablePortalError as error:
                return problem_from(error)
            return answer

        return guard

    routes = [
        Route("/speech", guarded(audio.speech)),
        Route("/speech/{key}", guarded(audio.clip)),
        Route("/marks", guarded(audio.marks)),
        Route("/marks.vtt", guarded(audio.subtitles)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=1)])


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Accept-Encoding": "gzip", **asked})
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        body = response.read()
        if names.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(response.status, names, body)
    finally:
        connection.close()


@pytest.fixture
def address(serve: Callable[..., str]) -> str:
    return serve(app_of(Pages(Tones())))


def test_first_sent_as_it_grows_then_with_length_ranges_and_a_strong_tag(address: str) -> None:
    first = ask(address, "/speech?path=/1", Range="bytes=0-")
    assert first.status == 200
    assert first.headers["content-type"] == "audio/mpeg"
    assert first.headers["cache-control"] == "no-store"
    assert "content-length" not in first.headers
    assert first.body[:3] == b"ID3"

    second = ask(address, "/speech?path=/1")
    assert second.body == first.body
    assert second.headers["content-length"] == str(len(first.body))
    assert second.headers["accept-ranges"] == "bytes"
    assert second.headers["readable-portal-engine"] == "tones"
    assert second.headers["content-encoding"] == "identity", "nobody may compress it"
    tag = second.headers["etag"]
    assert tag.startswith('"')

    part = ask(address, "/speech?path=/1", Range="bytes=100-299")
    assert (part.status, part.body) == (206, first.body[100:300])
    assert part.headers["content-range"] == f"bytes 100-299/{len(first.body)}"
    assert part.headers["content-length"] == "200"
    tail = ask(address, "/speech?path=/1", Range="bytes=-96", If_Range=tag)
    assert (tail.status, tail.body) == (206, first.body[-96:])
    stale = ask(address, "/speech?path=/1", Range="bytes=-96", If_Range='"old"')
    assert (stale.status, stale.body) == (200, first.body)
    outside = ask(address, "/speech?path=/1", Range="bytes=99999999-")
    assert (outside.status, outside.headers["content-range"]) == (416, f"bytes */{len(first.body)}")
    same = ask(address, "/speech?path=/1", If_None_Match=f'W/{tag}, "x"')
    assert (same.status, same.body) == (304, b"")


def test_head_tells_and_makes_nothing(serve: Callable[..., str]) -> None:
    engine = Tones()
    address = serve(app_of(Pages(engine)))
    before = ask(address, "/speech?path=/1", "HEAD")
    assert (before.status, before.body, engine.said) == (200, b"", [])
    whole = ask(address, "/speech?path=/1").body
    after = ask(address, "/speech?path=/1", "HEAD")
    assert (after.status, after.body) == (200, b"")
    assert after.headers["content-length"] == str(len(whole))


def test_a_range_of_what_is_still_being_made_waits_for_its_end(serve: Callable[..., str]) -> None:
    """Safari asks for the first two bytes and plays only what answers with 206 and a length."""
    address = serve(app_of(Pages(Tones(seconds=0.02), speech_workers=1)))
    probe = ask(address, "/speech?path=/1", Range="bytes=0-1")
    assert (probe.status, probe.body) == (206, b"ID")
    whole = ask(address, "/speech?path=/1").body
    assert probe.headers["content-range"] == f"bytes 0-1/{len(whole)}"


def test_the_first_sound_comes_before_the_last_is_made(serve: Callable[..., str]) -> None:
    engine = Tones(seconds=0.15)
    address = serve(app_of(Pages(engine, speech_workers=1)))
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", "/speech?path=/1")
    response = connection.getresponse()
    assert len(response.read(300)) == 300
    assert len(engine.said) < 5
    marks = ask(address, "/marks?path=/1").json()
    assert marks["complete"] is False
    assert marks["sentences"]
    response.read()
    response.close()
    connection.close()


def test_marks_are_complete_at_last_and_subtitles_follow_the_words(address: str) -> None:
    subtitles = ask(address, "/marks.vtt?path=/1")
    assert subtitles.headers["content-type"] == "text/vtt; charset=utf-8"
    lines = subtitles.body.decode().split("\n")
    assert lines[0] == "WEBVTT"
    assert lines[2].endswith("-->" + lines[2].split("-->")[1])
    assert "<00:00:" in lines[-3]
    answer = ask(address, "/marks?path=/1")
    marks = answer.json()
    assert marks["complete"] is True
    assert [len(sentence["words"]) for sentence in marks["sentences"]] == [0, *(5 for _ in TEXTS)]
    assert ask(address, "/marks?path=/1", If_None_Match=answer.headers["etag"]).status == 304
    audio = ask(address, f"/speech/{marks['key']}.mp3")
    assert audio.body == ask(address, "/speech?path=/1").body
    assert "immutable" in audio.headers["cache-control"]


def test_a_sentence_by_its_key_is_for_ever_and_others_are_not_found(serve: Callable[..., str]) -> None:
    portal = Pages(Tones())
    address = serve(app_of(portal))
    ask(address, "/speech?path=/1")
    keys = asyncio.run(portal.speech.store.list("speech"))
    name = keys[0].key.rpartition("/")[2]
    answer = ask(address, f"/speech/{name}")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    for path in (
        "/speech/abc.mp3",
        f"/speech/{'0' * 64}.mp3",
        f"/speech/{'g' * 64}.mp3",
        "/speech/..%2f..%2fa",
    ):
        assert ask(address, path).status == 404


def test_errors_come_before_the_first_byte(serve: Callable[..., str]) -> None:
    address = serve(app_of(Pages(Tones(down=True))))
    for path in ("/speech?path=/1", "/marks?path=/1", "/marks.vtt?path=/1"):
        answer = ask(address, path)
        assert (answer.status, answer.json()["type"]) == (503, "speech-unavailable")


def statuses(app: Starlette, hosts: list[tuple[str, int] | None]) -> list[int]:
    async def run() -> list[int]:
        scopes = [scope_of("/speech?path=/1", method="HEAD", client=host) for host in hosts]
        return [(await exchange(app, scope))[0]["status"] for scope in scopes]

    return asyncio.run(run())


def test_too_many_requests_of_one_client_are_put_off() -> None:
    app = app_of(Pages(Tones()), per_minute=3)
    one, other = ("203.0.113.7", 5), ("203.0.113.8", 5)
    assert statuses(app, [one, one, one, one, other]) == [200, 200, 200, 429, 200]
    answer = asyncio.run(exchange(app, scope_of("/speech?path=/1", client=one)))
    assert 1 <= int(header(answer, b"retry-after")[0]) <= 20
    assert b"too-many-requests" in body_of(answer)


def test_a_network_of_ipv6_is_one_client_and_a_server_in_front_is_none() -> None:
    app = app_of(Pages(Tones()), per_minute=1)
    home = [(f"2001:db8:1:2::{number}", 5) for number in range(3)]
    assert statuses(app, [*home, ("2001:db8:1:3::1", 5)]) == [200, 429, 429, 200]
    mapped = [("::ffff:203.0.113.7", 5), ("203.0.113.7", 5)]
    assert statuses(app, [*mapped]) == [200, 429]
    assert statuses(app, [("127.0.0.1", 5), ("::1", 5), None, ("::ffff:127.0.0.1", 5)] * 3) == [200] * 12


def test_a_full_queue_says_when_to_come_back(serve: Callable[..., str]) -> None:
    portal = Pages(Tones(seconds=1.0), speech_workers=1, speech_queue=1)
    address = serve(app_of(portal))
    connections = []
    for number in range(3):
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        connection.request("GET", f"/speech?path=/{number}")
        connections.append(connection)
    first = connections[0].getresponse()
    first.read(10)
    busy = ask(address, "/speech?path=/99")
    assert busy.status == 503
    assert busy.json()["type"] == "speech-busy"
    assert int(busy.headers["retry-after"]) >= 1
    first.close()
    for connection in connections:
        connection.close()


@pytest.mark.slow
def test_a_thousand_requests_for_a_new_article_make_each_sentence_once_with_the_real_engine() -> None:
    async def run() -> tuple[int, set[bytes]]:
        portal = Pages(Tones())
        portal.speech = SpeechService(
            portal.settings, Store("memory:///"), engines=[Espeak(workers=2)], verbalize=plain
        )
        app = app_of(portal)
        answers = await asyncio.gather(*[exchange(app, scope_of("/speech?path=/1")) for _ in range(1000)])
        await portal.speech.close()
        assert {answer[0]["status"] for answer in answers} == {200}
        return portal.speech.made, {body_of(answer) for answer in answers}

    made, bodies = asyncio.run(run())
    assert made == len(TEXTS) + 1, "the title and each sentence"
    assert len(bodies) == 1


@given(st.integers(0, 50), st.integers(0, 60), st.integers(1, 50))
def test_ranges_are_what_slices_are(start: int, end: int, size: int) -> None:
    if start >= size:
        with pytest.raises(ValueError, match="behind"):
            byte_range(f"bytes={start}-", size)
    else:
        assert byte_range(f"bytes={start}-", size) == (start, size)
        wanted = byte_range(f"Bytes = {start} - {end}", size)
        assert wanted == (None if end < start else (start, min(end + 1, size)))
    if end:
        assert byte_range(f"bytes=-{end}", size) == (max(0, size - end), size)


@given(st.text(max_size=30))
def test_any_header_is_a_range_or_none_or_outside(header: str) -> None:
    try:
        wanted = byte_range(header, 100)
    except ValueError:
        return
    assert wanted is None or 0 <= wanted[0] < wanted[1] <= 100
    asks_from_start(header)


@pytest.mark.parametrize(
    "header", ["", "bytes=0-0,5-9", "items=0-5", "bytes=-", "bytes=5-2", f"bytes={'9' * 40}-"]
)
def test_odd_ranges_count_as_none(header: str) -> None:
    assert byte_range(header, 100) is None
    assert asks_from_start(header)


def test_the_start_is_what_players_ask_for_first() -> None:
    assert asks_from_start("bytes=0-")
    assert not asks_from_start("bytes=0-1")
    assert not asks_from_start("bytes=10-")
    assert not asks_from_start("bytes=-1")
