from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from readable_portal.errors import NotAnArticle, PageTooLarge
from readable_portal.page import legacy_fonts
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


def test_the_section_is_said_in_the_head_or_by_the_breadcrumb() -> None:
    path = '<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/y-te">Y tế</a></div>'
    assert read_article(PAGE.replace("<h1>", f"{path}<h1>")).section == "Y tế"
    head = '<meta property="article:section" content="Xã hội"><title>'
    assert read_article(PAGE.replace("<title>", head)).section == "Xã hội"
    assert read_article(PAGE).section == ""


def test_an_anchor_that_is_never_closed_makes_no_link_of_the_article() -> None:
    assert read_article(PAGE.replace("<h1>", '<a name="noidung"/><h1>')).text.splitlines() == PARAGRAPHS


def test_words_keep_the_space_between_their_elements_and_get_none() -> None:
    first = PARAGRAPHS[0].replace("xã Bình An", "<b>xã</b> <i>Bình</i> <span>A</span>n")
    assert read_article(PAGE.replace(PARAGRAPHS[0], first)).text.splitlines() == PARAGRAPHS


def test_lists_tables_and_quotes_keep_their_kind() -> None:
    inner = (
        "<ol><li>Mang theo giấy tờ tùy thân.</li><li>Đến trước mười lăm phút.</li></ol>"
        "<p>- Đem theo đơn đã ký.</p>"
        "<blockquote>Ai cũng được phục vụ như nhau, không phải chờ lâu.</blockquote>"
        "<table><tr><th>Ngày</th><th>Ấp</th></tr><tr><td>12/5</td><td>Ấp 1</td></tr>"
        "<tr><td>13/5</td><td>Ấp 2</td></tr></table><p>Trên đây là lịch làm việc, mời bà con theo dõi.</p>"
    )
    article = read_article(PAGE.replace("<p style", f"{inner}<p style"))
    shown = [(block.kind, block.marker) for block in article.blocks[3:-2]]
    assert shown == [("item", "1."), ("item", "2."), ("item", "-"), ("quote", ""), ("table", "")]
    table = article.blocks[7]
    assert table.rows == (("Ngày", "Ấp"), ("12/5", "Ấp 1"), ("13/5", "Ấp 2"))
    assert table.header
    assert table.text == "Ngày\tẤp\n12/5\tẤp 1\n13/5\tẤp 2"
    assert "12/5 Ấp 1" in article.text.splitlines()


def test_lines_of_a_poem_are_lines_and_a_broken_sentence_is_one() -> None:
    lines = "Trời cao trong xanh quá<br>Gió thổi qua hàng cây<br>"
    broken = "Câu văn này dài và bị ngắt ở giữa dòng bởi trình soạn thảo<br>nên phải nối lại thành một câu."
    article = read_article(PAGE.replace("<p style", f"<div>{lines}</div><div>{broken}</div><p style"))
    texts = [block.text for block in article.blocks]
    assert "Trời cao trong xanh quá" in texts
    assert broken.replace("<br>", " ") in texts


@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_a_page_in_a_font_of_the_1990s_is_read_in_unicode(font: str) -> None:
    lines = (Path(legacy_fonts.__file__).parent / "data" / f"{font}.tsv").read_text("utf-8").splitlines()[1:]
    table: dict[str, str] = {}
    for line in lines:
        written, letter, _ = line.split("\t")
        table.setdefault(letter, written)
    # TCVN3 has few capitals: the font's other face drew them.
    old = "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in PAGE)
    body = old.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252", "replace")
    article = read_article(body)
    assert article.text.casefold().splitlines() == [text.casefold() for text in PARAGRAPHS]
    assert article.title == "Ra quân diệt lăng quăng"
    assert article.byline == "Lê Thị Mận"


def test_a_page_in_windows_1258_is_read_in_whole_letters() -> None:
    marks = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for letter in PAGE:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in marks))
        pieces.append(base + "".join(c for c in parts if c in marks))
    article = read_article("".join(pieces).encode("cp1258"), charset="windows-1258")
    assert article.text.splitlines() == PARAGRAPHS
    assert article.title == "Ra quân diệt lăng quăng"


