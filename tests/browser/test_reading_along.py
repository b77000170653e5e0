"""Listening from anywhere, marking without cost, terms, aids, paper: one thing a test."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from starlette.responses import Response
from tests.browser.measures import MARKED, SETTLED
from tests.browser.static_portal import BETWEEN_MS, article, marks, sentence
from tests.browser.waiting import until

from readable_portal.cli.demo import FIRST_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page
    from tests.browser.conftest import DemoServer
    from tests.browser.static_portal import StaticPortal

pytestmark = pytest.mark.browser

PAGE = "15-lists"
HEAR = """
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.heard = this; return play.call(this); };
"""
VIETNAMESE = "".join(
    letter + letter.upper()
    for letter in "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
)


def listen(page: Page) -> None:
    page.get_by_role("button", name="Nghe bài").click()
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size")


def test_from_a_paragraph_by_pointer_and_by_keys(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    listen(page)
    # The page may scroll along with the voice, which hides the button: the pointer comes back then.
    shown = "document.querySelector('readable-from-here').shadowRoot.querySelector('.on')"

    def points() -> bool:
        page.mouse.move(0, 0)
        page.get_by_text("Mọi phản ánh, kiến nghị").hover()
        page.evaluate(SETTLED)
        return bool(page.evaluate(f"Boolean({shown})"))

    until(points)
    page.locator("readable-from-here button").evaluate("button => button.click()")
    last = len(article(PAGE)["sentences"]) - 2
    page.wait_for_function(f"({MARKED})('sentence') === {sentence(PAGE, last)!r}")
    button = page.locator("readable-from-here button")

    def goes_home() -> bool:
        # The reading goes on meanwhile, and the button may move with it.
        button.focus()
        page.keyboard.press("Home")
        return "Ủy ban nhân dân xã" in (button.get_attribute("aria-label") or "")

    until(goes_home)
    page.keyboard.press("Enter")
    page.wait_for_function(f"({MARKED})('sentence') === {sentence(PAGE, 0)!r}")


def test_a_selection_is_read_and_nothing_more(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.add_init_script(HEAR)
    page.reload()
    listen(page)
    data = article(PAGE)
    index = next(i for i in range(len(data["sentences"])) if sentence(PAGE, i).startswith("Mang theo căn"))
    mark = next(each for each in marks(PAGE)["sentences"] if each["index"] == index)

    def stops_in_time() -> bool:
        page.evaluate(
            """() => { const range = document.createRange(), chosen = getSelection();
              range.selectNodeContents(document.querySelector('.nd li li'));
              chosen.removeAllRanges(); chosen.addRange(range); }"""
        )
        page.locator("readable-player").get_by_role("button", name="Nghe đoạn đã chọn").click()
        page.wait_for_function("!heard.paused")
        page.wait_for_function(f"({MARKED})('sentence') === {sentence(PAGE, index)!r}")
        page.wait_for_function("heard.paused")
        return bool(abs(page.evaluate("heard.currentTime") * 1000 - mark["endMs"]) < 400)

    # A player looks at the clock four times a second, later on a busy machine.
    assert any(stops_in_time() for _ in range(4))


def test_listening_to_the_summary_plays_its_sources(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.get_by_role("button", name="Tóm tắt").click()
    page.get_by_role("button", name="Nghe tóm tắt").click()
    page.wait_for_function(f"({MARKED})('sentence') === {sentence(PAGE, 0)!r}")


def test_one_goes_on_where_one_stopped(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    listen(page)
    for _ in range(3):
        before = page.evaluate(MARKED, "sentence")
        page.get_by_role("button", name="Câu sau", exact=True).click()
        page.wait_for_function(f"(before) => ({MARKED})('sentence') !== before", arg=before)
    page.get_by_role("button", name="Đóng máy nghe").click()
    # By what is kept: between a look at the mark and the press the sound goes on.
    (kept,) = page.evaluate("Object.values(JSON.parse(localStorage['readable:places']))")
    (stopped,) = (
        sentence(PAGE, each["index"]) for each in marks(PAGE)["sentences"] if each["index"] >= 0
        and each["startMs"] <= kept < each["endMs"] + BETWEEN_MS
    )  # fmt: skip
    page.reload()
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    listen(page)
    page.wait_for_function(f"({MARKED})('sentence') === {stopped!r}")
    page.get_by_role("button", name="Nghe từ đầu").click()
    page.wait_for_function(f"({MARKED})('sentence') !== {stopped!r}")


def test_sound_within_150_ms_of_the_press(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.add_init_script(
        "HTMLMediaElement.prototype.play = ((play) => function () {"
        " this.addEventListener('playing', () => { window.sounds ??= performance.now(); });"
        " return play.call(this); })(HTMLMediaElement.prototype.play);"
    )
    taken: list[float] = []
    # A busy machine takes longer: the best of some presses is what the code can do.
    while len(taken) < 12 and min(taken, default=999) > 150:
        page.reload()
        page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
        page.wait_for_function("document.querySelector('readable-toolbar').reading.layers")
        page.evaluate("addEventListener('click', () => { window.pressed = performance.now(); }, true)")
        page.get_by_role("button", name="Nghe bài").click()
        page.wait_for_function("window.sounds")
        taken.append(page.evaluate("sounds - pressed"))
    assert min(taken) <= 150, taken


def test_a_move_of_the_mark_costs_a_tenth_of_a_millisecond_and_writes_nothing(
    visit: Callable[..., Page],
) -> None:
    page = visit(PAGE)
    listen(page)
    page.get_by_role("button", name="Tạm dừng").click()
    found = page.evaluate(
        """async () => {
          let writes = 0;
          new MutationObserver((list) => { writes += list.length; }).observe(document.querySelector('.nd'),
            { subtree: true, childList: true, attributes: true, characterData: true });
          const node = document.querySelector('.nd p').firstChild;
          const mark = CSS.highlights.get('readable-word');
          // The best of some rounds: a busy machine takes its turns within them.
          const moves = 400;
          let best = Infinity;
          for (let round = 0; round < 9; round++) {
            const start = performance.now();
            for (let i = 0; i < moves; i++) {
              const range = new Range();
              range.setStart(node, i % 50); range.setEnd(node, i % 50 + 3);
              mark.clear(); mark.add(range);
            }
            best = Math.min(best, (performance.now() - start) / moves);
            await new Promise(requestAnimationFrame);
          }
          return [best, writes];
        }"""
    )
    assert found[0] <= 0.1
    assert found[1] == 0


def test_a_term_is_explained_where_it_stands(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.wait_for_function("CSS.highlights.get('readable-term')?.size === 2")
    box = page.evaluate("[...CSS.highlights.get('readable-term')][0].getClientRects()[0].toJSON()")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    meaning = page.locator("readable-meaning [popover]")
    meaning.wait_for()
    assert "Sổ sách ghi việc sinh" in meaning.inner_text()
    page.keyboard.press("Escape")
    meaning.wait_for(state="hidden")


def test_without_server_voice_nothing_but_vietnamese_speaks(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = article(PAGE)
    monkeypatch.setitem(
        data, "links", {k: v for k, v in data["links"].items() if k not in {"audio", "marks"}}
    )
    page = visit(PAGE, wait=False)
    page.add_init_script(
        """window.spoken = [];
        const voice = (lang, name) => ({ lang, name, localService: true, default: false, voiceURI: name });
        window.voices = [voice('en-US', 'Zira')];
        Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
          getVoices: () => window.voices, cancel() {},
          speak(said) { spoken.push([said.lang, said.text]); } }) });
        window.SpeechSynthesisUtterance = class extends EventTarget {
          constructor(text) { super(); this.text = text; } };"""
    )
    page.reload()
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    page.get_by_role("button", name="Nghe bài").click()
    page.get_by_text("Máy này chưa có giọng đọc tiếng Việt.").first.wait_for()
    assert page.evaluate("spoken") == []
    page.get_by_role("button", name="Đóng máy nghe").click()
    page.evaluate("() => { voices.push({ lang: 'vi_VN', name: 'Linh', localService: true }); }")
    page.get_by_role("button", name="Nghe bài").click()
    page.wait_for_function("spoken.length")
    assert page.evaluate("spoken[0]") == ["vi-VN", sentence(PAGE, 0)]


def test_the_devices_own_voice_is_offered_where_the_servers_fails(
    visit: Callable[..., Page], portal: StaticPortal
) -> None:
    portal.broken["speech"] = Response(status_code=503)
    page = visit(PAGE, wait=False)
    page.add_init_script(
        "speechSynthesis.getVoices = () => [{ lang: 'vi-VN', name: 'An', localService: true }];"
    )
    page.reload()
    page.get_by_role("button", name="Nghe bài").click()
    page.get_by_role("button", name="Nghe bằng giọng của máy này").wait_for()


def test_every_part_of_the_bar_is_dark_on_a_dark_portal(visit: Callable[..., Page]) -> None:
    page = visit("23-dark-portal")
    page.get_by_role("button", name="Hiển thị").click()
    # There and back: each part asks anew what the bar stands on.
    page.get_by_label("Sáng", exact=True).check()
    page.get_by_label("Như trang", exact=True).first.check()
    themes = page.evaluate(
        """() => { const bar = document.querySelector('readable-toolbar').shadowRoot;
          const parts = [...bar.querySelectorAll('readable-size, readable-display')];
          return [bar, ...parts.map((each) => each.shadowRoot)]
            .map((root) => root.querySelector('.root').dataset.theme); }"""
    )
    assert themes == ["dark", "dark", "dark"]


def test_the_ruler_moves_by_keys_and_pointer(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("combobox", name="Thước đọc").select_option("mask")
    grip = page.locator("readable-ruler button")
    grip.wait_for()
    grip.focus()
    before = grip.bounding_box()
    page.keyboard.press("ArrowDown")
    after = grip.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] - before["y"] == 24
    page.get_by_role("combobox", name="Thước đọc").select_option("none")
    assert page.locator("readable-ruler").count() == 0


def test_only_the_article_and_back(visit: Callable[..., Page]) -> None:
    page = visit("17-flex-modern")
    page.get_by_role("button", name="Hiển thị").click()
    box = page.get_by_label("Chỉ hiện bài viết")
    box.check()
    page.wait_for_function("getComputedStyle(document.querySelector('aside')).display === 'none'")
    assert page.locator("article h1").is_visible()
    page.get_by_role("button", name="Đặt lại như ban đầu").click()
    page.wait_for_function("getComputedStyle(document.querySelector('aside')).display !== 'none'")
    assert not box.is_checked()


def test_paper_holds_the_article_its_summary_and_a_code(visit: Callable[..., Page]) -> None:
    page = visit("17-flex-modern")
    page.add_init_script("window.print = () => { window.asked = true; };")
    page.reload()
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_label("In kèm tóm tắt").check()
    page.get_by_role("button", name="In chữ lớn").click()
    page.wait_for_function("window.asked")
    page.emulate_media(media="print")
    assert not page.locator("readable-toolbar").is_visible()
    assert not page.locator("aside").is_visible()
    assert page.locator("article h1").is_visible()
    assert page.locator("readable-paper h2").is_visible()
    assert page.locator("readable-paper img").is_visible()
    assert page.evaluate("document.querySelector('.nd').currentCSSZoom") == 1.5
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("readable-paper").count() == 0


@pytest.mark.parametrize(("choice", "family"), [("lexend", "Lexend"), ("be-vietnam-pro", "Be Vietnam Pro")])
def test_each_font_holds_all_letters_of_vietnamese(
    visit: Callable[..., Page], choice: str, family: str
) -> None:
    """The browser itself tells which fonts drew the letters."""
    assert len(VIETNAMESE) == 146
    page = visit(PAGE)
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("combobox", name="Phông chữ").select_option(choice)
    page.evaluate(
        """(letters) => { const p = document.createElement('p'); p.id = 'probe'; p.textContent = letters;
          document.querySelector('.nd').append(p); }""",
        VIETNAMESE,
    )
    page.wait_for_function(f"document.fonts.check('16px readable-{choice}', {VIETNAMESE!r})")
    tab = page.context.new_cdp_session(page)
    tab.send("DOM.enable")
    tab.send("CSS.enable")
    root = tab.send("DOM.getDocument")["root"]["nodeId"]
    node = tab.send("DOM.querySelector", {"nodeId": root, "selector": "#probe"})["nodeId"]

    def drawn() -> bool:
        """All letters stand in the font, and nothing else has drawn any."""
        page.evaluate(SETTLED)
        fonts = tab.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        own = [font["glyphCount"] for font in fonts if family in font["familyName"] and font["isCustomFont"]]
        return sum(own) == 146 and len(own) == len(fonts)

    until(drawn)


def test_the_docked_player_hides_no_focus(visit: Callable[..., Page]) -> None:
    page = visit("01-px-pnlwcag", width=320, height=480)
    listen(page)
    page.mouse.wheel(0, 1500)
    # Measured at the moment when it docks: the page may scroll along with the voice.
    height, padding = page.wait_for_function(
        """() => {
          const { shadowRoot } = document.querySelector('readable-toolbar');
          const bar = shadowRoot.querySelector('readable-player').shadowRoot.querySelector('.docked .player');
          const { scrollPaddingBottom } = getComputedStyle(document.documentElement);
          return bar && [bar.getBoundingClientRect().height, parseFloat(scrollPaddingBottom)];
        }"""
    ).json_value()
    assert height <= 480 / 4
    assert padding >= height


def test_a_page_shown_shrunk_on_a_phone_has_a_bar_for_fingers(visit: Callable[..., Page]) -> None:
    page = visit(
        "08-br-body", width=360, height=740, is_mobile=True, has_touch=True, device_scale_factor=2,
        screen={"width": 360, "height": 740},
    )  # fmt: skip
    assert page.get_by_role("button", name="Tóm tắt").bounding_box()["height"] >= 44  # type: ignore[index]
    assert base64.b64encode(page.screenshot())


def test_a_page_wider_than_a_phone_has_its_bar_in_the_column(chromium: Browser, demo: DemoServer) -> None:
    """It says that it fits the device, and does not: phones show it shrunk, the bar grows against that."""
    phone = chromium.new_context(
        base_url=demo.url, viewport={"width": 360, "height": 740}, screen={"width": 360, "height": 740},
        is_mobile=True, has_touch=True,
    )  # fmt: skip
    page = phone.new_page()
    page.goto(FIRST_ARTICLE)
    page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
    bar = page.locator("readable-toolbar").bounding_box()
    column = page.locator("#article_text").bounding_box()
    summary = page.get_by_role("button", name="Tóm tắt").bounding_box()
    phone.close()
    assert bar
    assert column
    assert summary
    assert abs(bar["x"] - column["x"]) < 30
    assert summary["height"] >= 88
