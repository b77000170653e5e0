"""gTTS against a server of our own that speaks Google's protocol, with each failure that was seen."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import gtts.tts
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.speech.tones import Tones

from readable_portal.errors import SettingsError, SpeechRejected, SpeechUnavailable
from readable_portal.settings import Settings
from readable_portal.speech import loudness, mp3
from readable_portal.speech.clips import make_clip
from readable_portal.speech.engine import get_engine
from readable_portal.speech.gtts import LONGEST, Gtts, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SENTENCE = (
    "Ủy ban nhân dân thành phố Rạch Giá, tỉnh Kiên Giang ban hành kế hoạch phòng, chống dịch bệnh; "
    "các sở, ban, ngành theo chức năng, nhiệm vụ được giao tổ chức thực hiện nghiêm túc kế hoạch này."
)


class Google:
    """Answers each request with a tone for each word, or as ``answer`` says."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.slow: list[bool] = []
        self.answer: Callable[[str, BaseHTTPRequestHandler], bytes | None] | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                rpc = json.loads(parse_qs(body)["f.req"][0])
                text, language, slow, _ = json.loads(rpc[0][0][1])
                assert (rpc[0][0][0], language) == ("jQ1olc", "vi")
                outer.texts.append(text)
                outer.slow.append(bool(slow))
                reply = sound(text) if outer.answer is None else outer.answer(text, self)
                if reply is not None:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(reply)))
                    self.end_headers()
                    self.wfile.write(reply)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


def reply(data: bytes) -> bytes:
    inner = json.dumps([base64.b64encode(data).decode()])
    outer = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]], separators=(",", ":"))
    return f")]}}'\n\n{len(outer)}\n{outer}\n".encode()


def sound(text: str) -> bytes:
    """An MP3 as Google sends it: a tone for each word."""
    made = asyncio.run(Tones().speak(text))
    return reply(mp3.encode(made.pcm, made.sample_rate))


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    server = Google()
    monkeypatch.setattr(gtts.tts, "_translate_url", lambda **_: server.address)
    yield server
    server.server.shutdown()
    server.server.server_close()


def speak(text: str = "xin chào", *, rate: float = 1.0, timeout: float = 5.0) -> Any:
    async def run() -> Any:
        engine = Gtts(timeout=timeout)
        try:
            return await engine.speak(text, rate=rate)
        finally:
            await engine.close()

    return asyncio.run(run())


def test_a_long_sentence_goes_in_pieces_of_whole_words(google: Google) -> None:
    spoken = speak(SENTENCE)
    assert " ".join(google.texts) == SENTENCE
    assert all(len(text) <= LONGEST for text in google.texts)
    assert google.texts[0].endswith(";"), "cut at the strongest mark"
    assert [SENTENCE[mark.start : mark.end] for mark in spoken.words] == SENTENCE.split()
    length = len(spoken.pcm) / 2 / spoken.sample_rate * 1000
    before = 0
    for mark in spoken.words:
        assert before <= mark.start_ms <= mark.end_ms <= length + 1
        before = mark.start_ms
    assert length == pytest.approx(120 * len(spoken.words), rel=0.1)


def test_its_sound_becomes_a_clip_of_our_format_at_our_level(google: Google) -> None:
    spoken = speak()
    clip = make_clip("k", Gtts(), "xin chào", spoken)
    assert mp3.whole_frames(clip.audio)
    assert loudness.level(loudness.levelled(spoken)) == pytest.approx(loudness.TARGET_DB, abs=2)
    assert google.texts == ["xin chào"]


def test_slow_rates_use_the_slow_voice(google: Google) -> None:
    speak(rate=0.6)
    speak(rate=1.5)
    assert google.slow == [True, False]


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_refusals_are_unavailable_and_name_the_status(google: Google, status: int) -> None:
    def refuse(_: str, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    google.answer = refuse
    with pytest.raises(SpeechUnavailable, match=str(status)) as caught:
        speak()
    assert caught.value.lasting == (status == 429)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html>captcha</html>", "without sound"),
        (b')]}\'\n\n58\n[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]', "status 200"),
        (reply(b""), "without sound"),
        (reply(b"no mp3 at all, but long enough"), "without sound"),
        (reply(b"\xff\xf3\x44\xc4 cut"), "damaged"),
        (b'["jQ1olc","[\\"!\xc4\x91\\"]"]', "not what it was"),
    ],
)
def test_success_without_sound_is_no_success(google: Google, body: bytes, words: str) -> None:
    google.answer = lambda *_: body
    with pytest.raises(SpeechUnavailable, match=words):
        speak()


def test_a_refusal_in_the_middle_leaves_nothing(google: Google) -> None:
    def second_refused(text: str, handler: BaseHTTPRequestHandler) -> bytes | None:
        if len(google.texts) == 1:
            return sound(text)
        handler.send_response(429)
        handler.end_headers()
        return None

    google.answer = second_refused
    with pytest.raises(SpeechUnavailable, match="429"):
        speak(SENTENCE)
    assert len(google.texts) == 2, "the rest is not asked for"


def test_silence_and_a_dropped_line_end_in_time(google: Google) -> None:
    def hang(_: str, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(1)
        handler.close_connection = True

    google.answer = hang
    begun = time.monotonic()
    with pytest.raises(SpeechUnavailable, match="reached"):
        speak(timeout=0.2)
    assert time.monotonic() - begun < 3


def test_a_trickle_ends_too(google: Google) -> None:
    def trickle(_: str, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _turn in range(12):
            handler.wfile.write(b"x")
            time.sleep(0.1)
        handler.close_connection = True

    google.answer = trickle
    with pytest.raises(SpeechUnavailable, match="takes too long"):
        speak(timeout=0.3)


def test_nothing_to_say_asks_nobody(google: Google) -> None:
    with pytest.raises(SpeechRejected):
        speak(" .,; ")
    assert google.texts == []


def test_the_host_comes_from_a_fixed_list() -> None:
    assert get_engine(Settings(engine="gtts")) is not None
    with pytest.raises(SettingsError, match="gtts_tld"):
        Settings(engine="gtts", gtts_tld="com@evil.example")  # type: ignore[arg-type]


@given(st.text(alphabet="ab đ.,;?!\n-", max_size=600))
def test_pieces_hold_every_word_once_in_order(text: str) -> None:
    parts = pieces(text)
    said = "".join(text[start:end] for start, end in parts)
    kept = "".join(word for word in text.split() if any(map(str.isalnum, word)))
    assert [c for c in said if c.isalnum()] == [c for c in kept if c.isalnum()]
    assert all(0 < end - start <= LONGEST for start, end in parts)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
