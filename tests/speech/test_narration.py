from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tests.speech.tones import plain

from readable_portal.model import Article, Block, Sentence, Spoken
from readable_portal.speech.narration import TITLE, narrate

VIETNAM = timezone(timedelta(hours=7))


def article(*blocks: Block, title: str = "Nhan đề", published: datetime | None = None) -> Article:
    """Each block's lines are its sentences."""
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        start = 0
        for line in block.text.split("\n"):
            sentences.append(
                Sentence(
                    index=len(sentences),
                    block=number,
                    start=start,
                    end=start + len(line),
                    text=line,
                    spoken=plain(line),
                )
            )
            start += len(line) + 1
    return Article(url="", title=title, published=published, blocks=blocks, sentences=tuple(sentences))


def block(kind: str, text: str, **more: object) -> Block:
    return Block(kind=kind, text=text, path="p", **more)  # type: ignore[arg-type]


def covers(spoken: Spoken, written: str) -> bool:
    """Whether the spans are in order and cover both texts without gaps."""
    said = wrote = 0
    for span in spoken.spans:
        if span.start != said or span.written_start != wrote:
            return False
        said, wrote = span.end, span.written_end
    return said == len(spoken.text) and wrote == len(written)


def test_title_and_date_come_first_and_are_a_chapter() -> None:
    passages = narrate(
        article(block("paragraph", "Một."), published=datetime(2019, 3, 15, 8, 46, tzinfo=VIETNAM)),
        verbalize=plain,
    )
    assert passages[0].sentence == TITLE
    assert passages[0].written == "Nhan đề. Ngày 15 tháng 3 năm 2019."
    assert passages[0].chapter == "Nhan đề"
    assert [passage.sentence for passage in passages] == [TITLE, 0]
    assert narrate(article(block("paragraph", "Một."), title=""), verbalize=plain)[0].pause_ms == 0


def test_a_title_that_ends_with_a_mark_gets_no_second() -> None:
    day = datetime(2019, 3, 15, tzinfo=VIETNAM)
    written = narrate(article(title="Vì sao?", published=day), verbalize=plain)[0].written
    assert written == "Vì sao? Ngày 15 tháng 3 năm 2019."


def test_pauses_tell_headings_paragraphs_items_and_sentences_apart() -> None:
    passages = narrate(
        article(
            block("paragraph", "Một.\nHai;\nBa."),
            block("heading", "Chương hai", level=2),
            block("item", "bốn"),
            block("item", "năm"),
            block("paragraph", "Sáu."),
        ),
        verbalize=plain,
    )
    _, one, two, three, head, four, five, six = (passage.pause_ms for passage in passages)
    assert three < two < five < six <= four < head <= one
    assert [passage.chapter for passage in passages if passage.chapter] == ["Nhan đề", "Chương hai"]


def test_numbered_items_are_said_with_their_number_and_bullets_are_not() -> None:
    passages = narrate(
        article(
            block("item", "Sở Y tế", marker="1."),
            block("item", "Sở Tài chính", marker="b)"),
            block("item", "Công an", marker="•"),
            title="",
        ),
        verbalize=plain,
    )
    assert [p.spoken.text for p in passages] == ["1. Sở Y tế", "b. Sở Tài chính", "Công an"]
    assert all(covers(passage.spoken, passage.written) for passage in passages)


def test_what_has_nothing_to_say_is_left_out() -> None:
    passages = narrate(article(block("paragraph", "Một.\n…\n- - -\nHai."), title=""), verbalize=plain)
    assert [passage.written for passage in passages] == ["Một.", "Hai."]
