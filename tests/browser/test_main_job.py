"""The main job, as a person does it: a real portal article enlarged, heard and summed up in Chromium."""

from __future__ import annotations

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import anyio
import httpx2
import pytest
from tests.browser.measures import SETTLED
from tests.browser.static_portal import sentence_text
from tests.browser.waiting import PATIENCE, left, until

from readable_portal.cli.demo import FIRST_ARTICLE, load_portal

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

portal = load_portal()
ADDRESSES = [each.address for each in portal.catalogue.ARTICLES]
NO_ARTICLES = ["/", "/so-do-cong", "/gui-phan-anh", "/lien-he", "/tim-kiem", "/chuyen-muc/y-te", "/khong-co"]

# Pieces of script that the tests run in the page. `readable-toolbar` has an open shadow root.
TEXT_HEIGHTS = """(selectors) => {
  const seen = new Set(), found = [];
  for (const selector of selectors) for (const top of document.querySelectorAll(selector)) {
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const at = node.data.search(/\\S/);
      if (at < 0 || seen.has(node) || !node.parentElement.checkVisibility()) continue;
      seen.add(node);
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      found.push([node.data.trim().slice(0, 40), range.getBoundingClientRect().height]);
    }
  }
  return found;
}"""
HIGHLIGHTED = "(name) => [...(CSS.highlights.get(`readable-${name}`) ?? [])].map(String).join('')"
# The audio element is the widget's own; this lets a test look at it.
KEEP_AUDIO = """
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.heard = this; return play.call(this); };
"""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def open_article(page: Page, address: str = FIRST_ARTICLE) -> dict[str, Any]:
    """Go to an article, wait for its bar, and return what the widget was told of it."""
    with page.expect_response(lambda answer: "/_readable/article?" in answer.url) as told:
        page.goto(address)
    page.locator("readable-toolbar").get_by_role("button", name="Tóm tắt").wait_for()
    article: dict[str, Any] = told.value.json()
    return article


def sizes_of(page: Page, article: dict[str, Any]) -> list[tuple[str, float]]:
    selectors = [article["titlePath"], *(block["path"] for block in article["blocks"])]
    measured = page.evaluate(TEXT_HEIGHTS, [each for each in selectors if each])
    return [(text, height) for text, height in measured]


