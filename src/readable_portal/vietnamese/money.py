"""Currency signs that stand before the number: ``$5 triệu``, ``USD 100``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import NUMBER, amount
from readable_portal.vietnamese.units import units

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["CURRENCY_FIRST", "currency_first"]

CURRENCY_FIRST = re.compile(
    rf"(US\$|[$€£¥₫₩₽₹]|(?:USD|EUR|VNĐ|VND|GBP)\s)\s?({NUMBER})(\s(?:nghìn|ngàn|triệu|tỷ|tỉ))*(?:(k|K|tr|M)(?!\w))?"
)


def currency_first(match: re.Match[str], reading: Reading) -> Said:
    """The number first, then its scale, then the currency."""
    said = amount(match[2], reading.dialect, counts=True, point="phẩy")
    scale = reading.text[match.end(2) : match.end()].strip()
    scale = {"k": reading.dialect.thousand, "K": reading.dialect.thousand, "tr": "triệu", "M": "triệu"}.get(
        scale, scale
    )
    return " ".join(filter(None, [said, scale, units()[match[1].strip()].spoken])), match.end()
