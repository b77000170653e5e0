from __future__ import annotations

import pytest

from readable_portal.errors import NotAnArticle, PageTooLarge
from readable_portal.page.article import read_article

PARAGRAPHS = [
    "Sáng 12/5, Ủy ban nhân dân xã Bình An tổ chức hội nghị triển khai kế hoạch phòng, chống sốt xuất huyết.",
    "Tại hội nghị, đại diện Trạm Y tế cho biết từ đầu năm đến nay toàn xã ghi nhận 12 ca mắc, giảm một nửa.",
    "Các ấp sẽ ra quân diệt lăng quăng vào sáng thứ bảy hằng tuần; mỗi hộ dân tự kiểm tra dụng cụ chứa nước.",
]
PAGE = f"""<!DOCTYPE html><html lang="vi"><head><title>Ra quân diệt lăng quăng</title></head><body>
<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul>
<h1>Ra quân diệt lăng quăng</h1><div class="ngay">Thứ ba, 12/05/2020 14:05</div>
<div class="noidung">{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}
<p style="text-align:right"><b>Lê Thị Mận</b></p></div>
<h3>Tin liên quan</h3><ul><li><a href="/1">Tập huấn sơ cứu cho cán bộ ấp</a></li></ul></body></html>"""


def test_a_page_becomes_an_article() -> None:
    article = read_article(PAGE.encode(), url="https://binhan.example/tin/7")
    assert article.title == "Ra quân diệt lăng quăng"
    assert article.text.splitlines() == PARAGRAPHS
    assert article.published is not None
    assert article.published.isoformat() == "2020-05-12T14:05:00+07:00"
    assert article.byline == "Lê Thị Mận"
    assert [block.kind for block in article.blocks] == ["paragraph"] * 3 + ["signature"]
    assert article.blocks[0].path == "body>div:nth-of-type(2)>p:nth-of-type(1)"
    assert article.title_path == "body>h1:nth-of-type(1)"
    assert article.body_path == "body>div:nth-of-type(2)"


def test_the_digest_changes_with_the_text_only() -> None:
    article = read_article(PAGE)
    assert read_article(PAGE.replace("menu", "thucdon"), url="https://x.example").digest == article.digest
    assert read_article(PAGE.replace("12 ca", "13 ca")).digest != article.digest


def test_a_page_without_text_is_no_article() -> None:
    with pytest.raises(NotAnArticle) as caught:
        read_article(b"<html><body></body></html>")
    assert caught.value.reason == "no-text"


def test_a_page_above_the_limit_is_refused() -> None:
    with pytest.raises(PageTooLarge):
        read_article(b"x" * 101, max_bytes=100)
