"""Every numbered hazard of docs/middleware.md is answered by a test that names it, or by tests it names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (marker|there) \|$", re.MULTILINE)
MARKER = re.compile(r"pytest\.mark\.hazard\(([\d, ]+)\)")


def rows() -> dict[int, tuple[str, str]]:
    text = (ROOT / "docs" / "middleware.md").read_text("utf-8")
    return {int(number): (answer, where) for number, _, answer, where in ROW.findall(text)}


def test_all_sixty_are_in_the_docs() -> None:
    assert sorted(rows()) == list(range(1, 61))


def test_each_is_answered_by_a_test() -> None:
    marked: set[int] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for numbers in MARKER.findall(path.read_text("utf-8")):
            marked |= {int(number) for number in numbers.split(",")}
    for number, (answer, where) in rows().items():
        if where == "marker":
            assert number in marked, number
        else:
            named = re.findall(r"`(tests/[\w/.]+)`", answer)
            assert named, number
            assert all((ROOT / each).is_file() for each in named), named


def test_no_test_names_a_hazard_that_is_none() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        for numbers in MARKER.findall(path.read_text("utf-8")):
            assert all(1 <= int(number) <= 60 for number in numbers.split(","))
