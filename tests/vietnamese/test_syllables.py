from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readable_portal.vietnamese.syllables import compose, is_syllable, place_tone, spell

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " .,/-0123456789")))
def test_decomposed_text_is_composed_with_the_way_back(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    composed, origin = compose(decomposed)
    assert composed == text
    if origin is None:
        assert decomposed == text
        return
    assert len(origin) == len(composed) + 1
    for place, character in enumerate(composed):
        piece = decomposed[origin[place] : origin[place + 1]]
        assert unicodedata.normalize("NFC", piece) == character


def test_tidy_text_is_left_as_it_is() -> None:
    assert compose("Ủy ban nhân dân") == ("Ủy ban nhân dân", None)


def test_windows_1258_keeps_the_tone_apart() -> None:
    legacy = "Quyê\u0301t đi\u0323nh".encode("windows-1258").decode("windows-1258")
    assert compose(legacy)[0] == "Quyết định"


@pytest.mark.parametrize(
    ("written", "placed"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"), ("Thuỷ", "Thủy"), ("khoẻ", "khỏe"), ("tòan", "toàn"), ("qúy", "qúy"),
        ("quý", "quý"), ("quà", "quà"), ("hoàn", "hoàn"), ("huỳnh", "huỳnh"), ("ngoèo", "ngoèo"),
    ],
)  # fmt: skip
def test_place_tone(written: str, placed: str) -> None:
    assert place_tone(written) == placed


@given(st.text(st.sampled_from(VIETNAMESE), max_size=8))
def test_placing_twice_changes_nothing(word: str) -> None:
    assert place_tone(place_tone(word)) == place_tone(word)


@pytest.mark.parametrize(
    "word", ["Nghiêng", "quyền", "giếng", "ƯƠNG", "thuở", "khuya", "oanh", "y", "Kiên", "ngoằn", "xoong"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["UBND", "THCS", "Facebook", "wifi", "HCM", "km", "CNTT", "Trump"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_spell() -> None:
    assert spell("GX") == "giê ích"
    assert spell("ĐƯ") == "đê ư"
