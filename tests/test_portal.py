"""The core: pages in, articles and summaries out, each made once."""

from __future__ import annotations

import asyncio

import pytest

from readable_portal.errors import NotAnArticle, PageRefused, PageTooLarge, PageUnavailable
from readable_portal.model import Page
from readable_portal.portal import Client, Portal, check_path
from readable_portal.settings import Settings

PARAGRAPH = (
    "Ủy ban nhân dân xã thông báo lịch tiêm vắc xin cho trẻ em dưới năm tuổi tại trạm y tế. "
    "Phụ huynh mang theo sổ tiêm chủng và đưa trẻ đến đúng giờ để được khám trước khi tiêm. "
)
ARTICLE = (
    "<!doctype html><html lang=vi><head><title>Lịch tiêm vắc xin tháng 6</title></head><body>"
    "<div class=content><h1>Lịch tiêm vắc xin tháng 6</h1><p class=date>08:46 15/03/2019</p>"
    + "".join(f"<p>{PARAGRAPH} Đợt {word}.</p>" for word in ("một", "hai", "ba", "bốn", "năm"))
    + "</div></body></html>"
)


class Pages:
    def __init__(self, bodies: dict[str, str]) -> None:
        self.bodies = bodies
        self.asked: list[tuple[str, Client]] = []

    async def fetch(self, path: str, *, client: Client) -> Page:
        self.asked.append((path, client))
        await asyncio.sleep(0)
        if path not in self.bodies:
            raise PageUnavailable("404")
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Page(url=f"http://{client.host}{path}", body=self.bodies[path].encode(), headers=headers)


def test_a_page_is_read_once_however_many_ask() -> None:
    pages = Pages({"/1": ARTICLE})

    async def run() -> None:
        portal = Portal(Settings(), pages)
        articles = await asyncio.gather(*(portal.article("/1") for _ in range(100)))
        assert len({id(article) for article in articles}) == 1
        assert articles[0].title == "Lịch tiêm vắc xin tháng 6"
        summary = await portal.summary("/1")
        assert summary.sentences
        assert all(s.text for s in summary.sentences)
        assert await portal.summary("/1") is summary
        assert len(pages.asked) == 1
        await portal.aclose()

    asyncio.run(run())


@pytest.mark.parametrize(("limit", "read"), [(1_000, False), (5 * 1024 * 1024, True)])
def test_pages_are_read_up_to_the_limit_that_is_set(limit: int, read: bool) -> None:  # noqa: FBT001 - a case
    """Whatever the page source lets through; beyond what the reader refuses by itself, too."""
    comment = "<!--" + "x" * (4 * 1024 * 1024) + "-->"
    pages = Pages({"/1": ARTICLE.replace("<h1>", f"{comment}<h1>") if read else ARTICLE})

    async def run() -> None:
        portal = Portal(Settings(max_page_bytes=limit), pages)
        if read:
            assert (await portal.article("/1")).title == "Lịch tiêm vắc xin tháng 6"
        else:
            with pytest.raises(PageTooLarge, match="1000"):
                await portal.article("/1")
        await portal.aclose()

    asyncio.run(run())


def test_hosts_are_kept_apart() -> None:
    pages = Pages({"/1": ARTICLE})

    async def run() -> None:
        portal = Portal(Settings(), pages)
        one = await portal.article("/1", client=Client(host="portal.vn"))
        other = await portal.article("/1", client=Client(host="evil.example"))
        assert (one.url, other.url) == ("http://portal.vn/1", "http://evil.example/1")
        await portal.aclose()

    asyncio.run(run())


def test_verdicts_and_faults_reach_the_asker() -> None:
    pages = Pages({"/list": "<!doctype html><html><body><a href=/1>Tin</a></body></html>"})

    async def run() -> None:
        portal = Portal(Settings(), pages)
        with pytest.raises(NotAnArticle):
            await portal.article("/list")
        with pytest.raises(PageUnavailable):
            await portal.article("/missing")
        await portal.aclose()

    asyncio.run(run())


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tin-tuc/1",
        "http://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/a\\..\\b",
        "/../etc/passwd",
        "/a/../../b",
        "/a/%2e%2e/b",
        "/a/.%2E/b",
        "/./a",
        "/a b",
        "/a\r\nHost: evil",
        "/a\x00",
        "/a#b",
        "/_readable",
        "/_readable/article?path=/1",
        "/" + "a" * 5000,
    ],
)
def test_only_plain_paths_of_the_portal_are_read(path: str) -> None:
    pages = Pages({})

    async def run() -> None:
        portal = Portal(Settings(), pages)
        with pytest.raises(PageRefused):
            await portal.article(path)
        assert pages.asked == []
        await portal.aclose()

    asyncio.run(run())


@pytest.mark.parametrize(
    "path", ["/", "/tin-tuc/1", "/a?x=../y&u=http://z", "/_readables", "/%C4%91/a.b..c", "/...x"]
)
def test_plain_paths_pass(path: str) -> None:
    check_path(path, prefix="/_readable")
