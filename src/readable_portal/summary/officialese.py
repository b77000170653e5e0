"""Office phrases and the plain words for them, from ``data/officialese.tsv``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Phrase", "find_phrases", "has_swap", "phrases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An office phrase.

    Attributes:
        phrase: As in the middle of a sentence.
        plain: What a person says.
        following: Syllables of which one must follow; empty if anything may.
        swap: Whether it can be put in the phrase's place without a person looking at the sentence.
        source: Why the plain form says the same.
    """

    phrase: str
    plain: str
    following: tuple[str, ...]
    swap: bool
    source: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """The table, in its order."""
    text = files("readable_portal.summary").joinpath("data/officialese.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    columns = rows.pop(0)
    table = [dict(zip(columns, row, strict=True)) for row in rows]
    return tuple(
        Phrase(
            phrase=row["phrase"],
            plain=row["plain"],
            following=tuple(filter(None, row["next"].split("|"))),
            swap=row["swap"] == "yes",
            source=row["source"],
        )
        for row in table
    )


def find_phrases(text: str) -> Iterator[tuple[int, int, Phrase]]:
    """Office phrases in a text: start, end, phrase; the longest where several begin, none inside another."""
    for found in _pattern(swap=False).finditer(_lower(text)):
        yield found.start(), found.end(), _known()[found[0]]


def has_swap(text: str) -> bool:
    """Whether a text holds a phrase that can be put right without a person looking; most texts have none."""
    lower = _lower(text)
    return any(map(lower.__contains__, _signs())) and _pattern(swap=True).search(lower) is not None


def _lower(text: str) -> str:
    # A pattern that ignores case cannot look for first letters, and takes far longer.
    # The capital dotted I of Turkish is the only letter that becomes two.
    lower = text.lower()
    return lower if len(lower) == len(text) else text


@cache
def _signs() -> tuple[str, ...]:
    """Pairs of syllables of which every phrase that can be swapped has one: they are found quickly."""
    signs: list[str] = []
    missing = [each.phrase for each in phrases() if each.swap]
    while missing:
        held = Counter(
            pair for phrase in missing for pair in {*map(" ".join, pairwise(phrase.split()))} or {phrase}
        )
        signs.append(max(held, key=lambda pair: (held[pair], pair)))
        missing = [phrase for phrase in missing if signs[-1] not in phrase]
    return tuple(signs)


@cache
def _known() -> dict[str, Phrase]:
    return {each.phrase: each for each in phrases()}


@cache
def _pattern(*, swap: bool) -> re.Pattern[str]:
    """All phrases, or only those that can be swapped."""
    # Parted by first letters, which stand first of all: so a search looks only where one of them stands.
    letters: dict[str, list[str]] = {}
    for each in sorted(phrases(), key=lambda each: -len(each.phrase)):
        if swap > each.swap:
            continue
        follows = rf"(?=\s(?:{'|'.join(map(re.escape, each.following))})\b)" if each.following else r"\b"
        rest = re.escape(each.phrase[1:]).replace(r"\ ", " ") + follows
        letters.setdefault(re.escape(each.phrase[0]), []).append(rest)
    # A hyphen or a word before would make it part of something else.
    return re.compile(
        "|".join(rf"{first}(?<![\w-]{first})(?:{'|'.join(rest)})(?!-)" for first, rest in letters.items())
    )
