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
        "được thực hiện thường xuyên theo quy định của Ban QLDA."
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
    assert offered["QLDA"] == "quản lý dự án (QLDA)"


def test_an_abbreviation_is_found_once_and_not_where_the_text_explains_it() -> None:
    explained = ["Ban quản lý dự án (QLDA) họp.", "QLDA báo cáo."]
    assert "abbreviation" not in [each.rule for each in looked_at(explained).findings]
    twice = ["QLDA họp sáng nay.", "QLDA báo cáo."]
    assert [each.rule for each in looked_at(twice).findings].count("abbreviation") == 1


def test_what_everybody_knows_short_is_not_asked_to_be_written_out() -> None:
    assert "abbreviation" not in [each.rule for each in looked_at(["UBND xã họp với trường THCS."]).findings]


def test_a_long_title_is_found() -> None:
    assert "long-title" in [each.rule for each in looked_at(EASY, "thu phí rác " * 8).findings]


def test_an_empty_text_is_reviewed_too() -> None:
    assert 0 <= looked_at([]).score <= 100