def not_trebled(before: list[tuple[str, float]], after: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The texts that are not three times as large, within 5 %, and by how much they grew."""
    assert [text for text, _ in after] == [text for text, _ in before]
    grown = [(text, round(now / was, 3)) for (text, was), (_, now) in zip(before, after, strict=True)]
    return [(text, by) for text, by in grown if not 2.85 <= by <= 3.15]


def enlarge(page: Page) -> None:
    """Press the larger button until 300 % is told."""
    larger = page.locator("readable-size").get_by_role("button").last
    for _ in range(12):
        if "300" in page.locator("readable-size output").inner_text():
            return
        larger.click()
    pytest.fail("300 % is never reached")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_text_node_grows_to_three_times_its_size_and_nothing_around(page: Page, address: str) -> None:
    """The bar stands above the words, as wide as they are; what is around the article keeps its size."""
    article = open_article(page, address)
    bar = page.locator("readable-toolbar").bounding_box()
    lead = page.locator(article["blocks"][0]["path"]).first.bounding_box()
    assert bar
    assert lead
    assert bar["y"] < lead["y"]
    assert bar["x"] >= lead["x"] - 30
    assert bar["width"] >= 0.9 * lead["width"]
    around = page.locator(".banner").bounding_box()
    menu = page.locator(".menu-doc").first.bounding_box()
    before = sizes_of(page, article)
    assert len(before) > 3
    enlarge(page)
    assert left(lambda: not_trebled(before, sizes_of(page, article))) == []
    assert page.locator(".banner").bounding_box() == around
    still = page.locator(".menu-doc").first.bounding_box()
    assert menu
    assert still
    assert still["height"] == menu["height"]


def test_the_whole_article_of_the_seed_grows(page: Page) -> None:
    """Title, date, lead, body, caption and author: no part of the article stays behind."""
    open_article(page)
    parts = [".articletitle", ".left-article-more-container", ".sapo", "#article_text", ".article-author"]
    before = page.evaluate(TEXT_HEIGHTS, parts)
    assert len(before) >= 7
    enlarge(page)
    assert left(lambda: not_trebled(before, page.evaluate(TEXT_HEIGHTS, parts))) == []


def test_the_old_control_is_taken_over_and_not_doubled(page: Page) -> None:
    open_article(page)
    assert not page.locator("#pnlWCAG").is_visible()
    assert page.locator("readable-toolbar").count() == 1
    bar = page.locator("readable-toolbar").bounding_box()
    title = page.locator(".articletitle").bounding_box()
    assert bar
    assert title
    assert bar["y"] < title["y"]


def test_the_size_is_remembered_on_the_next_page(page: Page) -> None:
    open_article(page)
    enlarge(page)
    article = open_article(page, "/tin-tuc/the-can-cuoc")
    assert "300" in page.locator("readable-size output").inner_text()
    until(lambda: max(height for _, height in sizes_of(page, article)) > 40)


def listen(page: Page) -> Callable[[], dict[str, Any]]:
    """Press Listen; returns a look at what sounds and what is marked at one moment."""
    page.add_init_script(KEEP_AUDIO)

    def look() -> dict[str, Any]:
        found: dict[str, Any] = page.evaluate(
            """() => ({
              time: window.heard?.currentTime ?? 0,
              paused: window.heard?.paused ?? true,
              ended: window.heard?.ended ?? false,
              sentence: [...(CSS.highlights.get('readable-sentence') ?? [])].map(String).join(''),
              word: [...(CSS.highlights.get('readable-word') ?? [])].map(String).join(''),
            })"""
        )
        return found

    return look


def marked_is(look: Callable[[], dict[str, Any]], wanted: str) -> bool:
    return squeezed(look()["sentence"]) == wanted


def source_is(page: Page, wanted: str) -> bool:
    return squeezed(page.evaluate(HIGHLIGHTED, "source")) == wanted


def marks_of(page: Page, article: dict[str, Any]) -> dict[str, Any]:
    def whole() -> dict[str, Any] | None:
        marks: dict[str, Any] = page.request.get(article["links"]["marks"]).json()
        return marks if marks["complete"] else None

    found: dict[str, Any] = until(whole)
    return found


def test_it_plays_with_the_right_sentence_marked(page: Page) -> None:
    look = listen(page)
    article = open_article(page)
    page.locator("readable-toolbar").get_by_role("button", name="Nghe bài").click()
    until(lambda: look()["time"] > 0)
    marks = marks_of(page, article)
    spoken = [each for each in marks["sentences"] if each["index"] >= 0]
    assert [each["index"] for each in spoken] == list(range(len(article["sentences"])))
    # Into the middle of each sentence, and look which one is marked there; held, so that it stays there.
    page.evaluate("() => window.heard.pause()")
    for each in spoken:
        middle = (each["startMs"] + each["endMs"]) / 2000
        page.evaluate("(seconds) => { window.heard.currentTime = seconds; }", middle)
        wanted = squeezed(sentence_text(article, each["index"]))
        until(partial(marked_is, look, wanted))
        now = look()
        assert each["startMs"] <= now["time"] * 1000 <= each["endMs"]
        if now["word"]:
            assert squeezed(now["word"]) in wanted


def test_the_marked_sentence_follows_the_sound(page: Page) -> None:
    """Four times as fast, over the first sentences: at each look the marked one is the one that sounds."""
    look = listen(page)
    article = open_article(page)
    page.locator("readable-toolbar").get_by_role("button", name="Nghe bài").click()
    marks = marks_of(page, article)
    until(lambda: look()["time"] > 0)
    page.evaluate("() => { window.heard.playbackRate = 4; }")
    seen: dict[int, int] = {}
    wrong = []
    # Beside a border either may be right: 150 ms of a busy machine are 600 ms of sound at this speed.
    slack = 600
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and len(seen) < 4:
        # In one frame with the mark's own step, so that time and mark belong together.
        page.evaluate(SETTLED)
        now = look()
        at = now["time"] * 1000
        for each in marks["sentences"]:
            if each["index"] >= 0 and each["startMs"] + slack < at < each["endMs"] - slack:
                seen[each["index"]] = seen.get(each["index"], 0) + 1
                if squeezed(now["sentence"]) != squeezed(sentence_text(article, each["index"])):
                    wrong.append((at, each["index"], now["sentence"][:40]))
        if now["ended"]:
            break
        time.sleep(0.1)
    assert len(seen) >= 3
    assert wrong == []


def test_a_summary_sentence_jumps_to_its_source(page: Page) -> None:
    article = open_article(page)
    bar = page.locator("readable-toolbar")
    bar.get_by_role("button", name="Tóm tắt").click()
    told = page.request.get(article["links"]["summary"]).json()
    points = bar.locator("readable-summary ol li")
    points.first.wait_for()
    assert points.count() == len(told["sentences"]) > 0
    assert bar.get_by_text("Tóm tắt do máy tạo").is_visible()
    for number, sentence in enumerate(told["sentences"]):
        assert sentence["text"] in points.nth(number).inner_text()
        points.nth(number).get_by_role("button").click()
        wanted = squeezed("".join(sentence_text(article, each) for each in sentence["sources"]))
        until(partial(source_is, page, wanted))
        until(
            lambda: page.evaluate(
                """() => { const [range] = CSS.highlights.get('readable-source');
                  const { top, bottom } = range?.getBoundingClientRect() ?? {};
                  return bottom > 0 && top < innerHeight; }"""
            )
        )


def focused(page: Page) -> str:
    """Name of the element that has the focus, through open shadow roots."""
    name: str = page.evaluate(
        """() => { let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at ? (at.getAttribute('aria-label') || at.textContent || '').trim() : ''; }"""
    )
    return name


def tab_to(page: Page, name: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if re.search(name, focused(page)):
            return
    pytest.fail(f"{name} cannot be reached by keyboard")


def test_all_of_it_by_keyboard_alone(page: Page) -> None:
    look = listen(page)
    article = open_article(page)
    before = sizes_of(page, article)
    tab_to(page, "Chữ lớn hơn")
    while "300" not in page.locator("readable-size output").inner_text():
        page.keyboard.press("Enter")
    assert left(lambda: not_trebled(before, sizes_of(page, article))) == []

    tab_to(page, "Nghe bài")
    page.keyboard.press("Enter")
    until(lambda: look()["sentence"] or look()["time"] > 0.5)
    until(lambda: not look()["paused"])
    assert re.search("Tạm dừng", focused(page))
    page.keyboard.press("Space")
    until(lambda: look()["paused"])

    tab_to(page, "Câu sau")
    first = look()["sentence"]
    page.keyboard.press("Enter")
    until(lambda: look()["sentence"] not in {"", first})

    tab_to(page, "^Tóm tắt")
    page.keyboard.press("Enter")
    page.locator("readable-summary ol li").first.wait_for()
    tab_to(page, "Xem trong bài")
    page.keyboard.press("Enter")
    until(lambda: page.evaluate(HIGHLIGHTED, "source"))
    page.keyboard.press("Escape")
    until(lambda: page.locator("readable-summary").count() == 0)
    assert re.search("^Tóm tắt", focused(page))


@pytest.mark.parametrize("address", NO_ARTICLES)
def test_no_bar_and_no_error_where_there_is_no_article(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator("readable-toolbar").count() == 0


async def bare(address: str) -> bytes:
    transport = httpx2.ASGITransport(app=portal.portal)
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal.example") as client:
        return (await client.get(address)).content


def own_page(address: str) -> bytes:
    """The page as the portal sends it. In a thread of its own: Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, bare, address).result()


