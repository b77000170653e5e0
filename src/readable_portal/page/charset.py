"""From bytes to text: which charset a page is in.

In the order of the HTML standard (13.2.3.2): byte order mark, the response's header, ``<meta>`` in the
first kilobytes, a default. Text that is valid UTF-8 is taken as UTF-8 whatever is declared, since no
text in a legacy charset is so by accident. Vietnamese in fonts of the 1990s (TCVN3, VNI), which no
charset declares, is converted later, see ``legacy_fonts``.
"""

from __future__ import annotations

import re
from codecs import utf_8_decode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DEFAULT", "declared_charset", "to_utf8"]

# The HTML standard's default for Vietnamese, where the bytes are not UTF-8.
DEFAULT = "windows-1258"

# Labels of the Encoding standard that differ from Python's names or mean another charset to browsers.
_LABELS = {
    "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-unicode20utf8": "utf-8",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "l1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "windows-1252": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254",
    "tis-620": "cp874", "iso-8859-11": "cp874", "windows-874": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "chinese": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "korean": "cp949", "windows-949": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp", "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp", "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "unicode": "utf-16-le",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "ibm866": "cp866",
}  # fmt: skip
# Numbered families. Anything else, such as UTF-7, is not for pages and is ignored.
_FAMILIES = re.compile(r"(?:windows-|cp)(125[0-8])$|iso-?8859-([2-8]|1[03456])$")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# The standard looks at 1,024 bytes; SharePoint puts long comments before its <meta>.
_PRESCAN = 4096
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
# So many bytes of letters beyond ASCII, all of them right, are UTF-8: in a legacy charset the first is wrong.
_SURE = 500
_PIECE = 16_384
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)


def to_utf8(body: bytes, *, charset: str | None = None, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """A page in UTF-8, without byte order mark. Bytes that mean nothing become U+FFFD.

    A page that says it is in UTF-8 is given back as it is: the parser replaces what is invalid.

    Args:
        body: The page's bytes.
        charset: Its charset if known from elsewhere.
        headers: The response's headers, for the ``charset`` of its ``content-type``.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            body = body[len(mark) :]
            return body if name == "utf-8" else body.decode(name, "replace").encode()
    declared = declared_charset(body, charset=charset, headers=headers)
    if declared == "utf-8":
        return body
    if declared is None:
        if _begins_as_utf8(body) or _nearly_utf8(body):
            return body
    elif declared not in {"utf-16-le", "utf-16-be", "iso2022_jp"}:
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return body
    return body.decode(declared or DEFAULT, "replace").encode()


def _begins_as_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8, as far as it takes to be sure: to read all of a long page takes longer."""
    at = letters = 0
    while at < len(body) and letters < _SURE:
        piece = body[at : at + _PIECE]
        if piece.isascii():
            at += len(piece)
            continue
        try:
            text, read = utf_8_decode(piece, "strict", at + _PIECE >= len(body))
        except UnicodeDecodeError:
            return False
        letters += read - len(text)
        at += read
    return True


def _nearly_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few that were spoilt, as pages put together from files are."""
    text = body.decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    # Every letter of more than one byte makes the text shorter than its bytes.
    return spoilt * 20 < len(body) - len(text)


def declared_charset(
    body: bytes, *, charset: str | None = None, headers: Iterable[tuple[str, str]] = ()
) -> str | None:
    """Python's name of the charset that is declared, or None where none, or an unknown one, is."""
    labels = [charset or ""]
    labels += [
        m[1] for name, value in headers if name.lower() == "content-type" and (m := _HEADER.search(value))
    ]
    for label in labels:
        if known := _python_name(label):
            return known
    start = body[:_PRESCAN]
    for match in (_META.search(start), _XML.search(start)):
        if match and (known := _python_name(match[1].decode("ascii"))):
            # A <meta> that could be read is not in UTF-16, whatever it says (HTML standard, prescan).
            return "utf-8" if known.startswith("utf-16") else known
    return None


def _python_name(label: str) -> str | None:
    label = label.strip().lower()
    if label in {"utf-8", "utf8"}:
        return "utf-8"
    if found := _LABELS.get(label):
        return found
    if match := _FAMILIES.match(label):
        return f"cp{match[1]}" if match[1] else f"iso8859_{match[2]}"
    return None
