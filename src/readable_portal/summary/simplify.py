"""Shorter and plainer forms of a sentence that still say the same.

Each rule is a function from a sentence to its new form and the changes, or None where it does not apply.
What a rule leaves out never holds a number, a name, a negation, a condition, a contrast, a deadline or who
said it (``_light``); what it parts is parted only where no part loses the words that govern it.
Attributions stay: to drop "theo ông A" would make a fact of a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.model import Change
from readable_portal.summary.officialese import find_phrases, has_swap
from readable_portal.vietnamese.abbreviations import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DATELINE", "PUBLISHER", "UPPER", "Form", "balanced", "capital", "forms"]

# Not a range À-Ỹ: in that block capitals and small letters alternate.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"

# Openings that only tie the sentence to the one before. "Tuy nhiên", "nhưng", "do đó" are not among them:
# they contrast or give a reason.
CONNECTIVE = re.compile(
    "(?:Cụ thể|Theo đó|Cũng theo đó|Ngoài ra|Bên cạnh đó|Cùng với đó|Đồng thời|Được biết|Như vậy|Hơn nữa"
    "|Mặt khác|Tương tự|Đáng chú ý|Thông tin thêm|Thêm vào đó|Nhìn chung|Tiếp đó|Trên thực tế"
    r"|Thực tế|Qua đó|Từ đó)(?: là)?,\s+(?=\w)(?!còn |cũng |chỉ |trong đó )"
    # Before a day "trước đó" dates nothing; "cũng" only says that there was more.
    r"|(?:Trước đó|Sau đó),?\s+(?=(?:vào )?(?:ngày|sáng|trưa|chiều|tối|đêm) (?:ngày )?\d{1,2}[/-]\d)"
    r"|Cũng (?=(?:theo|tại|trong)\s\w)(?!theo đó|trong (?:khi|đó))"
)
# Where a speaker spoke, when it opens the sentence; the speaker and what is said stay.
SETTING = re.compile(
    r"(?:Phát biểu|Trao đổi|Chia sẻ|Trả lời|Nói chuyện)(?: (?:tại|trong|ở|với|chỉ đạo|khai mạc|bế mạc))?"
    r"(?: [\w/]+){1,12},\s+(?=(?:ông|bà|đồng chí|anh|chị)\s)"
)
# A clause at the end that adds a result or an example. Not "nhằm", "giúp", "bảo đảm": they often stand in the
# middle of a list, and the head then ends in the air.
TRAILING = re.compile(r",\s+(?=(?:qua đó|từ đó|góp phần|hướng tới|nhất là|đặc biệt là|gây bức xúc)\s)")
MARKER = re.compile(rf"(?:\d{{1,2}}[.)]|[a-zđ]\)|[-–•*+])\s+(?=[{UPPER}])")
ENDED = re.compile(r"[.!?…][\"”’')\]]*\s*$")
# Places where a sentence becomes two.
SPLITS = (
    ("split-at-semicolon", re.compile(r";\s+(?=\w)")),
    (
        "split-at-addition",
        re.compile(
            r",\s+(?:và\s+)?(?=(?:đồng thời|trong đó|còn(?! (?:từ|lại|là|khoảng|gần|hơn|\d))|riêng|sau đó)\s)"
        ),
    ),
    ("split-at-turn", re.compile(r",\s+(?=(?:tuy nhiên|nhưng|song|vì vậy|do đó|vì thế|do vậy)\s)")),
)
# Where the rules begin that work at the opening of a sentence, and those that cut it: for a quick look.
# Which portal or paper wrote it, in front of the first sentence: "(TTĐT) - UBND …", "BHG - Sáng …".
PUBLISHER = r"(?:\([^()]{2,40}\)\s?[-–—]|(?P<short>[A-ZĐ]{2,6})\s[-–—|])\s+"
DATELINE = re.compile(rf"{PUBLISHER}(?=[“\"{UPPER}\d])")
OPENS = re.compile(rf"{MARKER.pattern}|{DATELINE.pattern}|{CONNECTIVE.pattern}|{SETTING.pattern}")
CUTS = re.compile("|".join(pattern.pattern for pattern in (TRAILING, *(each for _, each in SPLITS))))
# Parts of a list ("có bà A; bà B") are no sentences; these words make one likely.
VERB = re.compile(r"\b(?:đã|sẽ|đang|được|bị|vừa|phải|cần)\b")

# What must never go. The lists are wide on purpose: a form not made costs little, a wrong one a lot.
WEIGHTY = re.compile(
    r"\b(?:không|chưa|chẳng|đừng|chớ|cấm|trừ|ngoại trừ|ngoài|thiếu|hết|mất|bỏ|dừng|thôi|miễn"
    r"|nếu|trường hợp|khi|điều kiện|chỉ|với|phải|bắt buộc|được phép|có thể|tối đa|tối thiểu|ít nhất|dưới|trên"
    r"|tuy|nhưng|song|mặc dù|dù|thay vì|trái|ngược|do|vì|bởi"
    r"|hạn|chậm nhất|trước|sau|đến|từ|kể từ|kể|tới|ngày|tháng|năm|tuần|giờ|quý"
    r"|theo|cho biết|cho hay|nói|cho rằng|khẳng định|nhấn mạnh|chia sẻ|nêu|bày tỏ|thông tin|viết|báo)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b", re.IGNORECASE
)
NAME = re.compile(rf"[{UPPER}]")
# A first half that begins so is no statement until its comma; one that holds these governs what follows.
OPENING = re.compile(
    r"(?:Nếu|Khi|Để|Sau|Trước|Trong|Với|Do|Vì|Bởi|Mặc dù|Dù|Tuy|Ngoài|Bên cạnh|Căn cứ|Nhằm"
    r"|Trên|Cùng|Qua|Từ|Tại"
    r"|Theo|Đối với|Trường hợp|Về|Ngay|Không|Chưa|Hiện|Ngày|Sáng|Chiều|Tối)\b"
)
GOVERNING = re.compile(
    r"\b(?:cho biết|cho hay|nói|cho rằng|khẳng định|nhấn mạnh|chia sẻ|nêu|bày tỏ|thông tin"
    r"|theo|đánh giá|nhận định"
    r"|yêu cầu|đề nghị|chỉ đạo|giao|kiến nghị|đề xuất|dự kiến|có thể|muốn|mong|hy vọng"
    r"|kế hoạch|nếu|trường hợp|khi"
    r"|để|nhằm|vì|do|bởi|không chỉ|không những|chẳng những|không phải|mặc dù|tuy|dù|gồm"
    r"|như sau|sau đây|một là|giữa"
    r"|bị cáo buộc|cáo buộc|xem xét|phấn đấu|cam kết|quy định)\b|:",
    re.IGNORECASE,
)
# A second half governed by the same verb may stand alone only if it names that verb itself.
RENEWS = re.compile(
    r"(?:đồng thời|còn|riêng)?\s*(?:cũng )?(?:yêu cầu|đề nghị|chỉ đạo|giao|kiến nghị|đề xuất)\s",
    re.IGNORECASE,
)
ORDERS = re.compile(r"\b(?:yêu cầu|đề nghị|chỉ đạo|giao|kiến nghị|đề xuất)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say a sentence: its text, how many sentences it now is, and what was changed on the way."""

    text: str
    parts: int = 1
    changes: tuple[Change, ...] = ()


