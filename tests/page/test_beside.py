"""What the controls are told of an article's surroundings: date and author lines, the old size control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from readable_portal.page.article import read_article

if TYPE_CHECKING:
    from readable_portal.model import Article

TEXT = "".join(
    f"<p>Ủy ban nhân dân xã Bình An thông báo lịch tiếp công dân đợt {number}, bắt đầu lúc 8 giờ tại "
    "hội trường xã, mời bà con đến dự đông đủ và mang theo giấy tờ cần thiết.</p>"
    for number in range(1, 6)
)
HEAD = "<!DOCTYPE html><html lang=vi><head><title>Lịch tiếp công dân</title></head><body>"
MENU = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul>'
CONTROL = (
    '<div id="ctl00_pnlWCAG"><span>Xem với cỡ chữ</span><i onclick="fontMinus()">A</i>'
    '<i onclick="fontPlus()">A</i></div>'
)


def page(before: str = "", after: str = "", around: str = "<div>{}</div>") -> str:
    article = f"<h1>Lịch tiếp công dân</h1>{before}<div class=noidung>{TEXT}</div>{after}"
    return HEAD + MENU + around.format(article) + "</body></html>"


def article(html: str) -> Article:
    return read_article(html, url="https://binhan.example/tin/1")


def texts(html: str, selectors: list[str]) -> list[str]:
    """What the selectors find, as a browser would: each exactly one element."""
    tree = LexborHTMLParser(html)
    found = [tree.css(each) for each in selectors]
    assert [len(each) for each in found] == [1] * len(found)
    return [each[0].text().strip() for each in found]


def test_the_lines_of_date_and_author_are_named_whole() -> None:
    html = page(
        before="<div class=ngay><font>(<b>08:46 | 15/03/2019</b>)</font></div>",
        after="<p class=tacgia><i>Hồng Thắm</i></p><div class=footer>15/03/2019 <a href='/in'>In</a></div>",
    )
    read = article(html)
    assert read.byline == "Hồng Thắm"
    assert texts(html, list(read.beside)) == ["(08:46 | 15/03/2019)", "Hồng Thắm"]


def test_what_says_more_or_can_be_pressed_is_no_such_line() -> None:
    long = "Hội nghị diễn ra ngày 15/03/2019 " * 6
    html = page(
        before="<div>08:46, 15/03/2019</div>", after=f"<div>{long}</div><a href=/>Tin ngày 15/03/2019</a>"
    )
    assert texts(html, list(article(html).beside)) == ["08:46, 15/03/2019"]


def test_a_page_with_neither_date_nor_author_has_none() -> None:
    read = article(page())
    assert read.beside == ()
    assert read.control == ""


@pytest.mark.parametrize(
    ("control", "said"),
    [
        (CONTROL, ["Xem với cỡ chữAA"]),
        # Links alone, each to be hidden with what stands around both.
        (
            '<p><a href="javascript:zoomoutLetter()">A-</a> <a href="javascript:zoominLetter()">A+</a></p>',
            ["A- A+"],
        ),
        # The label stands apart; it would be left alone.
        (
            '<b>Cỡ chữ:</b><span><a onclick="changeFontSize(1)">+</a><a onclick="resetFont()">-</a></span>',
            ["Cỡ chữ:+-"],
        ),
        # Escaped as old editors do, and decomposed.
        (
            "<p><b>C&#7905; ch&#7919;</b> <button title='Co\u031b\u0303 chu\u031b\u0303'>A</button></p>",
            ["Cỡ chữ A"],
        ),
    ],
)
def test_the_portals_own_size_control_is_found(control: str, said: list[str]) -> None:
    html = page(before=f"<div class=congcu>{control}</div>")
    found = article(html).control
    assert texts(html, found.split(",")) == said


def test_a_label_before_the_control_is_hidden_with_it() -> None:
    html = page(before=f"<b>Cỡ chữ:</b>{CONTROL}")
    assert texts(html, article(html).control.split(",")) == ["Xem với cỡ chữAA", "Cỡ chữ:"]


def test_scripts_styles_and_the_text_itself_are_no_control() -> None:
    html = page(before="<script src='/fontsize.js'></script><div style='font-size:12px'>Xã Bình An</div>")
    html = html.replace("bắt đầu lúc", "<span class=fontsize2>bắt đầu lúc</span>")
    assert article(html).control == ""


def test_an_id_that_stands_twice_is_no_name() -> None:
    html = page(before=f"<div id=x></div><div id=x>{CONTROL.replace('ctl00_pnlWCAG', 'cochu')}</div>")
    html = html.replace('id="cochu"', "id='x'")
    assert texts(html, article(html).control.split(",")) == ["Xem với cỡ chữAA"]
