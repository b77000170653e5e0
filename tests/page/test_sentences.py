from __future__ import annotations

import pickle

from readable_portal.model import Block, Spoken
from readable_portal.page.article import read_article
from readable_portal.page.sentences import ArticleSentences

BLOCKS = (
    Block(kind="lead", text="UBND tỉnh họp sáng 12/5.", path="body>p:nth-of-type(1)"),
    Block(kind="caption", text="Ảnh: Minh Tú", path="body>p:nth-of-type(2)"),
    Block(kind="heading", text="1. Nội dung. Kết quả", path="body>h2:nth-of-type(1)", level=2),
    Block(
        kind="paragraph",
        text="Trung tâm Phục vụ hành chính công (TTPVHCC) mở cửa lúc 7 giờ 30. TTPVHCC nghỉ chủ nhật.",
        path="body>p:nth-of-type(3)",
    ),
    Block(
        kind="table",
        text="Tên\tSố lượng\nGạo\t2 kg\nDầu ăn\t1 lít",
        path="body>table:nth-of-type(1)",
        rows=(("Tên", "Số lượng"), ("Gạo", "2 kg"), ("Dầu ăn", "1 lít")),
        header=True,
    ),
    Block(kind="signature", text="Lê Thị Mận", path="body>p:nth-of-type(4)"),
)


def covers(spoken: Spoken, written: str) -> bool:
    """Whether the spans follow one another and cover both texts."""
    at = said = 0
    for span in spoken.spans:
        if (span.start, span.written_start) != (said, at):
            return False
        said, at = span.end, span.written_end
    return (said, at) == (len(spoken.text), len(written))


def test_they_are_made_when_first_asked_for() -> None:
    sentences = ArticleSentences(BLOCKS)
    assert "not made yet" in repr(sentences)
    assert len(sentences) == 6
    assert "6 sentences" in repr(sentences)


def test_each_names_its_place_in_its_block() -> None:
    for number, sentence in enumerate(ArticleSentences(BLOCKS)):
        assert sentence.index == number
        assert BLOCKS[sentence.block].text[sentence.start : sentence.end] == sentence.text
        assert covers(sentence.spoken, sentence.text), sentence


def test_captions_and_signatures_have_none_and_a_heading_has_one() -> None:
    blocks = [sentence.block for sentence in ArticleSentences(BLOCKS)]
    assert blocks == [0, 2, 3, 3, 4, 4]


def test_a_row_is_said_with_the_names_of_its_columns() -> None:
    row = ArticleSentences(BLOCKS)[4]
    assert row.text == "Gạo\t2 kg"
    assert row.spoken.text.startswith("Tên: Gạo; Số lượng: ")
    assert row.spoken.text.replace("-", " ").endswith("ki lô gam")


def test_what_the_article_explains_is_said_so_in_all_its_sentences() -> None:
    last = ArticleSentences(BLOCKS)[3]
    assert last.text == "TTPVHCC nghỉ chủ nhật."
    assert "Trung tâm Phục vụ hành chính công" in last.spoken.text


def test_they_survive_pickling_and_compare_by_their_blocks() -> None:
    sentences = ArticleSentences(BLOCKS)
    again = pickle.loads(pickle.dumps(sentences))  # noqa: S301 - our own bytes
    assert again == sentences
    assert hash(again) == hash(sentences)
    assert list(again) == list(sentences)
    assert sentences != BLOCKS


def test_an_article_brings_them() -> None:
    page = (
        "<h1>Lịch tiếp dân</h1>"
        + "<p>Ủy ban nhân dân xã tiếp công dân vào thứ năm hằng tuần. Mời đến.</p>" * 5
    )
    article = read_article(page)
    assert len(article.sentences) == 10
    assert article.sentences[1].text == "Mời đến."
    assert [each.text for each in article.sentences[8:]] == [each.text for each in article.sentences[:2]]
