"""Articles made by hand for the tests of this room; the texts are our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readable_portal.model import Article, Block, Sentence, Spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from readable_portal.model import BlockKind


@pytest.fixture
def write() -> Callable[..., Article]:
    """Writes an article; a paragraph given as a tuple holds several sentences."""
    return _write


def _write(title: str, *paragraphs: str | tuple[str, ...], lead: str = "") -> Article:
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(((lead,) if lead else ()) + paragraphs):
        parts = (paragraph,) if isinstance(paragraph, str) else paragraph
        text = " ".join(parts)
        kind: BlockKind = "lead" if lead and number == 0 else "paragraph"
        blocks.append(Block(kind=kind, text=text, path=f"body>p:nth-of-type({number + 1})"))
        start = 0
        for part in parts:
            place = text.index(part, start)
            sentences.append(
                Sentence(
                    index=len(sentences),
                    block=number,
                    start=place,
                    end=place + len(part),
                    text=part,
                    spoken=Spoken(text=part, spans=()),
                )
            )
            start = place + len(part)
    return Article(
        url="https://portal.example/tin/1",
        title=title,
        lead=lead,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
        text="\n".join(block.text for block in blocks),
        digest="0" * 64,
    )
