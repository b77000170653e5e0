"""What axe finds on every state of the tools above a real article: nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.waiting import PATIENCE

from readable_portal.cli.demo import FIRST_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator
    from tests.browser.conftest import DemoServer

pytestmark = pytest.mark.browser

# Our own elements: what the portal's page does wrong by itself is its owner's to mend.
OURS = ["readable-toolbar", "readable-from-here"]


def idle(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Tóm tắt|Summary")).wait_for()


def largest(bar: Locator) -> None:
    while "300" not in bar.locator("readable-size output").inner_text():
        bar.locator("readable-size button").last.click()
    bar.page.wait_for_function("document.querySelector('#article_text').currentCSSZoom === 3")


def listening(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Nghe bài|^Listen")).click()
    bar.get_by_role("button", name=re.compile("Câu sau|Next sentence")).wait_for()


def summary(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Tóm tắt|Summary")).first.click()
    bar.locator("readable-summary li").first.wait_for()


def display(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Hiển thị|Display")).first.click()
    bar.locator("readable-display").locator("input, select, button").first.wait_for()


def closed(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Hiển thị|Display")).first.click()


STATES = [idle, summary, display, closed, largest, listening, summary]


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_found(
    *, chromium: Browser, demo: DemoServer, axe: Callable[..., list[Any]], width: int
) -> None:
    """From state to state on one page: at the end all of it is open at once, at the largest size."""
    context = chromium.new_context(base_url=demo.url, viewport={"width": width, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto(FIRST_ARTICLE)
    bar = page.locator("readable-toolbar")
    for state in STATES:
        state(bar)
        present = [each for each in OURS if page.locator(each).count()]
        assert axe(page, include=present) == [], state.__name__
    context.close()