def forms(
    sentence: str,
    *,
    whole: bool = False,  # two short sentences are easier than a long one
) -> list[Form]:
    """The sentence as it is, then simpler forms of it that say the same.

    The first has what no reader misses (connectives, office phrases) put right; the others go further.

    Args:
        sentence: As in the article.
        whole: Whether it stays one sentence.
    """
    # Most sentences stay as they are, and should not pay for those that do not: a rule is asked only after a
    # quick look at whether its place is there.
    opens = OPENS.match(sentence) is not None
    plain = Form(sentence)
    if opens:
        plain = _apply(_marker, plain) or plain
    if not sentence.endswith("."):
        plain = _apply(_stop, plain) or plain
    if opens:
        plain = _apply(_dateline, plain) or plain
        plain = _apply(_connective, plain) or plain
    if has_swap(plain.text):
        plain = _apply(_officialese, plain) or plain
    found = [plain]
    if opens and (shorter := _apply(_setting, plain)):
        found.append(shorter)
    if CUTS.search(sentence):
        found += [new for each in list(found) for new in _trailing(each)]
        if not whole:
            found += [new for each in list(found) if (new := _split(each))]
    return found


def _apply(rule: Callable[[str], tuple[str, tuple[Change, ...]] | None], form: Form) -> Form | None:
    made = rule(form.text)
    return Form(made[0], form.parts, form.changes + made[1]) if made else None


def _marker(text: str) -> tuple[str, tuple[Change, ...]] | None:
    """What counts or marks a list item is not part of what it says."""
    found = MARKER.match(text)
    if not found:
        return None
    return text[found.end() :], (Change(rule="drop-marker", before=found[0].strip(), after=""),)


