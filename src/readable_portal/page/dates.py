"""Dates as portals write them, with their time and zone.

The day always comes before the month in Vietnamese; English names of months are read in either order.
A time without a zone is Vietnam's (UTC+7, no summer time), as is a date without a time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

__all__ = ["VIETNAM", "FoundDate", "find_date", "may_hold_date", "parse_timestamp"]

VIETNAM = timezone(timedelta(hours=7), "+07")


class FoundDate(NamedTuple):
    """A date in a text: when, whether a time stood with it, and where (characters)."""

    when: datetime
    has_time: bool
    start: int
    end: int


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan một mot giêng", "february feb hai", "march mar ba", "april apr tư tu bốn bon",
            "may năm nam", "june jun sáu sau", "july jul bảy bay bẩy", "august aug tám tam",
            "september sep sept chín chin", "october oct mười muoi",
        ),
        1,
    )
    for name in names.split()
} | {"november": 11, "nov": 11, "mười một": 11, "december": 12, "dec": 12, "mười hai": 12}  # fmt: skip
_ENGLISH = "|".join(sorted((m for m in _MONTHS if m.isascii() and len(m) > 2), key=len, reverse=True))
_SPOKEN = r"mười\s+một|mười\s+hai|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_YEAR = r"(?:19[89]\d|20\d\d)"
_DAY = re.compile(
    rf"""
    (?<![\d/.-])(?:
      (?P<y1>{_YEAR})[-/.](?P<m1>1[0-2]|0?[1-9])[-/.](?P<d1>3[01]|[12]\d|0?[1-9])(?!\d)
    | (?P<d2>3[01]|[12]\d|0?[1-9])\s?(?P<sep>[-/.])\s?(?P<m2>1[0-2]|0?[1-9])\s?(?P=sep)\s?
        (?P<y2>{_YEAR}|\d\d(?![\d/.-]))(?!\d)
    | (?P<d3>3[01]|[12]\d|0?[1-9])\s+tháng\s+(?P<m3>1[0-2]|0?[1-9]|{_SPOKEN})
        \s*(?:,\s*|\snăm\s+|\s)(?P<y3>{_YEAR})
    | (?P<d4>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[\s.-]+(?P<m4>{_ENGLISH})\b\.?,?[\s-]+(?P<y4>{_YEAR})
    )
    | \b(?P<m5>{_ENGLISH})\b\.?\s+(?P<d5>3[01]|[12]\d|0?[1-9])
        (?:st|nd|rd|th)?(?:,|\s)\s*
        (?P<y5>{_YEAR})
    | tháng\s+(?P<m6>1[0-2]|0?[1-9]|{_SPOKEN})\s+
        (?P<d6>3[01]|[12]\d|0?[1-9])\s*,\s*(?P<y6>{_YEAR})
    """,
    re.VERBOSE,  # for lower case: IGNORECASE takes twice as long
)
# A text without this holds no date; looking for it takes a tenth of the time.
_LIKELY = re.compile(r"\d(?:\d{3}|\s?[/.-]\s?\d)")
_CLOCK = re.compile(
    r"(?<![\d/:.-])(?P<hour>2[0-3]|[01]?\d)\s?(?:giờ|[:hg]|\.(?=[0-5]\d\s*[ap]\.?m))\s?(?P<minute>[0-5]\d)?"
    r"(?:[:](?P<second>[0-5]\d))?(?!\d)\s*(?P<half>(?:AM|PM|SA|CH|a\.m\.?|p\.m\.?)(?![a-zà-ỹ]))?"
    r"\s*\(?(?P<zone>(?:GMT|UTC)\s?(?:[+-]\s?\d{1,2}(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
# How far from the date its time may stand: « - » and a weekday fit, another sentence does not.
_NEAR = 28
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?")
_ISO = re.compile(
    r"^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*"
    r"(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?\s*$"
)


def parse_timestamp(value: str) -> FoundDate | None:
    """Read a machine's timestamp (ISO 8601 as metadata has it), or else a date as people write it."""
    match = _ISO.match(value)
    if match is None:
        return find_date(value)
    year, month, day, hour, minute, second, zone = match.groups()
    when = _make(int(year), int(month), int(day))
    if when is None:
        return None
    if hour:
        try:
            when = when.replace(
                hour=int(hour), minute=int(minute), second=int(second or 0), tzinfo=_zone(zone or "")
            )
        except ValueError:
            return None
    return FoundDate(when, bool(hour), 0, len(value))


def may_hold_date(text: str) -> bool:
    """Whether a text has figures that could be a date's."""
    return _LIKELY.search(text) is not None


def find_date(text: str) -> FoundDate | None:
    """The first date in a text, with the time that stands beside it.

    Reads «(08:46 | 15/03/2019)», «Thứ sáu, 15/3/2019 | 08:46 GMT+7», «15/03/2019 02:46:12 CH»,
    «8h46 ngày 15/3/2019», «ngày 15 tháng 3 năm 2019», «15 Tháng Ba 2019», «March 15, 2019 8:46 am».
    """
    if not may_hold_date(text):
        return None
    lower = text.lower()
    # Only «İ» grows by that, and no date has it.
    for match in _DAY.finditer(lower if len(lower) == len(text) else text):
        when = _read_day(match)
        if when is None:
            continue
        start, end = match.span()
        clock = _clock_near(text, start, end)
        if clock is None:
            return FoundDate(when, has_time=False, start=start, end=end)
        hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
        half = (clock["half"] or "").lower().replace(".", "")
        if half in {"pm", "ch"} and hour < 12:
            hour += 12
        elif half in {"am", "sa"} and hour == 12:
            hour = 0
        when = when.replace(hour=hour, minute=minute, second=second, tzinfo=_zone(clock["zone"] or ""))
        return FoundDate(when, has_time=True, start=min(start, clock.start()), end=max(end, clock.end()))
    return None


def _read_day(match: re.Match[str]) -> datetime | None:
    group = match.groupdict()
    for i in "123456":
        if group[f"y{i}"]:
            year, month, day = group[f"y{i}"], group[f"m{i}"].lower(), group[f"d{i}"]
            number = int(month) if month.isdigit() else _MONTHS[" ".join(month.split())]
            # Two digits: no portal is older than 1997, when Vietnam joined the internet.
            full = int(year) + 2000 if len(year) == 2 else int(year)
            return _make(full, number, int(day))
    return None


def _make(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=VIETNAM)
    except ValueError:
        return None


def _clock_near(text: str, start: int, end: int) -> re.Match[str] | None:
    after = _CLOCK.search(text, end, end + _NEAR)
    if after is not None and (after["minute"] or after["half"]):
        return after
    before = [m for m in _CLOCK.finditer(text, max(0, start - _NEAR), start) if m["minute"] or m["half"]]
    return before[-1] if before else None


def _zone(text: str) -> timezone:
    text = text.replace(" ", "").upper()
    if not text:
        return VIETNAM
    match = _OFFSET.search(text)
    if match is None:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > timedelta(hours=14):
        return VIETNAM
    return (
        VIETNAM
        if (match[1], offset) == ("+", timedelta(hours=7))
        else timezone(offset if match[1] == "+" else -offset)
    )
