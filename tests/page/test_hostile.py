"""No page takes more than a second or takes the process down: it is an article, or a clear error."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.errors import NotAnArticle, PageTooLarge
from readable_portal.page.article import read_article

TEXT = (
    "<h1>Thông báo</h1>"
    + "<p>Ủy ban nhân dân xã thông báo lịch tiếp công dân vào thứ năm hằng tuần, trừ ngày lễ.</p>" * 6
)
pytestmark = pytest.mark.usefixtures("ends")


def read(page: bytes) -> str:
    """What came of a page: "article", or the error's code."""
    try:
        read_article(page)
    except (NotAnArticle, PageTooLarge) as error:
        return error.code
    return "article"


PAGES = {
    "40,000 nested div": b"<div>" * 40_000 + TEXT.encode(),
    "9,000 nested div": b"<div>" * 9_000 + TEXT.encode(),
    "40,000 nested span": b"<span>" * 40_000 + TEXT.encode(),
    "nested tables": b"<table><tr><td>" * 8_000 + TEXT.encode(),
    "nested own elements": b"<x-y>" * 40_000 + TEXT.encode(),
    "nested lists": b"<ul><li>" * 20_000 + TEXT.encode(),
    "open formatting before blocks": b"".join(b"<font size=%d>" % i for i in range(3_000)) + b"<p>x" * 3_000,
    "formatting closed elsewhere": (b"<b id=a><i id=b><div>" * 2_000) + b"</i></b>" * 2_000,
    "misnested links": b"<a href=x><div>" * 5_000 + b"</a>" * 5_000,
    "half an end tag": b"</a " * 200_000,
    "declarations": b"<!x" * 200_000,
    "comments that do not end": b"<!--" * 200_000,
    "attributes": b"<p " + b"a=1 " * 300_000 + b">" + TEXT.encode(),
    "long attribute": b'<p class="' + b"related-news " * 150_000 + b'">' + TEXT.encode(),
    "entities": b"&amp;" * 400_000 + TEXT.encode(),
    "broken entities": b"&#x110000;&#xD800;&nosuch;&" * 50_000 + TEXT.encode(),
    "one long word": b"<p>" + b"x" * 2_000_000,
    "many paragraphs": b"<h1>t</h1>" + b"<p>Mot doan van ngan gon, co dau cham cuoi cau.</p>" * 30_000,
    "many lists": b"<ul><li>mot</li></ul>" * 30_000 + TEXT.encode(),
    "many tables": b"<table><tr><td>a<td>b<tr><td>c<td>d</table>" * 10_000 + TEXT.encode(),
    "many line breaks": b"<p>" + b"mot dong<br>" * 60_000,
    "many names": b"".join(b"<div class='related-%d ten-%d'>x</div>" % (i, i) for i in range(40_000)),
    "many dates": b"<p>12/05/2020 8:30 " * 30_000,
    "many elements": b"<i></i>" * 290_000,
    "zero bytes": b"\0" * 500_000 + TEXT.encode(),
    "scripts": b"<script>" * 50_000 + TEXT.encode(),
    "unclosed navigation": b"<nav>" + TEXT.encode(),
    "deep JSON-LD": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + TEXT.encode(),
    "wide JSON-LD": b'<script type="application/ld+json">['
    + b'{"@type":"Article"},' * 15_000
    + b"{}]</script>",
    "20 MB": TEXT.encode() + b"x" * 20_000_000,
    "UTF-16 cut short": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
    "a lying charset": b'<meta charset="utf-16">' + TEXT.encode(),
    "menus inside one another": (
        b"<div class='menu'><p>"
        + b"Mot doan van dai hon tam muoi chu de duoc coi la van xuoi cua bai viet nay. " * 3
    )
    * 60,
    "nested hidden": b"<div class='hidden'>" * 900 + TEXT.encode(),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_answered_in_time(name: str) -> None:
    read(PAGES[name])


@pytest.mark.parametrize(
    "name", ["20 MB", "40,000 nested div", "open formatting before blocks", "many elements"]
)
def test_what_would_take_too_long_is_refused_as_too_large(name: str) -> None:
    assert read(PAGES[name]) == PageTooLarge.code


@pytest.mark.parametrize(
    "name",
    ["unclosed navigation", "entities", "zero bytes", "deep JSON-LD", "a lying charset", "long attribute"],
)
def test_a_text_that_can_be_had_is_had(name: str) -> None:
    assert read(PAGES[name]) == "article"


def test_random_bytes() -> None:
    source = random.Random(7)  # noqa: S311 - made-up pages, not secrets
    for _ in range(20):
        read(source.randbytes(source.randrange(20_000)))


MARKUP = (
    "<p> </p> <div> </div> <br> <br/> <table> <tr> <td> </table> <ul> <li> </ul> <a href=/x> </a> <b> </b> "
    "<h1> </h1> <span> </span> <img> <figure> <figcaption> <article> <nav> </nav> <aside> <form> <input> "
    "<select> <svg> </svg> <template> <frameset> <body> </body> <html> <head> <title> <textarea> <plaintext> "
    "<math> <font> <center> <blockquote> <pre> <!-- --> <![CDATA[ ]]> &nbsp; &amp &# < > = / <o:p> <x-y>"
)
FRAGMENTS = st.sampled_from(MARKUP.split())
WORDS = st.sampled_from(
    [
        "Ủy ban nhân dân xã thông báo. ",
        "12/05/2020 ",
        "Tin liên quan ",
        "Tác giả: Lê Thị Mận ",
        " ",
        "\r\n",
        "\0",
        "\ud83d",
        "é",
    ]
)


@given(st.lists(FRAGMENTS | WORDS, max_size=120).map("".join))
@settings(max_examples=150, deadline=None)
def test_no_markup_breaks_it(html: str) -> None:
    try:
        article = read_article(html)
    except NotAnArticle:
        return
    assert article.text
    assert article.blocks
    assert all(block.path.startswith("body") for block in article.blocks)


@given(st.binary(max_size=4000))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_it(body: bytes) -> None:
    try:
        read_article(TEXT.encode()[: len(body)] + body)
    except NotAnArticle:
        return
