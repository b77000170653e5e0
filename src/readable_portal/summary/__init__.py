"""From an article to a summary in plain words, each sentence with the place it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.summary.completion import complete
from readable_portal.summary.extractive import extract

if TYPE_CHECKING:
    from readable_portal.model import Article, Summary

__all__ = ["summarize"]


def summarize(
    article: Article,
    *,
    sentences: int = 3,  # what fits on a telephone's screen without scrolling
    plain: bool = True,  # what the portal shows; without it, sentences stand as they are in the article
) -> Summary:
    """Sum an article up with its own sentences, in plainer form, without a model and without a network.

    Raises:
        SummaryError: The article has no sentence to choose from.
    """
    return complete(article, extract(article, sentences=sentences, plain=plain))
