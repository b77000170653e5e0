"""What every engine's summary goes through: the gate first, then facts, terms and reading levels.

The latter are made when somebody asks for them: together they take ten times as long as the summary.

What the gate doubts is replaced by the article's own sentence where the summary says which one it is, and
dropped where it does not. The notes say so in fixed words, which the interface puts into the reader's
language.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from readable_portal.model import Change, Summary, SummarySentence
from readable_portal.summary.facts import find_facts
from readable_portal.summary.faithfulness import NEGATIONS, Source
from readable_portal.summary.names import named_in_full
from readable_portal.summary.review import EVERYDAY, like_before
from readable_portal.summary.simplify import UPPER
from readable_portal.vietnamese.abbreviations import find_abbreviations, learn
from readable_portal.vietnamese.glossary import find_terms
from readable_portal.vietnamese.readability import readability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readable_portal.model import Article, Term
    from readable_portal.summary.faithfulness import Doubt

__all__ = ["complete"]

# More short forms written out make a sentence longer than they make it clear; the others are in the terms.
MOST_WRITTEN_OUT = 1
# What may be a short form to write out: most sentences have none but those that everybody knows, and that is
# soon seen.
SHORT = re.compile(rf"[{UPPER}]{{2,}}|[{UPPER}](?=\.)")

# What may stand between the parts of a sentence that are left out and the rest.
SET_OFF_BEFORE = re.compile(r"(?:.*[,.)–•*+-]\s+)?", re.DOTALL)
SET_OFF_AFTER = re.compile(r"\s*(?:$|[,;:.](?!\w))")
WORD = re.compile(r"[^\W\d_]+")


def complete(article: Article, draft: Summary) -> Summary:
    """A draft as it may be shown.

    The notes gain ``replaced:KIND`` for a sentence that gave way to its source and ``dropped:KIND`` for one
    that went, KIND being what was doubted first: number, date, document, name or negation. A summary may
    end up without sentences; the caller decides what takes its place.
    """
    texts = [each.text for each in article.sentences]
    kept: list[SummarySentence] = []
    notes = list(draft.notes)
    gate = _Gate(article, texts)
    for each in draft.sentences:
        known = 0 <= each.source < len(texts)
        doubts = gate.doubts(each, texts[each.source] if known else "")
        if not doubts:
            kept.append(each)
        elif each.changes and known:
            notes.append(f"replaced:{doubts[0].kind}")
            kept.append(SummarySentence(text=texts[each.source], source=each.source, sources=(each.source,)))
        else:
            notes.append(f"dropped:{doubts[0].kind}")
    sentences = _written_out(named_in_full(kept, texts), texts)
    # A line each: a quotation that is torn would join sentences that are apart here.
    summed_up = "\n".join(each.text for each in sentences)
    return Summary.later(
        {
            "facts": lambda: tuple(find_facts(texts)),
            "glossary": gate.glossary,
            "readability": lambda: readability(summed_up),
            "article_readability": lambda: readability(article.text),
        },
        sentences=sentences,
        engine=draft.engine,
        notes=tuple(notes),
    )


class _Gate:
    """Asks the least of the article that shows a sentence to be faithful: all of it takes milliseconds."""

    def __init__(self, article: Article, texts: Sequence[str]) -> None:
        self._article = article
        self._texts = texts
        self._glossary: tuple[Term, ...] | None = None
        self._source: Source | None = None

    def doubts(self, sentence: SummarySentence, source: str) -> tuple[Doubt, ...]:
        """What the article does not say; ``source`` is the sentence of it that is meant, or ""."""
        if sentence.text == source or _is_slice(sentence.text, source):
            return ()
        # What is made of one sentence alone, and of words that its changes name, is held against that one.
        if source and Source([source]).vouches(sentence.text, [each.after for each in sentence.changes]):
            return ()
        if self._source is None:
            self._source = Source(
                [self._article.title, self._article.lead, *self._texts],
                allowed=[term.meaning for term in self.glossary() if term.kind == "abbreviation"],
            )
        return self._source.doubts(sentence.text)

    def glossary(self) -> tuple[Term, ...]:
        """Terms and abbreviations of the article."""
        if self._glossary is None:
            self._glossary = tuple(find_terms(self._texts))
        return self._glossary


def _is_slice(text: str, source: str) -> bool:
    """Whether a text is its source less an opening or an ending that is set off by a mark and denies nothing.

    The first letter may have become a capital, and a full stop may have come to it.
    """
    if len(text) < 3:
        return False
    head, found, tail = source.partition(text[1:].removesuffix("."))
    left_out = f"{head[:-1]} {tail}".lower()
    return (
        bool(found)
        and head[-1:].lower() == text[:1].lower()
        and SET_OFF_BEFORE.fullmatch(head[:-1]) is not None
        and SET_OFF_AFTER.match(tail) is not None
        and NEGATIONS.isdisjoint(WORD.findall(left_out))
    )


def _written_out(sentences: Sequence[SummarySentence], texts: Sequence[str]) -> tuple[SummarySentence, ...]:
    """The sentences with rarer abbreviations in full at first use: "Giao thông vận tải (GTVT)".

    Those that everybody knows better short stay, and are explained beside the summary (WCAG 2.2, 3.1.4).
    """
    seen: set[str] = set()
    made = []
    learned: Mapping[str, str] | None = None
    for each in sentences:
        if EVERYDAY.issuperset(SHORT.findall(each.text)):
            made.append(each)
            continue
        if learned is None:
            learned = learn("\n".join(texts))
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
