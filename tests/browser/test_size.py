"""The size of text on legacy pages: every text node, nothing over the edge, nothing written."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import is_own
from tests.browser.measures import MEASURE, OVER, SETTLED, WATCH, unlike
from tests.browser.static_portal import StaticPortal, pages
from tests.browser.waiting import left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from starlette.types import Receive, Scope, Send

pytestmark = pytest.mark.browser


def set_size(page: Page, size: int) -> None:
    """Click once, which brings the focus, then go on by the key, as the list of shortcuts says."""
    larger = page.get_by_role("button", name="Chữ lớn hơn")
    name = f"({size} %)"
    if "(100" in (larger.get_attribute("aria-label") or ""):
        larger.click()
    for _ in range(9):
        if name in (larger.get_attribute("aria-label") or "").replace("\u00a0", " "):
            return
        page.keyboard.press("+")
    pytest.fail(f"{size} % is never told")


def check_sizes(page: Page, name: str, width: int) -> None:
    """At each size every text node has grown, once what lays the size has come and the page stands still."""
    places = list(pages()[name])
    page.evaluate(WATCH, places)
    before = page.evaluate(MEASURE, places)
    assert before

    def wrong(size: int) -> list[object]:
        page.evaluate(SETTLED)
        over = page.evaluate(OVER) if width == 320 else 0
        return [
            *unlike(before, page.evaluate(MEASURE, places), size),
            *([f"{over} px over"] if over > 0 else []),
        ]

    for size in (150, 200, 300):
        set_size(page, size)
        assert not left(partial(wrong, size)), f"{size} %"
    assert page.evaluate("window.writes") == 0


@pytest.fixture(scope="module")
def tab(chromium: Browser, static_portal: tuple[StaticPortal, str]) -> Iterator[Page]:
    """One tab for all pages, as to open one each takes a third of a test's time."""
    address = static_portal[1]
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if is_own(asked.url, address) else faults.append(asked.url))
    yield page
    context.close()
    assert not faults


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", pages())
def test_every_text_node_grows_alike(tab: Page, name: str, width: int) -> None:
    # A reader who was never here: neither size nor anything else is remembered.
    tab.context.clear_cookies()
    if tab.url != "about:blank":
        tab.evaluate("localStorage.clear()")
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"/tin/{name}")
    tab.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    check_sizes(tab, name, width)


def test_a_press_before_the_rest_has_come_is_not_lost(chromium: Browser, serve: Callable[..., str]) -> None:
    """What lays the sizes is fetched when the page is at rest; on a slow line a reader presses before."""
    inner = StaticPortal().app

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if "/late-" in scope.get("path", ""):
            await asyncio.sleep(0.5)
        await inner(scope, receive, send)

    context = chromium.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    name = "13-fixed-width"
    page.goto(f"{serve(slow)}/tin/{name}")
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    check_sizes(page, name, 320)
    context.close()
