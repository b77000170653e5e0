"""Who wrote it, and whom it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from readable_portal.page import names

if TYPE_CHECKING:
    from readable_portal.page.metadata import Metadata
    from readable_portal.page.tree import Run, Tree

__all__ = ["Byline", "as_name", "find_byline", "is_signature"]

_LABEL = re.compile(
    r"^\s*(?:(?:tác giả(?: bài viết)?|bài viết|người viết|phóng viên|bài,?\s*(?:và\s*)?ảnh|"
    r"tin,?\s*(?:và\s*)?(?:bài|ảnh)(?:,\s*ảnh)?|tin bài|người đăng|(?:được\s+)?đăng bởi|biên tập|"
    r"written by|posted by|by|author|words by|story by)\s*[::]?\s+|"
    r"(?:tác giả(?: bài viết)?|author)\s*[::]\s*)",
    re.IGNORECASE,
)
_STRONG_LABEL = re.compile(
    r"^\s*(?:(?:tác giả(?: bài viết)?|người viết|bài,?\s*(?:và\s*)?ảnh|tin,?\s*(?:và\s*)?(?:bài|ảnh)|"
    r"đăng bởi)\s*[::]|được\s+đăng\s+bởi\b)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^\s*\(?(?:nguồn(?:\s*tin)?\s*[::]|source\s*[::]|theo\s+(?!đó|dõi|quy|như))\s*(.+?)\)?\s*$",
    re.IGNORECASE,
)
# What ends a name in a line of date, author and views.
_AFTER_NAME = re.compile(
    r"\s+[|•·–—-]\s+|\s*\|\s*|\s*[•·]\s*|\d{1,2}[/:]\d|\s\d{1,2}\s+tháng\b|"
    r"(?:,\s*)?\b(?:updated|published|cập nhật|ngày|thứ)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?<=\w)\s*\([^)]*\)?\W*$")
# «Bích Ngọc - Quang Huy» are two people, «Bích Ngọc - Báo Phú Thọ» is one and her paper.
_PAIR = re.compile(r"\s*([^\W\d]+(?: [^\W\d]+){1,4})\s+[-–—]\s+([^\W\d]+(?: [^\W\d]+){1,4})\s*")
_ORGANISATION = re.compile(
    r"(?:báo|đài|tạp chí|thông tấn|ban(?! mai)|phòng|sở|bộ|cục|vụ|viện|trung tâm|văn phòng|cổng|trang thông|"
    r"hội|ubnd|ủy ban|trường|công an|tỉnh|huyện|xã|thành phố|tp)\b",
    re.IGNORECASE,
)
# A portal that a text was taken from is named by its address too.
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org))/?", re.IGNORECASE)
_NOT_NAME = re.compile(
    r"[@#?!:/<>{}\[\]=…]|\d{2}|https?|www\.|\.(?:vn|com|net)\b|"
    r"^(?:theo dõi|xem|chia sẻ|quay lại|in |gửi|đọc|click|follow|share|read|view|more|comment|"
    r"lượt|số|kính|thông báo|nơi nhận|trân trọng|ảnh|nguồn ảnh)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Byline:
    """Author and source with their evidence.

    ``signatures`` are the indexes of the runs that sign; ``lines`` are those that only name people.
    """

    author: str = ""
    source: str = ""
    evidence: str = ""
    signatures: frozenset[int] = frozenset()
    lines: set[int] = field(default_factory=set)


def is_signature(run: Run) -> bool:
    """Whether a line after the text looks like a name that signs it: short, and set apart.

    To the right, bold, italic, or called an author.
    """
    if not 2 <= run.size <= 60 or run.links * 2 > run.size:
        return False
    apart = run.flags & (names.RIGHT | names.AUTHOR | names.SOURCE)
    apart = (
        apart
        or min(run.bold, run.size) * 10 >= run.size * 9
        or min(run.italic, run.size) * 10 >= run.size * 9
    )
    return bool(apart) and as_name(run.text) != ""


def as_name(text: str) -> str:
    """A line as a name: without its label and what follows; "" if it cannot be one."""
    text = _unlabelled(text)
    if (pair := _PAIR.fullmatch(text)) and _names_person(pair[1]) and _names_person(pair[2]):
        return text.strip()
    text = _AFTER_NAME.split(text, maxsplit=1)[0]
    text = _REMARK.sub("", text).strip(" -–—.,;()|*")
    if not 2 <= len(text) <= 60 or _NOT_NAME.search(text) or len(text.split()) > 8:
        return ""
    first = next((c for c in text if c.isalpha()), "")
    return text if first and (first.isupper() or first.lower() == first.upper()) else ""


def _unlabelled(text: str) -> str:
    label = _LABEL.match(text)
    return text[label.end() :] if label else text


def find_byline(tree: Tree, first: int, start: int, last: int, metadata: Metadata) -> Byline:
    """Author and source, from the head, the lines around the body and its signature.

    Args:
        tree: The page.
        first: Index of the title's run, or of the first run that may belong to the article.
        start: Index of the body's first run.
        last: Index of the body's last run of text.
        metadata: What the head says.
    """
    runs = tree.runs
    found = Byline()
    said = [
        (name, where) for name, where in metadata.authors if as_name(name) and not _is_site(name, metadata)
    ]
    if said:
        found.author, found.evidence = _unlabelled(said[0][0]), said[0][1]
    after = range(last + 1, min(last + 7, len(runs)))
    for i in chain(range(first, start + 1), range(max(start + 1, last - 1), last + 1), after):
        run = runs[i]
        if run.size <= 120 and not run.flags & (names.HARD | names.COMMENT | names.TITLE | names.HIDDEN):
            _take_named(run, found, i)
    signature = _find_signature(runs, start, last, after)
    if signature < 0:
        return found
    signs = {signature}
    said_name = as_name(runs[signature].text)
    # A person's name above their office, or above another's name.
    above = runs[signature - 1]
    if start < signature <= last and is_signature(above) and _names_person(above.text):
        signs.add(signature - 1)
        said_name = f"{above.text}, {said_name}" if _names_person(said_name) else above.text
    found.signatures = frozenset(signs)
    if not found.author:
        found.author, found.evidence = said_name, "seen:signature"
    return found


def _take_named(run: Run, found: Byline, index: int) -> None:
    """Take author or source from a line that says which it is, by its words or its element's name."""
    if (match := _SOURCE.match(run.text)) and (name := _as_source(match[1])):
        found.source = found.source or name
        found.lines.add(index)
    if run.flags & names.AUTHOR or _STRONG_LABEL.match(run.text):
        name = as_name(run.text)
        if name:
            found.lines.add(index)
            if not found.author:
                found.author, found.evidence = (
                    name,
                    "seen:named" if run.flags & names.AUTHOR else "seen:label",
                )