def test_title_and_lead_are_read_once() -> None:
    lead = "Xã Bình An bắt đầu đợt ra quân diệt lăng quăng trước mùa mưa, mời bà con cùng tham gia."
    again = f"<p><b>Ra quân diệt lăng quăng.</b></p><p>{lead}</p>"
    twice = f'<div class="sapo">{lead}</div><div class="noidung">{again}'
    article = read_article(PAGE.replace('<div class="noidung">', twice))
    assert article.lead == lead
    assert article.text.splitlines() == [lead, *PARAGRAPHS]


def test_json_ld_is_read_wherever_it_stands() -> None:
    dated = '"datePublished": "2020-05-12T14:07:00+07:00"'
    about = f'{{"@type": "NewsArticle", {dated}, "author": {{"name": "Trần Tư"}}}}'
    script = f'<script type="application/ld+json">{about}</script></body>'
    article = read_article(PAGE.replace("</body>", script))
    assert article.byline == "Trần Tư"
    assert article.published is not None
    assert article.published.minute == 7


@pytest.mark.parametrize(
    ("end", "author", "source"),
    [
        ('<p align="right"><b>Lê Thị Mận</b></p><p align="right"><i>Trạm Y tế xã</i></p>', "Lê Thị Mận", ""),
        ('<p align="right"><b>Lê Mận</b></p><p align="right"><b>Vũ Tâm</b></p>', "Lê Mận, Vũ Tâm", ""),
        ('<p align="right"><b>Lê Mận - Vũ Tâm</b></p>', "Lê Mận - Vũ Tâm", ""),
        ('<p align="right"><b>Lê Mận - Báo Bình An</b></p>', "Lê Mận", ""),
        ("<p>Được đăng bởi Lê Mận 13 Tháng Năm 2020</p>", "Lê Mận", ""),
        ("<p>(Nguồn: binhan.gov.vn)</p>", "", "binhan.gov.vn"),
    ],
)
def test_who_signs_and_whom_it_was_taken_from(end: str, author: str, source: str) -> None:
    article = read_article(PAGE.replace('<p style="text-align:right"><b>Lê Thị Mận</b></p>', end))
    assert (article.byline, article.source) == (author, source)
    assert article.text.splitlines() == PARAGRAPHS


def test_a_box_of_another_article_inside_the_body_stays_out() -> None:
    teaser = "<p>Cán bộ các ấp học sơ cứu trong hai ngày.</p>"
    box = f'<div type="RelatedOneNews"><a href="/1">Tập huấn</a>{teaser}</div>'
    page = PAGE.replace(f"<p>{PARAGRAPHS[2]}", f"{box}<p>{PARAGRAPHS[2]}")
    assert read_article(page).text.splitlines() == PARAGRAPHS


def test_a_body_in_parts_of_one_name_is_read_whole() -> None:
    parts = f'<div class="content-text"><p>{PARAGRAPHS[0]}</p></div><figure><img src="a.jpg"></figure>'
    texts = [
        *PARAGRAPHS,
        "Người dân có sốt cao từ hai ngày trở lên cần đến Trạm Y tế xã để được khám và xét nghiệm.",
    ]
    rest = "".join(f"<p>{text}</p>" for text in texts[1:])
    body = f'<div>{parts}<div class="content-text">{rest}</div></div>'
    page = f'<html lang="vi"><h1>Ra quân diệt lăng quăng</h1>{body}'
    assert read_article(page).text.splitlines() == texts


def test_a_heading_over_links_in_the_middle_goes_with_them() -> None:
    links = '<p><b>Tin liên quan:</b></p><div><a href="/1">Tập huấn sơ cứu cho cán bộ ấp</a></div>'
    page = PAGE.replace(f"<p>{PARAGRAPHS[1]}", f"{links}<p>{PARAGRAPHS[1]}")
    assert read_article(page).text.splitlines() == PARAGRAPHS


def test_a_date_below_the_text_counts_where_it_says_so() -> None:
    page = PAGE.replace('<div class="ngay">Thứ ba, 12/05/2020 14:05</div>', "")
    end = "<p>Cập nhật lần cuối: Thứ tư, 13 Tháng 5 2020 08:10</p></div>\n<h3>"
    article = read_article(page.replace("</div>\n<h3>", end))
    assert str(article.published) == "2020-05-13 08:10:00+07:00"
    assert article.text.splitlines() == PARAGRAPHS
    assert (
        read_article(page.replace("</div>\n<h3>", "<p>Hạn là 13/5/2020.</p></div>\n<h3>")).published is None
    )
