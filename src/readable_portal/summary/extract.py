"""The built-in engine: the article's own best sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.errors import SummaryError
from readable_portal.model import Summary, SummarySentence
from readable_portal.summary.ranking import choose

if TYPE_CHECKING:
    from readable_portal.model import Article

__all__ = ["summarize"]

# Headings and table rows are no statements; captions and signatures have no sentences.
_TELLING = frozenset({"lead", "paragraph", "item", "quote"})


def summarize(
    article: Article,
    *,
    sentences: int = 3,  # what fits on a telephone's screen without scrolling
) -> Summary:
    """The article in a few of its own sentences, in its own order, each with where it comes from.

    Raises:
        SummaryError: The article has no sentence to choose from.
    """
    candidates = [each for each in article.sentences if article.blocks[each.block].kind in _TELLING]
    picked = choose(article.title, [each.text for each in candidates], count=sentences)
    if not picked:
        raise SummaryError("the article has no sentence that could stand in a summary")
    return Summary(
        sentences=tuple(
            SummarySentence(text=each.text, source=each.index, sources=(each.index,))
            for each in (candidates[index] for index in sorted(picked))
        )
    )
