from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.extractive import select
from readable_portal.summary.features import OPENING, describe, heard, likeness, row
from readable_portal.summary.ranking import _model, chances, worth
from readable_portal.summary.syllables import syllables

SYLLABLES = ["xã", "thuế", "đất", "dân", "họp", "ngày", "nộp", "hồ", "sơ", "phí", "trường", "cầu", "12"]
WORDS = st.lists(st.sampled_from(SYLLABLES), max_size=14)
TEXTS = st.lists(WORDS.map(" ".join), max_size=9)

FEE = "Từ tháng 5, xã Tân Lập thu phí rác của mỗi hộ dân 20.000 đồng một tháng."
PLACE = "Hộ dân nộp phí rác tại nhà văn hóa thôn trước ngày 5 hằng tháng."
FREE = "Trẻ em dưới 6 tuổi và người cao tuổi được miễn khoản tiền này."


def chosen(title: str, sentences: list[str], count: int, *, lead: int = 0) -> list[int]:
    return [place for place, _ in select(title, sentences, count=count, lead=lead)]


def test_the_sentence_that_answers_the_title_comes_first() -> None:
    sentences = ["Sáng nay trời mát, nhiều người dân đến rất sớm.", FEE, "Buổi họp kết thúc lúc 11 giờ trưa."]
    assert chosen("Xã Tân Lập thu phí rác từ tháng 5", sentences, 1) == [1]


def test_what_stands_together_with_the_title_words_counts_even_where_the_title_does_not_say_it() -> None:
    split = [syllables(each) for each in (FEE, PLACE, "Buổi họp kết thúc lúc 11 giờ trưa.")]
    title = set(syllables("Thu phí rác"))
    own = {place: set(words) for place, words in enumerate(split)}
    chance = chances(title, describe(likeness(title, split), own, split))
    assert chance["phí".encode()] > chance["hộ".encode()] > chance["trưa".encode()]


def test_sentences_that_have_nothing_of_the_title_are_not_heard_but_the_opening_is() -> None:
    split = [
        syllables(each) for each in ("Trời mát.", "Gió nhẹ.", FREE, FEE, "Buổi họp kết thúc lúc 11 giờ.")
    ]
    shares = likeness(set(syllables("Xã Tân Lập thu phí rác")), split)
    assert heard(shares) == [0, 1, 3]
    assert heard(shares, least=4) == [0, 1, 2, 3]
    assert heard(shares, least=9) == [0, 1, 2, 3, 4]
    assert heard([0.0] * 5) == list(range(OPENING))


def test_a_repeated_sentence_is_taken_once() -> None:
    assert chosen("Nộp phí rác", [PLACE, PLACE, FREE], 3) in ([0, 2], [1, 2])


def test_the_title_itself_is_never_chosen() -> None:
    title = "Xã Tân Lập thu phí rác từ tháng 5"
    assert chosen(title, [title, FEE], 2) == [1]


def test_a_sentence_torn_out_of_a_quotation_gives_way_to_one_that_names_its_speaker() -> None:
    torn = '"Phí rác là 20.000 đồng mỗi hộ dân, nộp tại nhà văn hóa thôn trong tháng 5.'
    told = "Ông Minh, chủ tịch xã Tân Lập, nói rằng phí rác của hộ dân là 20.000 đồng."
    assert chosen("Xã Tân Lập thu phí rác của hộ dân", [torn, told], 1) == [1]


def test_a_question_gives_way_to_a_statement() -> None:
    assert chosen("Thu phí rác", ["Vì sao xã thu phí rác của hộ dân?", FEE], 1) == [1]


def test_a_label_is_no_sentence() -> None:
    assert chosen("Thu phí rác", ["Ảnh: phí rác", FEE], 2) == [1]


def test_a_longer_sentence_pays_for_what_it_adds() -> None:
    words = {b"a", b"b", b"c"}
    chance = dict.fromkeys(words, 0.5)
    assert worth(words, 4, chance) > worth(words, 12, chance)


def test_a_title_without_words_still_leaves_an_order() -> None:
    assert chosen("", [FEE, PLACE], 2) == [0, 1]


@settings(max_examples=60)
@given(title=WORDS.map(" ".join), sentences=TEXTS, count=st.integers(1, 5))
def test_choice_is_bounded_distinct_in_order_and_repeatable(
    title: str, sentences: list[str], count: int
) -> None:
    places = chosen(title, sentences, count)
    assert len(places) <= count
    assert places == sorted(set(places))
    assert places == chosen(title, sentences, count)


@settings(max_examples=60)
@given(title=WORDS, sentences=st.lists(WORDS, min_size=1, max_size=9))
def test_the_written_out_sum_is_the_model_that_was_trained(
    title: list[str], sentences: list[list[str]]
) -> None:
    split = [syllables(" ".join(each)) for each in sentences]
    named = set(syllables(" ".join(title)))
    shares = likeness(named, split)
    echo = describe(shares, {place: set(split[place]) for place in heard(shares)}, split)
    intercept, weights = _model()
    for word, chance in chances(named, echo).items():
        values = row(
            in_title=word in named,
            spread=echo.spread[word],
            first=echo.first[word],
            echo=echo.echo[word],
        )
        logit = intercept + sum(w * x for w, x in zip(weights, values, strict=True))
        assert math.isclose(chance, 1 / (1 + math.exp(-logit)))
