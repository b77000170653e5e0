"""Numbers with what they count: units, money, shares, prices for one of something, sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import NUMBER, amount, cardinal, ordinal
from readable_portal.vietnamese.tables import read_table

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["HEIGHT", "QUANTITY", "Unit", "height", "per", "quantity", "unit_after", "units"]

QUANTITY = re.compile(rf"[0-9]{{1,3}}(?: [0-9]{{3}}){{2,5}}(?![0-9]|[.,][0-9])|{NUMBER}")
HEIGHT = re.compile(r"([0-9]{1,2})m([0-9]{2})(?![0-9]|[.,/][0-9]|[^\W\d_])")
_TIMES = re.compile(r"\s?[xX×*]\s?(?=[0-9])")
# Before these a point parts decimals: "105.8 nghìn", "24.3 điểm".
_SCALE = re.compile(r"\s?(?:nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm|điểm|lần)\b")

# Before these a number is a name: its zero and its points are said (Mẫu số 05, Mục 2.1).
LABELS = frozenset({
    "số", "mẫu", "biểu", "mục", "điểm", "tiết", "lục", "điều", "khoản", "chương", "phần", "bảng", "hình",
    "bản", "quyển", "tập", "đội", "tổ", "phòng", "tuyến", "mã", "hiệu", "quận", "phường", "ấp", "lô",
    "nhà", "lầu", "tầng", "cụm", "kho", "ngõ", "hẻm", "đường", "bài", "phiên", "ver", "version", "v",
})  # fmt: skip
# "Nhà 03 tầng", "tiêu biểu 02 năm liền": a number before these counts them.
_COUNTS = re.compile(
    r"\s(?:năm|tầng|người|con|cái|chiếc|hộ|cây|giống|lần|ngày|tháng|căn|bộ|phòng|cán|đồng|lớp|tiết|buổi|gian|làn)\b"
)
# What a price or a share may be for; after money and units any word will do.
PER_WORDS = frozenset({
    "lớp", "nhóm", "đội", "tổ", "trận", "đợt", "khóa", "khoá", "người", "ngày", "tháng", "năm", "hộ",
    "giờ", "phút", "giây", "lượt", "lần", "tuần", "quý", "vụ", "chuyến", "suất", "khẩu", "con", "cây",
    "bộ", "trường", "thửa", "học", "buổi", "ca", "tiết", "phòng", "đêm", "chiếc", "cái", "xe", "đầu",
    "sản", "tấn", "tạ", "lít", "mét", "sào", "công", "lạng", "lượng", "chỉ", "thùng", "cành", "số", "vé",
    "bao", "viên", "gói", "hộp", "chai", "cuốn", "trang", "bài", "tờ", "đơn", "hồ", "nhà", "căn", "lô",
    "ao", "m", "kg",
})  # fmt: skip
# Places of the administration. "3 cán bộ/xã" is for one; "5 xã/phường" is either.
PLACES = frozenset({
    "ấp", "khóm", "thôn", "bản", "làng", "buôn", "khu", "xã", "phường", "quận", "huyện", "tỉnh", "cụm",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, a currency or a short scale: its symbol, how it is said, and what it is."""

    symbol: str
    spoken: str
    kind: str
    tight: bool


@cache
def units() -> dict[str, Unit]:
    """The table, by symbol."""
    return {
        row["symbol"]: Unit(row["symbol"], row["spoken"], row["kind"], row["where"] == "tight")
        for row in read_table("units")
    }


def _alternatives() -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(units(), key=len, reverse=True))


_UNIT = re.compile(rf"(\s?)({_alternatives()})(?![^\W_]|(?<=[°'])[0-9])(?!\.[^\W\d_]{{2}})")
_UNIT_TIMES = re.compile(rf"()({_alternatives()})(?=[x×][0-9])")
_PER = re.compile(rf"\s?/\s?({_alternatives()})(?![^\W_])")


