"""Where a browser or a portal lacks something: old browsers, and articles in shadow roots."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import JSONResponse
from tests.browser.measures import MEASURE, SETTLED, WATCH
from tests.browser.static_portal import STATIC, article, pages
from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.browser.static_portal import StaticPortal

pytestmark = pytest.mark.browser

PAGE = "01-px-pnlwcag"
WITHOUT_HIGHLIGHTS = "delete CSS.highlights; delete window.Highlight;"
# The attribute means nothing then, either; here the browser's own sheet would still hide what has it.
WITHOUT_POPOVERS = """
  for (const name of ['showPopover', 'hidePopover', 'togglePopover', 'popover'])
    delete HTMLElement.prototype[name];
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name !== 'popover') set.call(this, name, value);
  };
"""
# Boxes of one kind by their colour, and the union of what they cover.
COVERED = """(colour) => {
  const all = [...document.querySelectorAll('[aria-hidden] > div')];
  const found = all.filter((each) => each.style.cssText.includes(colour));
  const boxes = found.map((each) => each.getBoundingClientRect());
  return boxes.length ? {
    left: Math.min(...boxes.map((b) => b.left)), top: Math.min(...boxes.map((b) => b.top)),
    right: Math.max(...boxes.map((b) => b.right)), bottom: Math.max(...boxes.map((b) => b.bottom)),
    blend: getComputedStyle(found[0]).mixBlendMode,
  } : null;
}"""
# Where the lead's first sentence stands in the page.
SENTENCE = """(text) => {
  const walker = document.createTreeWalker(document.querySelector('#article_text'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + text.length);
    return range.getBoundingClientRect().toJSON();
  }
}"""
LIGHT, DARK = "rgb(255, 241, 184)", "rgb(74, 63, 18)"


def first_sentence() -> str:
    data = article(PAGE)
    found = data["sentences"][0]
    text: str = data["blocks"][found["block"]]["text"][found["start"] : found["end"]]
    return text


def again(page: Page, script: str) -> None:
    page.add_init_script(script)
    page.reload()


def same_place(page: Page, colour: str) -> bool:
    page.evaluate(SETTLED)
    boxes, text = page.evaluate(COVERED, colour), page.evaluate(SENTENCE, first_sentence())
    return bool(boxes) and all(
        abs(boxes[side] - text[side]) < 2 for side in ("left", "top", "right", "bottom")
    )


def test_without_highlights_boxes_lie_over_the_words(visit: Callable[..., Page]) -> None:
    page = visit(PAGE, wait=False)
    again(page, WITHOUT_HIGHLIGHTS)
    page.get_by_role("button", name="Nghe bài").click()
    page.evaluate(WATCH, list(pages()[PAGE]))
    # The title is marked: the marks have come, and the buttons have sentences to go to.
    until(lambda: page.evaluate(COVERED, LIGHT) is not None)
    page.get_by_role("button", name="Tạm dừng").click()
    page.get_by_role("button", name="Câu sau").click()
    until(lambda: same_place(page, LIGHT))
    assert page.evaluate(COVERED, LIGHT)["blend"] == "multiply"
    # They follow what moves the text, and let the pointer through.
    page.get_by_role("button", name="Chữ lớn hơn").click()
    until(lambda: same_place(page, LIGHT))
    middle = page.evaluate(SENTENCE, first_sentence())
    assert page.evaluate(
        "({x, y}) => !document.elementFromPoint(x + 5, y + 5).closest('[aria-hidden]')", middle
    )
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_label("Tối", exact=True).check()
    until(lambda: same_place(page, DARK))
    assert page.evaluate(COVERED, DARK)["blend"] == "screen"
    page.get_by_role("button", name="Đóng máy nghe").click()
    until(lambda: page.evaluate(COVERED, DARK) is None)
    assert page.evaluate("window.writes") == 0


def test_without_popovers_a_term_is_explained_in_a_plain_box(visit: Callable[..., Page]) -> None:
    page = visit(PAGE, wait=False)
    again(page, WITHOUT_POPOVERS)
    page.wait_for_function("CSS.highlights.get('readable-term')?.size")
    box = page.evaluate("[...CSS.highlights.get('readable-term')][0].getClientRects()[0].toJSON()")
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*middle)
    meaning = page.locator("readable-meaning .meaning")
    meaning.wait_for()
    place = meaning.bounding_box()
    assert place
    # In the window, and not over the word.
    assert place["x"] >= 0
    assert place["y"] >= box["bottom"] or place["y"] + place["height"] <= box["top"]
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    page.mouse.click(*middle)
    meaning.wait_for()
    meaning.get_by_role("button", name="Đóng").click()
    assert not meaning.is_visible()


def test_without_adopted_style_sheets_the_page_stays_as_it_is(
    visit: Callable[..., Page], portal: StaticPortal
) -> None:
    page = visit(PAGE, wait=False)
    page.wait_for_load_state("networkidle")
    portal.asked.clear()
    again(page, "delete Document.prototype.adoptedStyleSheets;")
    page.wait_for_load_state("networkidle")
    assert page.locator("readable-toolbar").count() == 0
    assert page.locator("#pnlWCAG").is_visible()
    assert set(portal.asked) <= {"widget.js"}


# What a portal of web components sends: nothing of the article stands in the document itself.
COMPONENT = """
  customElements.define('portal-article', class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: 'open' }).append(...this.childNodes);
    }
  });
