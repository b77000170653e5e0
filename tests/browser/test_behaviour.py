"""What a reader does: by pointer, by keyboard, on strict pages, on pages that change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import JSONResponse, Response
from tests.browser.measures import MARKED, SETTLED
from tests.browser.static_portal import StaticPortal, article, marks, sentence
from tests.browser.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGE = "01-px-pnlwcag"


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True).first


def listen(page: Page) -> str:
    """Press Listen; the first text that is marked."""
    page.get_by_role("button", name="Nghe bài").click()
    return str(page.wait_for_function(f"({MARKED})('sentence')").json_value())


def dressed(page: Page) -> None:
    """What is fetched at rest has come, and lies on the article."""
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading?.layers")
    page.evaluate(SETTLED)


def test_the_spoken_sentence_and_word_are_marked(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    assert listen(page) == article(PAGE)["title"]
    button(page, "Câu sau").click()
    # Both at one moment: the sound goes on.
    told = page.wait_for_function(
        f"(text) => ({MARKED})('sentence') === text && ({MARKED})('word')", arg=sentence(PAGE, 0)
    )
    assert told.json_value() in sentence(PAGE, 0)
    button(page, "Đóng máy nghe").click()
    assert page.evaluate(MARKED, "sentence") == ""
    assert page.get_by_role("button", name="Nghe bài").evaluate(
        "node => node.getRootNode().activeElement === node"
    )


def test_the_right_sentence_at_every_time(visit: Callable[..., Page]) -> None:
    """Seek to the middle of each sentence; the marked text is that sentence."""
    page = visit("08-br-body")
    listen(page)
    slider = page.get_by_role("slider")
    for mark in marks("08-br-body")["sentences"][1:]:
        text = sentence("08-br-body", mark["index"])
        if mark["endMs"] - mark["startMs"] < 2000:
            continue  # the slider goes by seconds
        middle = (mark["startMs"] + mark["endMs"]) // 2 // 1000
        slider.evaluate("(node, s) => { node.value = s; node.dispatchEvent(new Event('input')); }", middle)
        page.wait_for_function(f"(text) => ({MARKED})('sentence').replaceAll('\\n', '') === text", arg=text)


def test_a_summary_sentence_leads_to_its_source(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    button(page, "Tóm tắt").click()
    page.get_by_role("button", name="Xem trong bài").nth(1).click()
    assert page.evaluate(MARKED, "source") == sentence(PAGE, 2)


def test_everything_by_keyboard_and_escape_gives_the_focus_back(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    focused = "document.activeElement.shadowRoot?.activeElement?.textContent ?? ''"
    deep = """() => { let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.ariaLabel ?? at?.textContent ?? ''; }"""
    names = []
    for _ in range(7):
        page.keyboard.press("Tab")
        names.append(page.evaluate(deep).replace("\u00a0", " "))
    assert "Chữ nhỏ hơn (100 %)" in names
    assert "Tóm tắt" in names
    assert "Hiển thị" in names
    button(page, "Hiển thị").focus()
    page.keyboard.press("Enter")
    page.locator("readable-display select").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert "Hiển thị" in page.evaluate(focused)
    assert page.locator("readable-display").count() == 0
    page.keyboard.press("+")
    assert "115 %" in page.evaluate("document.cookie").replace("size=115", "115 %")
    page.keyboard.press("?")
    page.wait_for_selector("readable-help dialog[open]")
    page.keyboard.press("Escape")
    until(lambda: "Hiển thị" in page.evaluate(focused))


def test_single_keys_do_nothing_outside_the_controls(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.evaluate("document.activeElement.blur()")
    for key in "+-0nth?":
        page.keyboard.press(key)
    dressed(page)
    assert page.evaluate("document.cookie") == ""
    assert page.locator("readable-display, readable-summary, readable-player, readable-help").count() == 0


def test_the_old_control_is_taken_over_in_place(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    assert not page.locator("#pnlWCAG").is_visible()
    assert page.locator("readable-toolbar").count() == 1
    page = visit("12-zoomin-letter")
    assert not page.locator(".tools").is_visible()
    assert page.locator("readable-toolbar").bounding_box()["width"] > 600  # type: ignore[index]


def test_choices_hold_on_the_next_page_before_it_is_painted(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    for _ in range(3):
        page.get_by_role("button", name="Chữ lớn hơn").click()
    # What the next page lays before its first paint is kept once this one is dressed.
    page.wait_for_function("localStorage['readable:paint']?.includes('\"state\":\"150,')")
    page.add_init_script(
        "new PerformanceObserver((l) => { for (const e of l.getEntries()) "
        "window.cls = (window.cls ?? 0) + e.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.reload()
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    dressed(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('.articletext').currentCSSZoom") == 1.5
    assert page.evaluate("window.cls ?? 0") == 0


def test_choices_hold_without_cookies_and_storage(visit: Callable[..., Page]) -> None:
    page = visit(PAGE, wait=False)
    page.context.add_init_script(
        "const no = () => { throw new DOMException('no', 'SecurityError'); };"
        "Object.defineProperty(window, 'localStorage', { get: no });"
        "Object.defineProperty(document, 'cookie', { get: no, set: no });"
    )
    page.reload()
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    page.get_by_role("button", name="Chữ lớn hơn").click()
    page.wait_for_function("Math.abs(document.querySelector('.articletext').currentCSSZoom - 1.15) < 0.001")


def test_no_article_no_bar_no_error(visit: Callable[..., Page], portal: StaticPortal) -> None:
    portal.broken["article"] = JSONResponse({"type": "not-an-article"}, 404)
    page = visit(PAGE, wait=False)
    page.wait_for_load_state("networkidle")
    assert "article" in portal.asked
    assert page.locator("readable-toolbar").count() == 0
    assert page.locator("#pnlWCAG").is_visible()


def test_busy_speech_says_when_to_come_back(visit: Callable[..., Page], portal: StaticPortal) -> None:
    busy = JSONResponse({"type": "speech-busy", "status": 503}, 503, headers={"Retry-After": "17"})
    portal.broken |= {"speech": busy, "marks": busy}
    page = visit(PAGE)
    page.get_by_role("button", name="Nghe bài").click()
    page.get_by_text("Nhiều người đang nghe. Xin thử lại sau 17 giây.").first.wait_for()


def test_failed_summary_says_so(visit: Callable[..., Page], portal: StaticPortal) -> None:
    portal.broken["summary"] = Response("?", 500)
    page = visit(PAGE)
    button(page, "Tóm tắt").click()
    page.get_by_text("Chưa tóm tắt được bài này.").first.wait_for()


def test_a_page_that_changes_without_loading(visit: Callable[..., Page]) -> None:
    """As Turbo, htmx and routers do: the body's content is swapped and the address changed."""
    page = visit(PAGE)
    page.evaluate(
        """async () => {
          const text = await (await fetch('/tin/08-br-body')).text();
          const next = new DOMParser().parseFromString(text, 'text/html');
          history.pushState({}, '', '/tin/08-br-body');
          document.body.replaceChildren(...next.body.childNodes);
        }"""
    )
    page.wait_for_function(
        "document.querySelector('readable-toolbar')?.reading?.article.url.endsWith('08-br-body')"
    )
    assert page.locator("readable-toolbar").count() == 1
    # The same script once more, as a swapped head brings it: nothing is doubled.
    page.evaluate(
        """() => new Promise((onload) => {
          const again = document.createElement('script');
          document.head.append(Object.assign(again, { src: '/_readable/widget.js', onload })); })"""
    )
    # Longer than the loader waits until it looks at a page that has changed.
    page.wait_for_timeout(200)
    assert page.locator("readable-toolbar").count() == 1


