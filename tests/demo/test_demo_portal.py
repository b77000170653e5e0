"""The demo portal is a portal of today: legacy pages, working links, the seed article word for word."""

from __future__ import annotations

import re
from pathlib import Path

import anyio
import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from readable_portal.cli.demo import FIRST_ARTICLE, load_portal

demo = load_portal()
ARTICLES = demo.catalogue.ARTICLES
ADDRESSES = [each.address for each in ARTICLES]
SEED = (Path(__file__).parent / "seed_article.txt").read_text("utf-8")


async def get(address: str, **options: object) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=demo.portal)
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal.example") as client:
        return await client.request(str(options.pop("method", "GET")), address, **options)  # type: ignore[arg-type]


def words(html: str) -> str:
    tree = LexborHTMLParser(html, scripting=True)
    return " ".join(tree.body.text(separator=" ").split()) if tree.body else ""


def test_there_are_at_least_ten_articles_each_in_its_own_markup() -> None:
    assert len(ARTICLES) >= 10
    assert len({each.family for each in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_article_stands_in_a_legacy_page(address: str) -> None:
    answer = anyio.run(get, address)
    assert answer.status_code == 200
    assert answer.text.startswith("<!DOCTYPE html PUBLIC")
    assert 'name="__VIEWSTATE"' in answer.text
    assert "${" not in answer.text
    [entry] = [each for each in ARTICLES if each.address == address]
    assert entry.title in words(answer.text)
    assert "dữ liệu mẫu" in words(answer.text)


def test_the_seed_article_stands_word_for_word() -> None:
    html = anyio.run(get, FIRST_ARTICLE).text
    shown = words(html)
    for line in SEED.splitlines():
        piece = " ".join(line.split()).replace("cỡ chữAA", "cỡ chữ A A")
        assert piece in shown, piece
    body = html[html.index("articletitle") : html.index("Uyển Nhi")]
    assert body.index("(08:46 | 15/03/2019)") < body.index("39/KH-UBND") < body.index("./.")


def test_the_seed_page_has_the_old_size_control() -> None:
    html = anyio.run(get, FIRST_ARTICLE).text
    assert 'id="pnlWCAG"' in html
    assert html.count('aria-hidden="true"') == 2
    assert 'onclick="fontMinus()"' in html


def test_old_editors_paste_entities() -> None:
    [entry] = [each for each in ARTICLES if each.style == "entities"]
    assert "Ph&iacute;" in entry.markup()
    assert "\r\n" in entry.markup()
    assert entry.markup().isascii()


async def crawl() -> dict[str, int]:
    found: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = await get(address)
        found[address] = answer.status_code
        if "html" in answer.headers["content-type"]:
            links = re.findall(r'(?:href|src)="(/[^"]*)"', answer.text)
            waiting += [link.replace("&amp;", "&") for link in links]
    return found


def test_every_link_leads_somewhere() -> None:
    found = anyio.run(crawl)
    assert set(ADDRESSES) <= set(found)
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_search_finds_and_escapes() -> None:
    async def search(text: str) -> httpx2.Response:
        return await get("/tim-kiem", method="POST", data={"ctl00$txtTimKiem": text})

    assert "căn cước tại 12 điểm" in anyio.run(search, "Căn Cước").text
    assert "<script>x" not in anyio.run(search, "<script>x").text


def test_what_is_not_there_is_not_found() -> None:
    for address in ("/tin-tuc/khong-co", "/chuyen-muc/x", "/chitiettin.aspx?id=1", "/x"):
        assert anyio.run(get, address).status_code == 404
