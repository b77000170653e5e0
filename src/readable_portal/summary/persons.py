"""What stands beside a person's name in a text: who is addressed how, did what and holds which office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from readable_portal.summary.tokens import titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readable_portal.summary.tokens import Token

__all__ = ["PERSONS", "Beside", "beside"]

# Words that a person's single name follows.
PERSONS = frozenset({"ông", "bà", "anh", "chị", "cô", "em", "bác", "chú", "cháu", "đồng", "chí", "tướng"})
# A form of address; the two words before it; the two after the name: an office behind a comma or a dash, or
# what the person does.
Beside = tuple[Literal["address", "before", "office", "deed"], str, str]
# After these words anybody may be named.
ANYBODY = frozenset(
    [
        "và",
        "của",
        "với",
        "cho",
        "do",
        "theo",
        "là",
        "có",
        "cùng",
        "như",
        "gồm",
        "tại",
        "để",
        "khi",
        "mà",
        "thì",
        "được",
        "bị",
        "rằng",
        "biết",
        "hay",
        "đó",
        "này",
        "từ",
        "trong",
        "sau",
        "trước",
        "còn",
        "về",
        "đến",
    ]
)
# Anybody says, does and did something.
DOES = ANYBODY | frozenset(
    [
        "cho",
        "nói",
        "đã",
        "sẽ",
        "đang",
        "cũng",
        "vừa",
        "không",
        "chưa",
        "khẳng",
        "nhấn",
        "chia",
        "thông",
        "phát",
        "đề",
        "yêu",
        "cần",
        "phải",
        "muốn",
        "vẫn",
        "mới",
        "tiếp",
        "trả",
        "kể",
        "nêu",
        "bày",
        "đánh",
        "nhận",
    ]
)


def beside(words: Sequence[Token]) -> Iterator[tuple[str, Beside]]:
    """Each person's name after a form of address, with each thing that stands beside it."""
    place = 0
    while place < len(words):
        start = place + 1
        end = start
        if words[place].key in PERSONS and words[place].kind == "word":
            while end < len(words) and titled(words[end]) and (end == start or not words[end - 1].marked):
                end += 1
        if end > start:
            name = " ".join(token.key for token in words[start:end])
            if words[place].key in {"ông", "bà"}:
                yield name, ("address", words[place].key, "")
            if place > 1 and words[place - 1].kind == words[place - 2].kind == "word":
                first, second = words[place - 2].key, words[place - 1].key
                if second not in ANYBODY and not words[place - 1].marked and not words[place - 2].marked:
                    yield name, ("before", first, second)
            follows = words[end : end + 2]
            if len(follows) == 2 and follows[0].kind == follows[1].kind == "word" and not follows[0].marked:
                office = words[end - 1].marked
                if office or follows[0].key not in DOES:
                    yield name, ("office" if office else "deed", follows[0].key, follows[1].key)
        place = max(end, place + 1)
