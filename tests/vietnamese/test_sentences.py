from __future__ import annotations

import copy
import pickle
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


@pytest.mark.parametrize(
    "piece",
    """a|1|.|(|((a|"|“a|'a|[1]|(“|…|\n|. |A. |1.|(a.|"a. |TP. |a.A|."|1. """.split("|"),  # noqa: SIM905 - a list of marks in quotes reads badly
)
@pytest.mark.usefixtures("ends")
def test_no_text_takes_for_ever(piece: str) -> None:
    """Each mark is judged, in steps that do not grow with the text around it: a square would not end."""
    text = piece * (100_000 // len(piece))
    assert all(text[each.start : each.end] == each for each in split_sentences(text))
