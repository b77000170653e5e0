"""Days of the week as opening hours have them: ``T2 - T6``, ``sáng T7, CN``, ``thứ 2, 4 và 6``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import ordinal

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["DAYS", "LETTER_DAYS", "days", "letter_days"]

# More than the seven days of a week in one list is something else.
_GLUE = r"\s?[-–]\s?|,\s?|\s(?:đến|tới|và)\s"
_END = r"(?![\w/]|[-–.,][0-9])"
LETTER_DAYS = re.compile(rf"T[2-7](?:(?:{_GLUE})(?:T[2-7]|CN)){{0,6}}{_END}")
DAYS = re.compile(rf"[2-7](?:(?:{_GLUE})(?:[2-7]|CN)){{1,6}}{_END}")
_PART = re.compile(rf"T?([2-7]|CN)|({_GLUE})")

# A canal, a road or a bridge may be called T5; a day of the week follows these.
BEFORE = frozenset(["sáng", "trưa", "chiều", "tối", "ngày", "nghỉ"])
NO_DAYS = frozenset(["kênh", "rạch", "cống", "đường", "cầu", "tuyến", "tháng", "lô", "khu", "tổ", "nhà"])


def letter_days(match: re.Match[str], reading: Reading) -> Said:
    """``T2 - T6`` as "thứ hai đến thứ sáu", where it can be nothing else."""
    written = match.group()
    before = reading.word_before(match.start())
    whole_week = written.startswith("T2") and written.endswith(("T6", "T7"))
    if (before not in BEFORE and not written.endswith("CN") and not whole_week) or before in NO_DAYS:
        return None
    return _say(written, reading), match.end()


def days(match: re.Match[str], reading: Reading) -> Said:
    """What follows "thứ": ``2, 4 và 6``, ``2-6``."""
    if reading.word_before(match.start()) != "thứ":
        return None
    return _say(match.group(), reading).removeprefix("thứ "), match.end()


def _say(written: str, reading: Reading) -> str:
    said = ""
    for day, glue in _PART.findall(written):
        if day:
            said += "chủ nhật" if day == "CN" else f"thứ {ordinal(day, reading.dialect)}"
        else:
            joined = glue.strip()
            said += ", " if joined == "," else f" {'đến' if joined in '-–' else joined} "
    return said
