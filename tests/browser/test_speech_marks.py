"""Whether a word's mark and its sound come together, in Chromium: by the sound itself, at three speeds.

Sentences of words with silence after each are spoken and served. The page plays them through an analyser and
writes down ``currentTime`` whenever sound begins after silence; each is compared with its word's mark.
"""

from __future__ import annotations

import asyncio
import statistics
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from tests.speech.tones import article, plain

from readable_portal.settings import Settings
from readable_portal.speech.espeak import Espeak
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from starlette.requests import Request

pytestmark = pytest.mark.browser

# Commas make espeak pause after each word; the consonants begin hard, so that an onset is an onset.
SENTENCES = ["Ba, tám, chín, tư, bốn.", "Bảy, cả, kế, tá, đá.", "Bé, tô, cô, bó, tí.", "Đi, ti, ta, ca, ba."]

LISTEN = """async (rate) => {
  const audio = document.querySelector('audio'), context = new AudioContext(), found = [];
  await context.resume();
  const analyser = new AnalyserNode(context, {fftSize: 256});
  context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
  const samples = new Float32Array(analyser.fftSize);
  audio.playbackRate = rate;
  let quiet = 0, last = performance.now();
  const ended = new Promise(resolve => audio.addEventListener('ended', resolve));
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loud = samples.some(sample => Math.abs(sample) > 0.02), now = performance.now();
    if (loud && quiet > 60) found.push(audio.currentTime * 1000);
    quiet = loud ? 0 : quiet + now - last;
    last = now;
  }, 2);
  await audio.play();
  await ended;
  clearInterval(timer);
  await context.close();
  return found;
}"""


def spoken() -> tuple[bytes, dict[str, Any]]:
    async def run() -> tuple[bytes, dict[str, Any]]:
        service = SpeechService(Settings(), Store("memory:///"), engines=[Espeak(workers=1)], verbalize=plain)
        recording = await service.record(article(*SENTENCES))
        audio = b"".join([piece async for piece in recording.follow()])
        await service.close()
        return audio, recording.marks()

    return asyncio.run(run())


@pytest.fixture(scope="module")
def recorded() -> tuple[bytes, dict[str, Any]]:
    # Playwright holds this thread's event loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(spoken).result()


@pytest.mark.parametrize("rate", [0.75, 1.0, 2.0])
def test_a_words_mark_comes_with_its_sound(
    recorded: tuple[bytes, dict[str, Any]], rate: float, chromium: Browser, serve: Callable[..., str]
) -> None:
    audio, marks = recorded

    async def page(_: Request) -> Response:
        return HTMLResponse("<!doctype html><title>t</title><audio src='/a.mp3' preload='auto'></audio>")

    async def sound(_: Request) -> Response:
        return Response(audio, media_type="audio/mpeg", headers={"Accept-Ranges": "bytes"})

    async def nothing(_: Request) -> Response:
        return JSONResponse({})

    address = serve(
        Starlette(routes=[Route("/", page), Route("/a.mp3", sound), Route("/favicon.ico", nothing)])
    )
    tab = chromium.new_page()
    tab.goto(address)
    tab.mouse.click(5, 5)
    length = tab.evaluate(
        "new Promise(r => { const a = document.querySelector('audio'); a.readyState > 0 ? r(a.duration)"
        " : a.addEventListener('loadedmetadata', () => r(a.duration)) })"
    )
    onsets: list[float] = tab.evaluate(LISTEN, rate)
    tab.close()
    starts = [word[0] for sentence in marks["sentences"] for word in sentence["words"]]
    # Without a Xing frame the length is an estimate from the bit rate; ours is exact.
    assert length * 1000 == pytest.approx(marks["durationMs"], abs=60)
    errors = [min((onset - start for onset in onsets), key=abs) for start in starts]
    sizes = [abs(error) for error in errors]
    print(rate, len(onsets), statistics.median(errors), statistics.median(sizes))  # noqa: T201 - the report
    assert len(onsets) >= len(starts) * 0.8
    assert statistics.median(sizes) < 100
