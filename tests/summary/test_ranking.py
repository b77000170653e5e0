from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.ranking import choose, score

WORDS = st.lists(
    st.sampled_from(["xã", "thuế", "đất", "dân", "họp", "ngày", "nộp", "hồ", "sơ", "phí", "trường", "cầu"]),
    max_size=12,
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=9)


def test_the_sentence_that_answers_the_title_comes_first() -> None:
    title = "Xã Tân Lập thu phí rác từ tháng 5"
    sentences = [
        "Sáng nay trời mát, nhiều người dân đến rất sớm.",
        "Từ tháng 5, xã Tân Lập thu phí rác của mỗi hộ dân 20.000 đồng một tháng.",
        "Buổi họp kết thúc lúc 11 giờ.",
    ]
    assert choose(title, sentences, count=1) == [1]


def test_a_repeated_sentence_is_taken_once() -> None:
    same = "Hộ dân nộp phí rác tại nhà văn hóa thôn trước ngày 5 hằng tháng."
    chosen = choose("Nộp phí rác", [same, same, "Trẻ em dưới 6 tuổi được miễn phí này hoàn toàn."], count=3)
    assert sorted(chosen) in ([0, 2], [1, 2])


def test_the_title_itself_is_never_chosen() -> None:
    title = "Thu phí rác từ tháng 5"
    assert choose(title, [title, "Mỗi hộ nộp 20.000 đồng."], count=2) == [1]


@settings(max_examples=60)
@given(title=WORDS.map(" ".join), sentences=TEXTS, count=st.integers(1, 5))
def test_choice_is_bounded_distinct_and_repeatable(title: str, sentences: list[str], count: int) -> None:
    chosen = choose(title, sentences, count=count)
    assert len(chosen) <= count
    assert len(set(chosen)) == len(chosen)
    assert chosen == choose(title, sentences, count=count)
    assert len(score(title, sentences)) == len(sentences)
