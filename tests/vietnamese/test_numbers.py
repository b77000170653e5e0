from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readable_portal.vietnamese.numbers import NORTH, SOUTH, amount, cardinal, digits, ordinal, whole

ONES = dict(
    zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(10), strict=True)
)
ONES |= {"mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(said: str) -> int:
    """A listener's arithmetic, written apart from the speaker's: what number was that?"""
    if " tỷ" in said:
        high, _, low = said.partition(" tỷ")
        return heard(high) * 10**9 + (heard(low.strip()) if low.strip() else 0)
    total = group = 0
    for word in said.split():
        if word in ONES:
            group += ONES[word]
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group += (group % 10) * 9
        elif word == "mười":
            group += 10
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        else:
            assert word == "linh"
    return total + group


@given(st.one_of(st.integers(0, 10**4), st.integers(0, 10**18 - 1)))
def test_a_listener_hears_the_same_number(number: int) -> None:
    assert heard(cardinal(str(number))) == number


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0", "không"), ("10", "mười"), ("15", "mười lăm"), ("21", "hai mươi mốt"), ("24", "hai mươi tư"),
        ("105", "một trăm linh năm"), ("1005", "một nghìn không trăm linh năm"), ("1000000000", "một tỷ"),
        ("2000500", "hai triệu không nghìn năm trăm"), ("1000000000000", "một nghìn tỷ"),
    ],
)  # fmt: skip
def test_cardinal(number: str, said: str) -> None:
    assert cardinal(number) == said


def test_very_long_rows_of_digits_are_read_one_by_one() -> None:
    assert cardinal("1" * 20) == " ".join(["một"] * 20)
    assert digits("0-9a7", SOUTH) == "không chín bảy"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.250.000", "một triệu hai trăm năm mươi nghìn"), ("3,5", "ba phẩy năm"),
        ("0,05", "không phẩy không năm"),
        ("1,234,567.8", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy phẩy tám"),
        ("2.1.3", "hai chấm một chấm ba"), ("1,2,3", "một, hai, ba"), ("4.0", "bốn chấm không"),
        ("12,125", "mười hai phẩy một hai năm"),
    ],
)  # fmt: skip
def test_amount(written: str, said: str) -> None:
    assert amount(written) == said


def test_leading_zeros_belong_to_labels() -> None:
    assert whole("05", label=True) == "không năm"
    assert whole("05") == "năm"
    assert whole("079123456789") == "không bảy chín một hai ba bốn năm sáu bảy tám chín"


def test_ordinal() -> None:
    assert [ordinal(str(number), NORTH) for number in (1, 2, 4, 14)] == ["nhất", "hai", "tư", "mười bốn"]
