from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.facts import KINDS, find_facts


def facts(*sentences: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in find_facts(sentences)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ngày 12/3, UBND tỉnh Hòa An ban hành kế hoạch trồng cây.", ("who", "UBND tỉnh Hòa An")),
        (
            "Chiều 6-12, tại trụ sở UBND tỉnh, Thanh tra Chính phủ công bố kết quả kiểm tra.",
            ("where", "trụ sở UBND tỉnh"),
        ),
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn Minh vừa ký văn bản gửi các sở.",
            ("who", "Phó Chủ tịch UBND tỉnh Trần Văn Minh"),
        ),
        ("Mức phí do HĐND tỉnh ban hành.", ("who", "HĐND tỉnh")),
        (
            "Theo Nghị định số 39/2018/NĐ-CP, hộ kinh doanh được vay.",
            ("document", "Nghị định số 39/2018/NĐ-CP"),
        ),
        ("Việc này làm theo Chỉ thị 11 của Chủ tịch.", ("document", "Chỉ thị 11")),
        (
            "Căn cứ Quyết định số 412/QĐ-UBND ngày 5/2/2024 của tỉnh.",
            ("document", "Quyết định số 412/QĐ-UBND ngày 5/2/2024"),
        ),
        ("Sáng 15/9, HĐND xã họp phiên thứ ba.", ("when", "Sáng 15/9")),
        ("Người dân nộp tờ khai trước ngày 30/6/2024.", ("deadline", "trước ngày 30/6/2024")),
        (
            "Các xã phải báo cáo chậm nhất 15 ngày sau khi nhận văn bản.",
            ("deadline", "chậm nhất 15 ngày sau khi nhận văn bản"),
        ),
        ("Người dân nộp hồ sơ tại bộ phận một cửa của xã.", ("where", "bộ phận một cửa của xã")),
        ("Lệ phí cấp thẻ là 30.000 đồng/thẻ.", ("fee", "30.000 đồng/thẻ")),
        ("Ai cần hỏi thì gọi điện thoại 0254 3852 111.", ("phone", "0254 3852 111")),
        ("Gọi đường dây nóng 1022 để phản ánh.", ("phone", "1022")),
        ("Gửi về địa chỉ motcua@hoaan.gov.vn trong giờ hành chính.", ("email", "motcua@hoaan.gov.vn")),
        ("Nộp hồ sơ trên dichvucong.gov.vn hoặc tại xã.", ("site", "dichvucong.gov.vn")),
        ("Xem tại https://hoaan.gov.vn/tin/1.", ("site", "https://hoaan.gov.vn/tin/1")),
        (
            "Đối tượng hỗ trợ là hộ nghèo và hộ cận nghèo.",
            ("audience", "hộ nghèo và hộ cận nghèo"),
        ),
        (
            "Từ hôm nay, người dân cần mang theo căn cước khi làm thủ tục.",
            ("action", "người dân cần mang theo căn cước khi làm thủ tục"),
        ),
    ],
)
def test_a_fact_is_the_slice_that_says_so(sentence: str, expected: tuple[str, str]) -> None:
    assert expected in facts(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Tỉnh thu hồi quyết định 180 dự án chậm tiến độ.", "document"),
        ("Kinh phí làm cầu là 200 tỷ đồng.", "fee"),
        ("Chi phí xây dựng ở mức 12 triệu đồng.", "fee"),
        ("Ông Nam sinh ngày 3/4/1970 tại xã Bình An.", "when"),
        ("Trước đó, ngày 3/4, đoàn đã làm việc với xã.", "when"),
        ("Trước ngày 1/7/2014, đất này là của hợp tác xã.", "deadline"),
        ("Ông bị sốt không quá 3 ngày.", "deadline"),
        ("Công an bắt các đối tượng là người nơi khác đến.", "audience"),
        ("Phó Bí thư, Tổng thư ký Hội Luật gia phát biểu.", "who"),
        ("Sở GD-ĐT cho biết năm 2017 có 100 bể bơi.", "phone"),
        ("Người dân không phải nộp thêm giấy tờ.", "action"),
    ],
)
def test_a_fact_is_left_out_rather_than_guessed(sentence: str, kind: str) -> None:
    assert kind not in [found for found, _ in facts(sentence)]


def test_the_same_document_is_named_once_and_kinds_are_in_their_order() -> None:
    found = facts(
        "Ngày 2/5, UBND xã ban hành Thông báo số 12/TB-UBND.",
        "Thông báo số 12/TB-UBND có hiệu lực ngay.",
    )
    assert [kind for kind, _ in found] == ["who", "document", "when"]
    assert [KINDS.index(kind) for kind, _ in found] == sorted(KINDS.index(kind) for kind, _ in found)


PIECES = [
    "trước ngày 3/4",
    "phí là",
    "20.000 đồng",
    "UBND xã",
    "ban hành",
    "số 12/QĐ-UBND",
    "Quyết định",
    "(",
    ".",
]


@settings(max_examples=80)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=4))
def test_every_slice_is_in_its_sentence(sentences: list[str]) -> None:
    for fact in find_facts(sentences):
        assert fact.kind in KINDS
        assert fact.value
        assert sentences[fact.sentence][fact.start : fact.end] == fact.value


def test_from_when_something_holds_is_a_time() -> None:
    assert ("when", "từ ngày 1/7/2024") in facts("Quy định này có hiệu lực từ ngày 1/7/2024.")
    assert ("when", "Từ ngày 1/5") in facts("Từ ngày 1/5, xã thu phí rác.")


@pytest.mark.parametrize(
    "piece", ["trước ngày 1/2 ", "a", "a.", "a@b-", "lệ phí là ", "UBND Sở Bộ ", "người dân cần nộp "]
)
def test_no_text_makes_it_slow(piece: str) -> None:
    began = time.process_time()
    find_facts([piece * (12_000 // len(piece))])
    assert time.process_time() - began < 2


def test_every_kind_has_a_label_in_the_interface() -> None:
    from readable_portal.web.labels import FACT_LABELS

    assert tuple(FACT_LABELS) == KINDS
