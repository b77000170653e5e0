from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from readable_portal.model import (
    Article,
    Block,
    Fact,
    Readability,
    Sentence,
    Spoken,
    Summary,
    SummarySentence,
    Term,
)
from readable_portal.web.reader_page import render, render_notice, respond
from readable_portal.web.reader_view import SIZES, View
from readable_portal.web.reader_words import SPACES, THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

LINKS = {
    "reader": "/_readable/read",
    "style": "/_readable/reader.css",
    "audio": "/_readable/speech?path=%2Ftin",
    "original": "/tin",
}
LEVEL = Readability(
    grade=8.0,
    band="medium",
    letters_per_syllable=3.2,
    syllables_per_sentence=20,
    long_sentences=0.2,
    syllables=300,
    sentences=12,
    reading_seconds=100,
    listening_seconds=130,
)


def make_article(blocks: Sequence[Block], **fields: Any) -> Article:
    """An article whose sentences end at each full stop."""
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        if block.kind in {"caption", "signature"}:
            continue
        for match in re.finditer(r"[^.\s][^.]*\.?", block.text):
            sentences.append(
                Sentence(
                    index=len(sentences),
                    block=number,
                    start=match.start(),
                    end=match.end(),
                    text=match.group(),
                    spoken=Spoken(match.group(), ()),
                )
            )
    standard: dict[str, Any] = {"url": "https://portal.example/tin", "title": "Phí mới"}
    return Article(**(standard | fields), blocks=tuple(blocks), sentences=tuple(sentences))


def block(kind: Any, text: str, **fields: Any) -> Block:
    return Block(kind=kind, text=text, path="body", **fields)


ARTICLE = make_article(
    [
        block("lead", "UBND tỉnh giảm phí. Mức mới áp dụng từ 01/7."),
        block("heading", "Ai được giảm", level=4),
        block("item", "Trẻ em.", marker="1."),
        block("item", "Người cao tuổi.", marker="2."),
        block("caption", "Ảnh: Minh Anh"),
        block(
            "table",
            "Thủ tục\tPhí\nKhai sinh\t8.000 đồng",
            rows=(("Thủ tục", "Phí"), ("Khai sinh", "8.000 đồng")),
            header=True,
        ),
        block("paragraph", "Phản ánh về <UBND> & nơi khác."),
    ],
    published=datetime(2019, 3, 15, 8, 46, tzinfo=timezone(timedelta(hours=7))),
    byline="Uyển Nhi",
    section="Cải cách hành chính",
)
SUMMARY = Summary(
    sentences=(SummarySentence(text="UBND tỉnh giảm phí.", source=0, sources=(0,)),),
    facts=(Fact(kind="when", value="01/7", sentence=1, start=19, end=23),),
    glossary=(Term(text="UBND", meaning="Ủy ban nhân dân", kind="abbreviation", sentence=0, start=0, end=4),),
    readability=LEVEL,
    article_readability=LEVEL,
)


def page(article: Article = ARTICLE, summary: Summary | None = SUMMARY, **view: Any) -> LexborHTMLParser:
    html = render(article, summary, query="path=%2Ftin", links=LINKS, view=View(**view))
    return LexborHTMLParser(html)


def hrefs(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [node.attributes["href"] or "" for node in tree.css(selector)]


def test_every_size_theme_and_spacing_is_a_link_that_keeps_the_rest() -> None:
    tree = page(size=150, theme="dark", space="wide")
    for size, href in zip(SIZES, hrefs(tree, "ul.sizes a"), strict=True):
        assert ("size=" in href) == (size != 100)
        assert "theme=dark" in href
        assert "space=wide" in href
        assert href.startswith("/_readable/read?path=%2Ftin&")
    assert len(hrefs(tree, "ul.themes a")) == len(THEMES)
    assert len(hrefs(tree, "ul.spaces a")) == len(SPACES)
    current = [node.text() for node in tree.css('.tools a[aria-current="true"]')]
    assert current == ["150 %", "Tối", "Rộng"]


@given(
    size=st.sampled_from(SIZES),
    theme=st.sampled_from(sorted(THEMES)),
    space=st.sampled_from(sorted(SPACES)),
    printing=st.booleans(),
    language=st.sampled_from(["vi", "en"]),
)
@settings(max_examples=50)
def test_a_view_survives_its_address(
    *, size: int, theme: str, space: str, printing: bool, language: str
) -> None:
    view = View(size=size, theme=theme, space=space, printing=printing, language=language)
    values = dict(pair.split("=") for pair in view.query("path=x").split("&"))
    assert View.from_query(values) == view


@given(st.dictionaries(st.sampled_from(["size", "theme", "space", "print", "lang"]), st.text(max_size=20)))
@settings(max_examples=50)
def test_any_address_gives_a_page(values: dict[str, str]) -> None:
    view = View.from_query(values)
    assert view.size in SIZES
    assert view.theme in THEMES


def test_a_summary_sentence_jumps_to_its_source_and_back() -> None:
    tree = page()
    [source] = hrefs(tree, ".summary ol a")
    target = tree.css_first(f'[id="{source[1:]}"]')
    assert target is not None
    assert target.text() == "UBND tỉnh giảm phí."
    assert hrefs(tree, ".back") == ["#tom-tat"]
    assert tree.css_first("#tom-tat") is not None


def test_every_inner_link_has_a_target_and_every_id_stands_once() -> None:
    tree = page()
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in hrefs(tree, 'a[href^="#"]')} <= set(ids)


