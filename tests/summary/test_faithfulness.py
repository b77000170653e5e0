from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.faithfulness import Source

ARTICLE = [
    "Hòa An thu phí rác từ ngày 1/5",
    "Chiều 12-4, Chủ tịch UBND xã Hòa An Trần Văn Minh ký Quyết định số 39/2018/QĐ-UBND.",
    "Từ ngày 1 tháng 5 năm 2018, 1.250 hộ ở 6 thôn nộp phí rác 20.000 đồng một tháng.",
    "Hộ nghèo không phải nộp; 3 trường học chưa nộp đợt này.",
    "Ông Minh cho biết có 2 xe chở rác, bà Hoa phụ trách việc thu.",
]


def kinds(text: str) -> list[str]:
    return [doubt.kind for doubt in Source(ARTICLE).doubts(text)]


@pytest.mark.parametrize("sentence", ARTICLE)
def test_what_the_article_says_is_not_doubted(sentence: str) -> None:
    assert kinds(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Từ ngày 1/5/2018, các hộ nộp phí rác 20.000 đồng một tháng.",
        "Từ 1/5, sáu thôn nộp phí rác.",
        "Quyết định số 39/2018/QĐ - UBND do ông Trần Văn Minh ký.",
        "Hộ nghèo không phải nộp.",
        "Hoà An thu phí rác.",
    ],
)
def test_the_same_in_other_letters_is_not_doubted(sentence: str) -> None:
    assert kinds(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("1.250 hộ ở 3 thôn nộp phí rác.", "number"),
        ("1.350 hộ ở 6 thôn nộp phí rác.", "number"),
        ("Các hộ nộp 2.000 đồng một tháng.", "number"),
        ("Từ ngày 1/6, các hộ nộp phí rác.", "date"),
        ("Từ ngày 1/5/2019, các hộ nộp phí rác.", "date"),
        ("Chủ tịch ký Quyết định số 36/2018/QĐ-UBND.", "document"),
        ("Chủ tịch UBND xã Hòa Bình ký quyết định.", "name"),
        ("Chủ tịch UBND xã Hòa An Trần Văn Nam ký quyết định.", "name"),
        ("Việc thu do ông Hoa phụ trách.", "name"),
        ("Hộ nghèo phải nộp.", "negation"),
        ("Các hộ không nộp phí rác.", "negation"),
        ("Ba trường học nộp đợt này.", "negation"),
    ],
)
def test_what_the_article_does_not_say_is_doubted(sentence: str, kind: str) -> None:
    assert kind in kinds(sentence)


def test_lower_case_letters_with_marks_are_not_taken_for_capitals() -> None:
    # The range À-Ỹ holds both; it once made names of "ở", "đủ" and "đợt".
    assert Source(["Mọi nhà đều ăn ở đầy đủ."]).doubts("Ăn ở đầy đủ.") == ()


def test_an_abbreviation_may_be_written_out() -> None:
    source = Source(ARTICLE, allowed=["Ủy ban nhân dân"])
    assert source.doubts("Chủ tịch Ủy ban nhân dân xã ký.") == ()


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="aáBĐ 0123/-.,;:ộK", max_size=40), min_size=1, max_size=5), st.data())
def test_verbatim_sentences_are_never_doubted(texts: list[str], data: st.DataObject) -> None:
    assert Source(texts).doubts(data.draw(st.sampled_from(texts))) == ()


PERSONS = [
    "Tỉnh kỷ luật cảnh cáo ông Lê Văn Nam; khiển trách bà Trần Thị Hoa.",
    "Ông Lê Văn Nam - chủ tịch huyện - xin lỗi người dân.",
    "Bà Trần Thị Hoa, trưởng phòng tài chính, nộp lại tiền.",
]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh kỷ luật cảnh cáo bà Trần Thị Hoa.",
        "Tỉnh khiển trách ông Lê Văn Nam.",
        "Ông Lê Văn Nam, trưởng phòng tài chính, xin lỗi.",
        "Bà Lê Văn Nam xin lỗi người dân.",
    ],
)
def test_a_person_in_the_place_of_another_is_doubted(text: str) -> None:
    assert "name" in {doubt.kind for doubt in Source(PERSONS).doubts(text)}


@pytest.mark.parametrize("text", [*PERSONS, "Bà Trần Thị Hoa cho biết đã nộp lại tiền."])
def test_a_person_in_the_own_place_is_not(text: str) -> None:
    assert "name" not in {doubt.kind for doubt in Source(PERSONS).doubts(text)}


def test_the_opposite_of_what_the_source_says_is_doubted() -> None:
    source = Source(["Giá nước tăng 5 % từ tháng sau.", "Mức thu tối đa là 20.000 đồng."])
    for text in ("Giá nước giảm 5 % từ tháng sau.", "Mức thu tối thiểu là 20.000 đồng."):
        assert "negation" in {doubt.kind for doubt in source.doubts(text)}
    # Another wording is none.
    assert source.doubts("Giá nước cao hơn.") == ()
