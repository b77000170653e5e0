from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.extractive import select
from readable_portal.summary.standing import LABEL, standing


@pytest.mark.parametrize(
    "sentence",
    [
        "Sáng 3/5, UBND xã Bình An mở lớp học bơi cho trẻ em.",
        "Trong khi chờ kết quả, người dân giữ lại giấy hẹn.",
        "Nếu trời mưa thì lớp học nghỉ.",
        "Ông Trần Văn Nam nói lớp học không thu tiền.",
    ],
)
def test_what_names_its_subject_stands(sentence: str) -> None:
    assert standing(sentence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Tuy nhiên, lớp học chỉ có mười chỗ.",
        "Các đơn vị này phải báo cáo trong tháng.",
        "Thông tin trên được Sở Y tế cho biết sáng nay.",
        "Tại biên bản này, hai bên cùng ký tên.",
        "Đây là việc chưa ai làm.",
        "Theo ông Nam, lớp học không thu tiền.",
        "- hỗ trợ hộ nghèo làm lại nhà.",
        "Nhiều việc còn dở dang",
    ],
)
def test_what_points_back_leans(sentence: str) -> None:
    assert LABEL < standing(sentence) < 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Chủ tịch xã Lê Văn Minh.",
        "Ông Lê Văn Minh - Chủ tịch xã Bình An.",
        "Toàn cảnh buổi lễ ngày 3/5.",
        "Lớp học đã mở cửa (Ảnh: Minh Anh).",
        "Vì sao lớp học vắng người?",
        "Xã yêu cầu các thôn làm những việc như sau:",
        'Ông nói "xã sẽ làm ngay.',
    ],
)
def test_a_caption_a_question_an_announcement_and_a_torn_quotation_say_least(sentence: str) -> None:
    assert standing(sentence) == LABEL


@settings(max_examples=60)
@given(st.text(max_size=80), st.booleans())
def test_every_text_has_a_worth(text: str, alone: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    assert 0 < standing(text, alone=alone) <= 1


def test_a_summary_prefers_what_can_be_read_without_the_article() -> None:
    body = [
        "Chủ tịch xã Lê Văn Minh.",
        "Sáng 3/5, xã Bình An mở lớp học bơi miễn phí cho trẻ em trong xã.",
        "Lớp học bơi này có ba thầy dạy bơi cho trẻ em.",
        "Trẻ em trong xã Bình An học bơi vào chiều thứ bảy.",
        "Vì sao xã mở lớp học bơi cho trẻ em?",
        "Xã Bình An có hai hồ bơi.",
    ]
    picked = select("Xã Bình An mở lớp học bơi cho trẻ em", body)
    assert [place for place, _ in picked] == [1, 3, 5]
