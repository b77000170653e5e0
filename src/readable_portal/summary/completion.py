"""What every engine's summary goes through: the gate first, then facts, terms and reading levels.

What the gate doubts is replaced by the article's own sentence where the summary says which one it is, and
dropped where it does not. The notes say so in fixed words, which the interface puts into the reader's
language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readable_portal.model import Change, SummarySentence
from readable_portal.summary.facts import find_facts
from readable_portal.summary.faithfulness import Source
from readable_portal.summary.names import named_in_full
from readable_portal.summary.review import EVERYDAY, like_before
from readable_portal.vietnamese.abbreviations import find_abbreviations, learn
from readable_portal.vietnamese.glossary import find_terms
from readable_portal.vietnamese.readability import readability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readable_portal.model import Article, Summary

__all__ = ["complete"]

# More short forms written out make a sentence longer than they make it clear; the others are in the terms.
MOST_WRITTEN_OUT = 1


def complete(article: Article, draft: Summary) -> Summary:
    """A draft as it may be shown.

    The notes gain ``replaced:KIND`` for a sentence that gave way to its source and ``dropped:KIND`` for one
    that went, KIND being what was doubted first: number, date, document, name or negation. A summary may
    end up without sentences; the caller decides what takes its place.
    """
    texts = [each.text for each in article.sentences]
    glossary = tuple(find_terms(texts))
    kept: list[SummarySentence] = []
    notes = list(draft.notes)
    source: Source | None = None
    for each in draft.sentences:
        if 0 <= each.source < len(texts) and each.text == texts[each.source]:
            # Word for word from the article: no need to index all of it, which takes milliseconds.
            kept.append(each)
            continue
        source = source or Source(
            [article.title, article.lead, *texts],
            allowed=[term.meaning for term in glossary if term.kind == "abbreviation"],
        )
        doubts = source.doubts(each.text)
        if not doubts:
            kept.append(each)
        elif each.changes and 0 <= each.source < len(texts):
            notes.append(f"replaced:{doubts[0].kind}")
            kept.append(SummarySentence(text=texts[each.source], source=each.source, sources=(each.source,)))
        else:
            notes.append(f"dropped:{doubts[0].kind}")
    written = _written_out(named_in_full(kept, texts), learn("\n".join(texts)))
    made = replace(draft, sentences=written, notes=tuple(notes))
    return replace(
        made,
        facts=tuple(find_facts(texts)),
        glossary=glossary,
        # A line each: a quotation that is torn would join sentences that are apart here.
        readability=readability("\n".join(each.text for each in made.sentences)),
        article_readability=readability(article.text),
    )


def _written_out(
    sentences: Sequence[SummarySentence], learned: Mapping[str, str]
) -> tuple[SummarySentence, ...]:
    """The sentences with rarer abbreviations in full at first use: "Giao thông vận tải (GTVT)".

    Those that everybody knows better short stay, and are explained beside the summary (WCAG 2.2, 3.1.4).
    """
    seen: set[str] = set()
    made = []
    for each in sentences:
        text, changes = each.text, list(each.changes)
        found = []
        for start, end, meaning, _ in find_abbreviations(text, learned):
            short = text[start:end]
            if short in seen or short in EVERYDAY or text[:start].count('"') % 2:
                continue
            seen.add(short)
            # Document numbers and joined names ("GS.TS", "LĐ-TB&XH") are read as one; here only plain ones.
            plain = short.isalpha() and short.isupper() and meaning.lower() not in text.lower()
            if plain and text[end : end + 1] not in {"-", "/", ")"}:
                found.append((start, end, short, meaning))
        for start, end, short, meaning in reversed(found[:MOST_WRITTEN_OUT]):
            full = f"{like_before(meaning, text, start)} ({short})"
            text = text[:start] + full + text[end:]
            changes.append(Change(rule="write-out", before=short, after=full))
        made.append(replace(each, text=text, changes=tuple(changes)))
    return tuple(made)
