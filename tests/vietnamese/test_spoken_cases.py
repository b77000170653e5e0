"""The cases of cases/spoken*.tsv: written, and every reading that is right."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from readable_portal.vietnamese.syllables import place_tone
from readable_portal.vietnamese.verbalize import verbalize

CASES = [
    tuple(line.split("\t"))
    for path in sorted((Path(__file__).parent / "cases").glob("spoken*.tsv"))
    for line in path.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def folded(text: str) -> str:
    """Without capitals, pauses and the other placement of tones."""
    words = re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", text).lower()).split()
    return " ".join(place_tone(word) for word in words).replace("mươi bốn", "mươi tư")


@pytest.mark.parametrize(("category", "written", "accepted"), CASES)
def test_case(category: str, written: str, accepted: str) -> None:
    assert folded(verbalize(written).text) in {folded(each) for each in accepted.split("|")}, category


def test_there_are_enough_cases_of_every_kind() -> None:
    assert len(CASES) >= 250
    assert len({category for category, _, _ in CASES}) >= 14
