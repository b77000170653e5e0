"""The gate: what a summary says in numbers, dates, documents, names and negations must stand in its source.

Every engine's sentences pass it. A number or a name counts as supported only beside the same words as in the
source: "6 người" is doubted even where the article has a 6 somewhere. The gate sees no exchanged roles, no
false causes and no order of events; those it cannot vouch for (docs/summary.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Doubt", "Source"]

Kind = Literal["number", "date", "document", "name", "negation"]

# Not a range À-Ỹ: in that block capitals and small letters alternate.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"

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
NEGATIONS = frozenset(
    {"không", "chưa", "chẳng", "đừng", "chớ", "cấm", "trừ", "chả", "khỏi", "miễn", "thôi", "ngừng", "dừng"}
)
NUMERALS = dict(
    zip(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), range(1, 11), strict=True)
)
# Words before a number that change nothing of what it counts, so an engine may add them or leave them out.
NEUTRAL = frozenset(
    {"có", "là", "gồm", "và", "với", "của", "cả", "các", "những", "đã", "được", "tổng", "ngày"}
)
# The old and the new place of the tone mark: hoà, hòa.
TONES = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)
EDGE = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a summary that its source does not say."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Token:
    """``key`` is equal for the same thing written in two ways; ``end`` is a mark that ends a clause."""

    kind: Literal["document", "date", "number", "word", "end"]
    text: str
    key: str


class Source:
    """What may be said: an article's texts, indexed once.

    Args:
        texts: Title, lead and sentences; each is a run of its own.
        allowed: Further names that may appear (expansions of the article's abbreviations).
    """

    def __init__(self, texts: Iterable[str], *, allowed: Sequence[str] = ()) -> None:
        self._pairs: set[tuple[str, str]] = set()
        self._single: set[str] = set()
        self._dates: set[str] = set()
        self._before: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        runs: list[str] = []
        for text in (*texts, *allowed):
            tokens = list(_tokens(text))
            keys = [token.key for token in tokens if token.kind != "end"]
            self._single.update(keys)
            self._pairs.update(pairwise(keys))
            for clause in _clauses(tokens):
                ends = [EDGE, *(token.key for token in clause), EDGE]
                self._pairs.update(pairwise(ends))
                for before, one, two in zip(ends, ends[1:], ends[2:], strict=False):
                    self._before[one, two].add(before)
            self._dates.update(key for key in keys if key.startswith("date:"))
            runs.append(" ".join(keys))
        self._text = " " + " | ".join(runs) + " "

    def doubts(self, text: str) -> tuple[Doubt, ...]:
        """What in ``text`` the source does not say, in the order of the text."""
        return self._doubts(list(_tokens(text)))

    def vouches(self, text: str, added: Iterable[str]) -> bool:
        """Whether ``text`` has no word but the source's and those ``added``, and nothing in it is doubted."""
        tokens = list(_tokens(text))
        strange = {token.key for token in tokens if token.kind != "end"} - self._single
        known = {token.key for each in added for token in _tokens(each)} if strange else frozenset()
        return strange <= known and not self._doubts(tokens)

    def _doubts(self, tokens: Sequence[_Token]) -> tuple[Doubt, ...]:
        found: list[Doubt] = []
        for clause in _clauses(tokens):
            keys = [EDGE, *(token.key for token in clause), EDGE, EDGE]
            for token, before, _, one, two in zip(clause, keys, keys[1:], keys[2:], keys[3:], strict=False):
                if token.kind == "document" and token.key not in self._single:
                    found.append(Doubt("document", token.text))
                elif token.kind == "date" and not self._has_date(token.key):
                    found.append(Doubt("date", token.text))
                elif token.kind == "number" and not self._has_number(before, token, one):
                    found.append(Doubt("number", token.text))
                elif token.key in NEGATIONS and not self._has_negation(before, token.key, one, two):
                    found.append(Doubt("negation", token.text))
            found += self._lost_negations(clause)
        found += [Doubt("name", name) for name in self._strange_names(tokens)]
        return tuple(found)

    def _has_negation(self, before: str, word: str, one: str, two: str) -> bool:
        if (word, one) not in self._pairs:
            return False
        return (before, word) in self._pairs or (two != EDGE and word in self._before.get((one, two), ()))

    def _has_date(self, key: str) -> bool:
        if key in self._dates:
            return True
        # A summary may leave the year out, never add it.
        return key.count("/") == 1 and any(date.startswith(key + "/") for date in self._dates)

    def _has_number(self, before: str, token: _Token, after: str) -> bool:
        keys = [token.key]
        if token.key.isdigit() and int(token.key) <= len(NUMERALS):
            keys += [word for word, value in NUMERALS.items() if value == int(token.key)]
        # A large number is hardly there by chance: one neighbour that is the same is enough.
        large = sum(map(str.isdigit, token.key)) > 2
        for key in keys:
            left = before in NEUTRAL or before == EDGE or (before, key) in self._pairs
            right = after == EDGE or (key, after) in self._pairs
            if key in self._single and ((left and right) or (large and after != EDGE and right)):
                return True
        return False

    def _lost_negations(self, clause: Sequence[_Token]) -> Iterator[Doubt]:
        """Neighbours that the source has only with a negation between them or before them."""
        before = EDGE
        for one, two in pairwise(clause):
            pair = (one.key, two.key)
            if NEGATIONS.isdisjoint({before, *pair}):
                known = self._before.get(pair)
                always = known is not None and known <= NEGATIONS
                between = pair not in self._pairs and any(
                    (one.key, word) in self._pairs and (word, two.key) in self._pairs for word in NEGATIONS
                )
                if always or between:
                    yield Doubt("negation", f"{one.text} {two.text}")
            before = one.key

    def _strange_names(self, tokens: Sequence[_Token]) -> Iterator[str]:
        for start, run in _runs(tokens):
            names = [token.key for token in run]
            # The first word of a sentence may have its capital from there.
            free = start and (len(names) == 1 or (len(names) > 2 and self._has(names[1:])))
            if not free and not self._has(names) and not self._joined(run):
                yield " ".join(token.text for token in run)
        # "ông Sơn" for "ông Nam": a single name counts beside the word before it.
        for before, token, after in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
            single = _titled(token) and not _titled(before) and (after is None or not _titled(after))
            if single and before.key in PERSONS and (before.key, token.key) not in self._pairs:
                yield f"{before.text} {token.text}"

    def _has(self, keys: Sequence[str]) -> bool:
        return f" {' '.join(keys)} " in self._text

    def _joined(self, run: Sequence[_Token]) -> bool:
        """Whether a run is names of the source side by side, each of two syllables or a short form."""
        keys = [token.key for token in run]
        reach = {0}
        for end in range(1, len(run) + 1):
            if any(
                self._has(keys[start:end]) and (end - start >= 2 or run[start].text.isupper())
                for start in reach
            ):
                reach.add(end)
        return len(run) in reach


# Words that a person's single name follows.
PERSONS = frozenset({"ông", "bà", "anh", "chị", "cô", "em", "bác", "chú", "cháu", "đồng", "chí", "tướng"})


def _tokens(text: str) -> Iterator[_Token]:
    for found in TOKEN.finditer(unicodedata.normalize("NFC", text)):
        kind = found.lastgroup if found.lastgroup != "mark" else "date"
        written = found[0]
        if kind == "document":
            key = re.sub(r"[\s–-]", "", written).replace("D", "Đ")
            yield _Token("document", written, f"document:{key}")
        elif kind == "spoken":
            yield _Token(
                "date", written, "date:" + "/".join(str(int(n)) for n in re.findall(r"\d+", written))
            )
        elif kind == "date":
            numbers = [int(n) for n in re.findall(r"\d+", written)]
            if found["mark"] == "." and len(numbers) == 2:
                yield _Token("number", written, written.replace(" ", ""))
            elif numbers[0] <= 31 and 1 <= numbers[1] <= 12:
                yield _Token("date", written, "date:" + "/".join(map(str, numbers)))
            else:
                yield _Token("number", written, re.sub(r"\s", "", written))
        elif kind == "number":
            yield _Token("number", written, written)
        elif kind == "word":
            yield _Token("word", written, _fold(written))
        else:
            yield _Token("end", written, written)


def _clauses(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """The tokens between marks that end a clause."""
    clause: list[_Token] = []
    for token in tokens:
        if token.kind == "end":
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
    if clause:
        yield clause


def _runs(tokens: Sequence[_Token]) -> Iterator[tuple[bool, list[_Token]]]:
    """Runs of words with a capital; whether each begins a sentence."""
    run: list[_Token] = []
    start = True
    begins = True
    for token in tokens:
        if _titled(token):
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


def _titled(token: _Token) -> bool:
    return token.kind == "word" and token.text[0].isupper()


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    lower = word.lower()
    ending = TONES.get(lower[-2:])
    return lower[:-2] + ending if ending and not lower.startswith("qu") else lower
