"""The other two doors in Chromium: portals of other makes, in processes of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from tests.browser.waiting import PATIENCE
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOME = Path(__file__).parents[2]
EXAMPLES = HOME / "examples/any_language"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple[str, str]]]:
    """Start a command whose arguments hold ``{port}``; its address and what it printed until it listens."""
    running: list[subprocess.Popen[str]] = []

    def begin(*command: str, **environment: str) -> tuple[str, str]:
        port = free_port()
        said = tmp_path / f"{port}.txt"
        with said.open("w") as told:
            process = subprocess.Popen(
                [sys.executable, *(each.replace("{port}", str(port)) for each in command)],
                env=os.environ | {"PYTHONPATH": str(HOME / "src"), "PYTHONUNBUFFERED": "1"} | environment,
                stdout=told,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        running.append(process)
        wait_for_port(port, process)
        return f"http://127.0.0.1:{port}", said.read_text("utf-8")

    yield begin
    for each in running:
        each.kill()
        each.wait()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """Open a page; nothing in it may fail or ask another host than this machine."""
    context = chromium.new_context()
    faults: list[str] = []

    def opening(address: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.on(
            "request", lambda asked: faults.append(asked.url) if "127.0.0.1" not in asked.url[:20] else None
        )
        page.goto(address)
        return page

    yield opening
    context.close()
    assert faults == []


def use_everything(page: Page, words: str) -> None:
    """Enlarge, hear and sum up."""
    bar = page.locator("readable-toolbar")
    bar.get_by_role("button", name="Tóm tắt").click()
    page.locator("readable-summary").get_by_text(words).first.wait_for()
    before = page.evaluate("document.querySelector('p').getBoundingClientRect().height")
    for _ in range(4):
        page.locator("readable-size").get_by_role("button").last.click()
    page.wait_for_function(
        "(before) => document.querySelector('p').getBoundingClientRect().height > 1.3 * before", arg=before
    )
    bar.get_by_role("button", name=re.compile("Nghe bài")).click()
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size > 0", timeout=PATIENCE * 1000)


def test_plain_files_behind_the_proxy(
    start: Callable[..., tuple[str, str]], open_page: Callable[[str], Page]
) -> None:
    files, _ = start(
        "-m", "http.server", "{port}", "--bind", "127.0.0.1", "--directory", str(EXAMPLES / "static")
    )
    proxy, _ = start("-m", "readable_portal", "proxy", files, "--listen", "127.0.0.1:{port}")
    use_everything(open_page(f"{proxy}/thong-bao.html"), "rác cồng kềnh")
    own = httpx2.get(f"{files}/thong-bao.html").content
    ours = httpx2.get(f"{proxy}/thong-bao.html").content
    inserted = [
        rb"<script [^>]*data-readable-portal[^>]*></script>",
        rb"<noscript><a [^>]*>[^<]*</a></noscript>",
    ]
    for pattern in inserted:
        ours, found = re.subn(pattern, b"", ours)
        assert found == 1
    assert ours == own


def test_a_php_like_portal_behind_the_proxy(
    start: Callable[..., tuple[str, str]], open_page: Callable[[str], Page]
) -> None:
    php, _ = start(str(EXAMPLES / "php_like.py"), "{port}")
    proxy, _ = start("-m", "readable_portal", "proxy", php, "--listen", "127.0.0.1:{port}")
    page = open_page(f"{proxy}/")
    page.goto(f"{proxy}/")
    page.get_by_text("Chào bạn trở lại").wait_for()
    page.goto(f"{proxy}/go.php")
    assert page.url == f"{proxy}/news.php?id=2"
    use_everything(page, "nghĩa vụ quân sự")
    assert "Đã nhận: 2 ô" in httpx2.post(f"{proxy}/form.php", data={"a": "1", "b": "2"}).text


def test_a_portal_that_adds_one_tag(
    start: Callable[..., tuple[str, str]], open_page: Callable[[str], Page]
) -> None:
    port = free_port()
    _, told = start(
        *("-m", "readable_portal", "serve", "--origin", f"http://127.0.0.1:{port}"),
        *("--listen", "127.0.0.1:{port}", "--allow-private"),
    )
    tag = re.search(r"<script .*</script>", told)
    assert tag, told
    environment = os.environ | {"TAG": tag[0]}
    with subprocess.Popen(
        [sys.executable, str(EXAMPLES / "php_like.py"), str(port)], env=environment
    ) as portal:
        try:
            wait_for_port(port, portal)
            use_everything(open_page(f"http://127.0.0.1:{port}/news.php?id=2"), "nghĩa vụ quân sự")
        finally:
            portal.kill()
