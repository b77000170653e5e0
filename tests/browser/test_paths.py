"""Every block's path finds its text in a browser, on every page that the reader is tested on."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import httpx2
import pytest

from readable_portal.cli.demo import load_portal
from readable_portal.page.article import read_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PORTALS = Path(__file__).parents[1] / "page" / "portals"
demo = load_portal()
TEXTS = """paths => paths.map(path => {
    const found = document.querySelectorAll(path);
    return found.length === 1 ? found[0].textContent : null;
})"""
# What our middleware puts into a page must not shift a path.
INSERTED = '<noscript><a href="/_readable/read">Trang đọc dễ</a></noscript>'
MALFORMED = """<!DOCTYPE html><html>
<head><noscript><img src="/a.gif"></noscript>
<title>x</title></head>
<body><h1>Lịch làm việc</h1><table>
<div>Chữ nằm sai chỗ trong bảng, trình duyệt đưa ra ngoài, trước bảng đó.</div>
<tr><td><p>Đoạn một của bài viết nói về lịch làm việc trong tuần, đủ dài để được coi là một đoạn văn.
<p>Đoạn hai <b>in đậm <i>nghiêng</b> và chưa đóng thẻ</i> nên cây bị sửa lại, rồi xuống dòng.<br>Dòng mới.
</table><o:p>Chữ của Word trong thẻ lạ, dài đủ để được đọc thành một đoạn văn như mọi đoạn văn khác.</o:p>
<ul><li>Mục một của danh sách<li>Mục hai của danh sách</ul>
<p>Đoạn ba kết thúc bài viết, có đủ câu chữ để người đọc hiểu và không cần xem thêm gì nữa.</p>
</body></html>"""


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(java_script_enabled=True)
    page.route("**/*", lambda route: route.fulfill(body=""))
    yield page
    page.close()


def check(page: Page, html: bytes, *, charset: str = "utf-8") -> None:
    article = read_article(html)
    shown = html.decode(charset)
    head, mark, rest = shown.partition("<body")
    attributes, close, content = rest.partition(">")
    page.set_content(head + mark + attributes + close + INSERTED + content)
    paths = [block.path for block in article.blocks]
    found = page.evaluate(TEXTS, [*paths, article.body_path, article.title_path or "body"])
    for block, text in zip(article.blocks, found, strict=False):
        assert text is not None, block.path
        assert letters(block.text) in letters(text), block.path
    assert found[-1] is not None
    assert found[-2] is not None
    if article.title_path:
        assert letters(article.title) in letters(found[-1])


@pytest.mark.parametrize("name", sorted(path.stem for path in PORTALS.glob("*.html")))
def test_on_the_portals(tab: Page, name: str) -> None:
    check(tab, (PORTALS / f"{name}.html").read_bytes())


@pytest.mark.parametrize("address", [each.address for each in demo.catalogue.ARTICLES])
def test_on_the_demo_portal(tab: Page, address: str) -> None:
    async def ask() -> bytes:
        transport = httpx2.ASGITransport(app=demo.portal)
        async with httpx2.AsyncClient(transport=transport, base_url="http://portal.example") as client:
            return (await client.get(address)).content

    # In a thread of its own: Playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        check(tab, thread.submit(anyio.run, ask).result())


def test_on_a_page_that_the_browser_mends(tab: Page) -> None:
    check(tab, MALFORMED.encode())
