from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readable_portal.page.dates import VIETNAM, find_date, parse_timestamp


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("(08:46 | 15/03/2019)", "2019-03-15", "08:46"),
        ("Thứ sáu, 15/3/2019 | 08:46 GMT+7", "2019-03-15", "08:46"),
        ("Thứ sáu - 15/03/2019 08:46", "2019-03-15", "08:46"),
        ("Cập nhật lúc 08:46 15/03/2019", "2019-03-15", "08:46"),
        ("15/03/2019 02:46:12 CH", "2019-03-15", "14:46"),
        ("15/03/2019 12:05 SA", "2019-03-15", "00:05"),
        ("8h46 ngày 15/3/2019", "2019-03-15", "08:46"),
        ("14 giờ 05 ngày 15 tháng 3 năm 2019", "2019-03-15", "14:05"),
        ("07-03-2026 - 00:01 AM", "2026-03-07", "00:01"),
        ("15 Tháng Ba 2019", "2019-03-15", None),
        ("Tháng Mười Hai 15, 2019", "2019-12-15", None),
        ("15/3/19", "2019-03-15", None),
        ("15.03.2019", "2019-03-15", None),
        ("2019-03-15 21:07", "2019-03-15", "21:07"),
        ("March 15, 2019 8:46 am", "2019-03-15", "08:46"),
        ("15 Mar 2019", "2019-03-15", None),
    ],
)
def test_dates_as_portals_write_them(text: str, day: str, clock: str | None) -> None:
    found = find_date(text)
    assert found is not None
    assert found.when.date().isoformat() == day
    assert found.has_time == (clock is not None)
    if clock:
        assert found.when.strftime("%H:%M") == clock
    assert found.when.tzinfo == VIETNAM


@pytest.mark.parametrize(
    "text", ["Số 39/2019/QĐ-UBND", "32/13/2019", "1/2", "10.10.10.10", "Điều 3 khoản 4", ""]
)
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


def test_a_machine_says_its_zone() -> None:
    found = parse_timestamp("2019-11-19T10:00:00.000Z")
    assert found is not None
    assert found.when == datetime(2019, 11, 19, 10, tzinfo=UTC)
    found = parse_timestamp("2026-03-07T00:05:00+07:00")
    assert found is not None
    assert found.when.isoformat() == "2026-03-07T00:05:00+07:00"


@given(
    st.datetimes(
        min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis wants bounds without zone
        max_value=datetime(2090, 1, 1),  # noqa: DTZ001 - hypothesis wants bounds without zone
    )
)
def test_every_day_is_read_back(when: datetime) -> None:
    found = find_date(f"Đăng ngày {when.day:02}/{when.month}/{when.year} {when.hour}:{when.minute:02}")
    assert found is not None
    assert found.when.replace(tzinfo=None) == when.replace(second=0, microsecond=0)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    find_date(text)
    parse_timestamp(text)
