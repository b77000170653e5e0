from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.vietnamese.glossary import find_terms, glossary
from readable_portal.vietnamese.tables import read_table


def test_table_is_sorted_unique_composed_and_sourced() -> None:
    terms = [entry.term for entry in glossary()]
    assert terms == sorted(set(terms))
    for row in read_table("glossary"):
        assert all(unicodedata.is_normalized("NFC", cell) and cell == cell.strip() for cell in row.values())
        assert row["source"]
        assert row["domain"]
        assert row["meaning"].endswith(".")
        assert len(row["meaning"].split()) <= 60, "one or two sentences"


def test_each_form_belongs_to_one_term() -> None:
    forms = [form.lower() for entry in glossary() for form in (entry.term, *entry.variants)]
    assert len(forms) == len(set(forms))


def test_terms_and_abbreviations_at_first_use() -> None:
    texts = ["UBND tỉnh đẩy mạnh cải cách hành chính.", "UBND xã hỗ trợ hộ nghèo làm thủ tục hành chính."]
    found = [(term.sentence, term.text, term.kind) for term in find_terms(texts)]
    assert found == [
        (0, "UBND", "abbreviation"),
        (0, "cải cách hành chính", "term"),
        (1, "hộ nghèo", "term"),
        (1, "thủ tục hành chính", "term"),
    ]
    assert all(texts[term.sentence][term.start : term.end] == term.text for term in find_terms(texts))


def test_what_the_article_defines_goes_first() -> None:
    term, *_ = find_terms(["Ban tổ chức (BTC) nhận bài.", "BTC trao giải."])
    assert (term.text, term.meaning, term.source) == ("BTC", "Ban tổ chức", "theo bài viết")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CẢI CÁCH HÀNH CHÍNH được đẩy mạnh", ["CẢI CÁCH HÀNH CHÍNH"]),
        ("Cải cách hành chính được đẩy mạnh", ["Cải cách hành chính"]),
        ("Ban Cải cách hành chính Nam Định", []),
        ("hộ nghèo, hộ khác", ["hộ nghèo"]),
        ("hộ\nnghèo", []),
        ("lâu hộ nghèon", []),
        ("39/KH-UBND và Đại hội XIII", []),
        ("Phòng LĐ-TB&XH, Sở NN & PTNT", ["LĐ-TB&XH", "NN & PTNT"]),
        ("TP.Rạch Giá, P. 5", ["TP", "P"]),
        ("AI ĐƯỢC HƯỞNG CHẾ ĐỘ", []),
    ],
)
def test_what_is_found(text: str, expected: list[str]) -> None:
    assert [term.text for term in find_terms([text])] == expected


@given(st.lists(st.text(max_size=80), max_size=5))
@settings(max_examples=60)
def test_places_are_right_in_any_text(texts: list[str]) -> None:
    for term in find_terms(texts):
        assert texts[term.sentence][term.start : term.end] == term.text


@pytest.mark.parametrize("piece", ["hộ ", "A.", "(A", "UBND ", "a", "TP.", "A & "])
@pytest.mark.usefixtures("ends")
def test_no_text_takes_for_ever(piece: str) -> None:
    """Steps that grow with the square of the text would not end."""
    text = piece * (100_000 // len(piece))
    assert all(text[term.start : term.end] == term.text for term in find_terms([text]))
