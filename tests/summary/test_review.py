from __future__ import annotations

from readable_portal.summary.facts import find_facts
from readable_portal.summary.review import RULES, Review, review
from readable_portal.vietnamese import readability

EASY = [
    "Ngày 2/5, UBND xã Hòa An thông báo về phí rác.",
    "Mỗi hộ nộp 20.000 đồng một tháng.",
    "Bà con nộp tại nhà văn hóa thôn, trước ngày 5 hằng tháng.",
    "Ai cần hỏi thì gọi điện thoại 0254 3852 111.",
]
HARD = [
    (
        "Thực hiện chỉ đạo cấp trên, các đơn vị tổ chức triển khai thực hiện công tác tuyên truyền trên địa "
        "bàn xã đối với hộ gia đình, cá nhân, tổ chức; khẩn trương rà soát; báo cáo; công tác kiểm tra "
        "được thực hiện thường xuyên theo quy định của Ban QLDA; ban hành quy chế; nhận hồ sơ."
    ),
    "Không ai không phải thực hiện việc này.",
]


def looked_at(sentences: list[str], title: str = "Thu phí rác") -> Review:
    level = readability(" ".join(sentences))
    return review(title, sentences, level=level, facts=find_facts(sentences))


def test_a_plain_text_has_nothing_to_change_and_a_high_score() -> None:
    made = looked_at(EASY)
    assert made.findings == ()
    assert made.score >= 90


def test_a_hard_text_is_told_what_makes_it_hard() -> None:
    made = looked_at(HARD)
    assert {each.rule for each in made.findings} >= {
        "very-long-sentence",
        "officialese",
        "abbreviation",
        "nested-list",
        "double-negation",
        "passive",
        "missing-who",
        "missing-when",
        "missing-where",
    }
    assert made.score < 50


def test_each_finding_is_a_slice_and_plain_words_are_offered() -> None:
    made = looked_at(HARD)
    for each in made.findings:
        assert each.rule in RULES
        if each.sentence >= 0:
            assert HARD[each.sentence][each.start : each.end] == each.text
    offered = {each.text: each.instead for each in made.findings}
    assert offered["tổ chức triển khai thực hiện"] == "thực hiện"
    assert offered["QLDA"] == "Quản lý dự án (QLDA)"


def test_an_abbreviation_is_found_once_and_not_where_the_text_explains_it() -> None:
    explained = ["Ban quản lý dự án (QLDA) họp.", "QLDA báo cáo."]
    assert "abbreviation" not in [each.rule for each in looked_at(explained).findings]
    twice = ["QLDA họp sáng nay.", "QLDA báo cáo."]
    assert [each.rule for each in looked_at(twice).findings].count("abbreviation") == 1


def test_what_everybody_knows_short_is_not_asked_to_be_written_out() -> None:
    assert "abbreviation" not in [each.rule for each in looked_at(["UBND xã họp với trường THCS."]).findings]


def test_a_long_title_is_found() -> None:
    assert "long-title" in [each.rule for each in looked_at(EASY, "thu phí rác " * 8).findings]


def test_what_can_be_parted_is_offered_parted_and_a_list_as_lines() -> None:
    long = (
        "Ủy ban nhân dân xã mở thêm một điểm nhận hồ sơ tại nhà văn hóa thôn cho người già và người "
        "khuyết tật, đồng thời kéo dài giờ làm việc buổi chiều thứ sáu hằng tuần cho người đi làm xa."
    )
    found = looked_at([long]).findings[0]
    assert found.rule == "long-sentence"
    assert found.count == 42
    assert "khuyết tật. Đồng thời kéo dài" in found.instead
    listed = (
        "Người dân cần mang theo: giấy tờ tùy thân của mình và của người nhà đi cùng; giấy chứng nhận "
        "quyền sử dụng đất bản chính; ảnh chụp nhà trước khi sửa."
    )
    found = looked_at([listed]).findings[1]
    assert found.rule == "nested-list"
    assert found.instead.splitlines() == [
        "Người dân cần mang theo:",
        "- Giấy tờ tùy thân của mình và của người nhà đi cùng.",
        "- Giấy chứng nhận quyền sử dụng đất bản chính.",
        "- Ảnh chụp nhà trước khi sửa.",
    ]


def test_only_a_text_that_speaks_of_a_procedure_lacks_a_place() -> None:
    rules = {each.rule for each in looked_at(["Chợ hoa đông người.", "Trời nắng đẹp."]).findings}
    assert rules == {"missing-when"}
    rules = {
        each.rule
        for each in looked_at(["Hằng năm người dân nộp hồ sơ.", "Sẽ ban hành quy chế mới."]).findings
    }
    assert rules == {"missing-who", "missing-where"}


def test_an_office_phrase_is_found_only_where_its_plain_words_fit() -> None:
    found = looked_at(
        ["Trên địa bàn này có chợ.", "Xe trên địa bàn đã tăng.", "Thẻ căn cước công dân hết hạn."]
    )
    offered = [(each.text, each.instead) for each in found.findings if each.rule == "officialese"]
    assert offered == [("Trên địa bàn này", "ở đây"), ("căn cước công dân", "căn cước")]


def test_an_empty_text_is_reviewed_too() -> None:
    assert 0 <= looked_at([]).score <= 100
