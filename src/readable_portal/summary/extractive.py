"""The built-in engine: the article's own best sentences, in plainer form, with no model and no network."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from readable_portal.errors import SummaryError
from readable_portal.model import Summary, SummarySentence
from readable_portal.summary.features import describe, heard, likeness, number
from readable_portal.summary.ranking import chances
from readable_portal.summary.search import SHORTEST, Candidate, Matter, Way, choose, choose_one
from readable_portal.summary.simplify import Form, forms
from readable_portal.summary.standing import standing
from readable_portal.summary.syllables import letters, split_syllables, syllables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from readable_portal.model import Article

__all__ = ["extract", "select"]

# Headings and table rows are no statements; captions and signatures have no sentences.
TELLING = frozenset({"lead", "paragraph", "item", "quote"})
# So many sentences at least are considered for a summary of several: short ones far down make an easy summary
# possible.
CONSIDERED = 16
# A summary must be easier than the article by this much of a grade, and never above lower secondary school
# (WCAG 2.2 criterion 3.1.5).
EASIER = 0.3
HIGHEST = 9.0
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
    split, bare = split_syllables(sentences)
    titled = syllables(title)
    shares = likeness(set(titled), split)
    numbers = number(titled)
    known = len(numbers)
    own = {
        place: list(map(numbers.__getitem__, split[place]))
        for place in heard(shares, least=CONSIDERED if count > 1 else 0)
    }
    chance = chances(describe(shares, own, titled=known, known=len(numbers)))
    candidates = [
        Candidate(place, words, LEAD if place < lead else 1.0)
        for place, words in own.items()
        if len(words) >= SHORTEST and split[place] != titled
    ]

    standings: dict[int, float] = {}
    made: dict[int, list[Way]] = {}

    def stands(place: int) -> float:
        if place not in standings:
            standings[place] = standing(sentences[place], alone=count == 1)
        return standings[place]

    def ways(place: int, once: AbstractSet[int]) -> list[Way]:
        if place not in made:
            text, words = sentences[place], split[place]
            made[place] = [
                _way(form, numbers)
                if form.text != text
                else Way(form, once, len(words), sum(map(len, words)))
                for form in (forms(text, whole=count == 1) if plain else [Form(text)])
            ]
        return made[place]

    matter = Matter(candidates, chance, stands, ways)
    if count == 1:
        chosen = choose_one(matter)
    else:
        limit = _limit(letters(bare), sum(map(len, split)), len(split))
        chosen = choose(matter, count=count, grade=limit)
    return sorted(((place, way.form) for place, way in chosen), key=itemgetter(0))


def _way(form: Form, numbers: Mapping[bytes, int]) -> Way:
    words = syllables(form.text)
    # A form can hold nothing but syllables of the article and of the table of plain words.
    return Way(form, {numbers[word] for word in words if word in numbers}, len(words), sum(map(len, words)))


def _limit(written: int, count: int, sentences: int) -> float:
    """The highest reading level that a summary may have of so many letters, syllables and sentences."""
    level = 2 * written / max(1, count) + 0.2 * count / max(1, sentences) - 6
    return min(HIGHEST, level - EASIER)
