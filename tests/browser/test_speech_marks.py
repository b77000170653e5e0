"""Whether a word's mark and its sound come together, in Chromium: by the sound itself, at three speeds.

Sentences of words with silence after each are spoken and served. The page plays them through an analyser and
writes down ``currentTime`` whenever sound begins after silence; each is compared with its word's mark.
"""

from __future__ import annotations

import asyncio
import math
import statistics
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from tests.speech.tones import article, plain

from readable_portal import ReadablePortal
from readable_portal.settings import Settings
from readable_portal.speech.espeak import Espeak
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page
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


RATES = [0.75, 1.0, 2.0]
# Half of what separates two words here, with room for a frame.
NEAR_MS = 100
# The page listens by a clock of its own, which a busy machine stops now and then.
TRIES = 4


def distance(wanted: list[float], found: list[float]) -> float:
    """Median of how far the nearest of those found is from each that is wanted, in milliseconds."""
    return statistics.median(
        [min((abs(each - at) for each in found), default=math.inf) for at in wanted or [0]]
    )


def best_of(faults: Callable[[], list[Any]]) -> list[Any]:
    """What is wrong in the last of some tries; nothing, as soon as one finds nothing wrong."""
    for _ in range(TRIES - 1):
        if not faults():
            return []
    return faults()


def at_once(tabs: list[Page], script: str, arguments: list[Any]) -> list[Any]:
    """Run one script in several tabs at the same time: each takes as long as its sound."""
    for tab, argument in zip(tabs, arguments, strict=True):
        tab.evaluate(f"(given) => {{ window.measured = ({script})(given); }}", argument)
    return [tab.evaluate("window.measured") for tab in tabs]


def test_a_words_mark_comes_with_its_sound_at_each_speed(
    recorded: tuple[bytes, dict[str, Any]], chromium: Browser, serve: Callable[..., str]
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
    tabs = [chromium.new_page() for _ in RATES]
    for tab in tabs:
        tab.goto(address)
        tab.mouse.click(5, 5)
        length = tab.evaluate(
            "new Promise(r => { const a = document.querySelector('audio'); a.readyState > 0 ? r(a.duration)"
            " : a.addEventListener('loadedmetadata', () => r(a.duration)) })"
        )
        # Without a Xing frame the length is an estimate from the bit rate; ours is exact.
        assert length * 1000 == pytest.approx(marks["durationMs"], abs=60)
    starts = [word[0] for sentence in marks["sentences"] for word in sentence["words"]]

    def faults() -> list[tuple[float, int, float]]:
        found = []
        # An element can be listened to once.
        for tab in tabs:
            tab.reload()
            tab.mouse.click(5, 5)
        for rate, onsets in zip(RATES, at_once(tabs, LISTEN, list(RATES)), strict=True):
            size = distance(starts, onsets)
            print(rate, len(onsets), size)  # noqa: T201 - the report
            if len(onsets) < len(starts) * 0.8 or size >= NEAR_MS:
                found.append((rate, len(onsets), size))
        return found

    assert not best_of(faults)
    for tab in tabs:
        tab.close()


# The audio element is the widget's own; this lets the test listen to it.
KEEP_AUDIO = """
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.heard = this; return play.call(this); };
"""
FOLLOW = """async ([rate, seconds]) => {
  const context = new AudioContext(), onsets = [], marked = [];
  await context.resume();
  const analyser = new AnalyserNode(context, {fftSize: 256}), samples = new Float32Array(256);
  context.createMediaElementSource(heard).connect(analyser).connect(context.destination);
  heard.playbackRate = rate;
  let quiet = 0, last = performance.now(), word = '';
  const timer = setInterval(() => {
    const now = performance.now();
    analyser.getFloatTimeDomainData(samples);
    const loud = samples.some(sample => Math.abs(sample) > 0.02);
    if (loud && quiet > 60) onsets.push(now);
    quiet = loud ? 0 : quiet + now - last;
    last = now;
    const shown = [...(CSS.highlights.get('readable-word') ?? [])].map(range =>
      `${range.startContainer.data}@${range.startOffset}`).join('');
    if (shown && shown !== word) marked.push(now);
    word = shown || word;
  }, 2);
  await new Promise(resolve => setTimeout(resolve, seconds * 1000));
  clearInterval(timer);
  return [onsets, marked];
}"""


# Half a second from word to word: a mark that has nothing to do with the sound would be off by 150 ms.
WORDS = [word.strip(",.").title() for sentence in SENTENCES for word in sentence.split()]
SLOWLY = [f"{'. '.join(WORDS[start : start + 5])}." for start in range(0, len(WORDS), 5)]
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Bài tập đọc từng tiếng</title>
<meta property="og:type" content="article"></head><body><main><article>
<h1>Bài tập đọc từng tiếng</h1><p>15/03/2019</p>
{"".join(f"<p>{sentence}</p>" for sentence in SLOWLY * 3)}
<p>Bài này để các em học sinh tập đọc từng tiếng một, theo đúng chương trình, mỗi ngày một trang.</p>
<p>Thầy cô giáo đọc trước, các em đọc theo, rồi từng em đọc lại cho cả lớp cùng nghe và cùng sửa cho nhau.</p>
</article></main></body></html>"""


def test_the_marked_word_changes_when_its_sound_begins_at_each_speed(
    chromium: Browser, serve: Callable[..., str]
) -> None:
    """The widget itself: sound that begins after a pause, and the nearest change of the mark."""

    async def article_page(_: Request) -> Response:
        return HTMLResponse(PAGE)

    address = serve(ReadablePortal(Starlette(routes=[Route("/tin-tuc/1", article_page)])))

    def faults() -> list[tuple[float, int, int, float]]:
        found = []
        for rate, (onsets, marked) in zip(RATES, follow_at_each_speed(chromium, address), strict=True):
            size = distance(onsets, marked)
            print(rate, len(onsets), len(marked), size)  # noqa: T201 - the report
            if min(len(onsets), len(marked)) < 15 or size >= NEAR_MS:
                found.append((rate, len(onsets), len(marked), size))
        return found

    assert not best_of(faults)


def follow_at_each_speed(chromium: Browser, address: str) -> list[tuple[list[float], list[float]]]:
    """When sound began after a pause, and when the mark changed, in milliseconds of the page."""
    contexts = [chromium.new_context() for _ in RATES]
    tabs = []
    for context in contexts:
        context.add_init_script(KEEP_AUDIO)
        page = context.new_page()
        page.goto(f"{address}/tin-tuc/1")
        page.locator("readable-toolbar").get_by_role("button", name="Nghe bài").click()
        page.wait_for_function("window.heard?.currentTime > 0")
        tabs.append(page)
    found = at_once(tabs, FOLLOW, [[rate, 14 / rate] for rate in RATES])
    for context in contexts:
        context.close()
    return found
