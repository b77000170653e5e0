from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.extract import select
from readable_portal.summary.features import syllables
from readable_portal.summary.ranking import chances, score, worth

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
    chance = chances(syllables("Thu phí rác"), split)
    assert chance["phí"] > chance["hộ"] > chance["trưa"]


def test_a_repeated_sentence_is_taken_once() -> None:
    assert chosen("Nộp phí rác", [PLACE, PLACE, FREE], 3) in ([0, 2], [1, 2])


def test_the_title_itself_is_never_chosen() -> None:
    title = "Xã Tân Lập thu phí rác từ tháng 5"
    assert chosen(title, [title, FEE], 2) == [1]


def test_a_label_is_no_sentence() -> None:
    assert chosen("Thu phí rác", ["Ảnh: phí rác", FEE], 2) == [1]


def test_a_longer_sentence_pays_for_what_it_adds() -> None:
    chance = dict.fromkeys("abcdefgh", 0.5)
    assert worth("abcd", chance) > worth([*"abcd", *"zyxwvuts"], chance)


def test_a_title_without_words_still_leaves_an_order() -> None:
    assert len(score("", [FEE, PLACE])) == 2
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
    assert all(0 <= value <= 1 for value in score(title, sentences))
