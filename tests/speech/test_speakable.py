from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from readable_portal.speech.speakable import speakable


@given(st.text(max_size=300))
@example("`.-`")
@example("•-HĐND")
@example("/-a ---N ,-A. Căn")
@example(unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Kiên Giang"))
def test_only_letters_digits_spaces_and_single_marks_are_left(text: str) -> None:
    reduced = speakable(text)
    for character in reduced.text:
        assert character.isalpha() or character in " .,;:?!0123456789"
    assert not re.search(r"(^|[^\w])[.,;:?!]", reduced.text), "a mark stands in front, or is doubled"
    assert len(reduced.places) == len(reduced.text) + 1
    assert reduced.places[-1] == len(text)
    assert list(reduced.places) == sorted(reduced.places)


@given(st.text(alphabet="aăâđêôơư ấầẩẫậ.,?", max_size=100))
def test_plain_vietnamese_stays_where_it_is(text: str) -> None:
    reduced = speakable(text)
    assert [c for c in reduced.text if c.isalpha()] == [c for c in text if c.isalpha()]
    assert list(reduced.places) == list(range(len(text) + 1))


def test_accents_written_apart_are_joined_and_counted() -> None:
    apart = unicodedata.normalize("NFD", "Đường số")
    reduced = speakable(apart)
    assert reduced.text == "Đường số"
    assert apart[reduced.places[6] :] == unicodedata.normalize("NFD", "số")
