"""Administrative terms in plain words, and abbreviations, where a text first uses them.

The table (``data/glossary.tsv``) explains a term so that a child of twelve understands it. Terms are found
syllable by syllable, the longest first; a text of any length takes time in proportion to its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readable_portal.model import Term
from readable_portal.vietnamese.abbreviations import find_abbreviations, learn
from readable_portal.vietnamese.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Entry", "find_terms", "glossary"]

SYLLABLE = re.compile(r"[^\W\d_]+")
# What may stand between the words of a term: block text is folded to single spaces.
GAPS = frozenset({" ", "\u00a0", ", ", " - ", "-"})
# The old and the new place of the tone mark in open syllables: hoà, hòa; thuỷ, thủy.
OLD_TONES = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term and what it means in plain words.

    Attributes:
        term: As in the middle of a sentence, so with a capital only if it always has one.
        variants: Other ways of saying the same.
        meaning: One or two sentences.
        domain: What it is about.
        source: The text that fixes the meaning, with its article, or "thông dụng".
    """

    term: str
    variants: tuple[str, ...]
    meaning: str
    domain: str
    source: str


@cache
def glossary() -> tuple[Entry, ...]:
    """The table, in its order."""
    return tuple(
        Entry(
            term=row["term"],
            variants=tuple(filter(None, row["variants"].split("; "))),
            meaning=row["meaning"],
            domain=row["domain"],
            source=row["source"],
        )
        for row in read_table("glossary")
    )


def find_terms(texts: Sequence[str]) -> list[Term]:
    """Terms and abbreviations in ``texts``, each at its first use, in the order of reading.

    Args:
        texts: The sentences of an article; ``Term.sentence`` counts them, ``start`` and ``end`` are
            characters in them. Definitions of abbreviations in any of them hold for all.
    """
    learned = learn("\n".join(texts))
    found: list[Term] = []
    seen: set[str] = set()
    for number, text in enumerate(texts):
        here = [*_shorts(text, learned, number), *_terms(text, number)]
        for key, term in sorted(here, key=lambda pair: pair[1].start):
            if key not in seen:
                seen.add(key)
                found.append(term)
    return found


def _shorts(text: str, learned: Mapping[str, str], number: int) -> Iterator[tuple[str, Term]]:
    """The abbreviations of a sentence, each with what makes it the same as another one."""
    for start, end, expansion, source in find_abbreviations(text, learned):
        short = text[start:end]
        yield (
            f"abbreviation {expansion}",
            Term(
                text=short,
                meaning=expansion,
                kind="abbreviation",
                sentence=number,
                start=start,
                end=end,
                source=source,
            ),
        )


def _terms(text: str, number: int) -> Iterator[tuple[str, Term]]:
    """The terms of a sentence, the longest first, none inside another."""
    index = _index()
    words = list(SYLLABLE.finditer(text))
    folded = [_fold(word[0]) for word in words]
    place = 0
    while place < len(words):
        for syllables, entry in index.get(folded[place], ()):
            last = place + len(syllables) - 1
            if tuple(folded[place : last + 1]) == syllables and _is_term(text, words, place, last, entry):
                start, end = words[place].start(), words[last].end()
                yield (
                    "term " + entry.term,
                    Term(
                        text=text[start:end],
                        meaning=entry.meaning,
                        kind="term",
                        sentence=number,
                        start=start,
                        end=end,
                        source=entry.source,
                    ),
                )
                place = last
                break
        place += 1


def _is_term(text: str, words: list[re.Match[str]], first: int, last: int, entry: Entry) -> bool:
    """Whether the words stand together, and are not part of a longer name ("Sở Tư pháp")."""
    if any(text[words[at].end() : words[at + 1].start()] not in GAPS for at in range(first, last)):
        return False
    name = words[first][0]
    if not name[0].isupper() or name.isupper() or entry.term[0].isupper():
        return True
    follows = first > 0 and _titled(words[first - 1][0]) and _joined(text, words, first - 1)
    leads = last + 1 < len(words) and _titled(words[last + 1][0]) and _joined(text, words, last)
    return not follows and not leads


def _titled(word: str) -> bool:
    return word[0].isupper()


def _joined(text: str, words: list[re.Match[str]], at: int) -> bool:
    return text[words[at].end() : words[at + 1].start()] == " "


@cache
def _index() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """Entries by their first syllable, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in glossary():
        for form in (entry.term, *entry.variants):
            syllables = tuple(_fold(syllable) for syllable in SYLLABLE.findall(form))
            index.setdefault(syllables[0], []).append((syllables, entry))
    for forms in index.values():
        forms.sort(key=lambda form: -len(form[0]))
    return index


@lru_cache(maxsize=4096)
def _fold(syllable: str) -> str:
    """Small letters, the tone mark in its new place."""
    lower = syllable.lower()
    ending = OLD_TONES.get(lower[-2:])
    return lower[:-2] + ending if ending and not lower.startswith("qu") else lower
