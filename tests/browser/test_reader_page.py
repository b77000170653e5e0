"""The reader page in a browser that runs no scripts, and what axe finds on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from readable_portal.cli.demo import FIRST_ARTICLE
from readable_portal.web.reader_view import SIZES
from readable_portal.web.reader_words import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

READER = f"/_readable/read?path={quote(FIRST_ARTICLE, safe='')}"


@pytest.fixture
def scriptless(chromium: Browser, demo: Any) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=demo.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def height(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["height"]


def test_size_audio_summary_and_print_without_scripts(scriptless: Page) -> None:
    page = scriptless
    page.goto(FIRST_ARTICLE)
    assert page.locator("readable-toolbar").count() == 0
    page.get_by_role("link", name="Trang đọc dễ").click()
    page.wait_for_url("**/_readable/read?**")
    assert "Đẩy mạnh tuyên truyền" in page.locator("h1").inner_text()
    assert "08:46, 15/3/2019" in page.locator("main").inner_text()

    small = height(page, "article .lead")
    page.get_by_role("link", name="300 %").click()
    page.wait_for_url("**size=300**")
    assert height(page, "article .lead") > 6 * small
    page.get_by_role("link", name="100 %").click()

    source = page.locator("audio").get_attribute("src")
    assert source
    audio = page.request.get(source)
    assert audio.ok
    assert audio.headers["content-type"] == "audio/mpeg"
    assert len(audio.body()) > 100_000

    points = page.locator(".summary ol li")
    assert points.count() > 0
    link = points.first.get_by_role("link")
    target = (link.get_attribute("href") or "")[1:]
    link.click()
    sentence = page.locator(f"[id='{target}']")
    box = sentence.bounding_box()
    assert box
    assert 0 <= box["y"] <= 740
    page.get_by_role("link", name="Về tóm tắt").first.click()
    page.wait_for_url("**#tom-tat")

    page.get_by_role("link", name="In chữ lớn").click()
    page.wait_for_url("**print=1**")
    assert page.locator("nav.tools").count() == 0
    assert page.locator("article").is_visible()

    page.get_by_role("link", name="Xem trang chính thức").click()
    page.wait_for_url(f"**{FIRST_ARTICLE}")


def test_colours_are_links_under_display(scriptless: Page) -> None:
    page = scriptless
    page.goto(READER)
    assert not page.get_by_role("link", name="Vàng trên đen").is_visible()
    page.get_by_text("Hiển thị").click()
    page.get_by_role("link", name="Vàng trên đen").click()
    page.wait_for_url("**theme=yellow**")
    colours = page.evaluate(
        "() => [document.body, document.documentElement].map(each => getComputedStyle(each))"
        ".flatMap(({ color, backgroundColor }) => [color, backgroundColor])"
    )
    assert colours[0] == "rgb(255, 230, 0)"
    assert colours[3] == "rgb(0, 0, 0)"


@pytest.mark.parametrize("address", ["/so-do-cong", "/khong-co"])
def test_where_there_is_no_article_a_page_says_so(scriptless: Page, address: str) -> None:
    answer = scriptless.goto(f"/_readable/read?path={quote(address, safe='')}")
    assert answer
    assert answer.status >= 400
    assert answer.headers["content-type"].startswith("text/html")
    assert scriptless.locator("h1").inner_text()
    assert scriptless.get_by_role("link", name="Xem trang chính thức").get_attribute("href") == address


COLOURS = ["color-contrast", "link-in-text-block"]
VIEWS = [
    *(f"&theme={theme}" for theme in THEMES),
    *(f"&size={size}&space=wider" for size in (SIZES[0], SIZES[-1])),
    "&print=1&size=150",
    "&lang=en",
]


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_runs_over(
    chromium: Browser, demo: Any, axe: Callable[..., list[Any]], width: int
) -> None:
    # axe is a script, and the page's policy allows none.
    context = chromium.new_context(
        base_url=demo.url, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    for view in VIEWS:
        page.goto(READER + view)
        # Nothing but colours changes with the theme.
        rules = COLOURS if view.startswith("&theme") and view != VIEWS[0] else None
        assert axe(page, rules=rules) == [], view
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    context.close()


def test_links_of_the_tools_are_large_enough_to_hit(chromium: Browser, demo: Any) -> None:
    context = chromium.new_context(base_url=demo.url, viewport={"width": 320, "height": 740})
    page = context.new_page()
    page.goto(f"{READER}&theme=sepia")
    for link in page.locator("nav a, header a, .summary a, summary, .terms a, footer a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44, link.inner_text()
    context.close()


def test_forced_colours_keep_what_is_chosen_visible(chromium: Browser, demo: Any) -> None:
    context = chromium.new_context(base_url=demo.url, forced_colors="active")
    page = context.new_page()
    page.goto(f"{READER}&size=200")
    current = page.locator(".tools a[aria-current]").first
    other = page.locator(".sizes a:not([aria-current])").first
    paint = "(link) => getComputedStyle(link).backgroundColor"
    assert current.evaluate(paint) != other.evaluate(paint)
    context.close()


def test_no_script_runs_even_where_scripts_are_on(page: Page) -> None:
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text))
    page.goto(READER)
    assert page.locator("script").count() == 0
    assert [text for text in broken if re.search("Content.Security.Policy", text)] == []
