"""Whether a sentence can stand alone, or a reader of the summary misses the sentence before it.

Nothing is said about how much a sentence tells; that is for ``ranking.py``.
"""

from __future__ import annotations

import re

from readable_portal.summary.names import has_short_name
from readable_portal.summary.simplify import DATELINE, UPPER

__all__ = ["LABEL", "standing"]

# Multiplied with a sentence's worth. On 200 administrative articles, three sentences each, these numbers lose
# nothing of ROUGE, and of the sentences that lean on one that is not there two fifths go.
LABEL = 0.3
BELONGS = 0.5
TIED_TO = 0.75
POINTS = 0.85
NAMES = 0.9
# One sentence alone is the whole matter, and no other can take its place without a loss.
ALONE_LABEL = 0.3
ALONE_LEANS = 0.97

# Openings that tie a sentence to the one before and cannot be left out: they contrast, give a reason, count,
# or put something in time after what is not told. Then what is no subject by itself.
TIED = re.compile(
    r"(?:Tuy nhiên|Tuy vậy|Dù vậy|Thế nhưng|Nhưng|Song|Còn|Do đó|Do vậy|Vì vậy|Vì thế|Bởi vậy|Bởi|Chính vì"
    r"|Cũng|Trong đó|Trong khi đó|Cùng lúc đó|Cùng ngày|Sau đó|Trước đó|Khi đó|Lúc này|Lúc đó|Tại đây|Từ đây"
    r"|Đầu tiên|Trước tiên|Trước hết|Đằng này|Ngay cả|Thứ (?:nhất|hai|ba|tư|năm)|Một là|Hai là|Ba là"
    r"|Riêng|Ngược lại|Nếu không|Như thế|Kết quả là"
    r"|Qua đó|Từ đó|Ngoài ra|Bên cạnh đó|Đồng thời|Đặc biệt|Thậm chí|Hơn nữa|Mặt khác|Vậy|Và)\b"
    r"|(?:Chúng tôi|Chúng ta|Tôi|Ông|Bà|Anh|Chị|Cô|Họ|Nó|Em"
    r"|Người này|Việc này|Điều này|Điều đó|Vụ việc này|Số tiền này|Đây|Đó)"
    rf"(?!\s[{UPPER}])\b"
)
# What points back where a subject stands: "Các đơn vị này", "Thông tin trên", "Tại biên bản này".
POINTING = re.compile(
    r"(?:[^\W\d_]+\s){1,6}?"
    r"(?:này|(?<!trong )(?<!sau )(?<!trước )(?<!qua )(?<!từ )(?<!theo )(?<!cạnh )(?<!do )(?<!vì )đó|nói trên"
    r"|kể trên|như trên|trên(?=,|\s(?:được|do|là|đã|sẽ|nằm|cho|có|cũng|bị|vào|của)\b))(?=[\s,.])"
)
# A caption names somebody or something and tells no deed.
SHOWN = re.compile(
    rf"(?:[^\s.]+\s){{1,15}}[{UPPER}][\w-]*\.$|(?:Toàn cảnh|Quang cảnh|Hình ảnh|Video|Clip|Một góc)\s"
)
DEED = re.compile(
    r"\b(?:đã|sẽ|đang|vừa|được|bị|phải|cần|là|có|cho|nói|gồm|yêu cầu|đề nghị|tổ chức|ban hành|công bố"
    r"|quyết định|thông qua|giao|chỉ đạo|nhận|khẳng định|nhấn mạnh|nêu|đến|làm|muốn|trao|bắt đầu|đưa|không"
    r"|chưa|nên|thăm|tiếp|ký|trở thành|giữ|tuyên thệ|đồng tình|dự|từng|chuyển|phát biểu tại phiên)\b"
)
CLOSED = (".", "!", "…", '."', ".”", ".)", '!"', "!”")
# Each holds "ảnh" or "Ảnh", which is looked for first: here and below, what most sentences do not have is
# first asked for in the way that takes least time.
PICTURES = ("Ảnh:", "ảnh:", "(Ảnh", "(ảnh", "Ảnh minh")
# Words; headings and captions are shorter.
HEADING = 16


def standing(
    sentence: str,
    *,
    alone: bool = False,  # a summary of several sentences is the rule
) -> float:
    """From 0 to 1: 1 for a sentence that needs nothing before it, less for one that leans on something.

    Captions, questions, torn quotations and what only announces a list or a quotation get least.

    Args:
        sentence: As in the article.
        alone: Whether it would be the whole summary.
    """
    text = sentence.strip()
    if published := DATELINE.match(text):
        text = text[published.end() :]
    if _is_label(text):
        return ALONE_LABEL if alone else LABEL
    if not text.endswith(CLOSED) and text.count(" ") < HEADING:
        # A short line without a full stop belongs to what comes below it.
        return ALONE_LABEL if alone else BELONGS
    first = text.lstrip("-–•* ")[:1]
    # An item in small letters belongs to the line above its list.
    if first.islower() or first == "(" or TIED.match(text):
        worth = TIED_TO
    elif (" này" in text or " đó" in text or " trên" in text) and POINTING.match(text):
        worth = POINTS
    elif has_short_name(text):
        worth = NAMES
    else:
        return 1.0
    return max(worth, ALONE_LEANS) if alone else worth


def _is_label(text: str) -> bool:
    """Whether it says nothing by itself."""
    if text.rstrip(". …").endswith((":", "?")):
        return True
    # What stands inside quotation marks that open or close in another sentence has lost its speaker.
    if '"' in text and text.count('"') % 2:
        return True
    if ("“" in text or "”" in text) and text.count("“") != text.count("”"):
        return True
    if ("(" in text or ")" in text) and text.count("(") != text.count(")"):
        return True
    if ("ảnh" in text or "Ảnh" in text) and any(map(text.__contains__, PICTURES)):
        return True
    return text.count(" ") < HEADING and SHOWN.match(text) is not None and not DEED.search(text)
