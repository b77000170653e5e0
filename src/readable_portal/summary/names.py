"""Persons by their full name where a summary speaks of them first.

An article names a person once in full and then by the last name ("ông Khái"). A summary may begin with the
second; its reader then does not know of whom it speaks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from readable_portal.model import Change
from readable_portal.summary.simplify import UPPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readable_portal.model import SummarySentence

__all__ = ["has_short_name", "named_in_full"]

TITLE = r"[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Tt]hầy"
# A form of address and one name. "Ông H." is nobody's name, "ông Kim Jong-un" and "bà Suu Kyi" have more.
NAME = rf"\s(?P<name>[{UPPER}][^\W\d_]+)(?![\w.-]|\s[{UPPER}])"
SHORT_NAME = re.compile(rf"\b(?P<title>{TITLE}){NAME}")
# The same, to look for only: by how the forms of address end, which are letters that are seldom. It takes a
# third of the time.
ADDRESSED = re.compile(
    rf"(?:ng(?<=\b[Ôô]ng)|à(?<=\b[Bb]à)|nh(?<=\b[Aa]nh)|hị(?<=\b[Cc]hị)|ầy(?<=\b[Tt]hầy)){NAME}"
)
FULL_NAME = re.compile(
    rf"\b(?P<title>{TITLE})\s(?P<full>[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+){{1,3}})(?![\w-]|\s[{UPPER}])"
)
# After an office the name begins with one of the family names that nine of ten people in Vietnam have.
FAMILY = (
    r"Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đào|Đoàn|Lương|Mai"
    r"|Trịnh|Tô|Cao|Châu|Lưu|Tạ|Thái|Tống|Vương|Triệu|Quách|Lâm|Phùng|Chu|Đàm|Ninh|Tăng|Thân|Hứa|Kiều|La|Mạc"
)
AFTER_OFFICE = re.compile(rf"\b(?P<full>(?:{FAMILY})(?:\s[{UPPER}][^\W\d_]+){{1,3}})(?![\w-]|\s[{UPPER}])")

# Before it these words make it somebody of whom the form of address is known, or a place that has the name.
NOT_BARE = re.compile(
    rf"(?:\b(?:{TITLE})|đường|phố|trường|học|THPT|THCS|chợ|cầu|khu|phường|xã|quận|thành phố|TP\.?|công viên"
    r"|lăng|tượng đài|giải|viện|nhà hát)\s$"
)


def has_short_name(text: str) -> bool:
    """Whether somebody is named with a form of address and one name: "ông Khái"."""
    return ADDRESSED.search(text) is not None


def named_in_full(sentences: Sequence[SummarySentence], texts: Sequence[str]) -> tuple[SummarySentence, ...]:
    """The sentences with a person's full name at first mention, where the article has exactly one that fits.

    Args:
        sentences: Of the summary.
        texts: The article's sentences.
    """
    if not any(has_short_name(each.text) for each in sentences):
        return tuple(sentences)
    known: set[str] = set()
    made = []
    for each in sentences:
        text, changes = each.text, list(each.changes)
        introduced = {full.split()[-1]: start for start, _, full in _full_names(text)}
        places = []
        for found in SHORT_NAME.finditer(text):
            title, name = found["title"], found["name"]
            if name in known or introduced.get(name, len(text)) < found.start():
                continue
            known.add(name)
            # What is quoted stays as it was said.
            quoted = text[: found.start()].count('"') % 2 or text.rfind("“", 0, found.start()) > text.rfind(
                "”", 0, found.start()
            )
            full = "" if quoted else _whose(title.lower(), name, texts)
            if full:
                places.append((found.span("name"), full))
                changes.append(Change(rule="name-in-full", before=found[0], after=f"{title} {full}"))
        for (start, end), full in reversed(places):
            text = text[:start] + full + text[end:]
        known.update(introduced)
        made.append(replace(each, text=text, changes=tuple(changes)) if places else each)
    return tuple(made)


def _whose(title: str, name: str, texts: Sequence[str]) -> str:
    """The one full name in the article that ends in ``name`` and goes with the form of address; or ""."""
    found = {
        (said, full)
        for text in texts
        if name in text
        for _, said, full in _full_names(text)
        if full.endswith(f" {name}")
    }
    fits = {full for said, full in found if said in {"", title}}
    # "ông Nam" where there is a bà Lê Thị Nam, too, is clear; two of the same kind are not.
    return fits.pop() if len(fits) == 1 else ""


def _full_names(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a full name stands, the form of address in small letters ("" after an office), and the name."""
    for found in FULL_NAME.finditer(text):
        yield found.start(), found["title"].lower(), found["full"]
    for found in AFTER_OFFICE.finditer(text):
        if found["full"] != "Hồ Chí Minh" and not NOT_BARE.search(
            text, max(0, found.start() - 16), found.start()
        ):
            yield found.start(), "", found["full"]