"""


def component_of(data: dict[str, Any]) -> dict[str, Any]:
    """The article as its paths name it within the root."""
    told = data | {"titlePath": "h1", "bodyPath": ".nd"}
    told["blocks"] = [block | {"path": ".nd"} for block in data["blocks"]]
    return told


def test_an_article_in_a_shadow_root_with_the_bar_in_it(
    visit: Callable[..., Page], portal: StaticPortal
) -> None:
    """By hand: the element beside the title, in the root, with JSON whose selectors are those of the root."""
    name = "17-flex-modern"
    portal.broken["article"] = JSONResponse({"type": "not-an-article"}, 404)
    portal.broken["in-root"] = JSONResponse(component_of(article(name)))
    page = visit(name, wait=False)
    first: list[str] = json.loads((STATIC / "manifest.json").read_text("utf-8"))["first"]
    _, bar, _ = first
    page.evaluate(
        f"""async () => {{
          await import('/_readable/{bar}');
          {COMPONENT}
          const host = document.createElement('portal-article');
          host.append(...document.querySelector('article').childNodes);
          const bar = document.createElement('readable-toolbar');
          bar.setAttribute('article', '/_readable/in-root');
          host.prepend(bar);
          document.querySelectorAll('body > :not(script)').forEach((each) => each.remove());
          document.body.append(host);
        }}"""
    )
    root = "document.querySelector('portal-article').shadowRoot"
    page.wait_for_function(f"{root}.querySelector('readable-toolbar').reading?.body")
    measure = MEASURE.replace("document.querySelector", f"{root}.querySelector")
    before = page.evaluate(measure, ["h1", ".nd"])
    for _ in range(5):
        page.get_by_role("button", name="Chữ lớn hơn").click()
    wanted = pytest.approx([2 * was for was in before])
    until(lambda: page.evaluate(measure, ["h1", ".nd"]) == wanted)
    page.get_by_role("button", name="Nghe bài").click()
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size")
    painted = page.evaluate(
        f"getComputedStyle({root}.querySelector('h1'), '::highlight(readable-sentence)').backgroundColor"
    )
    assert painted == LIGHT


def test_an_article_in_a_shadow_root_behind_the_script_tag(visit: Callable[..., Page]) -> None:
    """The server's paths start at the body and find nothing: no bar, no error, the page stays."""
    page = visit("17-flex-modern", wait=False)
    again(
        page,
        f"""localStorage.clear();
        addEventListener('DOMContentLoaded', () => {{
          {COMPONENT}
          const host = document.createElement('portal-article');
          host.append(...document.body.childNodes);
          document.body.append(host);
        }});""",
    )
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.querySelector('portal-article').shadowRoot.querySelector('h1')")
    assert page.locator("readable-toolbar").count() == 0
