"""The demo portal's pages, read right: a portal of today, with old markup around every article."""

from __future__ import annotations

import anyio
import httpx2
import pytest

from readable_portal.cli.demo import load_portal
from readable_portal.errors import NotAnArticle
from readable_portal.page.article import read_article

demo = load_portal()
ARTICLES = {each.address: each for each in demo.catalogue.ARTICLES}
SITE = "http://portal.example"
# By its slug: who wrote it, and how its lead begins.
EXPECTED = {
    "phong-chong-bao": ("Quốc Bảo", "Dự báo đêm 05/9/2026 bão đi vào"),
    "lich-tiem-chung": ("Bs. Lê Thu Hà", "Trung tâm Kiểm soát bệnh tật tỉnh (CDC)"),
    "the-can-cuoc": ("Minh Khuê", "Công an tỉnh tổ chức 12 điểm"),
    "bao-hiem-y-te": ("Phòng Truyền thông, BHXH tỉnh", "BHXH tỉnh hướng dẫn mức đóng"),
    "khai-sinh-truc-tuyen": ("Theo Sở Tư pháp", "Cha, mẹ có con mới sinh"),
    "giay-phep-lai-xe": ("Thanh Tùng", "Từ ngày 01/5/2026, người dân đổi giấy phép"),
    "ho-tro-ho-ngheo": ("Ngọc Diệp", "Sở Nông nghiệp và Môi trường tổng hợp"),
    "tuyen-sinh-lop-10": ("Hoàng Lan", "Sở GDĐT công bố môn thi"),
    "kiem-soat-thu-tuc": ("Uyển Nhi", "Ủy ban nhân dân tỉnh ban hành Kế hoạch số 39/KH-UBND"),
}
OTHERS = {
    "/": "home",
    "/tim-kiem": "search",
    "/tim-kiem?q=thu": "search",
    "/gui-phan-anh": "form",
    "/lien-he": "form",
    "/so-do-cong": "list",
    "/khong-co": "error",
    **{f"/chuyen-muc/{section.slug}": "list" for section in demo.catalogue.SECTIONS},
}


def get(address: str) -> httpx2.Response:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=demo.portal)
        async with httpx2.AsyncClient(transport=transport, base_url=SITE) as client:
            return await client.get(address)

    return anyio.run(ask)


@pytest.mark.parametrize("address", ARTICLES)
def test_an_article_is_read_right(address: str) -> None:
    entry = ARTICLES[address]
    answer = get(address)
    article = read_article(answer.content, url=SITE + address, headers=list(answer.headers.items()))
    assert article.title == entry.title
    assert article.published == entry.published
    assert article.language.startswith(entry.language)
    assert article.body_path.rpartition(">")[2].partition(":")[0] not in {"table", "tbody", "tr"}
    assert "Cơ quan chủ quản" not in article.text
    assert "cổng mẫu" not in article.text
    assert [block.kind for block in article.blocks].count("lead") == 1
    if entry.slug in EXPECTED:
        byline, lead = EXPECTED[entry.slug]
        assert article.byline == byline
        assert article.lead.startswith(lead)
        assert byline not in article.text.splitlines()


@pytest.mark.parametrize("address", OTHERS)
def test_other_pages_are_no_articles(address: str) -> None:
    answer = get(address)
    with pytest.raises(NotAnArticle) as caught:
        read_article(answer.content, url=SITE + address)
    assert caught.value.reason == OTHERS[address]
