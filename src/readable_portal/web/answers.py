"""The JSON that the widget reads, made from the values of the core (docs/endpoints.md)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from readable_portal.vietnamese import readability
from readable_portal.web.labels import FACT_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readable_portal.model import Article, Readability, Summary, Term

__all__ = ["article_answer", "summary_answer"]

# Raised when a field changes its meaning; new fields do not raise it.
VERSION = 1


def article_answer(article: Article, terms: Sequence[Term], links: Mapping[str, str]) -> dict[str, Any]:
    """What the widget needs of an article: where each block stands and how it is cut into sentences."""
    level = readability(article.text)
    return {
        "version": VERSION,
        "url": article.url,
        "title": article.title,
        "titlePath": article.title_path,
        "bodyPath": article.body_path,
        "beside": list(article.beside),
        "control": article.control,
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "byline": article.byline,
        "source": article.source,
        "section": article.section,
        "digest": article.digest,
        "blocks": [
            {
                "kind": block.kind,
                "path": block.path,
                "text": block.text,
                "level": block.level,
                "marker": block.marker,
                "fingerprint": block.fingerprint,
            }
            for block in article.blocks
        ],
        "sentences": [
            {"block": sentence.block, "start": sentence.start, "end": sentence.end}
            for sentence in article.sentences
        ],
        "terms": [_term(term) for term in terms],
        "minutes": {
            "read": max(1, math.ceil(level.reading_seconds / 60)),
            "listen": max(1, math.ceil(level.listening_seconds / 60)),
        },
        "links": dict(links),
    }


def summary_answer(summary: Summary, *, language: str) -> dict[str, Any]:
    """A summary with the places it stands on."""
    column = 0 if language == "vi" else 1
    return {
        "version": VERSION,
        "engine": summary.engine,
        "sentences": [
            {
                "text": sentence.text,
                "source": sentence.source,
                "sources": list(sentence.sources or (sentence.source,)),
                "changes": [
                    {"rule": change.rule, "before": change.before, "after": change.after}
                    for change in sentence.changes
                ],
            }
            for sentence in summary.sentences
        ],
        "facts": [
            {
                "kind": fact.kind,
                "label": FACT_LABELS.get(fact.kind, (fact.kind, fact.kind))[column],
                "value": fact.value,
                "sentence": fact.sentence,
                "start": fact.start,
                "end": fact.end,
            }
            for fact in summary.facts
        ],
        "terms": [_term(term) for term in summary.glossary],
        "readability": {
            "summary": _level(summary.readability),
            "article": _level(summary.article_readability),
        },
        "notes": list(summary.notes),
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "kind": term.kind,
        "text": term.text,
        "meaning": term.meaning,
        "sentence": term.sentence,
        "start": term.start,
        "end": term.end,
        "source": term.source,
    }


def _level(level: Readability | None) -> dict[str, Any] | None:
    if level is None:
        return None
    return {
        "grade": round(level.grade, 1),
        "band": level.band,
        "lettersPerSyllable": round(level.letters_per_syllable, 2),
        "syllablesPerSentence": round(level.syllables_per_sentence, 1),
        "longSentences": round(level.long_sentences, 2),
    }
