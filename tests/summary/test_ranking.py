from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.extractive import select
from readable_portal.summary.features import (
    FIRST,
    LATEST,
    OPENING,
    SPREAD,
    TITLED,
    describe,
    heard,
    likeness,
    number,
    row,
)
from readable_portal.summary.ranking import _model, chances, worth
from readable_portal.summary.search import SAME
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


def placed(title: str, sentences: list[str]) -> dict[bytes, int]:
    """Where each syllable of the heard sentences stands."""
    split = [syllables(each) for each in sentences]
    titled = syllables(title)
    shares = likeness(set(titled), split)
    numbers = number(titled)
    known = len(numbers)
    own = {place: [numbers[word] for word in split[place]] for place in heard(shares)}
    return dict(zip(numbers, describe(shares, own, titled=known, known=len(numbers)), strict=True))


def test_what_stands_together_with_the_title_words_counts_even_where_the_title_does_not_say_it() -> None:
    stands = placed("Thu phí rác", ["Buổi họp kết thúc lúc 11 giờ trưa.", FEE, PLACE])
    chance = dict(zip(stands, chances(stands.values()), strict=True))
    fee, household, noon = (chance[syllables(word)[0]] for word in ("phí", "hộ", "trưa"))
    assert fee > household > noon


def test_where_a_syllable_stands_is_one_number_that_holds_all_of_it() -> None:
    stands = placed("Thu phí rác", ["Trời mát.", "Gió mát.", "Xã thu phí rác, thu cả phí nước."])
    cool, fee, wind = (stands[syllables(word)[0]] for word in ("mát", "phí", "gió"))
    assert (cool // SPREAD, cool % SPREAD // TITLED, cool % TITLED // FIRST) == (2, 0, 0)
    assert (wind // SPREAD, wind % SPREAD // TITLED, wind % TITLED // FIRST) == (1, 0, 1)
    assert (fee // SPREAD, fee % SPREAD // TITLED) == (2, 1)
    assert fee % FIRST > cool % FIRST == 0


def test_the_numbers_of_a_long_dull_article_do_not_run_into_one_another() -> None:
    stands = placed("Phí", ["phí " * 900, *["phí rác " * 9] * 15])
    assert stands[syllables("phí")[0]] // SPREAD == 900 + 9 * 15
    assert stands[syllables("phí")[0]] % SPREAD // TITLED == 1
    assert stands[syllables("rác")[0]] % TITLED // FIRST <= LATEST


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
    assert worth(1.5, 4) > worth(1.5, 12)


def test_what_was_mostly_said_is_not_said_again() -> None:
    said = "Xã Tân Lập thu phí rác của mỗi hộ dân 20.000 đồng một tháng từ tháng 5."
    again = "Xã Tân Lập thu phí rác của mỗi hộ dân từ tháng 5."
    assert len(set(syllables(again)) & set(syllables(said))) > SAME * len(set(syllables(again)))
    assert chosen("Xã Tân Lập thu phí rác", [said, again, FREE], 3) == [0, 2]


def test_a_short_easy_article_keeps_its_opening_though_the_rest_is_easier_still() -> None:
    opening = (
        "Từ ngày 1/6, xã Tân Lập mở lớp học bơi không thu tiền cho trẻ em từ 6 đến 14 tuổi"
        " ở hồ bơi của trường tiểu học."
    )
    rest = [
        "Cha mẹ ghi tên cho trẻ tại nhà văn hóa thôn.",
        "Lớp học bơi có hai thầy dạy.",
        "Trẻ em mang theo đồ bơi.",
        "Mỗi lớp có 20 trẻ.",
        "Lớp học vào thứ bảy.",
        "Hạn ghi tên là ngày 25/5.",
    ]
    assert 0 in chosen("Xã Tân Lập mở lớp học bơi cho trẻ em", [opening, *rest], 3)


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
def test_the_remembered_chance_is_the_model_that_was_trained(
    title: list[str], sentences: list[list[str]]
) -> None:
    stands = placed(" ".join(title), [" ".join(each) for each in sentences])
    intercept, weights = _model()
    for each, chance in zip(stands.values(), chances(stands.values()), strict=True):
        logit = intercept + sum(w * x for w, x in zip(weights, row(each), strict=True))
        assert math.isclose(chance, 1 / (1 + math.exp(-logit)))
