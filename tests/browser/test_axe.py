"""What axe finds on every state of the tools above a real article: nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from readable_portal.cli.demo import FIRST_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

# Our own elements: what the portal's page does wrong by itself is its owner's to mend.
OURS = ["readable-toolbar", "readable-from-here"]


def idle(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Tóm tắt|Summary")).wait_for()


def largest(bar: Locator) -> None:
    while "300" not in bar.locator("readable-size output").inner_text():
        bar.locator("readable-size button").last.click()


def listening(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Nghe bài|^Listen")).click()
    bar.get_by_role("button", name=re.compile("Câu sau|Next sentence")).wait_for()


def summary(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Tóm tắt|Summary")).first.click()
    bar.locator("readable-summary li").first.wait_for()


def display(bar: Locator) -> None:
    bar.get_by_role("button", name=re.compile("Hiển thị|Display")).first.click()
    bar.locator("readable-display").locator("input, select, button").first.wait_for()


def everything(bar: Locator) -> None:
    largest(bar)
    listening(bar)
    summary(bar)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "state", [idle, largest, listening, summary, display, everything], ids=lambda state: state.__name__
)
def test_nothing_is_found(
    *,
    chromium: Browser,
    demo: Any,
    axe: Callable[..., list[Any]],
    state: Callable[[Locator], None],
    width: int,
) -> None:
    context = chromium.new_context(base_url=demo.url, viewport={"width": width, "height": 800})
    page: Page = context.new_page()
    page.goto(FIRST_ARTICLE)
    bar = page.locator("readable-toolbar")
    idle(bar)
    state(bar)
    present = [each for each in OURS if page.locator(each).count()]
    assert axe(page, include=present) == []
    context.close()
