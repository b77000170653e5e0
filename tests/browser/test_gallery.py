"""The gallery of the demo portal: each element by itself, from static JSON, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ELEMENTS = ["toolbar", "size", "player", "summary", "glossary", "display"]


def test_every_element_stands_by_itself(page: Page) -> None:
    page.goto("/widgets/")
    page.wait_for_function(
        "(names) => names.every((name) => customElements.get('readable-' + name))", arg=ELEMENTS
    )
    page.locator("#glossary dl").first.wait_for()
    for name in ELEMENTS:
        for language in ("vi", "en"):
            each = page.locator(f"#{name} readable-{name}[language={language}]").first
            each.wait_for()
            box = each.bounding_box()
            assert box is not None
            assert box["height"] >= 44, name
    page.locator("#player readable-player").first.get_by_role("button", name="Nghe tiếp").click()
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size")
    page.locator("#states").get_by_text("Chưa tóm tắt được bài này.").wait_for()
