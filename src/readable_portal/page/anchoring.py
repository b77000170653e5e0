"""Title and date from the text around the body, for pages that say nothing about themselves.

Everything is measured from the body: the title is the most title-like line before it, the date the first
one between the two. What the head says helps where it agrees with something that can be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.page import names
from readable_portal.page.dates import FoundDate, find_date, may_hold_date, parse_timestamp

if TYPE_CHECKING:
    from readable_portal.page.metadata import Metadata
    from readable_portal.page.scoring import Body
    from readable_portal.page.tree import Run, Tree

__all__ = ["Published", "Title", "TitleFinder", "find_published", "folded_letters"]

_HEADING_SCORES = {"h1": 6.0, "h2": 3.0, "h3": 2.0, "h4": 1.5, "h5": 1.0, "h6": 0.5}
_SITE_SUFFIX = re.compile(r"\s+[|\u2013\u2014»::-]+\s+|\s*\|\s*|\s+[-–—]\s*")
_DATE_LABEL = re.compile(
    r"\W*(?:(?:ngày |đã )?(?:cập nhật|đăng|xuất bản)|ngày tạo|last updated|updated|published|posted)\b",
    re.IGNORECASE,
)
_MAX_TITLE = 300
# A heading that agrees with the head.
_SURE = 10.0
# A line that little speaks for: where it stands is a better sign.
_WEAK = 4.0


@dataclass(slots=True)
class Title:
    """The title and where it stands: index of the first and after the last of its runs, or -1."""

    text: str
    element: int
    first: int
    after: int
    evidence: str


def folded_letters(text: str) -> str:
    """Letters and digits only, case folded, to compare texts that differ in punctuation."""
    # Twice as fast as a pattern that finds the words.
    return "".join(filter(str.isalnum, text)).casefold()


class TitleFinder:
    """Finds the title: seen on the page, or else said in the head.

    ``anchor`` is known before the body is: the index of the run that surely is the title, or -1.
    """

    def __init__(self, tree: Tree, metadata: Metadata) -> None:
        self._tree = tree
        self._metadata = metadata
        self._wanted = [folded_letters(text) for text in dict.fromkeys(metadata.titles) if len(text) > 3]
        self._document = folded_letters(metadata.document_title)
        self._candidates = self._look()
        self.anchor = self._anchor()

    def _look(self) -> list[tuple[int, int, str, float]]:
        """Lines that could be titles: first run, after the last, text, score without regard to place."""
        runs, tags = self._tree.runs, self._tree.tags
        named = names.HEADING | names.TITLE
        unwanted = names.HIDDEN | names.COMMENT | names.HARD
        titles = {*self._metadata.titles, self._metadata.document_title}
        # Few lines are as long as a title, and comparing lengths takes less than looking lines up.
        lengths = set(map(len, titles))
        found = []
        after, count = 0, len(runs)
        while (i := after) < count:
            run = runs[i]
            after = i + 1
            flags, size = run.flags, run.size
            if not flags & named and not (size in lengths and run.text in titles):
                continue
            if flags & names.HEADING:
                while after < count and runs[after].container == run.container:
                    after += 1
            if flags & unwanted or not 4 <= size <= _MAX_TITLE:
                continue
            text = run.text if after == i + 1 else " ".join([each.text for each in runs[i:after]])
            score = self._score(run, text, tags[run.container])
            if score > 0 and len(text) <= _MAX_TITLE:
                found.append((i, after, text, score))
        return found

    def _score(self, run: Run, text: str, tag: str) -> float:
        letters = folded_letters(text)
        if not letters or text[-1] == ":":
            return 0.0
        score = _HEADING_SCORES.get(tag, 0.0) + self._agreement(letters) + _names_score(run.flags)
        return (
            score + 0.5 * (run.bold * 2 > run.size) - 3 * (run.links * 2 > run.size) - 1.5 * (run.size < 15)
        )

    def _agreement(self, letters: str) -> float:
        """Agreement with the titles that the head says, and with ``<title>``."""
        score = 0.0
        if letters in self._wanted:
            score += 8
        elif len(letters) > 15 and any(
            each and (letters in each or each in letters) for each in self._wanted
        ):
            score += 5
        document = self._document
        if (
            document
            and len(letters) > 10
            and (letters in document or (len(document) > 15 and document in letters))
        ):
            score += 5
        return score

    def _anchor(self) -> int:
        best = max(self._candidates, key=lambda c: (c[3], -c[0]), default=None)
        return best[0] if best is not None and best[3] >= _SURE else -1

    def find(self, body: Body, start: int) -> Title:
        """The title of the article whose first run of prose is ``start``."""
        runs = self._tree.runs
        nearby = _nearby(self._tree, body, start)
        best, best_score = None, 2.5
        for i, after, text, base in self._candidates:
            distance = start - i
            score = base + (runs[i].container > nearby)
            if distance < 0:
                score -= 3 + min(20, -distance)
            else:
                score -= min(2.0, max(0, distance - 12) * 0.05)
            if score >= best_score:
                best, best_score = (i, after, text), score
        i = (
            _title_by_place(self._tree, nearby, start)
            if best_score < _WEAK and not self._metadata.titles
            else -1
        )
        if best is not None and i < 0:
            first, after, text = best
            return Title(text, _holder(self._tree, first, after), first, after, f"seen:{best_score:.1f}")
        for text in self._metadata.titles:
            if text:
                return Title(text, -1, -1, -1, "meta")
        if i >= 0:
            return Title(runs[i].text, _holder(self._tree, i, i + 1), i, i + 1, "seen:place")
        return Title(_without_site(self._metadata), -1, -1, -1, "document-title")


def _names_score(flags: int) -> float:
    score = 3.0 if flags & names.TITLE else 0.0
    if flags & (names.DATE | names.META | names.AUTHOR) and not flags & names.TITLE:
        score -= 4
    if flags & names.HARD:
        score -= 4
    if flags & (names.LEAD | names.ITEM | names.CAPTION):
        score -= 2
    return score


def _title_by_place(tree: Tree, nearby: int, start: int) -> int:
    """Index of the first line that could be a title among the last ones before the text, or -1."""
    found = -1
    for i in range(start - 1, max(-1, start - 9), -1):
        run = tree.runs[i]
        if run.container <= nearby:
            break
        plain = not run.flags & (
            names.ITALIC | names.CAPTION | names.DATE | names.META | names.AUTHOR | names.HARD | names.HIDDEN
        )
        if plain and 15 <= run.size <= 250 and run.links * 2 < run.size and run.text[-1] not in ".:;,":
            found = found if find_date(run.text) else i
    return found


def _nearby(tree: Tree, body: Body, start: int) -> int:
    """The ancestor of the body that holds the lines around it: two steps up, empty wrappers not counted.

    A step that adds no text before the body is no step.
    """
    element, steps = body.element, 0
    before = max(0, start - 1)
    while steps < 2 and tree.parents[element] > 0:
        element = tree.parents[element]
        first = before
        while first > 0 and tree.runs[first - 1].container >= element:
            first -= 1
        if first < before:
            before, steps = first, steps + 1
    return element


def _holder(tree: Tree, first: int, after: int) -> int:
    """The smallest element that holds these runs whole and nothing else."""
    run = tree.runs[first]
    others = sum(1 for each in tree.runs[max(0, first - 3) : after + 3] if each.container == run.container)
    if others == after - first or run.first == run.container:
        return run.container
    element = run.first
    while tree.parents[element] != run.container:
        element = tree.parents[element]
    return element


def _without_site(metadata: Metadata) -> str:
    """``<title>`` without the portal's name."""
    parts = [part for part in _SITE_SUFFIX.split(metadata.document_title) if part.strip()]
    return max(parts, key=len).strip() if parts else ""


