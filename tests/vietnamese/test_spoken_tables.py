"""The tables of the spoken half: sorted, unique, NFC, every row with a source."""

from __future__ import annotations

import unicodedata

import pytest

from readable_portal.vietnamese.documents import is_code, say_code
from readable_portal.vietnamese.numbers import NORTH
from readable_portal.vietnamese.tables import read_table
from readable_portal.vietnamese.units import units

TABLES = [
    ("documents", ["code", "role"]),
    ("units", ["symbol"]),
    ("web", ["written"]),
    ("symbols", ["symbol"]),
]


@pytest.mark.parametrize(("name", "key"), TABLES)
def test_table(name: str, key: list[str]) -> None:
    rows = read_table(name)
    keys = [tuple(row[column] for column in key) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        assert row["source"]
        for text in row.values():
            assert text == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize("name", ["documents", "units", "web", "symbols"])
def test_what_is_said_needs_no_further_saying(name: str) -> None:
    for row in read_table(name):
        said = row.get("spoken") or row["name"]
        assert said.replace(" ", "").replace(",", "").isalpha(), said


def test_every_kind_of_unit_is_known() -> None:
    assert {unit.kind for unit in units().values()} == {"unit", "money", "scale"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("NĐ-CP", "nghị định Chính phủ"),
        ("TT-BNV", "thông tư Bộ Nội vụ"),
        ("PNV", "Phòng Nội vụ"),
        ("UBND-NC", "Ủy ban nhân dân nội chính"),
        ("QĐ-XYZ", "quyết định ích i dài dét"),
    ],
)
def test_codes(code: str, said: str) -> None:
    assert say_code(code, NORTH) == said


@pytest.mark.parametrize("written", ["USD", "A", "kg", "B"])
def test_no_codes(written: str) -> None:
    assert not is_code(written)
