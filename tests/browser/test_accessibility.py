"""axe-core over every state, theme and language at two widths; targets; names; what is announced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.measures import SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "widgets" / "node_modules" / "axe-core" / "axe.min.js"
OURS = ["toolbar", "from-here", "help", "meaning", "ruler", "status"]
PAGE = "17-flex-modern"
THEMES = ["page", "light", "sepia", "dark", "contrast", "yellow"]
WORDS = {
    "vi": {"summary": "Tóm tắt", "display": "Hiển thị", "keys": "Phím tắt", "listen": "Nghe bài"},
    "en": {"summary": "Summary", "display": "Display", "keys": "Keyboard shortcuts", "listen": "Listen"},
}
# Violations and what axe could not decide: neither may be.
RUN = """async ([names, tags]) => {
  const include = names.filter((name) => document.querySelector(name)).map((name) => [name]);
  const rules = tags ? { runOnly: tags } : {};
  const found = await axe.run({ include }, { resultTypes: ['violations', 'incomplete'], ...rules });
  return [...found.violations, ...found.incomplete].map((each) =>
    `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).slice(0, 4).join('; ')}`);
}"""
# A target is what a finger meets: the label where one holds the control (WCAG 2.5.5: 44 CSS pixels).
SMALL = """() => {
  const small = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (root === document || !node.matches('button,a[href],select,input,summary')) continue;
      const box = (node.closest('label') ?? node).getBoundingClientRect();
      if (box.width && (box.width < 44 || box.height < 44))
        small.push(`${node.localName} ${node.textContent.trim()} ${box.width}x${box.height}`);
    }
  };
  walk(document);
  return small;
}"""


# Choices are made in an element of their own, out of sight, so that no state of the bar is lost by them.
CHOOSER = """(language) => {
  const chooser = document.createElement('readable-display');
  chooser.id = 'chooser';
  chooser.setAttribute('language', language);
  chooser.setAttribute('style', 'position: fixed !important; left: -9999px; width: 400px !important');
  document.body.append(chooser);
}"""
CHOOSE = """(theme) => {
  document.querySelector('#chooser').shadowRoot.querySelector(`input[value=${theme}]`).click();
}"""
SHOWN = "document.querySelector('readable-toolbar').shadowRoot.querySelector('.root').dataset.theme"


def check(page: Page, state: str, themes: list[str]) -> None:
    """All rules in the first theme; in the others those on colours, as nothing else changes with them."""
    names = [f"readable-{name}" for name in OURS]
    for place, theme in enumerate(themes):
        page.evaluate(CHOOSE, theme)
        page.evaluate(SETTLED)
        assert page.evaluate(SHOWN) == ("light" if theme == "page" else theme)
        found = page.evaluate(RUN, [names, ["cat.color"] if place else None])
        assert found == [], f"{state}, {theme}"
    assert page.evaluate(SMALL) == [], state
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{state}: {over} px over the edge"


def states(page: Page, words: dict[str, str]) -> Iterator[str]:
    """Bring the page from state to state."""

    def press(name: str) -> None:
        bar.get_by_role("button", name=name, exact=True).first.click()

    bar = page.locator("readable-toolbar")
    yield "bar"
    press(words["summary"])
    page.locator("readable-summary ol li").first.wait_for()
    yield "summary"
    press(words["display"])
    bar.locator("readable-display select").first.wait_for()
    bar.locator("readable-display details summary").click()
    yield "display"
    press(words["keys"])
    page.locator("readable-help dialog[open]").wait_for()
    yield "shortcuts"
    page.keyboard.press("Escape")
    press(words["display"])
    bar.get_by_role("button", name=words["listen"]).first.click()
    bar.locator("readable-player details summary").click()
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size")
    yield "player"
    page.mouse.wheel(0, 2000)
    yield "docked"


def prepare(page: Page, axe: str, language: str = "vi") -> None:
    page.evaluate(axe)
    page.wait_for_function("Boolean(customElements.get('readable-display'))")
    page.evaluate(CHOOSER, language)
    page.wait_for_function("document.querySelector('#chooser').shadowRoot.querySelector('input')")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", WORDS)
def test_nothing_for_axe_in_any_state_and_theme(
    visit: Callable[..., Page], axe: str, language: str, width: int
) -> None:
    page = visit(PAGE, width=width, height=760, query=f"?ui={language}")
    prepare(page, axe, language)
    for state in states(page, WORDS[language]):
        check(page, f"{state}, {language}, {width} px", THEMES)


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_nothing_for_axe_under_the_readers_own_settings(
    visit: Callable[..., Page], axe: str, options: dict[str, Any]
) -> None:
    page = visit(PAGE, width=320, height=760, **options)
    prepare(page, axe)
    for state in states(page, WORDS["vi"]):
        check(page, f"{state}, {options}", THEMES[:1])


@pytest.fixture(scope="session")
def axe() -> str:
    return AXE.read_text("utf-8")


def test_names_states_and_values_on_the_accessibility_tree(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    told = page.locator("readable-toolbar").aria_snapshot().replace("\u00a0", " ")
    for line in (
        'region "Công cụ đọc"',
        'group "Cỡ chữ"',
        'button "Chữ nhỏ hơn (100 %)"',
        'button "Chữ lớn hơn (100 %)"',
        'button "Nghe bài · 2 phút"',
        'button "Tóm tắt"',
        'button "Hiển thị"',
    ):
        assert line in told
    page.get_by_role("button", name="Tóm tắt").click()
    assert 'button "Tóm tắt" [expanded]' in page.locator("readable-toolbar").aria_snapshot()


def test_changes_are_announced_once_in_one_polite_region(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate(
        """() => { window.said = []; const watch = () => {
          const line = document.querySelector('readable-status')?.shadowRoot.firstElementChild;
          if (!line) return requestAnimationFrame(watch);
          new MutationObserver(() => line.textContent && said.push(line.textContent)).observe(
            line, { childList: true, characterData: true, subtree: true });
        }; watch(); }"""
    )
    larger = page.get_by_role("button", name="Chữ lớn hơn")
    # In one go: how far apart three clicks of the driver are depends on how busy the machine is.
    larger.evaluate("(button) => { for (let i = 0; i < 3; i++) button.click(); }")
    page.wait_for_function("window.said.length")
    page.wait_for_timeout(400)
    assert [text.replace("\u00a0", " ") for text in page.evaluate("said")] == ["Cỡ chữ 150 %"]
    assert page.locator("readable-status").count() == 1
