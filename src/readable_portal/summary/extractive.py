"""The built-in engine: the article's own best sentences, in plainer form, with no model and no network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from readable_portal.errors import SummaryError
from readable_portal.model import Summary, SummarySentence
from readable_portal.summary.features import describe, heard, likeness
from readable_portal.summary.ranking import SHORTEST, Candidate, chances, choose, worth
from readable_portal.summary.simplify import Form, forms
from readable_portal.summary.standing import LABEL, standing
from readable_portal.summary.syllables import letters, split_syllables, syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readable_portal.model import Article

__all__ = ["extract", "select"]

# Headings and table rows are no statements; captions and signatures have no sentences.
TELLING = frozenset({"lead", "paragraph", "item", "quote"})
# For each sentence wanted, so many of the best are considered (short ones far down make an easy summary
# possible), and simpler forms are made of so many.
CONSIDERED = 8
SIMPLIFIED = 3
# A summary must be easier than the article by this much of a grade, and never above lower secondary school
# (WCAG 2.2 criterion 3.1.5).
EASIER = 0.6
HIGHEST = 9.0
# One sentence cannot be both the whole matter and easy: forced below 9 it loses 7 of 38 points of ROUGE-1.
ALONE = math.inf
# The publisher's own summary, where there is one.
LEAD = 1.15


def extract(
    article: Article,
    *,
    sentences: int = 3,  # what fits on a telephone's screen without scrolling
    plain: bool = True,  # what the portal shows; without it, sentences stand as they are in the article
) -> Summary:
    """Sum an article up with its own sentences.

    Raises:
        SummaryError: The article has no sentence to choose from.
    """
    telling = [each for each in article.sentences if article.blocks[each.block].kind in TELLING]
    texts = [each.text for each in telling]
    lead = sum(article.blocks[each.block].kind == "lead" for each in telling)
    picked = select(article.title, texts, count=sentences, lead=lead, plain=plain)
    if not picked:
        raise SummaryError("the article has no sentence that could stand in a summary")
    made = tuple(
        SummarySentence(
            text=form.text,
            source=telling[place].index,
            sources=(telling[place].index,),
            changes=form.changes,
        )
        for place, form in picked
    )
    return Summary(sentences=made)


def select(
    title: str,
    sentences: Sequence[str],
    *,
    count: int = 3,  # as in extract
    lead: int = 0,  # most bodies come without one
    plain: bool = True,  # as in extract
) -> list[tuple[int, Form]]:
    """The best sentences in the form that serves best, in the order of the article.

    Args:
        title: The article's title; it is never part of the summary.
        sentences: The article's sentences.
        count: How many at most.
        lead: How many of the first sentences are the publisher's own summary.
        plain: Whether simpler forms may be taken.
    """
    split, written = split_syllables(sentences)
    title_syllables = syllables(title)
    named = set(title_syllables)
    shares = likeness(named, split)
    own = {place: set(split[place]) for place in heard(shares, least=CONSIDERED * (count - 1))}
    chance = chances(named, describe(shares, own, split))
    usable = [place for place in own if len(split[place]) >= SHORTEST and split[place] != title_syllables]
    values = {
        place: worth(own[place], len(split[place]), chance) * (LEAD if place < lead else 1.0)
        for place in usable
    }
    usable.sort(key=lambda place: -values[place])
    usable = usable[: CONSIDERED * count]
    stands = {place: standing(sentences[place], alone=count == 1) for place in usable}
    # Headings, captions and questions only where there is not enough else.
    telling = [place for place in usable if stands[place] > LABEL]
    if len(telling) >= count:
        usable = telling
    usable.sort(key=lambda place: -values[place] * stands[place])
    if count == 1:
        # It needs no second best: none that is worth less becomes the best by being easier.
        del usable[SIMPLIFIED:]
    candidates: list[Candidate] = []
    made: list[Form] = []
    for rank, place in enumerate(usable):
        text = sentences[place]
        for form in forms(text) if plain and rank < SIMPLIFIED * count else [Form(text)]:
            # A form can hold nothing but syllables of the article and of the table of plain words.
            same = form.text == text
            words = split[place] if same else syllables(form.text)
            candidates.append(
                Candidate(
                    source=place,
                    words=own[place] if same else chance.keys() & words,
                    length=len(words),
                    letters=letters(form.text) if count > 1 else 0,
                    parts=form.parts,
                    factor=stands[place] * (LEAD if place < lead else 1.0),
                )
            )
            made.append(form)
    limit = _limit(written, sum(map(len, split)), len(split)) if count > 1 else ALONE
    chosen = choose(candidates, chance, count=count, grade=limit)
    tried = set(usable[: SIMPLIFIED * count])
    picked = [(candidates[each].source, made[each]) for each in chosen]
    if plain:
        # Those that no simpler forms were made of have at least their full stop and no bullet.
        picked = [(place, form if place in tried else forms(form.text)[0]) for place, form in picked]
    return sorted(picked, key=lambda pair: pair[0])


def _limit(written: int, count: int, sentences: int) -> float:
    """The highest reading level that a summary may have of so many letters, syllables and sentences."""
    level = 2 * written / max(1, count) + 0.2 * count / max(1, sentences) - 6
    return min(HIGHEST, level - EASIER)