@dataclass(frozen=True, slots=True)
class Published:
    """When it was published, why that is believed, and the index of the run that says so, or -1."""

    found: FoundDate | None
    evidence: str
    run: int = -1


def find_published(tree: Tree, title: Title, start: int, end: int, metadata: Metadata) -> Published:
    """When it was published: said in the head, marked up, or seen around the title and after the body."""
    for value, where in metadata.dates:
        found = parse_timestamp(value)
        if found is not None:
            return Published(found, where)
    first = title.first if title.first >= 0 else max(0, start - 6)
    seen = _seen_date(tree, first, title.first, start, end)
    if seen.found is not None:
        return seen
    for node in tree.parser.css("time[datetime], [itemprop=datePublished][content]"):
        value = node.attributes.get("datetime") or node.attributes.get("content") or ""
        found = parse_timestamp(value)
        if found is not None:
            return Published(found, "time-element")
    return Published(None, "")


def _seen_date(tree: Tree, first: int, title: int, start: int, end: int) -> Published:
    """The date in a short line: one that is called a date first, then any."""
    runs = tree.runs
    ranges = (range(first, start + 1), range(max(0, first - 4), first), range(end, min(end + 8, len(runs))))
    lines = [
        i
        for each in ranges
        for i in each
        if runs[i].size <= 160 and i != title and may_hold_date(runs[i].text)
    ]
    for named in (True, False):
        for i in lines:
            run = runs[i]
            if bool(run.flags & (names.DATE | names.META)) != named or run.links * 2 > run.size:
                continue
            found = find_date(run.text)
            # A date inside a sentence is what the sentence is about.
            if found is not None and run.size - (found.end - found.start) <= (100 if named else 45):
                return Published(found, "seen:named" if named else "seen", i)
    # The body's last lines are its own, unless they say what date that is.
    for i in range(max(start + 1, end - 3), end):
        if runs[i].size <= 100 and _DATE_LABEL.match(runs[i].text) and (found := find_date(runs[i].text)):
            return Published(found, "seen:label", i)
    return Published(None, "")
