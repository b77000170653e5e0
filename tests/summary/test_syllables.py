from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from readable_portal.summary.syllables import letters, split_syllables, syllables

LETTERS = st.text("aAđĐủỦêÊ12_ .,“”–…()/-", max_size=30)


def test_marks_and_capitals_do_not_matter() -> None:
    small, capital = syllables("“Ủy ban”, ủy ban… (ỦY-BAN)")[:2], syllables("ủy ban")
    assert small == capital
    assert len(set(syllables("“Ủy ban”, ủy ban… (ỦY-BAN) • Ủy\u00a0ban"))) == 2


def test_every_letter_of_the_language_has_a_byte_of_its_own() -> None:
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
    alphabet = vowels + "bcdđghklmnpqrstvx" + "fjwz" + "0123456789_"
    found = syllables(" ".join(alphabet))
    assert len(set(found)) == len(alphabet)
    assert {len(each) for each in found} == {1}
    assert syllables(" ".join(alphabet.upper())) == found
    assert syllables("Ðồng ðồng") == syllables("Đồng đồng")


@given(LETTERS)
def test_the_same_as_a_pattern_of_word_characters(text: str) -> None:
    words = re.findall(r"\w+", text.lower())
    found = syllables(text)
    assert [len(each) for each in found] == [len(each) for each in words]
    # Equal where the words are equal, and only there.
    assert [found.index(each) for each in found] == [words.index(each) for each in words]
    assert letters(b" ".join(found)) == len("".join(words))


@given(st.lists(LETTERS, max_size=5))
def test_texts_together_are_as_texts_alone(texts: list[str]) -> None:
    split, bare = split_syllables(texts)
    assert split == [syllables(text) for text in texts]
    assert letters(bare) == sum(len(word) for words in split for word in words)


def test_a_text_that_holds_what_parts_texts_is_read_all_the_same() -> None:
    assert split_syllables(["a\0b", "c"])[0] == [[b"a", b"b"], [b"c"]]


def test_words_of_other_languages_stay_words() -> None:
    assert [len(each) for each in syllables("Müller, Москва и мир; 北京 ☎ ½")] == [6, 6, 1, 3, 2, 1]
    assert syllables("МИР мир") == syllables("мир мир")
    assert len(set(syllables("мир дом год"))) == 3


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert all(each and not each.isspace() for each in syllables(text))


def test_half_a_character_does_no_harm() -> None:
    assert syllables("xã \ud800 Tân")[0] == syllables("xã")[0]
