"""The gate: what a summary says in numbers, dates, documents, names and negations must stand in its source.

Every engine's sentences pass it. A number or a name counts as supported only beside the same words as in the
source: "6 người" is doubted even where the article has a 6 somewhere. A person's name is doubted where the
source has only others beside the same words. The gate sees no false causes and no order of events, and not
every exchanged role; those it cannot vouch for (docs/summary.md).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from readable_portal.summary.persons import PERSONS, Beside, beside
from readable_portal.summary.tokens import Token, clauses, runs, titled, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Doubt", "Source"]

Kind = Literal["number", "date", "document", "name", "negation"]

NEGATIONS = frozenset(
    {"không", "chưa", "chẳng", "đừng", "chớ", "cấm", "trừ", "chả", "khỏi", "miễn", "thôi", "ngừng", "dừng"}
)
NUMERALS = dict(
    zip(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), range(1, 11), strict=True)
)
# Words that a summary must not turn into one another. Only where the source says the one in these very
# neighbours is the other doubted, so no other wording is.
OPPOSITES = {
    one: other
    for pair in (
        ("tăng", "giảm"),
        ("trước", "sau"),
        ("trên", "dưới"),
        ("đa", "thiểu"),
        ("hơn", "kém"),
        ("mua", "bán"),
        ("nhập", "xuất"),
        ("thắng", "thua"),
        ("đúng", "sai"),
        ("đủ", "thiếu"),
        ("cao", "thấp"),
        ("nhiều", "ít"),
        ("mở", "đóng"),
        ("lên", "xuống"),
        ("nhận", "trả"),
        ("đầu", "cuối"),
        ("sớm", "muộn"),
        ("dài", "ngắn"),
    )
    for one, other in (pair, pair[::-1])
}
# Words before a number that change nothing of what it counts, so an engine may add them or leave them out.
NEUTRAL = frozenset(
    {"có", "là", "gồm", "và", "với", "của", "cả", "các", "những", "đã", "được", "tổng", "ngày"}
)
EDGE = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a summary that its source does not say."""

    kind: Kind
    text: str


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
        # What stands beside a person's name, and beside which persons' names something stands.
        self._beside: defaultdict[str, set[Beside]] = defaultdict(set)
        self._persons: defaultdict[Beside, set[str]] = defaultdict(set)
        joined: list[str] = []
        for text in (*texts, *allowed):
            words = list(tokens(text))
            keys = [token.key for token in words if token.kind != "end"]
            self._single.update(keys)
            self._pairs.update(pairwise(keys))
            for clause in clauses(words):
                ends = [EDGE, *(token.key for token in clause), EDGE]
                self._pairs.update(pairwise(ends))
                for before, one, two in zip(ends, ends[1:], ends[2:], strict=False):
                    self._before[one, two].add(before)
            for name, thing in beside(words):
                self._beside[name].add(thing)
                self._persons[thing].add(name)
            self._dates.update(key for key in keys if key.startswith("date:"))
            joined.append(" ".join(keys))
        self._text = " " + " | ".join(joined) + " "

    def doubts(self, text: str) -> tuple[Doubt, ...]:
        """What in ``text`` the source does not say, in the order of the text."""
        return self._doubts(list(tokens(text)))

    def vouches(self, text: str, added: Iterable[str]) -> bool:
        """Whether ``text`` has no word but the source's and those ``added``, and nothing in it is doubted."""
        words = list(tokens(text))
        strange = {token.key for token in words if token.kind != "end"} - self._single
        known = {token.key for each in added for token in tokens(each)} if strange else frozenset()
        return strange <= known and not self._doubts(words)

    def _doubts(self, words: Sequence[Token]) -> tuple[Doubt, ...]:
        found: list[Doubt] = []
        for clause in clauses(words):
            keys = [EDGE, *(token.key for token in clause), EDGE, EDGE]
            for token, before, _, one, two in zip(clause, keys, keys[1:], keys[2:], keys[3:], strict=False):
                if token.kind == "document" and token.key not in self._single:
                    found.append(Doubt("document", token.text))
                elif token.kind == "date" and not self._has_date(token.key):
                    found.append(Doubt("date", token.text))
                elif token.kind == "number" and not self._has_number(before, token, one):
                    found.append(Doubt("number", token.text))
                elif self._denies(before, token.key, one, two) or self._turned(before, token.key, one):
                    found.append(Doubt("negation", token.text))
            found += self._lost_negations(clause)
        found += [Doubt("name", name) for name in self._strange_names(words)]
        found += [Doubt("name", name) for name in self._exchanged_names(words)]
        return tuple(found)

    def _denies(self, before: str, word: str, one: str, two: str) -> bool:
        """Whether it is a negation that the source does not have here."""
        if word not in NEGATIONS:
            return False
        if (word, one) not in self._pairs:
            return True
        return (before, word) not in self._pairs and (
            two == EDGE or word not in self._before.get((one, two), ())
        )

    def _turned(self, before: str, word: str, after: str) -> bool:
        """Whether the source says the opposite between these neighbours, and never this."""
        other = OPPOSITES.get(word)
        if other is None or ((before, word) in self._pairs and (word, after) in self._pairs):
            return False
        return (before, other) in self._pairs and (other, after) in self._pairs

    def _has_date(self, key: str) -> bool:
        if key in self._dates:
            return True
        # A summary may leave the year out, never add it.
        return key.count("/") == 1 and any(date.startswith(key + "/") for date in self._dates)

    def _has_number(self, before: str, token: Token, after: str) -> bool:
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

    def _lost_negations(self, clause: Sequence[Token]) -> Iterator[Doubt]:
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

    def _strange_names(self, words: Sequence[Token]) -> Iterator[str]:
        for start, run in runs(words):
            names = [token.key for token in run]
            # The first word of a sentence may have its capital from there.
            free = start and (len(names) == 1 or (len(names) > 2 and self._has(names[1:])))
            if not free and not self._has(names) and not self._joined(run):
                yield " ".join(token.text for token in run)
        # "ông Sơn" for "ông Nam": a single name counts beside the word before it.
        for before, token, after in zip(words, words[1:], [*words[2:], None], strict=False):
            single = titled(token) and not titled(before) and (after is None or not titled(after))
            if single and before.key in PERSONS and (before.key, token.key) not in self._pairs:
                yield f"{before.text} {token.text}"

    def _exchanged_names(self, words: Sequence[Token]) -> Iterator[str]:
        """Names where the source has only other persons': "cảnh cáo ông A" for "cảnh cáo ông B"."""
        told = set()
        for name, thing in beside(words):
            last = name.rpartition(" ")[2]
            own = self._beside[name] | self._beside[last]
            others = {other for other in self._persons[thing] if other.rpartition(" ")[2] != last}
            if thing not in own and others and own and name not in told:
                told.add(name)
                yield name

    def _has(self, keys: Sequence[str]) -> bool:
        return f" {' '.join(keys)} " in self._text

    def _joined(self, run: Sequence[Token]) -> bool:
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