def _as_source(text: str) -> str:
    address = _ADDRESS.fullmatch(text.strip(" .)"))
    return address[1] if address else as_name(text)


def _find_signature(runs: list[Run], start: int, last: int, after: range) -> int:
    """Index of the line that signs: among the text's last lines, then in those after it."""
    unwanted = names.HARD | names.COMMENT | names.HIDDEN | names.HEADING | names.CAPTION | names.ITEM
    for i in range(last, max(start, last - 3), -1):
        run = runs[i]
        if run.size > 60:
            break
        if not run.flags & unwanted and is_signature(run):
            return i
    if last > start and _is_person(runs[last]) and runs[last - 1].size > 60:
        return last
    for i in after:
        run = runs[i]
        if run.flags & unwanted or run.size > 60:
            return -1
        if is_signature(run):
            return i
    return -1


def _is_person(run: Run) -> bool:
    return run.size <= 40 and _has_capitals(run.text)


def _names_person(text: str) -> bool:
    """Whether a text is just a person's name, and no organisation's."""
    return _has_capitals(text) and not _ORGANISATION.match(text)


def _has_capitals(text: str) -> bool:
    """Whether a line is two to five words that all begin with capitals, as names are."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(w.isalpha() and w[0].isupper() for w in words)


def _is_site(name: str, metadata: Metadata) -> bool:
    """Whether the head names the portal itself as author."""
    site = metadata.site.casefold()
    return bool(site) and (name.casefold() in site or site in name.casefold())