def test_an_article_that_arrives_late(visit: Callable[..., Page]) -> None:
    page = visit(PAGE, wait=False)
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { const all = [...document.body.childNodes];"
        "document.body.replaceChildren(); setTimeout(() => document.body.append(...all), 700); });"
    )
    page.reload()
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    page.get_by_role("button", name="Chữ lớn hơn").wait_for()


def test_strict_policy_and_trusted_types(chromium: Browser, serve: Callable[..., str]) -> None:
    portal = StaticPortal(csp=True)
    address = serve(portal.app)
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.log('CSP ' + e.violatedDirective));"
        "window.print = () => dispatchEvent(new Event('afterprint'));"
    )
    page.goto(f"{address}/tin/05-em-compounding")
    # Without the driver's own waiting: it evaluates strings in the page, which a strict policy forbids.
    until(lambda: page.evaluate("Boolean(document.querySelector('readable-toolbar')?.reading)"))
    page.get_by_role("button", name="Chữ lớn hơn").click()
    button(page, "Tóm tắt").click()
    page.get_by_role("button", name="Xem trong bài").first.click()
    button(page, "Hiển thị").click()
    page.get_by_label("Vàng trên đen").check()
    page.get_by_role("combobox", name="Phông chữ").select_option("lexend")
    page.get_by_role("combobox", name="Thước đọc").select_option("mask")
    page.get_by_role("combobox", name="Tô xen kẽ").select_option("syllable")
    page.get_by_label("Chỉ hiện bài viết").check()
    button(page, "In chữ lớn").click()
    button(page, "Phím tắt").click()
    page.locator("readable-help dialog[open]").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Nghe bài").click()
    until(lambda: page.evaluate("CSS.highlights.get('readable-sentence')?.size > 0"))
    until(lambda: page.evaluate("document.fonts.check('16px readable-lexend', 'ữ')"))
    assert said == []
    context.close()
