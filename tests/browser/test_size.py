"""The size of text on legacy pages: every text node, nothing over the edge, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.static_portal import pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# The effective size of each text node of title and body: its font size times the zoom it stands under.
# Measured by a probe of layout too: the height of a letter's box must have grown as much.
MEASURE = """
([title, body]) => {
  const found = [];
  for (const root of [document.querySelector(title), document.querySelector(body)]) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      if (!node.data.trim() || node.parentElement.closest("script,style,object,video")) continue;
      const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
      found.push(size * node.parentElement.currentCSSZoom);
    }
  }
  return found;
}
"""
WATCH = """
([title, body]) => {
  window.writes = 0;
  const watch = new MutationObserver((list) => { window.writes += list.length; });
  for (const root of [document.querySelector(title), document.querySelector(body)])
    watch.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
}
"""


def set_size(page: Page, size: int) -> None:
    """Press the button as a reader does until the size is there."""
    larger = page.get_by_role("button", name="Chữ lớn hơn")
    while f"({size} %)" not in (larger.get_attribute("aria-label") or "").replace("\u00a0", " "):
        larger.click()
    page.wait_for_timeout(120)


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
        after = page.evaluate(MEASURE, places)
        wrong = [
            (b, a) for b, a in zip(before, after, strict=True) if abs(a / b - size / 100) > 0.05 * size / 100
        ]
        assert not wrong, f"{size} %"
        if width == 320:
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over <= 0, f"{size} %: {over} px over the edge"
    assert page.evaluate("window.writes") == 0
