from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.vietnamese.abbreviations import abbreviations, expand, lookup
from readable_portal.vietnamese.definitions import learn
from readable_portal.vietnamese.tables import read_table


def test_table_is_sorted_unique_composed_and_sourced() -> None:
    rows = [(row.short, row.expansion) for row in abbreviations()]
    assert rows == sorted(set(rows))
    for row in read_table("abbreviations"):
        assert all(unicodedata.is_normalized("NFC", cell) and cell == cell.strip() for cell in row.values())
        assert row["source"]
        assert row["domain"]
        assert row["say"] in {"full", "letters"}
        assert not set(row["short"].rstrip(".")) & set("-&/+. "), "joiners are normalised away"


def test_only_one_meaning_may_stand_without_context() -> None:
    plain = Counter(row.short for row in abbreviations() if not row.context)
    assert {short for short, count in plain.items() if count > 1} == set()


def test_the_table_is_large_enough() -> None:
    assert len({row.short for row in abbreviations()}) >= 400


@pytest.mark.parametrize(
    "short",
    ["LĐ-TB&XH", "LĐTB&XH", "LĐ–TB–XH", "LĐ - TB & XH", "LĐTBXH", "LĐ-TB và XH", "LĐ, TB và XH", "LĐ.TB&XH"],
)
def test_joiners_do_not_matter(short: str) -> None:
    assert expand(short) == "Lao động - Thương binh và Xã hội"


@pytest.mark.parametrize(
    ("short", "before", "after", "expected"),
    [
        ("UBND", "", "", "Ủy ban nhân dân"),
        ("HDND", "", "", "Hội đồng nhân dân"),
        ("ubnd", "", "", "Ủy ban nhân dân"),
        ("tha", "", "", None),
        ("Ths", "", "", "Thạc sĩ"),
        ("Th.S", "", "", "Thạc sĩ"),
        ("T.Ư", "", "", "Trung ương"),
        ("GS.TS.", "", " Nguyễn Lân", "Giáo sư, Tiến sĩ"),
        ("PGS.TS", "", " Trần Văn Nam", "Phó Giáo sư, Tiến sĩ"),
        ("BS.CKII", "", "", "Bác sĩ chuyên khoa II"),
        ("Tp.HCM", "", "", "Thành phố Hồ Chí Minh"),
        ("H.", "tại ", " An Biên", "huyện"),
        ("H", "vi khuẩn ", " An", None),
        ("Q.", "", " Chủ tịch UBND", "Quyền"),
        ("Q.", "tại ", " Bình Tân", "quận"),
        ("P.", "tại ", " 5, Q. 3", "phường"),
        ("P.", "", " Giám đốc", "Phó"),
        ("TT.", "", " Lương Sơn", "thị trấn"),
        ("TT", "", " Y tế huyện", "trung tâm"),
        ("TT", "căn cứ ", " số 01", "thông tư"),
        ("TT", "", " khác", None),
        ("CT", "Phó ", " UBND", "chủ tịch"),
        ("CT", "lô đất ", " 2", None),
        ("CT", "lô đất ", ", giá", None),
        ("ĐT", "Liên hệ ", ": 0297.3.919.919", "điện thoại"),
        ("ĐT", "trên ", " 742 đi Bình Dương", "đường tỉnh"),
        ("BT", "theo hợp đồng ", " tại", "xây dựng - chuyển giao"),
        ("CN", "khu ", " Hòa Lạc", "công nghiệp"),
        ("HĐ", "ký ", " với", "hợp đồng"),
        ("QĐ-UBND", "", "", "quyết định Ủy ban nhân dân"),
        ("GDP", "", "", None),
        ("XYZ", "", "", None),
        ("", "", "", None),
    ],
)
def test_expand(short: str, before: str, after: str, expected: str | None) -> None:
    assert expand(short, before=before, after=after) == expected


def test_letters_that_are_read_as_letters_still_have_a_meaning() -> None:
    row = lookup("GDP")
    assert row is not None
    assert row.spelled
    assert row.expansion == "tổng sản phẩm trong nước"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân (UBND) tỉnh.", {"UBND": "Ủy ban nhân dân"}),
        (
            "theo Bộ Nông nghiệp và Phát triển nông thôn (NN&PTNT)",
            {"NN&PTNT": "Nông nghiệp và Phát triển nông thôn"},
        ),
        ("UBND (Ủy ban nhân dân) xã", {"UBND": "Ủy ban nhân dân"}),
        (
            "Ủy ban nhân dân tỉnh (sau đây gọi tắt là UBND tỉnh) giao",
            {"UBND": "Ủy ban nhân dân"},
        ),
        ("Ban Quản lý dự án, viết tắt là BQLDA, có trách nhiệm", {"BQLDA": "Ban Quản lý dự án"}),
        (
            "Bộ Tài nguyên và Môi trường (sau đây viết tắt là Bộ TN&MT)",
            {"TN&MT": "Tài nguyên và Môi trường"},
        ),
        ("nhiều doanh nghiệp (DN) chưa biết", {"DN": "doanh nghiệp"}),
        ("Tập đoàn Viễn thông (VNPT) mời", {}),
        ("ông Nam (SN 1985) và (xem trang 2)", {}),
        ("Đề án đã hoàn thành (ĐÃ)", {}),
        ("chi phí (CP) và Chính phủ (CP)", {"CP": "chi phí"}),
    ],
)
def test_learn(text: str, expected: dict[str, str]) -> None:
    assert learn(text) == expected
    assert learn(unicodedata.normalize("NFD", text)) == expected


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100)
def test_any_text_is_taken(short: str, before: str, after: str) -> None:
    expand(short, before=before, after=after)
    learn(before + short + after)


@pytest.mark.parametrize("piece", ["(", "()", "(UBND)", "gọi tắt là ", "U.", "A-", "(A " * 3])
def test_hostile_text_is_linear(piece: str) -> None:
    learn(piece * (200_000 // len(piece)))
    expand(piece * (20_000 // len(piece)))
