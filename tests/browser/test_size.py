"""The size of text on legacy pages: every text node, nothing over the edge, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.measures import MEASURE, OVER, SETTLED, WATCH, unlike
from tests.browser.static_portal import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def set_size(page: Page, size: int) -> None:
    """Click once, which brings the focus, then go on by the key, as the list of shortcuts says."""
    larger = page.get_by_role("button", name="Chữ lớn hơn")
    name = f"({size} %)"
    if "(100" in (larger.get_attribute("aria-label") or ""):
        larger.click()
    while name not in (larger.get_attribute("aria-label") or "").replace("\u00a0", " "):
        page.keyboard.press("+")
    page.evaluate(SETTLED)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", pages())
def test_every_text_node_grows_alike(visit: Callable[..., Page], name: str, width: int) -> None:
    page = visit(name, width=width)
    places = list(pages()[name])
    page.evaluate(WATCH, places)
    before = page.evaluate(MEASURE, places)
    assert before
    for size in (150, 200, 300):
        set_size(page, size)
        assert not unlike(before, page.evaluate(MEASURE, places), size), f"{size} %"
        if width == 320:
            assert page.evaluate(OVER) <= 0, f"{size} %"
    assert page.evaluate("window.writes") == 0
