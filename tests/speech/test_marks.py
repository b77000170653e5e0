from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from readable_portal.model import Mark, Spoken, SpokenSpan
from readable_portal.speech.marks import estimate, written_marks, written_words


def spans(*parts: tuple[str, str]) -> tuple[str, Spoken]:
    """Written and spoken text from pairs (written, spoken)."""
    written, said, found = "", "", []
    for one, other in parts:
        found.append(SpokenSpan(len(said), len(said) + len(other), len(written), len(written) + len(one)))
        written += one
        said += other
    return written, Spoken(said, tuple(found))


def even_words(text: str, ms: int = 100) -> tuple[Mark, ...]:
    marks, at = [], 0
    for number, word in enumerate(text.split()):
        start = text.index(word, at)
        at = start + len(word)
        marks.append(Mark(number * ms, (number + 1) * ms, start, at))
    return tuple(marks)


def test_written_words_stand_without_quotes_and_commas() -> None:
    text = "“Kế hoạch” số 39/KH-UBND, (15/3/2019) – 3,5%./."
    assert [text[a:b] for a, b in written_words(text)] == [
        "Kế",
        "hoạch",
        "số",
        "39/KH-UBND",
        "15/3/2019",
        "3,5",
    ]


def test_several_spoken_words_of_one_written_word_make_one_mark() -> None:
    written, spoken = spans(("số ", "số "), ("39", "ba mươi chín"), (" ngày", " ngày"))
    marks = written_marks(written, spoken, even_words(spoken.text), 500)
    assert marks == (Mark(0, 100, 0, 2), Mark(100, 400, 3, 5), Mark(400, 500, 6, 10))


def test_several_written_words_of_one_span_share_its_time() -> None:
    written, spoken = spans(("15 tháng 3", "mười lăm tháng ba"), (" này", " này"))
    marks = written_marks(written, spoken, even_words(spoken.text), 500)
    assert [(m.start, m.end) for m in marks] == [(0, 2), (3, 8), (9, 10), (11, 14)]
    assert marks[0].start_ms == 0
    assert marks[-1] == Mark(400, 500, 11, 14)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(marks))


def test_a_word_that_is_not_spoken_has_a_mark_without_length() -> None:
    written, spoken = spans(("Kiên Giang", "Kiên Giang"), (" abc", ""), (" hết", " hết"))
    marks = written_marks(written, spoken, even_words(spoken.text), 300)
    assert marks[2] == Mark(200, 200, 11, 14)
    assert marks[3] == Mark(200, 300, 15, 18)


def test_words_before_the_written_text_move_no_mark() -> None:
    """A table cell is said with the name of its column, which stands elsewhere."""
    written, spoken = spans(("", "Họ và tên: "), ("An", "An"))
    assert written_marks(written, spoken, even_words(spoken.text), 400) == (Mark(300, 400, 0, 2),)


pieces = st.lists(
    st.tuples(st.text(alphabet="abcĐệ12 .,-/()", max_size=8), st.text(alphabet="abcđệ ,.", max_size=12)),
    max_size=12,
)


@given(pieces, st.integers(0, 5000))
def test_every_written_word_has_one_mark_in_order_inside_the_sound(
    parts: list[tuple[str, str]], ms: int
) -> None:
    written, spoken = spans(*parts)
    words = even_words(spoken.text, max(1, ms // max(1, len(spoken.text.split()))))
    marks = written_marks(written, spoken, words, ms)
    assert [(mark.start, mark.end) for mark in marks] == written_words(written)
    passed = 0
    for mark in marks:
        assert passed <= mark.start_ms <= mark.end_ms <= ms
        passed = mark.end_ms


@given(st.text(alphabet="abcđệ ,.?", max_size=200), st.integers(0, 60_000))
def test_estimated_words_fill_the_sound_in_order(text: str, ms: int) -> None:
    marks = estimate(text, ms)
    assert [text[mark.start : mark.end] for mark in marks] == text.split()
    passed = 0
    for mark in marks:
        assert passed <= mark.start_ms <= mark.end_ms <= ms
        passed = mark.end_ms
