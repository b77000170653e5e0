"""Each element's example by itself: in the demo portal's gallery, and in the layout of the npm package."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDGETS = Path(__file__).parents[2] / "widgets"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def size(page: Page) -> None:
    press(page, "Chữ lớn hơn")
    page.wait_for_function("document.querySelector('#noi-dung').currentCSSZoom > 1")


def display(page: Page) -> None:
    page.get_by_label("Tối", exact=True).check()
    page.wait_for_function(
        "getComputedStyle(document.querySelector('#noi-dung p')).color === 'rgb(232, 234, 237)'"
    )


def player(page: Page) -> None:
    press(page, "Nghe tiếp")
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size")


def summary(page: Page) -> None:
    press(page, "Xem trong bài")
    page.wait_for_function("CSS.highlights.get('readable-source')?.size")


def glossary(page: Page) -> None:
    press(page, "UBND")
    page.wait_for_function("CSS.highlights.get('readable-source')?.size")


def toolbar(page: Page) -> None:
    size(page)
    press(page, "Tóm tắt")
    summary(page)


def focus(page: Page) -> None:
    page.get_by_role("combobox", name="Thước đọc").select_option("ruler")
    page.locator("readable-ruler button").wait_for()


def paper(page: Page) -> None:
    page.evaluate("window.print = () => { window.asked = true; }")
    press(page, "In chữ lớn")
    page.wait_for_function("window.asked")


def shortcuts(page: Page) -> None:
    page.get_by_role("button", name="Chữ lớn hơn").focus()
    page.keyboard.press("?")
    page.locator("readable-help dialog[open]").wait_for()


USES: dict[str, Callable[[Page], None]] = {
    "size": size, "display": display, "player": player, "summary": summary, "glossary": glossary,
    "toolbar": toolbar, "focus": focus, "print": paper, "help": shortcuts,
}  # fmt: skip


def test_every_folder_with_an_example_is_tried() -> None:
    assert {path.parent.name for path in WIDGETS.glob("*/example.html")} == set(USES)


@pytest.mark.parametrize("name", USES)
def test_an_example_works_in_the_gallery(page: Page, name: str) -> None:
    page.goto(f"/widgets/{name}/example.html")
    USES[name](page)


def test_the_examples_work_in_the_npm_package(
    chromium: Browser, serve: Callable[..., str], tmp_path: Path
) -> None:
    """The package as it is published: its own modules, examples and types, on a plain file server."""
    subprocess.run(["node", "tools/package.mjs", str(tmp_path)], cwd=WIDGETS, check=True)
    assert (tmp_path / "types/toolbar/toolbar.d.ts").is_file()
    address = serve(Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path))]))
    context = chromium.new_context()
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("requestfailed", lambda request: faults.append(request.url))
    for name, use in USES.items():
        page = context.new_page()
        page.goto(f"{address}/{name}/example.html")
        use(page)
        page.close()
    context.close()
    assert faults == []
