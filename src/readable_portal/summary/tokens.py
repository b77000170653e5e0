"""The words, numbers, dates and document numbers of a text, in a form in which the same thing is equal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from readable_portal.summary.simplify import UPPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Token", "clauses", "runs", "titled", "tokens"]

# In this order: what has the most marks first, so that a document number is not read as a date.
TOKEN = re.compile(
    rf"""
    (?P<document>\d+\s?/\s?(?:\d{{4}}\s?/\s?)?[{UPPER}]+[{UPPER}\d]*(?:\s?[-–]\s?[{UPPER}][{UPPER}\da-z]*)*)
  | (?P<spoken>(?<!\w)\d{{1,2}}\stháng\s\d{{1,2}}(?:\snăm\s\d{{4}})?(?!\w))
  | (?P<date>(?<![\w/.,-])\d{{1,2}}\s?(?P<mark>[/.-])\s?\d{{1,2}}(?:\s?(?P=mark)\s?\d{{4}})?(?![\w/]|[.,-]\d))
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<end>[.!?…:;"“”]+)
    """,
    re.VERBOSE,
)
MARKS = "-–,("
# The old and the new place of the tone mark: hoà, hòa.
TONES = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """``key`` is equal for the same thing written in two ways; ``end`` is a mark that ends a clause.

    ``marked``: a comma, a dash or a bracket follows.
    """

    kind: Literal["document", "date", "number", "word", "end"]
    text: str
    key: str
    marked: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The text's tokens, in order."""
    text = unicodedata.normalize("NFC", text)
    for found in TOKEN.finditer(text):
        kind = found.lastgroup if found.lastgroup != "mark" else "date"
        written = found[0]
        if kind == "document":
            key = re.sub(r"[\s–-]", "", written).replace("D", "Đ")
            yield Token("document", written, f"document:{key}")
        elif kind == "spoken":
            yield Token("date", written, "date:" + "/".join(str(int(n)) for n in re.findall(r"\d+", written)))
        elif kind == "date":
            numbers = [int(n) for n in re.findall(r"\d+", written)]
            if found["mark"] == "." and len(numbers) == 2:
                yield Token("number", written, written.replace(" ", ""))
            elif numbers[0] <= 31 and 1 <= numbers[1] <= 12:
                yield Token("date", written, "date:" + "/".join(map(str, numbers)))
            else:
                yield Token("number", written, re.sub(r"\s", "", written))
        elif kind == "number":
            yield Token("number", written, written)
        elif kind == "word":
            after = text[found.end() : found.end() + 2].lstrip()[:1]
            yield Token("word", written, fold(written), marked=after in MARKS and after != "")
        else:
            yield Token("end", written, written)


def clauses(words: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens between marks that end a clause."""
    clause: list[Token] = []
    for token in words:
        if token.kind == "end":
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
    if clause:
        yield clause


def runs(words: Sequence[Token]) -> Iterator[tuple[bool, list[Token]]]:
    """Runs of words with a capital; whether each begins a sentence."""
    run: list[Token] = []
    start = True
    begins = True
    for token in words:
        if titled(token):
            if not run:
                begins = start
            run.append(token)
        else:
            if run:
                yield begins, run
            run = []
        start = token.kind == "end"
    if run:
        yield begins, run


def titled(token: Token) -> bool:
    """Whether it is a word with a capital."""
    return token.kind == "word" and token.text[0].isupper()


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    lower = word.lower()
    ending = TONES.get(lower[-2:])
    return lower[:-2] + ending if ending and not lower.startswith("qu") else lower
