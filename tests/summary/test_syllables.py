from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from readable_portal.summary.syllables import letters, split_syllables, syllables

LETTERS = st.text("aAđĐủỦêÊ12_ .,“”–…()/-", max_size=30)


def test_marks_and_capitals_do_not_matter() -> None:
    assert syllables("“Ủy ban”, ủy ban… (UỶ-BAN)") == [
        each.encode() for each in ["ủy", "ban", "ủy", "ban", "uỷ", "ban"]
    ]


@given(LETTERS)
def test_the_same_as_a_pattern_of_word_characters(text: str) -> None:
    assert [each.decode() for each in syllables(text)] == re.findall(r"\w+", text.lower())
    assert letters(text) == len("".join(re.findall(r"\w", text)))


@given(st.lists(LETTERS, max_size=5))
def test_texts_together_are_as_texts_alone(texts: list[str]) -> None:
    split, written = split_syllables(texts)
    assert split == [syllables(text) for text in texts]
    assert written == sum(map(letters, texts))


def test_a_text_that_holds_what_parts_texts_is_read_all_the_same() -> None:
    assert split_syllables(["a\0b", "c"])[0] == [[b"a", b"b"], [b"c"]]


def test_half_a_character_does_no_harm() -> None:
    assert syllables("xã \ud800 Tân")[0] == "xã".encode()