def test_a_page_that_is_not_there_is_left_alone(context: BrowserContext) -> None:
    answer = context.request.get("/khong-co")
    assert answer.status == 404
    assert answer.body() == own_page("/khong-co")


@pytest.mark.parametrize("address", [*ADDRESSES, *NO_ARTICLES[:-1]])
def test_without_what_was_put_in_the_page_is_the_portals_own(context: BrowserContext, address: str) -> None:
    served = context.request.get(address).body()
    link = f"/_readable/read?path={quote(address, safe='')}"
    script = rb'<script src="/_readable/widget\.js"[^>]*></script>'
    noscript = rb'<noscript><a href="' + re.escape(link.encode()) + rb'">[^<]*</a></noscript>'
    stripped, scripts = re.subn(script, b"", served)
    stripped, links = re.subn(noscript, b"", stripped)
    assert (scripts, links) == (1, 1)
    assert stripped == own_page(address)
    head = served.index(b"</head>")
    assert served.index(b"widget.js") < head < served.index(b"<noscript>")


def test_an_article_whose_voice_is_killed_in_the_middle_still_plays(
    page: Page, demo: Any, context: BrowserContext
) -> None:
    """All that speak die while the article is being made: others take over, and every sentence is there."""
    look = listen(page)
    article = open_article(page, "/tin-tuc/phong-chong-bao")
    page.locator("readable-toolbar").get_by_role("button", name="Nghe bài").click()
    first = until(demo.workers)
    for worker in first:
        os.kill(worker, signal.SIGKILL)
    marks = marks_of(page, article)
    assert set(demo.workers()) - set(first)
    spoken = [each["index"] for each in marks["sentences"] if each["index"] >= 0]
    assert spoken == list(range(len(article["sentences"])))
    until(lambda: look()["time"] > 1 and not look()["paused"])
    until(lambda: look()["sentence"])
    audio = context.request.get(article["links"]["audio"])
    assert audio.headers["content-type"] == "audio/mpeg"
    # 32 kbit/s: four bytes a millisecond.
    assert abs(len(audio.body()) - 4 * marks["durationMs"]) < 4 * 1000
