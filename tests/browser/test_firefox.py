"""The controls in stock Firefox: sizes, sound, summary, keys; and in one without zoom and highlights."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.browser.firefox import FIND, running_firefox
from tests.browser.measures import MARKED, MEASURE, OVER, SETTLED, WATCH, unlike
from tests.browser.static_portal import StaticPortal, article, pages, sentence
from tests.conftest import running

from readable_portal.cli.demo import load_portal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import DemoServer
    from tests.browser.firefox import Firefox, Tab

pytestmark = pytest.mark.firefox

portal = load_portal()
PAGE = "01-px-pnlwcag"
READY = "() => Boolean(document.querySelector('readable-toolbar')?.reading)"
SIZE = "() => Number(/size=(\\d+)/.exec(document.cookie)?.[1] ?? 100)"
ARTICLE = "document.querySelector('readable-toolbar').reading.article"
# Where the first term stands, brought into view.
TERM = """() => {
  const range = [...CSS.highlights.get('readable-term')][0];
  range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
  return range.getClientRects()[0].toJSON();
}"""
DOTTED = """() => {
  const box = document.querySelector("[aria-hidden] > div[style*='dotted']");
  box?.scrollIntoView({ block: 'center', behavior: 'instant' });
  return box?.getBoundingClientRect().toJSON();
}"""
MEANING = """() => {
  const box = document.querySelector('readable-meaning')?.shadowRoot.querySelector('.meaning');
  return Boolean(box?.getClientRects().length);
}"""
DIALOG = """() => {
  const dialog = document.querySelector('readable-help')?.shadowRoot.querySelector('dialog');
  return Boolean(dialog?.open);
}"""
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return (at?.ariaLabel ?? at?.textContent ?? '').replaceAll('\\u00a0', ' ').trim();
}"""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running(StaticPortal().app) as found:
        yield found


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running_firefox(tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


@pytest.fixture(scope="session")
def old_firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """As Firefox 115, the last for Windows 7: without `zoom` and highlights."""
    with running_firefox(tmp_path_factory.mktemp("old"), {"layout.css.zoom.enabled": False}) as browser:
        browser.call(
            "script.addPreloadScript",
            functionDeclaration="() => { delete CSS.highlights; delete window.Highlight; }",
        )
        yield browser


def visit(browser: Firefox, url: str, *, width: int = 1280) -> Tab:
    tab = browser.new_tab(width=width)
    browser.events.clear()
    tab.goto(url)
    tab.until(READY)
    return tab


def no_faults(browser: Firefox, address: str) -> bool:
    """No script failed, and nothing was asked of another origin."""
    for event in browser.events:
        params = event["params"]
        if event["method"] == "log.entryAdded":
            assert params["level"] != "error", params["text"]
        else:
            assert params["request"]["url"].startswith((address, "data:", "blob:"))
    return True


def enlarge(tab: Tab, size: int) -> None:
    """Click once, which brings the focus, then go on by the key, as the list of shortcuts says."""
    if tab.evaluate(SIZE) == 100:
        tab.click("Chữ lớn hơn")
    while tab.evaluate(SIZE) < size:
        tab.press("+")
    assert tab.evaluate(SIZE) == size
    tab.evaluate(SETTLED)


def check_sizes(tab: Tab, places: list[str], *, width: int, sizes: tuple[int, ...] = (150, 200, 300)) -> None:
    tab.evaluate(WATCH, places)
    before = tab.evaluate(MEASURE, places)
    assert before
    for size in sizes:
        enlarge(tab, size)
        # What old browsers need for it is fetched at the first press.
        for _ in range(200):
            wrong = unlike(before, tab.evaluate(MEASURE, places), size)
            over = tab.evaluate(OVER) if width == 320 else 0
            if not wrong and over <= 0:
                break
            tab.evaluate(SETTLED)
        assert not wrong, f"{size} %"
        assert over <= 0, f"{size} %"
    assert tab.evaluate("() => window.writes") == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", pages())
def test_every_text_node_grows_alike(firefox: Firefox, address: str, name: str, width: int) -> None:
    with visit(firefox, f"{address}/tin/{name}", width=width) as tab:
        check_sizes(tab, list(pages()[name]), width=width)
        assert no_faults(firefox, address)


@pytest.mark.parametrize("page", [each.address for each in portal.catalogue.ARTICLES])
def test_every_text_node_of_the_demo_portal(firefox: Firefox, demo: DemoServer, page: str) -> None:
    with visit(firefox, f"{demo.url}{page}") as tab:
        told = (
            "() => { const { titlePath, bodyPath } = " + ARTICLE + "; return [titlePath || 'h1', bodyPath]; }"
        )
        check_sizes(tab, tab.evaluate(told), width=1280)
        assert no_faults(firefox, demo.url)


# Such pages have inline sizes that claim `!important`, which no style sheet can beat.
BEYOND = {"06-important"}


@pytest.mark.parametrize("name", sorted(set(pages()) - BEYOND))
def test_without_zoom_text_grows_by_its_font_size(old_firefox: Firefox, address: str, name: str) -> None:
    with visit(old_firefox, f"{address}/tin/{name}", width=320) as tab:
        assert not tab.evaluate("() => CSS.supports('zoom', '2') || 'highlights' in CSS")
        check_sizes(tab, list(pages()[name]), width=320, sizes=(200, 300))
        assert no_faults(old_firefox, address)


def test_back_to_the_portals_own_sizes_without_zoom(old_firefox: Firefox, address: str) -> None:
    with visit(old_firefox, f"{address}/tin/{PAGE}") as tab:
        places = list(pages()[PAGE])
        before = tab.evaluate(MEASURE, places)
        enlarge(tab, 200)
        tab.press("0")
        tab.evaluate(SETTLED)
        assert tab.evaluate(MEASURE, places) == before


def test_sound_and_marks(firefox: Firefox, address: str) -> None:
    """Play, the next sentence, its word, a pause; the mark is the sentence that sounds."""
    with visit(firefox, f"{address}/tin/{PAGE}") as tab:
        tab.evaluate(WATCH, list(pages()[PAGE]))
        tab.click("Nghe bài")
        tab.until(f"() => ({MARKED})('sentence') === {json.dumps(article(PAGE)['title'])}")
        tab.click("Câu sau")
        tab.until(f"() => ({MARKED})('sentence') === {json.dumps(sentence(PAGE, 0))}")
        assert tab.until(f"() => ({MARKED})('word')") in sentence(PAGE, 0)
        tab.click("Tạm dừng")
        tab.until(FIND, "Nghe tiếp")
        tab.click("Đóng máy nghe")
        tab.until(f"() => ({MARKED})('sentence') === ''")
        assert tab.evaluate(FOCUSED).startswith("Nghe bài")
        assert tab.evaluate("() => window.writes") == 0
        assert no_faults(firefox, address)


def test_summary_and_a_term(firefox: Firefox, address: str) -> None:
    with visit(firefox, f"{address}/tin/{PAGE}") as tab:
        tab.click("Tóm tắt")
        tab.click("Xem trong bài")
        tab.until(f"() => ({MARKED})('source') === {json.dumps(sentence(PAGE, 0))}")
        tab.until("() => CSS.highlights.get('readable-term')?.size")
        tab.click_at(tab.evaluate(TERM))
        assert tab.until(MEANING)
        tab.press("Escape")
        tab.until(f"() => !({MEANING})()")
        assert no_faults(firefox, address)


def test_everything_by_keyboard(firefox: Firefox, address: str) -> None:
    with visit(firefox, f"{address}/tin/{PAGE}") as tab:
        tab.evaluate("() => document.querySelector('readable-toolbar').focus()")
        names: list[str] = []
        while "Hiển thị" not in names and len(names) < 12:
            tab.press("Tab")
            names.append(tab.evaluate(FOCUSED))
        assert names[-5:] == [
            "Chữ nhỏ hơn (100 %)",
            "Chữ lớn hơn (100 %)",
            "Nghe bài· 2 phút",
            "Tóm tắt",
            "Hiển thị",
        ]
        tab.press("Enter")
        tab.until(
            "() => document.querySelector('readable-toolbar').shadowRoot.querySelector('readable-display')"
        )
        tab.press("Escape")
        assert tab.evaluate(FOCUSED) == "Hiển thị"
        tab.press("?")
        tab.until(DIALOG)
        tab.press("Escape")
        tab.until(f"() => !({DIALOG})()")
        assert tab.evaluate(FOCUSED) == "Hiển thị"
        assert no_faults(firefox, address)


def test_marks_and_terms_without_highlights(old_firefox: Firefox, address: str) -> None:
    with visit(old_firefox, f"{address}/tin/{PAGE}") as tab:
        tab.evaluate(WATCH, list(pages()[PAGE]))
        tab.click("Nghe bài")
        tab.click("Câu sau")
        spoken = "[aria-hidden] > div[style*='rgb(255, 241, 184)']"
        first = tab.until(
            f"() => document.querySelector({json.dumps(spoken)})?.getBoundingClientRect().toJSON()"
        )
        text = tab.evaluate("() => document.querySelector('#article_text').getBoundingClientRect().toJSON()")
        assert text["left"] - 2 <= first["left"] < text["right"]
        tab.click("Đóng máy nghe")
        tab.until(f"() => !document.querySelector({json.dumps(spoken)})")
        tab.evaluate(SETTLED)
        tab.click_at(tab.until(DOTTED))
        assert tab.until(MEANING)
        tab.press("Escape")
        tab.until(f"() => !({MEANING})()")
        assert tab.evaluate("() => window.writes") == 0
        assert no_faults(old_firefox, address)
