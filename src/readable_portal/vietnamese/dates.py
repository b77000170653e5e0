"""Days, months, years and hours, alone and as ranges, in every form that offices and papers use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import cardinal
from readable_portal.vietnamese.units import units

if TYPE_CHECKING:
    from readable_portal.vietnamese.numbers import Dialect
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["CLOCK", "DATE", "DATE_RANGE", "DAYS_MONTH", "DAY_MONTH", "HOUR", "LETTER_PART"]
__all__ += ["ROUND_THE_CLOCK", "YEAR_FIRST", "YEAR_PART", "clock", "date", "date_range", "day_month"]
__all__ += ["days_month", "hour", "letter_part", "round_the_clock", "year_first", "year_part"]

_YEAR = r"(?:1[0-9]|2[01])[0-9]{2}"
_END = r"(?![0-9]|[/.,-][0-9])"

DATE = re.compile(
    rf"([0-9]{{1,2}})(\s?[/.\-–]\s?)([0-9]{{1,2}})(?:\2|\s?[-/.–]\s?)({_YEAR}|[0-9]{{2}}){_END}"
)
YEAR_FIRST = re.compile(rf"({_YEAR})([/-])([0-9]{{1,2}})\2([0-9]{{1,2}}){_END}")
_POINT = rf"[0-9]{{1,2}}(?:/[0-9]{{1,2}}(?:/{_YEAR})?|/{_YEAR})?"
_DOTTED, _DASHED = (rf"[0-9]{{1,2}}[{mark}][0-9]{{1,2}}[{mark}]{_YEAR}" for mark in (".", "-"))
DATE_RANGE = re.compile(
    rf"(?:({_POINT})\s*[-–—]\s*({_POINT}(?<=/..|.[0-9/].))"  # 13-15/11, 27/3 - 31/03/2019, 9/2011 - 7/2014
    rf"|({_DOTTED}|[0-9]{{1,2}})\s*[-–—]\s*({_DOTTED})"
    rf"|({_DASHED})\s*[-–—]\s*({_DASHED})"
    rf"|([0-9]{{1,2}})\s+[-–—]\s+([0-9]{{1,2}}-{_YEAR})){_END}"  # tháng 10 - 12-2017
)
# 12/3B is a house.
DAY_MONTH = re.compile(r"([0-9]{1,2})(\s?[/-]\s?|\.)([0-9]{1,2})(?![0-9]|[/.,-][0-9]|\s?%|[A-Z](?!\w))")
# ngày 14,15-8
DAYS_MONTH = re.compile(r"([0-9]{1,2}),([0-9]{1,2})(\s?[/-]\s?)([0-9]{1,2})(?![0-9]|[/.,-][0-9])")
YEAR_PART = re.compile(rf"([0-9]{{1,2}})(\s?[/.\-–]\s?)({_YEAR}){_END}")

# Q1/2025, T12/2024: quarter and month as tables and reports write them.
LETTER_PART = re.compile(rf"([QT])\.?([0-9]{{1,2}})\s?[/-]\s?({_YEAR}){_END}")

HOUR = re.compile(
    r"([01]?[0-9]|2[0-4])(\s?(?:[hHg]|giờ)(?![^\W\d_]))\s?"
    r"(?:([0-5][0-9])(?![0-9]|[.,/][0-9])(\s?(?:phút|ph|p|[’'′])(?![^\W\d_]))?(?:([0-5][0-9])(?:s|giây)?)?)?"
    r"(?![^\W_])"
)
# "7g30 đến 11g": the second is an hour because the first can be nothing else.
_SINCE_HOUR = re.compile(r"[0-9]g[0-5][0-9]\s*(?:đến|tới|và|[-–—])\s*$")
CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])")
ROUND_THE_CLOCK = re.compile(r"24\s?/\s?(24|7)(?![0-9/])(\s?h\b)?", re.IGNORECASE)

# Only a day follows these, whatever is counted after it ("sáng 13-6 tỉnh …").
ONLY_DAY = frozenset({
    "ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "khuya", "mùng", "mồng",
})  # fmt: skip
# A day may follow these; "7-6" after another word may be a score, a range, a house.
BEFORE_DAY = frozenset({
    "ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "khuya", "sớm", "nay", "qua", "mai", "mùng",
    "mồng", "dịp", "lễ", "khánh", "hạn", "chót", "đến", "tới", "từ", "trước", "sau", "vào", "kể", "nhật",
    "hai", "ba", "tư", "năm", "sáu", "bảy", "rạng", "giờ", "phút", "lúc", "trong", "cuối", "đầu", "hết",
    "và", "kết", "mạng", "kỷ", "niệm", "tết", "muộn",
})  # fmt: skip
# In brackets after these stands a day: "hôm nay (2/4)", "Ngày Quốc tế Lao động (1/5)", "cuối tuần này (5/6)".
TIMES = ONLY_DAY | {
    "nay",
    "qua",
    "mai",
    "thứ",
    "tuần",
    "tháng",
    "lễ",
    "tết",
    "khánh",
    "dịp",
    "đợt",
    "hạn",
    "chót",
}
# A range may follow these as well.
RANGES_TOO = frozenset({
    "từ", "trong", "đến", "tới", "hai", "ba", "năm", "sáu", "bảy", "hết", "và", "vào",
})  # fmt: skip
# "Ngày 1.7" is a day, "mỗi ngày 1.7 tỷ" an amount.
PER_DAY = frozenset({"mỗi", "một", "trong", "bình"})
_AMOUNT = re.compile(r"\s*(?:nghìn|ngàn|triệu|tỷ|tỉ|lần|điểm|ha|m|km|kg|tấn|độ|giờ|lít)\b|\s?[%°]")
_MEASURED = re.compile(r"\s*(?:m|km|độ|giờ|kg|đồng|nghìn|ngàn|triệu|tỷ|tỉ|tấn|tuổi|lít)\b|\s?%")
_CALENDAR = re.compile(r"\s(?:âm|dương) lịch|\s(?:ÂL|AL|DL)\b")
# "Từ 16-4 đến 23-5", "30/4 và 1/5": a day that another one leads to.
_SINCE_DAY = re.compile(
    r"(?<![0-9/-])([0-9]{1,2})([/-])([0-9]{1,2})(?:\2(?:19|20)[0-9]{2})?\s?(đến|tới|và|&|hoặc|,|-|–)\s?(?:hết\s)?$"
)
_SINCE_DOTTED = re.compile(r"ngày\s[0-9]{1,2}\.[0-9]{1,2}\s?(?:đến|tới|và|,|-|–)\s?$")
BEFORE_SCORE = frozenset(["số", "thắng", "thua", "hòa", "hoà", "dẫn", "bại"])
# What a ratio counts: "15/15 huyện", not a day.
COUNTED = frozenset({
    "huyện", "xã", "phường", "tỉnh", "thành", "thị", "tiêu", "chỉ", "đơn", "sở", "ngành", "cơ", "người",
    "hộ", "hồ", "nội", "mục", "phiếu", "đại", "số", "lượt", "doanh", "trường", "lớp", "học", "ấp", "khu",
    "khóm", "thôn", "bản", "tổ", "dự", "công", "nhiệm", "đảng", "cán", "thủ", "trẻ", "ca", "mẫu", "điểm",
    "phòng", "trạm", "chi", "ý", "kiến", "bộ", "tổng", "câu", "bài", "môn", "ngày", "tháng", "giờ", "chợ",
    "hợp", "km", "ha", "dân", "diện", "nhân", "viên", "chức", "tàu", "xe", "địa", "nước", "quốc", "giáo",
    "nhóm", "gia", "bệnh", "gói", "hạng", "quận", "khoản", "kỳ", "phần", "sản", "vị", "ủy", "hội", "đội",
    "lần", "trận", "bàn", "quyền", "trong", "chặng", "quãng", "thời",
})  # fmt: skip
BEFORE_RATIO = frozenset({
    "bậc", "hạng", "thứ", "đạt", "có", "với", "gồm", "được", "số", "tỷ", "tỉ", "lệ", "khoảng", "hơn",
    "gần", "cả", "chiếm", "còn", "hoàn", "ít", "nhiều", "quá", "mỗi", "là",
})  # fmt: skip
# "Quý 4/2020", "học kỳ 1/2019": what the first number counts; without such a word it is a month.
YEAR_PARTS = frozenset({
    "quý", "quí", "tuần", "kỳ", "kì", "đợt", "khóa", "khoá", "số", "lần", "vụ",
})  # fmt: skip


def _year(written: str, dialect: Dialect) -> str:
    return f"năm {cardinal(written, dialect)}"


def _month(written: str, dialect: Dialect) -> str:
    number = written.lstrip("0")
    return "tháng tư" if number == "4" else f"tháng {cardinal(written, dialect)}"


def _valid(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _say(parts: list[str], dialect: Dialect) -> str | None:
    """Day, month and year; day and month; or month and year."""
    if len(parts) == 3 and _valid(parts[0], parts[1]):
        day, month, year = parts
        return f"{cardinal(day, dialect)} {_month(month, dialect)} {_year(year, dialect)}"
    if len(parts) == 2 and len(parts[1]) == 4 and _valid("1", parts[0]):
        return f"{_month(parts[0], dialect)} {_year(parts[1], dialect)}"
    if len(parts) == 2 and len(parts[1]) < 4 and _valid(parts[0], parts[1]):
        return f"{cardinal(parts[0], dialect)} {_month(parts[1], dialect)}"
    return None


def date(match: re.Match[str], reading: Reading) -> Said:
    """``14/3/2019``, ``05-4-2021``, ``01.7.2021``; a year of two digits only where a day is expected."""
    day, _, month, year = match.groups()
    if len(year) == 2 and reading.word_before(match.start()) not in BEFORE_DAY:
        return None
    said = _say([day, month, year], reading.dialect)
    return (said, match.end()) if said else None


def year_first(match: re.Match[str], reading: Reading) -> Said:
    """``2019-03-14``."""
    year, _, month, day = match.groups()
    said = _say([day, month, year], reading.dialect)
    return (f"ngày {said}", match.end()) if said else None


def date_range(match: re.Match[str], reading: Reading) -> Said:
    """``15 - 20/3/2019``: what only the second day says (month, year) holds for both."""
    first, last = (part for part in match.groups() if part)
    left, right = (re.split(r"[/.-]", part) for part in (first, last))
    if len(right) < 2 or len(left) > len(right):
        return None
    dialect = reading.dialect
    after_month = reading.word_before(match.start()) == "tháng"
    end = _say(right, dialect)
    if end is None:
        return None
    months = len(right) == 2 and len(right[1]) == 4
    if len(left) == 1:
        if months:  # tháng 5 - 7/2019
            begin = _month(left[0], dialect) if 1 <= int(left[0]) <= 12 else None
        else:
            begin = cardinal(left[0], dialect) if 1 <= int(left[0]) <= 31 else None
    else:
        begin = _say(left, dialect) if months == (len(left) == 2 and len(left[1]) == 4) else None
    if begin is None:
        return None
    if after_month:
        begin = begin.removeprefix("tháng ")
    return f"{begin} đến {end}", match.end()


def day_month(match: re.Match[str], reading: Reading) -> Said:
    """``2/9`` or ``7-6`` where the words around make it a day and no ratio, range or score."""
    day, joiner, month = match.groups()
    if not _valid(day, month) or not _is_day(match, reading):
        return None
    said = _say([day, month], reading.dialect)
    return (said, match.end()) if said and len(joiner) <= 3 else None


def _is_day(match: re.Match[str], reading: Reading) -> bool:
    joiner = match[2]
    words = [word for word in reading.words_before(match.start()) if word]
    before = words[-1] if words else ""
    line, after = reading.before(match.start()), reading.after(match.end())
    if joiner == ".":
        return _is_dotted_day(words, line, after)
    if before in ONLY_DAY and not (len(words) > 1 and words[-2].isdigit()):
        return True
    falling = int(match[1]) > int(match[3])
    if line.endswith("(") and after.startswith(")") and (falling or not TIMES.isdisjoint(words)):
        return True
    if _CALENDAR.match(after):
        return True
    next_word = re.match(r"\s*([^\W\d_]+)", after)
    counted = next_word is not None and next_word[1] in COUNTED
    expected = before in BEFORE_DAY or before.startswith(("ngày", "tối", "sáng", "chiều"))
    since = _SINCE_DAY.search(line)
    led = since is not None and int(since[1]) > int(since[3]) <= 12
    if "/" in joiner:
        if (expected or led) and not (counted and before in {"đến", "trong", "hết", "và", "từ"}):
            return True
        fraction = int(match[1]) < int(match[3]) <= 5
        return not counted and before not in BEFORE_RATIO and not fraction
    if counted or _MEASURED.match(after):
        return False
    if led and since is not None and since[4] in {"đến", "tới", "và"}:
        return True
    return _is_hyphened_day(words, line, after, expected=expected, falling=falling)


def _is_hyphened_day(words: list[str], line: str, after: str, *, expected: bool, falling: bool) -> bool:
    """With a hyphen a range is as likely, unless the numbers fall or nothing but a day can stand here."""
    if ("ngày" in words[-7:-1] and "trong" not in words) or re.match(
        r"\s*đến\s(?:ngày\s)?[0-9]{1,2}-", after
    ):
        return True  # Ngày Quốc tế Thiếu nhi 1-6, từ 16-4 đến 23-5
    if falling and (expected or (not line.strip() and after[:1] in {":", ","})):
        return True  # thứ hai (16-4, giờ Mỹ); "8-3: …" at the beginning
    return expected and words[-1] not in RANGES_TOO


def _is_dotted_day(words: list[str], line: str, after: str) -> bool:
    """``1.7`` is a day only after "ngày" and the like, and where it is no amount."""
    if _AMOUNT.match(after):
        return False
    if _SINCE_DOTTED.search(line):
        return True
    return bool(words) and words[-1] in ONLY_DAY and (len(words) < 2 or words[-2] not in PER_DAY)


def days_month(match: re.Match[str], reading: Reading) -> Said:
    """``14,15-8`` after "ngày": two days of one month."""
    first, last, _, month = match.groups()
    said = _say([last, month], reading.dialect)
    if said is None or reading.word_before(match.start()) != "ngày" or not _valid(first, month):
        return None
    return f"{cardinal(first, reading.dialect)}, {said}", match.end()


def year_part(match: re.Match[str], reading: Reading) -> Said:
    """``12/2019`` after "tháng", ``4/2020`` after "quý"; bare, a month and its year."""
    number, joiner, year = match.groups()
    before = reading.word_before(match.start())
    dialect = reading.dialect
    if before in YEAR_PARTS:
        return f"{cardinal(number, dialect)} {_year(year, dialect)}", match.end()
    if not 1 <= int(number) <= 12 or (
        "/" not in joiner and before != "tháng" and not _is_month(match, reading)
    ):
        return None
    said = f"{_month(number, dialect)} {_year(year, dialect)}"
    return said.removeprefix("tháng ") if before == "tháng" else said, match.end()


def _is_month(match: re.Match[str], reading: Reading) -> bool:
    """``3-1945``: no range goes from a month's number to a year; from 5 to 2,000 of something it may."""
    if match[2] != "-" or not match[3].startswith(("18", "19", "20")):
        return False
    next_word = re.match(r"\s*([^\W\d_]+)", reading.after(match.end()))
    return next_word is None or not (next_word[1] in COUNTED or next_word[1] in units())


