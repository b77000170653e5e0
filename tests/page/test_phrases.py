from __future__ import annotations

import re
from importlib import resources

import pytest

from readable_portal.page import phrases


def test_patterns_are_in_lower_case_since_lines_are_compared_so() -> None:
    table = resources.files(phrases.__package__).joinpath("data/phrases.tsv").read_text("utf-8")
    for line in table.splitlines()[1:]:
        pattern = re.sub(r"\\.", "", line.split("\t")[1])
        assert pattern == pattern.lower()


@pytest.mark.parametrize("line", ["Tin liên quan", "TIN LIÊN QUAN:", "» Tin Liên Quan «"])
def test_a_phrase_is_found_in_any_case_and_between_signs(line: str) -> None:
    assert phrases.END.match(line)
    assert not phrases.END.match(f"{line} được đăng hôm qua ở mục tin tức của cổng thông tin")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Cơ quan chủ quản: Ủy ban nhân dân tỉnh", True),
        ("CƠ QUAN CHỦ QUẢN: ỦY BAN NHÂN DÂN TỈNH", True),
        ("© 2019 Binh An. All rights reserved.", True),
        ("Copyright 2019 by the Department", True),
        ("The committee is reviewed by experts, and human rights are its subject.", False),
        ("Tỉnh quản lý bởi nhiều cơ quan chủ quản khác nhau.", False),
        ("Chị kể: " + "nhiều chuyện cũ " * 20 + "© 2019", False),
    ],
)
def test_an_imprint_names_the_owner_at_its_beginning(line: str, is_one: bool) -> None:  # noqa: FBT001 - a case of the table
    assert phrases.is_imprint(line) == is_one