def unit_after(text: str, at: int) -> tuple[str, int] | None:
    """The unit set close at ``at``, as it is said, and where it ends."""
    match = _UNIT.match(text, at)
    return None if match is None or match[1] else (units()[match[2]].spoken, match.end())


def quantity(match: re.Match[str], reading: Reading) -> Said:
    """``25m2``, ``1.250.000 đồng/người``, ``18 %``, ``4.0``, ``22 x 14 cm``, or just ``105``."""
    written = match.group().replace(" ", "")
    start, end = match.span()
    text, dialect = reading.text, reading.dialect
    unit_match = _UNIT.match(text, end) or _UNIT_TIMES.match(text, end)
    unit = _fitting(unit_match, reading, start) if unit_match else None
    before = reading.word_before(start)
    if unit and unit_match:
        said = f"{amount(written, dialect, counts=True, point='phẩy')} {dialect.own(unit.spoken)}"
        end = unit_match.end()
        if unit.kind == "scale" and (more := _UNIT.match(text, end)) and units()[more[2]].kind == "money":
            said, end = f"{said} {units()[more[2]].spoken}", more.end()
        said, end = _per_units(said, end, reading, money=unit.kind != "unit")
    elif before == "thứ" and written.isdigit():
        said = ordinal(written, dialect)
    elif before == "tháng" and written.lstrip("0") == "4":
        said = "tư"
    else:
        said = amount(
            written,
            dialect,
            label=before in LABELS
            and not (before != "số" and written.startswith("0") and _COUNTS.match(text, end)),
            counts=" " in match.group(),
            point="phẩy" if _SCALE.match(text, end) else "chấm",
        )
    times = _TIMES.match(text, end)
    if times:
        return f"{said} nhân", times.end()
    return said, end


def _fitting(match: re.Match[str], reading: Reading, start: int) -> Unit | None:
    """The unit, unless the letter is one of the ambiguous that only count when set close."""
    unit = units()[match[2]]
    if unit.tight and match[1]:
        return None
    if unit.symbol in {"k", "K"} and reading.word_before(start) in {"vàng", "nữ", "thiết"}:
        return None  # gold of 24 K
    if unit.symbol in {"V", "W", "L", "CV", "TB"} and reading.word_before(start) in LABELS | {
        "lớp",
        "kiểm",
        "khu",
    }:
        return None
    return unit


def _per_units(said: str, end: int, reading: Reading, *, money: bool) -> tuple[str, int]:
    """``/m2/s`` after a unit. Prices are "một", measures "trên"."""
    while match := _PER.match(reading.text, end):
        unit = units()[match[1]]
        word = "một" if money or (unit.spoken.isalpha() and unit.symbol == unit.spoken) else "trên"
        said += f" {word} {unit.spoken}"
        end = match.end()
    return said, end


def per(slash: int, reading: Reading) -> Said:
    """A slash after a quantity: "một" (``500.000 đồng/hồ sơ``, ``290 người/km2``), else None."""
    if reading.quantity < 0 or not re.fullmatch(r"[^.,;:()\n]{0,28}", reading.text[reading.quantity : slash]):
        return None
    unit = _PER.match(reading.text, slash)
    if unit:
        return f"một {units()[unit[1]].spoken}", unit.end()
    word = re.match(r"\s?/\s?([^\W\d_]+)", reading.after(slash))
    glued = not reading.text[reading.quantity : slash].strip()
    if word and word[1].islower() and (glued or word[1] in PER_WORDS):
        return "một", slash + 1
    if word and word[1] in PLACES and reading.word_before(slash) not in PLACES:
        return "một", slash + 1
    if glued and re.match(r"\s?/\s?[0-9]", reading.after(slash)):  # 50 mm/24h, 5.000 đồng/100 g
        return "trên", slash + 1
    return None


def height(match: re.Match[str], reading: Reading) -> Said:
    """``1m65``."""
    return f"{cardinal(match[1], reading.dialect)} mét {cardinal(match[2], reading.dialect)}", match.end()