def test_every_sentence_has_an_id() -> None:
    tree = page()
    for sentence in ARTICLE.sentences:
        assert tree.css_first(f"#cau-{sentence.index + 1}") is not None


def test_facts_terms_and_level_are_told() -> None:
    tree = page()
    summary = tree.css_first(".summary")
    assert summary is not None
    assert "Thời gian" in summary.text()
    assert "01/7" in summary.text()
    assert "Độ khó của bài: vừa." in summary.text()
    assert "Tóm tắt do máy tạo" in summary.text()
    [term] = tree.css("a.term")
    assert term.text() == "UBND"
    meaning = tree.css_first(f'[id="{(term.attributes["href"] or "")[1:]}"]')
    assert meaning is not None
    assert "Ủy ban nhân dân" in meaning.text()


def test_items_headings_and_tables_are_what_they_are() -> None:
    tree = page()
    assert [node.text() for node in tree.css("article ul.items li .marker")] == ["1.", "2."]
    assert [node.tag for node in tree.css("article h2, article h3, article h4")] == ["h2"]
    assert [node.text() for node in tree.css("article th")] == ["Thủ tục", "Phí"]
    assert [node.text() for node in tree.css("article td")] == ["Khai sinh", "8.000 đồng"]


def test_text_is_escaped_and_never_becomes_markup() -> None:
    evil = '"><script>alert(1)</script>'
    article = make_article(
        [block("paragraph", evil), block("table", evil + "\t" + evil, rows=((evil, evil),))],
        title=evil,
        byline=evil,
        source=evil,
        section=evil,
        language=evil,
        url="javascript:alert(1)",
    )
    html = render(article, None, query="path=%2Ftin", links={**LINKS, "original": "javascript:alert(1)"})
    tree = LexborHTMLParser(html)
    assert tree.css("script") == []
    assert "javascript:" not in " ".join(hrefs(tree, "[href]"))


def test_the_answer_allows_no_script_and_no_inline_style() -> None:
    answer = respond(ARTICLE, SUMMARY, values={"size": "300"}, query="path=%2Ftin", links=LINKS)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    text = bytes(answer.body).decode()
    assert "<script" not in text
    assert "style=" not in text
    assert not re.search(r"\son\w+=", text)
    assert 'class="size-300 theme-auto space-normal"' in text


def test_audio_is_fetched_only_when_asked_for() -> None:
    [audio] = page().css("audio")
    assert audio.attributes["preload"] == "none"
    assert audio.attributes["src"] == LINKS["audio"]
    without = {key: value for key, value in LINKS.items() if key != "audio"}
    assert "<audio" not in render(ARTICLE, SUMMARY, query="path=%2Ftin", links=without)


def test_without_a_summary_the_rest_is_shown() -> None:
    tree = page(summary=None)
    assert "Chưa tóm tắt được bài này." in tree.css_first(".summary").text()  # type: ignore[union-attr]
    assert len(tree.css(".sentence")) == len(ARTICLE.sentences)


def test_times_are_told_the_vietnamese_way() -> None:
    assert "08:46, 15/3/2019" in page().css_first(".told").text()  # type: ignore[union-attr]


@pytest.mark.parametrize(("language", "name"), [("vi", "Tóm tắt"), ("en", "Summary")])
def test_both_languages(language: str, name: str) -> None:
    tree = page(language=language)
    assert tree.css_first("#tt").text() == name  # type: ignore[union-attr]
    assert tree.css_first("html").attributes["lang"] == language  # type: ignore[union-attr]
    parts = tree.css("article > div[lang]")
    assert [part.attributes["lang"] for part in parts] == ([] if language == "vi" else ["vi"])


def test_large_print_shows_how_and_hides_the_tools() -> None:
    tree = page(printing=True, size=150)
    assert tree.css(".tools, audio") == []
    assert "Ctrl + P" in tree.css_first(".print-note").text()  # type: ignore[union-attr]
    [back] = hrefs(tree, ".print-note a")
    assert "print=" not in back


def test_a_notice_says_what_is_the_matter_and_leads_back() -> None:
    html = render_notice("Trang này không phải là một bài viết.", original="/tin", style="/r.css")
    tree = LexborHTMLParser(html)
    assert tree.css_first("h1").text() == "Trang này không phải là một bài viết."  # type: ignore[union-attr]
    assert hrefs(tree, "a.button") == ["/tin"]


WORDS = st.text(st.sampled_from("abcđề .<&\t\n"), min_size=1, max_size=60)


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "item", "heading", "table", "quote"]), WORDS)))
@settings(max_examples=60)
def test_no_word_is_lost_and_none_is_added(pieces: list[tuple[str, str]]) -> None:
    article = make_article([block(kind, text) for kind, text in pieces])
    tree = LexborHTMLParser(render(article, None, query="path=x", links=LINKS))
    for marker in tree.css(".marker"):
        marker.decompose()
    shown = "".join(tree.css_first("article > div").text().split())  # type: ignore[union-attr]
    assert shown == "".join("".join(text for _, text in pieces).split())