def _dateline(text: str) -> tuple[str, tuple[Change, ...]] | None:
    """The name of who published it, which the reader sees on the page."""
    found = DATELINE.match(text)
    # "HĐND - UBND huyện tổ chức": a body, not a paper.
    if not found or (found["short"] and expand(found["short"])):
        return None
    return text[found.end() :], (Change(rule="drop-dateline", before=found[0].strip(), after=""),)


def _stop(text: str) -> tuple[str, tuple[Change, ...]] | None:
    """A full stop where a list item or a torn paragraph has none, or two sentences would run together."""
    # "như sau:" announces; with a full stop it would say nothing.
    if ENDED.search(text) or text.endswith(":"):
        return None
    end = re.sub(r"[\s,;:]+$", "", text)
    return end + ".", (Change(rule="full-stop", before=text[len(end) :], after="."),)


def _connective(text: str) -> tuple[str, tuple[Change, ...]] | None:
    found = CONNECTIVE.match(text)
    if not found:
        return None
    return capital(text[found.end() :]), (Change(rule="drop-connective", before=found[0].strip(), after=""),)


def _officialese(text: str) -> tuple[str, tuple[Change, ...]] | None:
    pieces: list[str] = []
    changes: list[Change] = []
    place = 0
    for start, end, phrase in find_phrases(text):
        # Quoted words stay as they were said; so do names of projects and laws in capitals.
        if (
            not phrase.swap
            or not _outside_quotes(text, start)
            or any(map(str.isupper, text[start + 1 : end]))
        ):
            continue
        plain = capital(phrase.plain) if text[start].isupper() else phrase.plain
        pieces += [text[place:start], plain]
        changes.append(Change(rule="plain-word", before=text[start:end], after=plain))
        place = end
    return ("".join([*pieces, text[place:]]), tuple(changes)) if changes else None


def _setting(text: str) -> tuple[str, tuple[Change, ...]] | None:
    found = SETTING.match(text)
    if not found or NUMBER.search(found[0]) or NAME.search(found[0][1:]):
        return None
    return capital(text[found.end() :]), (Change(rule="drop-setting", before=found[0].strip(), after=""),)


def _trailing(form: Form) -> Iterator[Form]:
    """The sentence without the clauses after its end that only add; one form for each place to stop."""
    text = form.text
    for found in TRAILING.finditer(text):
        head, tail = text[: found.start()], text[found.end() :]
        if _light(tail) and _stands(head) and not re.search(r"không chỉ|không những|vừa\b", head):
            change = Change(rule="drop-addition", before=text[found.start() :].strip(" ."), after="")
            yield Form(head + ".", form.parts, (*form.changes, change))


def _split(form: Form) -> Form | None:
    """The sentence as several, at the first places where every part stands alone."""
    parts = [form.text]
    changes: list[Change] = []
    for rule, pattern in SPLITS:
        place = 0
        while place < len(parts):
            for found in pattern.finditer(parts[place]):
                head, tail = parts[place][: found.start()], parts[place][found.end() :]
                if not (_stands(head) and len(tail.split()) >= 5 and balanced(tail) and _free(head, tail)):
                    continue
                if rule == "split-at-semicolon" and not (VERB.search(head) and VERB.search(tail)):
                    continue
                after = capital(tail)
                before = f"{head.split()[-1]}{found[0]}{tail.split()[0]}"
                changes.append(
                    Change(rule=rule, before=before, after=f"{head.split()[-1]}. {after.split()[0]}")
                )
                parts[place : place + 1] = [head + ".", after]
                break
            place += 1
    if not changes:
        return None
    return Form(" ".join(parts), form.parts + len(changes), (*form.changes, *changes))


def _free(head: str, tail: str) -> bool:
    """Whether nothing in the head governs the tail: a speaker, a request, a condition, a list."""
    if not RENEWS.match(tail):
        return not GOVERNING.search(head)
    return not GOVERNING.search(
        GOVERNING.sub(lambda found: "" if ORDERS.fullmatch(found[0]) else found[0], head)
    )


def _stands(head: str) -> bool:
    """Whether a first half is a sentence by itself."""
    if len(head.split()) < 8 or not balanced(head):
        return False
    return not OPENING.match(head) or "," in head


def _light(text: str) -> bool:
    """Whether nothing would be lost that a person could rely on."""
    return not (WEIGHTY.search(text) or NUMBER.search(text) or NAME.search(text))


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes."""
    pairs = (("(", ")"), ("“", "”"), ("[", "]"))
    return text.count('"') % 2 == 0 and all(text.count(left) == text.count(right) for left, right in pairs)


def _outside_quotes(text: str, place: int) -> bool:
    return balanced(text[:place])


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