def letter_part(match: re.Match[str], reading: Reading) -> Said:
    """``Q1/2025`` is a quarter, ``T12/2024`` a month."""
    letter, number, year = match.groups()
    if not 1 <= int(number) <= (4 if letter == "Q" else 12):
        return None
    dialect = reading.dialect
    said = f"quý {cardinal(number, dialect)}" if letter == "Q" else _month(number, dialect)
    before = reading.word_before(match.start())
    if said.partition(" ")[0] == before:
        said = said.partition(" ")[2]
    return f"{said} {_year(year, dialect)}", match.end()


def _time(hours: str, minutes: str | None, seconds: str | None, dialect: Dialect) -> str:
    said = f"{cardinal(hours, dialect)} giờ"
    if minutes and int(minutes):
        said += f" {cardinal(minutes, dialect)}" + (" phút" if int(minutes) < 10 or seconds else "")
    if seconds and int(seconds):
        said += f" {cardinal(seconds, dialect)} giây"
    return said


def hour(match: re.Match[str], reading: Reading) -> Said:
    """``7h30``, ``7g30'``, ``9 giờ 05 phút``."""
    hours, mark, minutes, minute_mark, seconds = match.groups()
    if mark.strip() == "g" and not minutes:
        before = reading.before(match.start())
        if reading.word_before(match.start()) not in {"lúc", "hồi"} and not _SINCE_HOUR.search(before):
            return None  # grams
    said = _time(hours, minutes, seconds, reading.dialect)
    if minute_mark and "phút" in minute_mark and not said.endswith(("phút", "giây")):
        said += " phút" if int(minutes) else f" {cardinal(minutes, reading.dialect)} phút"
    return said, match.end() if match[3] else match.end(2)


def clock(match: re.Match[str], reading: Reading) -> Said:
    """``15:00``; after "tỷ lệ" it is a ratio."""
    if reading.word_before(match.start()) in {"lệ", "số"}:
        return None
    return _time(match[1], match[2], match[3], reading.dialect), match.end()


def round_the_clock(match: re.Match[str], reading: Reading) -> Said:
    """``24/24`` hours, ``24/7``."""
    said = f"{cardinal('24', reading.dialect)} trên {cardinal(match[1], reading.dialect)}"
    return said + (" giờ" if match[2] else ""), match.end()
