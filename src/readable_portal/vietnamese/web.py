"""Web and mail addresses: ``dichvucong.gov.vn`` is "dịch vụ công chấm gov chấm vn"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readable_portal.vietnamese.numbers import digits
from readable_portal.vietnamese.tables import read_table

if TYPE_CHECKING:
    from readable_portal.vietnamese.reading import Reading, Said

__all__ = ["HASHTAG", "WEB", "hashtag", "web"]

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?"
_ENDING = (
    r"(?:vn|com|net|org|gov|edu|info|asia|io|me|ly|gl|be|tv|co|biz|mil|int|eu|us|uk|fr|de|jp|cn|kr|sg"
    r"|aspx|html?|php|pdf|docx?|xlsx?)"
)
WEB = re.compile(
    rf"(?:(?:https?|ftp)://|www\.)[^\s<>\"'“”()\[\]]{{1,512}}"
    rf"|[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@{_LABEL}(?:\.{_LABEL}){{1,6}}"
    rf"|{_LABEL}(?:\.{_LABEL}){{0,5}}\.{_ENDING}(?![\w@])(?:/[A-Za-z0-9._~/?#=&%+-]{{0,512}})?",
    re.IGNORECASE,
)
HASHTAG = re.compile(r"#([^\W\d_]\w{0,63})")

_HUMP = re.compile(r"[^\W\d_a-zà-ỹđ][a-zà-ỹđ]+")
_JOINED = re.compile(r"(?:[^\W\d_a-zà-ỹđ][a-zà-ỹđ]+){2,16}(?![^\W\d_])")

_SCHEME = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]")
SIGNS = {
    ".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới", "/": "gạch chéo", ":": "hai chấm",
    "?": "hỏi chấm", "=": "bằng", "&": "và", "#": "thăng", "%": "phần trăm", "+": "cộng", "~": "ngã",
}  # fmt: skip
# What an address is not told for: the reader clicks it, the listener needs the name.
LONGEST_PATH = 40
# So many names joined into one: "sonongnghiepkiengiang" are three. Each more costs another look.
MOST_NAMES = 4


@cache
def _names() -> dict[str, str]:
    return {row["written"]: row["spoken"].lower() for row in read_table("web")}


def web(match: re.Match[str], reading: Reading) -> Said:
    """An address without its scheme; names of offices and provinces as they are said."""
    written = match.group().rstrip(".,;:!?")
    end = match.start() + len(written)
    plain = _SCHEME.sub("", written).rstrip("/")
    if not plain or ("@" not in plain and "." not in plain):
        return None
    if plain == match.group() and not _is_address(plain):
        return None
    host, slash, path = plain.partition("/")
    said = _say(host, reading)
    if slash and len(path) <= LONGEST_PATH:
        said += f" gạch chéo {_say(path, reading)}"
    elif slash:
        said += " và phần sau của địa chỉ"
    return said, end


def _is_address(written: str) -> bool:
    """A name with an ending could also be a sentence without its space ("xong.Me")."""
    labels = written.split("/", maxsplit=1)[0].split(".")
    return "@" in written or (
        labels[-1].islower() and not any(label[:1].isupper() and len(label) < 3 for label in labels)
    )


def _say(written: str, reading: Reading) -> str:
    pieces = []
    for piece in _PIECE.findall(written):
        if piece.isascii() and piece.isdigit():
            pieces.append(digits(piece, reading.dialect))
        elif piece.isalpha():
            pieces.append(_name(piece))
        elif piece in SIGNS:
            pieces.append(SIGNS[piece])
    return " ".join(pieces)


@lru_cache(maxsize=2048)
def _name(written: str) -> str:
    """Put a joined name together from known ones, longest first; unknown names stay as they are."""
    return _joined(written.lower(), MOST_NAMES) or written


def _joined(lower: str, most: int) -> str | None:
    names = _names()
    if lower in names:
        return names[lower]
    for cut in range(len(lower) - 2, 1, -1) if most > 1 else ():
        head = names.get(lower[:cut])
        rest = _joined(lower[cut:], most - 1) if head else None
        if head and rest:
            return f"{head} {rest}"
    return None


def hashtag(match: re.Match[str], reading: Reading) -> Said:
    """``#CCHC``: the sign, then the tag as the text around would say it; ``#ChuyenDoiSo`` in its words."""
    del reading
    joined = _JOINED.match(match[1])
    if joined:
        return f"thăng {' '.join(_HUMP.findall(joined.group()))}", match.start() + 1 + joined.end()
    return "thăng", match.start() + 1
