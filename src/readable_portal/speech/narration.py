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
        spoken = _with_number(sentence, block, verbalize)
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


def _with_number(sentence: Sentence, block: Block, verbalize: Callable[[str], Spoken]) -> Spoken:
    """A list item with its number, which stands before its text. Bullets are not said."""
    if block.kind != "item" or sentence.start or not any(map(str.isalnum, block.marker)):
        return sentence.spoken
    number = f"{verbalize(block.marker.strip().rstrip('.)').lstrip('(')).text}. "
    moved = [
        SpokenSpan(span.start + len(number), span.end + len(number), span.written_start, span.written_end)
        for span in sentence.spoken.spans
    ]
    return Spoken(number + sentence.spoken.text, (SpokenSpan(0, len(number), 0, 0), *moved))
