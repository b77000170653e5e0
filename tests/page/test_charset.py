from __future__ import annotations

import unicodedata

import pytest

from readable_portal.page import legacy_fonts
from readable_portal.page.charset import declared_charset, to_utf8

TEXT = "Ủy ban nhân dân tỉnh thông báo lịch tiếp công dân tháng 3"


def decode(body: bytes, charset: str | None = None, headers: tuple[tuple[str, str], ...] = ()) -> str:
    return to_utf8(body, charset=charset, headers=headers).decode("utf-8", "replace")


def page(meta: str) -> str:
    return f"<html><head><meta {meta}><title>Tin</title></head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_a_byte_order_mark_wins_and_is_dropped(mark: bytes, codec: str) -> None:
    text = page("charset=iso-8859-1")
    assert decode(mark + text.encode(codec), charset="windows-1252") == text


def test_the_header_comes_before_the_meta() -> None:
    body = page("charset=iso-8859-1").replace(TEXT, "Привет").encode("cp1251")
    assert "Привет" in decode(body, headers=(("Content-Type", "text/html; charset=windows-1251"),))


def test_the_meta_is_found_in_both_spellings() -> None:
    assert declared_charset(page('charset="windows-1258"').encode("utf-8")) == "cp1258"
    old = page('http-equiv="Content-Type" content="text/html; charset=shift_jis"')
    assert declared_charset(old.encode()) == "cp932"


def test_windows_1258_gives_whole_letters_after_normalising() -> None:
    # The charset has the letters with their hats, and the tones as marks that follow.
    decomposed = ""
    for letter in TEXT:
        parts = unicodedata.normalize("NFD", letter)
        tone = [c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323"]
        base = "".join(c for c in parts if c not in tone)
        decomposed += unicodedata.normalize("NFC", base) + "".join(tone)
    body = page("charset=windows-1258").replace(TEXT, decomposed).encode("cp1258")
    assert TEXT in unicodedata.normalize("NFC", decode(body))


def test_valid_utf_8_is_utf_8_whatever_is_declared() -> None:
    assert TEXT in decode(page("charset=windows-1252").encode("utf-8"))


@pytest.mark.parametrize(
    "label", ["utf-7", "unicode_escape", "zlib", "base64", "idna", "punycode", "x" * 40, ""]
)
def test_a_charset_that_is_none_is_ignored(label: str) -> None:
    assert declared_charset(b"", charset=label) is None
    assert decode(b"abc \xff", charset=label)


def test_tcvn3_is_recognised_and_converted() -> None:
    written = "Uû ban nh©n d©n tØnh th«ng b¸o lÞch tiÕp c«ng d©n th¸ng 3, ®Ò nghÞ c¸c ®¬n vÞ thùc hiÖn"
    assert legacy_fonts.detect(written) == "tcvn3"
    assert (
        legacy_fonts.convert(written, "tcvn3")
        == "Uỷ ban nhân dân tỉnh thông báo lịch tiếp công dân tháng 3, đề nghị các đơn vị thực hiện"
    )


def test_vni_is_recognised_and_converted() -> None:
    written = (
        "UÛy ban nhaân daân tænh thoâng baùo lòch tieáp coâng daân thaùng 3, ñeà nghò caùc ñôn vò thöïc hieän"
    )
    assert legacy_fonts.detect(written) == "vni"
    assert (
        legacy_fonts.convert(written, "vni")
        == "Ủy ban nhân dân tỉnh thông báo lịch tiếp công dân tháng 3, đề nghị các đơn vị thực hiện"
    )


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Où êtes-vous allés à l'école, élèves français, à côté du château",
        "El año que viene los niños españoles irán a la montaña mañana",
        "Schöne Grüße aus München über die Straße",
        "Prices rose by 3½ percent to £40 ± 2 µg, see §5 and ®",
        "",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert legacy_fonts.detect(text) == ""


def test_text_in_unicode_on_a_page_with_an_old_font_stays() -> None:
    assert legacy_fonts.convert(TEXT, "tcvn3") == TEXT


def test_a_spoilt_byte_does_not_change_the_charset_of_a_page() -> None:
    body = TEXT.encode() + b"\xff" + TEXT.encode()
    assert TEXT in decode(body)
    assert "é" in decode("café".encode("cp1252"))


def test_a_long_page_that_declares_nothing_is_known_by_its_first_letters() -> None:
    start = "<p>Ủy ban nhân dân xã họp bàn việc diệt lăng quăng.</p>" * 400
    assert decode(start.encode() + b"caf\xe9") == start + "caf\ufffd"
    assert decode(b"<p>plain</p>" * 4_000 + "ạ".encode()) == "<p>plain</p>" * 4_000 + "ạ"
    assert decode(b"<p>plain</p>" * 4_000 + b"caf\xe9").endswith("café")
