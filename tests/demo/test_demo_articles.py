"""Every article of the demo portal is read as a person reads it, whatever its markup; the rest is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import httpx2
import pytest

from readable_portal.cli.demo import load_portal
from readable_portal.errors import NotAnArticle
from readable_portal.page.article import read_article

if TYPE_CHECKING:
    from readable_portal.model import Article

demo = load_portal()
ENTRIES = {each.address: each for each in demo.catalogue.ARTICLES}
BYLINES = {
    "phong-chong-bao": "Quốc Bảo",
    "lich-tiem-chung": "Bs. Lê Thu Hà",
    "the-can-cuoc": "Minh Khuê",
    "giay-phep-lai-xe": "Thanh Tùng",
    "ho-tro-ho-ngheo": "Ngọc Diệp",
    "tuyen-sinh-lop-10": "Hoàng Lan",
    "kiem-soat-thu-tuc": "Uyển Nhi",
}
# First and last words that must be read, and words around the article that must not.
ENDS = {
    "phong-chong-bao": ("Dự báo đêm 05/9/2026", "qua số 1900 0000."),
    "lich-tiem-chung": ("Trung tâm Kiểm soát bệnh tật", "hoặc gọi 115."),
    "the-can-cuoc": ("Công an tỉnh tổ chức", "kể cả thứ bảy./."),
    "phi-le-phi": ("HĐND tỉnh giảm 50%", "stc@portal.example."),
    "bao-hiem-y-te": ("BHXH tỉnh hướng dẫn", "0290.3000.095."),
    "khai-sinh-truc-tuyen": ("Cha, mẹ có con mới sinh", "trong giờ hành chính."),
    "giay-phep-lai-xe": ("Từ ngày 01/5/2026", "0290.3000.067."),
    "ho-tro-ho-ngheo": ("Sở Nông nghiệp", "0290.3000.168."),
    "tuyen-sinh-lop-10": ("Sở GDĐT công bố", "0290.3000.338."),
    "kiem-soat-thu-tuc": ("Ủy ban nhân dân tỉnh", "thủ tục hành chính./."),
    "temporary-residence": ("Anyone who puts up", "6 Trung Tam Street."),
}
AROUND = (
    "Lượt truy cập",
    "Chào mừng",
    "dữ liệu mẫu, không",
    "Xem với cỡ chữ",
    "Lượt xem",
    "Tin liên quan",
    "Tham khảo thêm",
)


def read(address: str) -> Article:
    async def get() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=demo.portal)
        async with httpx2.AsyncClient(transport=transport, base_url="http://portal.example") as client:
            return await client.get(address)

    answer = anyio.run(get)
    url = f"http://portal.example{address}"
    return read_article(answer.content, url=url, headers=tuple(answer.headers.items()))


@pytest.mark.parametrize("address", ENTRIES)
def test_it_is_read_whole_and_nothing_else(address: str) -> None:
    entry, article = ENTRIES[address], read(address)
    assert article.title == entry.title
    assert article.published == entry.published
    assert article.language == entry.language
    first, last = ENDS[entry.slug]
    assert article.lead.startswith(first)
    assert article.text.startswith(first)
    assert article.text.endswith(last)
    assert [words for words in AROUND if words in article.text] == []
    if entry.slug in BYLINES:
        assert article.byline == BYLINES[entry.slug]


def test_lists_and_tables_are_read_as_such() -> None:
    steps = [block for block in read("/tin-tuc/khai-sinh-truc-tuyen").blocks if block.kind == "item"]
    assert [block.marker for block in steps[:3]] == ["1.", "2.", "3."]
    assert len([block for block in read("/tin-tuc/ho-tro-ho-ngheo").blocks if block.kind == "item"]) == 10
    for address, rows in (("/tin-tuc/bao-hiem-y-te", 6), ("/chitiettin.aspx?id=812", 9)):
        [table] = [block for block in read(address).blocks if block.kind == "table"]
        assert len(table.rows) == rows
        assert {len(row) for row in table.rows} == {3}
        assert table.header


@pytest.mark.parametrize(
    "address", ["/", "/so-do-cong", "/lien-he", "/gui-phan-anh", "/tim-kiem", "/chuyen-muc/y-te", "/khong-co"]
)
def test_what_is_no_article_is_refused(address: str) -> None:
    with pytest.raises(NotAnArticle):
        read(address)
