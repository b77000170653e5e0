"""What is said of an article, in which order, with which pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.model import Spoken, SpokenSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readable_portal.model import Article, Block, Sentence

__all__ = ["TITLE", "Passage", "narrate"]

# The place of title and date, which are no sentence of the article.
TITLE = -1

# Milliseconds of silence before a passage, by what came before. Readers of Vietnamese radio news leave about
# 0.3 s between sentences, 0.6 s between paragraphs and a second after a headline.
_AFTER_TITLE = 900
_AFTER_HEADING = 600
_BEFORE_HEADING = 900
_BETWEEN_BLOCKS = 600
_BETWEEN_ITEMS = 400
_BETWEEN_ROWS = 350
_BETWEEN_SENTENCES = 320
_AFTER_HALF_STOP = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence to be said.

    Attributes:
        sentence: Its index in the article, ``TITLE`` for title and date.
        written: Its text.
        spoken: How it is said.
        pause_ms: Silence before it.
        chapter: Title of the chapter that begins here, "" if none does.
    """

    sentence: int
    written: str
    spoken: Spoken
    pause_ms: int
    chapter: str = ""


def narrate(article: Article, *, verbalize: Callable[[str], Spoken]) -> tuple[Passage, ...]:
    """The passages of an article: title and date, then every sentence; captions and signatures stay silent.

    Args:
        article: What is read.
        verbalize: Turns written text into spoken text (``readable_portal.vietnamese.verbalize``).
    """
    return tuple(_passages(article, verbalize))


def _passages(article: Article, verbalize: Callable[[str], Spoken]) -> Iterator[Passage]:
    said = article.title.strip()
    if article.published is not None:
        day = f"Ngày {article.published.day} tháng {article.published.month} năm {article.published.year}"
        said = f"{said}{'' if said[-1:] in '.?!…' else '.'} {day}." if said else f"{day}."
    if said:
        yield Passage(
            sentence=TITLE, written=said, spoken=verbalize(said), pause_ms=0, chapter=article.title.strip()
        )
    before: Sentence | None = None
    for sentence in article.sentences:
        block = article.blocks[sentence.block]
        spoken = _with_prefix(sentence, block, verbalize)
        if not any(map(str.isalnum, spoken.text)):
            continue
        first_of_block = before is None or before.block != sentence.block
        yield Passage(
            sentence=sentence.index,
            written=sentence.text,
            spoken=spoken,
            pause_ms=_pause(article, before, sentence) if before or said else 0,
            chapter=block.text if block.kind == "heading" and first_of_block else "",
        )
        before = sentence


def _pause(article: Article, before: Sentence | None, sentence: Sentence) -> int:
    if before is None:
        return _AFTER_TITLE
    last, block = article.blocks[before.block], article.blocks[sentence.block]
    if before.block != sentence.block:
        if last.kind == "heading":
            return _AFTER_HEADING
        if block.kind == "heading":
            return _BEFORE_HEADING
        return _BETWEEN_ITEMS if last.kind == block.kind == "item" else _BETWEEN_BLOCKS
    if block.kind == "table":
        return _BETWEEN_ROWS
    return _AFTER_HALF_STOP if before.text.rstrip()[-1:] in {";", ":", ","} else _BETWEEN_SENTENCES


def _with_prefix(sentence: Sentence, block: Block, verbalize: Callable[[str], Spoken]) -> Spoken:
    """A table's row with the names of its columns; a list item with its number."""
    if block.kind == "table" and block.rows:
        return _row(sentence, block, verbalize)
    if block.kind == "item" and sentence.start == 0 and any(map(str.isalnum, block.marker)):
        marker = block.marker.strip().rstrip(".)").lstrip("(")
        return _joined([(f"{verbalize(marker).text}. ", None), ("", sentence.spoken)])
    return sentence.spoken


def _row(sentence: Sentence, block: Block, verbalize: Callable[[str], Spoken]) -> Spoken:
    """``Tên: Nguyễn Văn A; Chức vụ: Chủ tịch.`` The written text holds the cells only, parted by tabs."""
    row = block.text.count("\n", 0, sentence.start)
    if "\n" in sentence.text:
        return sentence.spoken  # several rows in one sentence: how they are said is decided already
    column = block.text.count("\t", block.text.rfind("\n", 0, sentence.start) + 1, sentence.start)
    heads = block.rows[0] if block.header else ()
    cells = sentence.text.split("\t")
    pieces: list[tuple[str, Spoken | None]] = []
    if block.header and row == 0 and column == 0:
        pieces.append(("Bảng có các cột: ", None))
    for place, cell in enumerate(cells):
        head = heads[column + place] if row and column + place < len(heads) else ""
        named = head and any(map(str.isalnum, cell))
        ending = "" if place == len(cells) - 1 else ("; " if any(map(str.isalnum, cell)) else " ")
        pieces.append((f"{verbalize(head).text}: " if named else "", verbalize(cell)))
        if place < len(cells) - 1:
            # The tab between two cells is said as a pause.
            pieces.append((ending, Spoken("", (SpokenSpan(0, 0, 0, 1),))))
    return _joined(pieces)


def _joined(pieces: list[tuple[str, Spoken | None]]) -> Spoken:
    """Spoken texts one after another, each with words before it that stand nowhere in the written text."""
    text = ""
    spans: list[SpokenSpan] = []
    written = 0
    for prefix, spoken in pieces:
        if prefix:
            spans.append(SpokenSpan(len(text), len(text) + len(prefix), written, written))
            text += prefix
        if spoken is None:
            continue
        spans += [
            SpokenSpan(
                span.start + len(text),
                span.end + len(text),
                span.written_start + written,
                span.written_end + written,
            )
            for span in spoken.spans
        ]
        text += spoken.text
        written += spoken.spans[-1].written_end if spoken.spans else 0
    return Spoken(text, tuple(spans))
