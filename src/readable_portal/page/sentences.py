"""The article's sentences, split and said only when first asked for.

Most requests for an article want its blocks; saying every number and abbreviation of a long decree costs
more than reading the page. So ``Article.sentences`` is this sequence, which does the work once.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, overload

from readable_portal.model import Sentence, Spoken, SpokenSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readable_portal.model import Block

__all__ = ["ArticleSentences"]

_SILENT = frozenset({"caption", "signature"})


class ArticleSentences(Sequence[Sentence]):
    """The sentences of an article's blocks, in order. Captions and signatures have none.

    Abbreviations that the article explains («Ủy ban nhân dân (UBND)») are said so in all its sentences.
    """

    __slots__ = ("_blocks", "_dialect", "_lock", "_made")

    # The North's words are those of the national news, and of most written numbers.
    def __init__(self, blocks: Sequence[Block], *, dialect: str = "north") -> None:
        self._blocks = tuple(blocks)
        self._dialect = dialect
        self._made: tuple[Sentence, ...] | None = None
        self._lock = threading.Lock()

    def _all(self) -> tuple[Sentence, ...]:
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = tuple(_make(self._blocks, self._dialect))
        return self._made

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | Sequence[Sentence]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ArticleSentences):
            return (self._blocks, self._dialect) == (other._blocks, other._dialect)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._blocks, self._dialect))

    def __reduce__(self) -> tuple[partial[ArticleSentences], tuple[tuple[Block, ...]]]:
        return partial(ArticleSentences, dialect=self._dialect), (self._blocks,)

    def __repr__(self) -> str:
        made = "not made yet" if self._made is None else f"{len(self._made)} sentences"
        return f"<ArticleSentences of {len(self._blocks)} blocks, {made}>"


def _make(blocks: Sequence[Block], dialect: str) -> Iterator[Sentence]:
    # Imported here: only a page that is spoken or summed up pays for the tables.
    from readable_portal.vietnamese.abbreviations import learn  # noqa: PLC0415 - lazy, see above
    from readable_portal.vietnamese.sentences import split_sentences  # noqa: PLC0415 - lazy, see above
    from readable_portal.vietnamese.verbalize import verbalize  # noqa: PLC0415 - lazy, see above

    learned = learn("\n".join(block.text for block in blocks if block.kind not in _SILENT))
    say = partial(verbalize, abbreviations=learned, dialect=dialect)
    index = 0
    for number, block in enumerate(blocks):
        if block.kind in _SILENT:
            continue
        if block.kind == "table":
            pieces = list(_row_pieces(block, say))
        elif block.kind == "heading":
            pieces = [(0, len(block.text), say(block.text))]
        else:
            pieces = [(each.start, each.end, say(str(each))) for each in split_sentences(block.text)]
        for start, end, spoken in pieces:
            yield Sentence(
                index=index, block=number, start=start, end=end, text=block.text[start:end], spoken=spoken
            )
            index += 1


def _row_pieces(block: Block, say: Callable[[str], Spoken]) -> Iterator[tuple[int, int, Spoken]]:
    """Each row of a table as one sentence: «Tên: …; Số lượng: ….» where the columns have names."""
    heads = [say(cell).text for cell in block.rows[0]] if block.header else []
    start = 0
    for number, row in enumerate(block.rows):
        end = start + len("\t".join(row))
        if not (block.header and number == 0):
            yield start, end, _say_row([say(cell) for cell in row], row, heads)
        start = end + 1


def _say_row(said: Sequence[Spoken], row: Sequence[str], heads: Sequence[str]) -> Spoken:
    """Join what is said of the cells; what stands in no cell is said with the cell that follows it."""
    texts: list[str] = []
    spans: list[SpokenSpan] = []
    at = written = 0
    for i, (spoken, cell) in enumerate(zip(said, row, strict=True)):
        head = heads[i] if i < len(heads) else ""
        before = ("; " if texts and cell else "") + (f"{head}: " if head and cell and head != cell else "")
        inner = spoken.spans or (SpokenSpan(0, len(spoken.text), 0, len(cell)),)
        text = before + spoken.text
        # The tab before the cell belongs to its first span, so that the spans cover both texts.
        tab = 1 if i else 0
        for j, span in enumerate(inner):
            spans.append(
                SpokenSpan(
                    at + (span.start + len(before) if j else 0),
                    at + span.end + len(before),
                    written + (span.written_start + tab if j else 0),
                    written + span.written_end + tab,
                )
            )
        texts.append(text)
        at += len(text)
        written += len(cell) + tab
    return Spoken("".join(texts), tuple(spans))
