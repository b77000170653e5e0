"""What every engine's summary goes through: the gate first, then facts, terms and reading levels.

What the gate doubts is replaced by the article's own sentence where the summary says which one it is, and
dropped where it does not. The notes say so in fixed words, which the interface puts into the reader's
language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readable_portal.model import SummarySentence
from readable_portal.summary.facts import find_facts
from readable_portal.summary.faithfulness import Source
from readable_portal.vietnamese.glossary import find_terms
from readable_portal.vietnamese.readability import readability

if TYPE_CHECKING:
    from readable_portal.model import Article, Summary

__all__ = ["complete"]


def complete(article: Article, draft: Summary) -> Summary:
    """A draft as it may be shown.

    The notes gain ``replaced:KIND`` for a sentence that gave way to its source and ``dropped:KIND`` for one
    that went, KIND being what was doubted first: number, date, document, name or negation. A summary may
    end up without sentences; the caller decides what takes its place.
    """
    texts = [each.text for each in article.sentences]
    glossary = tuple(find_terms(texts))
    source = Source(
        [article.title, article.lead, *texts],
        allowed=[each.meaning for each in glossary if each.kind == "abbreviation"],
    )
    kept: list[SummarySentence] = []
    notes = list(draft.notes)
    for each in draft.sentences:
        doubts = source.doubts(each.text)
        if not doubts:
            kept.append(each)
        elif each.changes and 0 <= each.source < len(texts):
            notes.append(f"replaced:{doubts[0].kind}")
            kept.append(SummarySentence(text=texts[each.source], source=each.source, sources=(each.source,)))
        else:
            notes.append(f"dropped:{doubts[0].kind}")
    made = replace(draft, sentences=tuple(kept), notes=tuple(notes))
    return replace(
        made,
        facts=tuple(find_facts(texts)),
        glossary=glossary,
        readability=readability(made.text),
        article_readability=readability(article.text),
    )
