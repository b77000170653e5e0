"""Vietnamese written for fonts of the 1990s: TCVN3 (ABC, ``.VnTime``) and VNI.

Such text is Latin letters to every program; only the font showed Vietnamese. Python has no codec for
it. The tables stand in ``data/tcvn3.tsv`` and ``data/vni.tsv`` (TCVN 5712:1993, third set; VNI
Software's chart). A text is only converted when that turns it from no Vietnamese into Vietnamese.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

__all__ = ["convert", "detect"]

# Letters of TCVN3 that are signs in Latin-1 and stand inside words only there.
_TCVN3_SIGNS = re.compile(r"[a-zA-Z][µ¸¶·¹»¾¼½¨©ª«¬\u00ad®]|[§®][a-zA-Zµ¸¶·¹¨©ªÐ×ß]")
_VNI_PAIRS = re.compile(r"[aeoAEO][øùûõïâåäêëØÙÛÕÏÂÅÄÊË]|[uyUYôöÔÖ][øùûõïØÙÛÕÏ]|\bñ[aeiouyöô]")
# Letters that only true Vietnamese text has.
_TRUE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+")
# A written Vietnamese syllable: initial, vowels, final (Thompson, "A Vietnamese Reference Grammar").
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_SYLLABLE = re.compile(
    rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ng|nh|ch|[cmnpt])?",
    re.IGNORECASE,
)


@functools.cache
def _table(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    lines = resources.files(__package__).joinpath(f"data/{name}.tsv").read_text("utf-8").splitlines()[1:]
    table = dict(line.split("\t")[:2] for line in lines)
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def convert(text: str, font: str) -> str:
    """Text of a ``font`` ("tcvn3" or "vni") as Unicode. Text that is Unicode already stays."""
    if not text or text.isascii() or _TRUE.search(text):
        return text
    pattern, table = _table(font)
    return pattern.sub(lambda match: table[match[0]], text)


def detect(text: str) -> str:
    """Which font's letters a text is made of: "tcvn3", "vni" or "" for none.

    Looks at some thousand characters: enough signs of the font, hardly any true Vietnamese letters, and
    words that become Vietnamese syllables.
    """
    sample = text[:20_000]
    # Letters of Latin-1 beyond ASCII, counted without a loop: every text in these fonts is full of them.
    latin = sample.encode("latin-1", "ignore")
    if (len(latin) - len(latin.decode("ascii", "ignore"))) * 25 < len(sample):
        return ""
    # Quotes and dashes are the only other letters there; Vietnamese in Unicode is a fifth others.
    if (len(sample) - len(latin)) * 10 > len(sample):
        return ""
    if len(_TRUE.findall(sample)) * 50 > len(sample):
        return ""
    for font, signs in (("tcvn3", _TCVN3_SIGNS), ("vni", _VNI_PAIRS)):
        # In either font more than one word in six carries such a sign; French has «où» in one of 200.
        words = len(_WORD.findall(sample)) or 1
        if len(signs.findall(sample)) * 8 > words and _vietnamese_share(convert(sample, font)) > 0.75:
            return font
    return ""


def _vietnamese_share(text: str) -> float:
    """Share of words with marks that are Vietnamese syllables."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(1 for word in marked if _SYLLABLE.fullmatch(word)) / len(marked) if marked else 0.0
