from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.officialese import find_phrases, phrases
from readable_portal.summary.simplify import forms


def made(sentence: str) -> dict[str, str]:
    """The simpler forms of a sentence by the rules that made them."""
    return {"+".join(change.rule for change in form.changes): form.text for form in forms(sentence)}


@pytest.mark.parametrize(
    ("sentence", "rule", "simpler"),
    [
        (
            "Theo đó, mỗi hộ nộp 20.000 đồng một tháng.",
            "drop-connective",
            "Mỗi hộ nộp 20.000 đồng một tháng.",
        ),
        (
            "Xã tổ chức triển khai thực hiện kế hoạch trồng cây.",
            "plain-word",
            "Xã thực hiện kế hoạch trồng cây.",
        ),
        (
            "Phát biểu tại buổi lễ, ông Nguyễn Văn Minh cho biết xã sẽ làm đường.",
            "drop-setting",
            "Ông Nguyễn Văn Minh cho biết xã sẽ làm đường.",
        ),
        (
            "Xã đã trồng cây dọc đường liên thôn và quanh trường học, góp phần làm đẹp cảnh quan.",
            "drop-addition",
            "Xã đã trồng cây dọc đường liên thôn và quanh trường học.",
        ),
        (
            "Đội thuế đã thu đủ phí rác của các hộ trong thôn; người dân được nhận biên lai tại nhà văn hóa.",
            "split-at-semicolon",
            "Đội thuế đã thu đủ phí rác của các hộ trong thôn. Người dân được nhận biên lai tại nhà văn hóa.",
        ),
        (
            "Xã đã làm xong đường vào thôn Đông và thôn Đoài, đồng thời lắp đèn trên cả hai tuyến.",
            "split-at-addition",
            "Xã đã làm xong đường vào thôn Đông và thôn Đoài. Đồng thời lắp đèn trên cả hai tuyến.",
        ),
        (
            "Đường vào thôn Đông đã làm xong từ đầu năm nay, nhưng cầu qua suối chưa đi được.",
            "split-at-turn",
            "Đường vào thôn Đông đã làm xong từ đầu năm nay. Nhưng cầu qua suối chưa đi được.",
        ),
        (
            "Thời gian nhận hồ sơ trong giờ hành chính",
            "full-stop",
            "Thời gian nhận hồ sơ trong giờ hành chính.",
        ),
    ],
)
def test_a_rule_makes_a_sentence_simpler(sentence: str, rule: str, simpler: str) -> None:
    assert made(sentence).get(rule) == simpler


@pytest.mark.parametrize(
    "sentence",
    [
        # a contrast and a reason are no connectives
        "Tuy nhiên, hộ nghèo được giảm một nửa khoản phí này.",
        "Do đó, xã lùi ngày thu sang tháng sau.",
        # an attribution stays
        "Theo ông Minh, xã sẽ làm đường trong năm nay.",
        "Xã sẽ làm đường trong năm nay, ông Minh cho biết.",
        # what the speaker governs stays with the speaker
        "Ông Minh cho biết xã đã làm xong đường vào thôn Đông, đồng thời sẽ lắp đèn trên cả tuyến.",
        "Chủ tịch xã yêu cầu các thôn thu đủ phí rác của các hộ, đồng thời báo cáo kết quả.",
        # conditions, exceptions, deadlines and numbers stay
        "Hộ dân được miễn phí rác cả năm nay, nhất là khi có người già yếu.",
        "Các thôn sẽ thu phí rác của từng hộ, góp phần đạt chỉ tiêu trước ngày 30/6.",
        "Mọi hộ trong xã đều phải nộp phí rác, nhất là 12 hộ kinh doanh ở chợ.",
        "Nếu hộ dân chưa nhận được giấy báo của xã, đồng thời đã hết hạn nộp thì liên hệ thôn.",
        # not only … but also
        "Xã không chỉ thu phí rác của các hộ dân trong thôn, nhưng còn thu của các cửa hàng.",
        # parts of a list are no sentences
        "Dự lễ có ông Trần Văn Minh, chủ tịch xã; bà Lê Thị Hoa, bí thư; ông Vũ Văn Nam, trưởng thôn.",
        # quoted words stay as they were said
        'Ông Minh nói: "Chúng tôi tiến hành kiểm tra từng hộ".',
        # a name in capitals is a name
        "Kế hoạch Tổ Chức Thực Hiện năm 2024 đã xong.",
    ],
)
def test_what_a_person_relies_on_stays(sentence: str) -> None:
    assert [form.text for form in forms(sentence)] == [sentence]


def test_every_phrase_of_the_table_is_shorter_or_plainer_and_adds_nothing() -> None:
    for each in phrases():
        assert each.plain != each.phrase
        assert not re.search(r"\d|không|chưa|nếu", each.phrase + each.plain)
        assert each.source in {"lặp nghĩa", "danh hóa", "thông dụng"} or each.source.startswith("Luật ")
        if each.swap:
            assert len(each.plain.split()) <= len(each.phrase.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Trước đó, ngày 3/5, xã mở lớp học bơi.", "Ngày 3/5, xã mở lớp học bơi."),
        ("Trước đó vào tối 3/5, xã mở lớp học bơi.", "Vào tối 3/5, xã mở lớp học bơi."),
        ("Cũng theo ông Minh, lớp học không thu tiền.", "Theo ông Minh, lớp học không thu tiền."),
        # These stay: without a day "trước đó" tells when, and a contrast or an announcement is none to cut.
        ("Trước đó, xã mở lớp học bơi.", "Trước đó, xã mở lớp học bơi."),
        ("Đáng chú ý, trong đó có ba hồ bơi mới.", "Đáng chú ý, trong đó có ba hồ bơi mới."),
        ("Các thôn làm những việc như sau:", "Các thôn làm những việc như sau:"),
    ],
)
def test_an_opening_goes_only_where_it_says_nothing(before: str, after: str) -> None:
    assert forms(before)[0].text == after


def test_the_longest_phrase_is_found_and_none_inside_another() -> None:
    found = [
        phrase.phrase for _, _, phrase in find_phrases("Tổ chức triển khai thực hiện trên địa bàn tỉnh.")
    ]
    assert found == ["tổ chức triển khai thực hiện", "trên địa bàn tỉnh"]


PIECES = [
    "Theo đó, ",
    "Ngoài ra, ",
    "Xã đã làm đường vào thôn",
    ", đồng thời ",
    "; ",
    ", nhưng ",
    ", góp phần làm đẹp thôn",
    "không",
    "nếu",
    "trước ngày 3/4",
    "UBND huyện Bình An",
    "12 hộ",
    '"',
    "(",
    ")",
    "ông Minh cho biết ",
    "người dân được nhận",
    "triển khai thực hiện",
    " và ",
    ".",
    ": ",
]
NUMBER = re.compile(r"\d+")
WEIGHTY = re.compile(r"không|chưa|nếu|trước|cho biết|nhưng")


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_no_form_changes_a_number_a_negation_or_a_condition(sentence: str) -> None:
    for form in forms(sentence):
        assert NUMBER.findall(form.text) == NUMBER.findall(sentence)
        assert WEIGHTY.findall(form.text.lower()) == WEIGHTY.findall(sentence.lower())
        assert bool(form.changes) == (form.text != sentence)
