"""What each kind of fact is called, in Vietnamese and in English: for the widget and the reader page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FACT_LABELS"]

FACT_LABELS: Mapping[str, tuple[str, str]] = {
    "who": ("Ai quyết định", "Who decides"),
    "document": ("Văn bản", "Document"),
    "audience": ("Dành cho ai", "Whom it concerns"),
    "action": ("Việc cần làm", "What to do"),
    "when": ("Thời gian", "When"),
    "deadline": ("Hạn cuối", "Deadline"),
    "where": ("Địa điểm", "Where"),
    "fee": ("Phí, lệ phí", "Fee"),
    "phone": ("Điện thoại", "Telephone"),
    "email": ("Thư điện tử", "E-mail"),
    "site": ("Trang web", "Website"),
}
