"""An article's blocks as plain HTML: every sentence has an id, every term a way to its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from readable_portal.model import Article, Block, Sentence, Term

__all__ = ["render_blocks", "sentence_id", "term_id"]


def sentence_id(index: int) -> str:
    """The id of the article's sentence ``index``; shown to people as sentence ``index + 1``."""
    return f"cau-{index + 1}"


def term_id(index: int) -> str:
    """The id of an entry of the list of terms."""
    return f"tu-{index + 1}"


def render_blocks(
    article: Article, terms: Sequence[Term], *, cited: frozenset[int], words: Mapping[str, str]
) -> str:
    """The article's body.

    Args:
        article: Whose blocks and sentences are shown.
        terms: Each becomes a link to its entry at the place where it is first used.
        cited: Sentences that the summary stands on: they get a link back to it, shown once jumped to.
        words: Of :mod:`readable_portal.web.reader_words`.
    """
    return _Writer(article, terms, cited, words).write()


@dataclass(frozen=True, slots=True)
class _Place:
    """A slice of a block's text that belongs to one sentence."""

    sentence: Sentence
    start: int
    end: int


class _Writer:
    def __init__(
        self, article: Article, terms: Sequence[Term], cited: frozenset[int], words: Mapping[str, str]
    ) -> None:
        self.article = article
        self.cited = cited
        self.words = words
        self.sentences: dict[int, list[Sentence]] = {}
        for sentence in article.sentences:
            self.sentences.setdefault(sentence.block, []).append(sentence)
        self.terms: dict[int, list[tuple[int, Term]]] = {}
        for number, term in enumerate(terms):
            self.terms.setdefault(term.sentence, []).append((number, term))
        self.tables = 0
        levels = sorted({block.level or 2 for block in article.blocks if block.kind == "heading"})
        # The page's h1 is the title: the article's own levels follow on without a gap.
        self.ranks = {level: min(2 + rank, 6) for rank, level in enumerate(levels)}

    def write(self) -> str:
        numbered = list(enumerate(self.article.blocks))
        parts = []
        for is_item, group in groupby(numbered, key=lambda pair: pair[1].kind == "item"):
            rendered = [self._block(number, block) for number, block in group]
            if is_item:
                # role: Safari drops the list semantics of lists without bullets.
                rendered = ['<ul class="items" role="list">', *rendered, "</ul>"]
            parts += rendered
        return "\n".join(parts)

    def _block(self, number: int, block: Block) -> str:
        if block.kind == "table":
            return self._table(number, block)
        text = self._text(number, block, 0, len(block.text))
        match block.kind:
            case "heading":
                rank = self.ranks[block.level or 2]
                return f"<h{rank}>{text}</h{rank}>"
            case "item":
                marker = f'<span class="marker">{escape(block.marker or "•")}</span> '
                return f"<li>{marker}<span>{text}</span></li>"
            case "caption":
                return f'<p class="caption"><span>{self.words["caption"]}</span> {text}</p>'
            case "quote":
                return f"<blockquote><p>{text}</p></blockquote>"
            case "lead" | "signature":
                return f'<p class="{block.kind}">{text}</p>'
            case _:
                return f"<p>{text}</p>"

    def _table(self, number: int, block: Block) -> str:
        self.tables += 1
        name = self.words["table"].format(n=self.tables)
        offset, rows = 0, []
        for index, line in enumerate(block.text.split("\n")):
            cells = []
            for cell in line.split("\t"):
                inner = self._text(number, block, offset, offset + len(cell))
                head = block.header and index == 0
                cells.append(f'<th scope="col">{inner}</th>' if head else f"<td>{inner}</td>")
                offset += len(cell) + 1
            rows.append(f"<tr>{''.join(cells)}</tr>")
        # Reached by keyboard, since a wide table scrolls (WCAG 2.1.1).
        return (
            f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>'
            f"{''.join(rows)}</table></div>"
        )

    def _text(self, number: int, block: Block, start: int, end: int) -> str:
        """``block.text[start:end]`` with its sentences marked."""
        parts, at = [], start
        for place in self._places(number, start, end):
            parts.append(escape(block.text[at : place.start]))
            parts.append(self._sentence(block, place))
            at = place.end
        parts.append(escape(block.text[at:end]))
        return "".join(parts)

    def _places(self, number: int, start: int, end: int) -> Iterator[_Place]:
        for sentence in self.sentences.get(number, ()):
            first, last = max(sentence.start, start), min(sentence.end, end)
            if first < last:
                yield _Place(sentence, first, last)

    def _sentence(self, block: Block, place: _Place) -> str:
        sentence = place.sentence
        parts, at = [], place.start
        for number, term in sorted(self.terms.get(sentence.index, ()), key=lambda pair: pair[1].start):
            start, end = sentence.start + term.start, sentence.start + term.end
            if start < at or end > place.end:
                continue
            parts.append(escape(block.text[at:start]))
            name = escape(block.text[start:end])
            parts.append(f'<a class="term" href="#{term_id(number)}">{name}</a>')
            at = end
        parts.append(escape(block.text[at : place.end]))
        inner = "".join(parts)
        if place.start > sentence.start:
            return inner  # the sentence began in an earlier cell: an id stands once
        span = f'<span class="sentence" id="{sentence_id(sentence.index)}">{inner}</span>'
        if sentence.index in self.cited:
            span += f'<a class="back" href="#tom-tat"> {self.words["to_summary"]}</a>'
        return span
