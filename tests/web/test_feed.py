from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from readable_portal.cli.demo import load_portal
from readable_portal.model import Page
from readable_portal.web.feed import article_paths

if TYPE_CHECKING:
    from collections.abc import Callable


def get(address: str, path: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.getheader("content-type") or "", response.read()
    finally:
        connection.close()


@pytest.fixture
def demo(serve: Callable[..., str]) -> str:
    return serve(load_portal().create_app())


def test_a_section_of_the_demo_portal_is_a_podcast_that_plays(demo: str) -> None:
    status, kind, body = get(demo, "/_readable/feed?path=%2F")
    assert (status, kind) == (200, "application/rss+xml")
    channel = ET.fromstring(body).find("channel")  # noqa: S314 - our own feed
    assert channel is not None
    items = channel.findall("item")
    assert len(items) >= 6
    assert len({item.findtext("guid") for item in items}) == len(items)
    for item in items:
        enclosure = item.find("enclosure")
        assert enclosure is not None
        assert enclosure.get("type") == "audio/mpeg"
        assert int(enclosure.get("length") or 0) > 10_000
        assert item.findtext("title")
        assert (item.findtext("link") or "").startswith(demo)
    address = (items[0].find("enclosure") or ET.Element("x")).get("url") or ""
    enclosure = items[0].find("enclosure")
    assert enclosure is not None
    address = enclosure.get("url") or ""
    assert address.startswith(f"{demo}/_readable/speech?path=%2F")
    status, kind, sound = get(demo, address.removeprefix(demo))
    assert (status, kind, sound[:3]) == (200, "audio/mpeg", b"ID3")


def test_a_feed_of_nothing_and_of_elsewhere_is_refused(demo: str) -> None:
    assert get(demo, "/_readable/feed?path=%2Fkhong-co")[0] >= 400
    assert get(demo, "/_readable/feed?path=https%3A%2F%2Fevil.example%2F")[0] == 403
    assert get(demo, "/_readable/feed")[0] >= 400


def links(*pairs: tuple[str, str], **more: Any) -> list[str]:
    body = "".join(f'<a href="{href}">{text}</a>' for href, text in pairs)
    page = Page(
        url="https://portal.gov.vn/tin-tuc", body=f"<title>Tin  tức</title>{body}".encode(), charset="utf-8"
    )
    title, paths = article_paths(page, more.get("prefix", "/_readable"))
    assert title == "Tin tức"
    return paths


def test_links_to_articles_have_titles_and_stay_on_the_portal() -> None:
    long = "Tỉnh ban hành kế hoạch mới"
    assert links(
        ("/tin/1", long),
        ("tin/2?id=3#than-bai", long),
        ("https://portal.gov.vn/tin/3", long),
        ("https://other.gov.vn/tin/4", long),
        ("//other.gov.vn/tin/5", long),
        ("/lien-he", "Liên hệ"),
        ("javascript:void(0)", long),
        ("/_readable/speech?path=/x", long),
        ("/tin-tuc", "Tất cả các tin tức khác"),
        ("/tin/1", "Xem tiếp"),
        ("http://[bad", long),
        ("/tin/bài mới", long),
    ) == ["/tin/1", "/tin/2?id=3", "/tin/3", "/tin/b%C3%A0i%20m%E1%BB%9Bi"]
