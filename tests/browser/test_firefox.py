"""The controls in stock Firefox: sizes, sound, summary, keys; and in one without zoom and highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.firefox import running_firefox
from tests.browser.measures import MEASURE, OVER, SETTLED, WATCH, unlike
from tests.browser.static_portal import StaticPortal, article, pages
from tests.conftest import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.firefox import Firefox, Tab

pytestmark = pytest.mark.firefox

PAGE = "01-px-pnlwcag"
READY = "() => Boolean(document.querySelector('readable-toolbar')?.reading)"
MARKED = "(name) => [...(CSS.highlights.get('readable-' + name) ?? [])].map(String).join('|')"
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
    """As before version 126: without `zoom`; and before 140: without highlights."""
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


def no_fault(browser: Firefox, address: str) -> None:
    """No script failed, and nothing was asked of another origin."""
    for event in browser.events:
        params = event["params"]
        if event["method"] == "log.entryAdded":
            assert params["level"] != "error", params["text"]
        else:
            assert params["request"]["url"].startswith((address, "data:", "blob:"))


def enlarge(tab: Tab, size: int) -> None:
    """Press the button as a reader does until the size is there."""
    while tab.evaluate("() => Number(/size=(\\d+)/.exec(document.cookie)?.[1] ?? 100)") != size:
        tab.click("Chữ lớn hơn")
    tab.evaluate(SETTLED)


def check_sizes(tab: Tab, name: str, *, width: int) -> None:
    places = list(pages()[name])
    tab.evaluate(WATCH, places)
    before = tab.evaluate(MEASURE, places)
    assert before
    for size in (150, 200, 300):
        enlarge(tab, size)
        assert not unlike(before, tab.evaluate(MEASURE, places), size), f"{size} %"
        if width == 320:
            assert tab.evaluate(OVER) <= 0, f"{size} %"
    assert tab.evaluate("() => window.writes") == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", pages())
def test_every_text_node_grows_alike(firefox: Firefox, address: str, name: str, width: int) -> None:
    with visit(firefox, f"{address}/tin/{name}", width=width) as tab:
        check_sizes(tab, name, width=width)
    no_fault(firefox, address)
