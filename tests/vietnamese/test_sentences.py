from __future__ import annotations

import copy
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readable_portal.vietnamese.sentences import SentenceText, split_sentences

CASES = [
    line.replace("⏎", "\n")
    for line in Path(__file__).with_name("sentence_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES)
def test_hard_cases(case: str) -> None:
    wanted = [sentence.strip() for sentence in case.split("‖")]
    assert split_sentences(case.replace("‖", "")) == wanted


def test_a_sentence_knows_its_place() -> None:
    text = "  Một.  Hai ba.\n\nBốn "
    sentences = split_sentences(text)
    assert [(sentence.start, sentence.end) for sentence in sentences] == [(2, 6), (8, 15), (17, 20)]
    assert sentences[1] == "Hai ba."
    again = pickle.loads(pickle.dumps(sentences[1]))  # noqa: S301 - our own value
    assert (again, again.start, again.end) == ("Hai ba.", 8, 15)
    assert copy.copy(sentences[1]).end == 15


def test_nothing_makes_nothing() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \n\t\u00a0") == []


TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            *".!?…\"“”'()[]:;,-/\n\t ",
            "TP.",
            "v.v",
            "Điều 1",
            "Ông",
            "bà",
            "12",
            "a)",
            "Q",
            "I",
            "https://a.vn",
            "Đ/c",
        ]
    ),
    max_size=60,
).map("".join)


@given(TEXTS)
@example("a.\u2028B")
@example("A. . .B")
@settings(max_examples=150)
def test_sentences_tile_the_text(text: str) -> None:
    last = 0
    for sentence in split_sentences(text):
        assert isinstance(sentence, SentenceText)
        assert sentence
        assert text[sentence.start : sentence.end] == sentence == sentence.strip()
        assert not text[last : sentence.start].strip()
        last = sentence.end
    assert not text[last:].strip()


@given(TEXTS)
@settings(max_examples=60)
def test_line_breaks_always_end_a_sentence(text: str) -> None:
    assert not any(len(sentence.splitlines()) > 1 for sentence in split_sentences(text))


ORDINARY = (
    "Sáng 12/3, UBND TP. Rạch Giá tổ chức lễ phát động tại số 5 đường Nguyễn Trãi. Hơn 500 người tham dự. "
)
SIZE = 100_000


def seconds(piece: str, size: int = SIZE) -> float:
    """Processor time, so that other work on the machine does not count."""
    text = piece * (size // len(piece))
    begin = time.process_time()
    split_sentences(text)
    return time.process_time() - begin


@pytest.mark.parametrize("piece", ["a", "1", ".", "(", "((a", '"', "“a", "'a", "[1]", "(“", "…", "\n"])
def test_hostile_text_takes_at_most_twice_as_long(piece: str) -> None:
    assert seconds(piece) < 2 * max(seconds(ORDINARY), seconds(ORDINARY))


@pytest.mark.parametrize("piece", [". ", "A. ", "1.", "(a.", '"a. ', "TP. ", "a.A", '."', "1. "])
def test_many_marks_take_linear_time(piece: str) -> None:
    """Each mark is judged, so text of nothing but marks takes longer, but not more than in proportion."""
    assert seconds(piece, 4 * SIZE // 5) < 8 * seconds(piece, SIZE // 5) + 0.05
