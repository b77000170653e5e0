from __future__ import annotations

import pytest

from readable_portal.model import SummarySentence
from readable_portal.summary.names import named_in_full

ARTICLE = [
    "Ông Lê Minh Khải, giám đốc sở, tiếp người dân sáng nay.",
    "Cùng dự có Phó chủ tịch huyện Trần Thị Hoa và bà Võ Thị Lan.",
    "Ông Khải nói việc này sẽ xong trong tháng.",
]


def named(*texts: str, article: list[str] | None = None) -> list[str]:
    sentences = [SummarySentence(text=text, source=0, sources=(0,)) for text in texts]
    return [each.text for each in named_in_full(sentences, article or ARTICLE)]


def test_a_person_has_the_full_name_at_first_mention_only() -> None:
    assert named("Theo ông Khải, việc này sẽ xong.", "Ông Khải cũng xin lỗi người dân.") == [
        "Theo ông Lê Minh Khải, việc này sẽ xong.",
        "Ông Khải cũng xin lỗi người dân.",
    ]


def test_the_change_is_recorded() -> None:
    (made,) = named_in_full([SummarySentence(text="Bà Lan cười.", source=1, sources=(1,))], ARTICLE)
    (change,) = made.changes
    assert (change.rule, change.before, change.after) == ("name-in-full", "Bà Lan", "Bà Võ Thị Lan")


def test_an_office_introduces_too() -> None:
    assert named("Bà Hoa ghi lời dân.") == ["Bà Trần Thị Hoa ghi lời dân."]


@pytest.mark.parametrize(
    ("text", "article"),
    [
        # Already there.
        ("Ông Lê Minh Khải nói ông Khải sẽ làm.", ARTICLE),
        # Nobody's full name fits, or two do, or only one with the other form of address.
        ("Ông Sơn nói sẽ làm.", ARTICLE),
        ("Ông Lan nói sẽ làm.", ARTICLE),
        ("Ông Nam nói sẽ làm.", ["Ông Lê Văn Nam và ông Trần Hải Nam cùng đến."]),
        # Places and initials are no persons' names; what is quoted stays.
        ("Ông Linh nói sẽ làm.", ["Nhà ở đường Nguyễn Văn Linh ngập nước."]),
        ("Thầy M. nói sẽ làm.", ["Thầy Lê Văn M. làm hiệu trưởng."]),
        ('Bà kể: "Tôi gặp ông Khải sáng qua".', ARTICLE),
        ("Ông Kim Jong-un đến Hà Nội.", ["Ông Lê Kim đến Hà Nội."]),
    ],
)
def test_a_name_stays_where_it_is_not_sure(text: str, article: list[str]) -> None:
    assert named(text, article=article) == [text]
