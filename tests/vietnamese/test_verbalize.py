"""What holds for any text: tiling spans, nothing but words and pauses, the same for every spelling."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.vietnamese.numbers import Dialect
from readable_portal.vietnamese.verbalize import verbalize

if TYPE_CHECKING:
    from readable_portal.model import Spoken

PAUSES = set(".,;:?!")
# Pieces that meet in real pages, to be put together in ways they never are.
PIECES = st.sampled_from(
    [
        "39/KH-UBND",
        "14/3/2019",
        "15",
        "-",
        "20/3",
        "7h30",
        "1.250.000",
        "3,5%",
        "25m2",
        "đồng/người",
        "0297.3862.083",
        "+84",
        "UBND",
        "TP.",
        "LĐ-TB&XH",
        "XXI",
        "III/2019",
        "12a",
        "kiengiang.gov.vn",
        "a@b.vn",
        "./.",
        "-",
        "–",
        "•",
        "*",
        "+",
        "=",
        "≥",
        "±",
        "→",
        "½",
        "²",
        "٣",
        "Ⅷ",
        "中",
        "😀",
        "(",
        ")",
        "[",
        "]",
        "“",
        "”",
        "'",
        '"',
        "…",
        "..",
        "/",
        "//",
        "#",
        "$",
        "€",
        "%",
        "°C",
        "v.v.",
        "đ/c",
        "H.",
        "Q.1",
        "QĐ-TTg",
        "24/24",
        "2016-2020",
        "-5",
        "x",
        "×",
        "&",
        "@",
        "|",
        "\\",
        "`",
        "^",
        "~",
        "_",
        "\n",
        "\t",
        "\n- ",
        " ",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "M", "C")), max_size=60),
    st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=16).flatmap(
        lambda pieces: st.sampled_from(["", " "]).map(lambda joint: joint.join(pieces))
    ),
)


def check(written: str, spoken: Spoken) -> None:
    heard = seen = 0
    for span in spoken.spans:
        assert (span.start, span.written_start) == (heard, seen)
        assert span.end >= heard
        assert span.written_end >= seen
        heard, seen = span.end, span.written_end
    assert heard == len(spoken.text)
    assert seen == (len(written) if spoken.spans else 0)
    assert spoken.spans or not written
    for character in spoken.text:
        assert character == " " or character in PAUSES or unicodedata.category(character)[0] in "LM", (
            character
        )
    assert "  " not in spoken.text
    assert spoken.text == spoken.text.strip()
    assert not any(f" {mark}" in spoken.text for mark in PAUSES)


@settings(max_examples=400)
@given(TEXTS)
def test_any_text_becomes_words_and_maps_back(written: str) -> None:
    check(written, verbalize(written))


@settings(max_examples=100)
@given(TEXTS, st.dictionaries(st.sampled_from(["UBND", "TP", "ABC", "a"]), st.text(max_size=12)))
def test_learned_abbreviations_may_hold_anything(written: str, learned: dict[str, str]) -> None:
    check(written, verbalize(written, abbreviations=learned, dialect="south"))


@settings(max_examples=100)
@given(TEXTS)
def test_composed_and_decomposed_are_said_alike(written: str) -> None:
    composed = unicodedata.normalize("NFC", written)
    decomposed = unicodedata.normalize("NFD", composed)
    # Marks of Latin letters; other scripts keep theirs where they stand.
    latin = all("\u0300" <= one <= "\u036f" for one in decomposed if unicodedata.category(one)[0] == "M")
    latin = latin and not any("\u1100" <= one <= "\u11ff" for one in decomposed)  # Korean letters
    if latin and unicodedata.normalize("NFC", decomposed) == composed:
        said = verbalize(decomposed)
        check(decomposed, said)
        assert unicodedata.normalize("NFC", said.text) == unicodedata.normalize(
            "NFC", verbalize(composed).text
        )


def test_a_span_leads_back_to_what_is_written() -> None:
    written = "UBND tỉnh ban hành Kế hoạch số 39/KH-UBND ngày 14/3/2019."
    spoken = verbalize(written)
    pairs = {
        written[span.written_start : span.written_end]: spoken.text[span.start : span.end]
        for span in spoken.spans
        if span.end > span.start
    }
    assert pairs["UBND"] == "Ủy ban nhân dân"
    assert pairs["39/KH-UBND"] == "ba mươi chín, kế hoạch Ủy ban nhân dân"
    assert pairs["14/3/2019"] == "mười bốn tháng ba năm hai nghìn không trăm mười chín"
    assert pairs["tỉnh"] == "tỉnh"


def test_spans_of_decomposed_text_count_its_own_characters() -> None:
    written = unicodedata.normalize("NFD", "Quyết định của UBND tỉnh")
    words = [written[span.written_start : span.written_end] for span in verbalize(written).spans]
    assert "".join(words) == written
    assert unicodedata.normalize("NFD", "định") in words


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("hoà bình, thuỷ lợi, khoẻ", "hòa bình, thủy lợi, khỏe"),
        ("tòan tỉnh, hùynh", "toàn tỉnh, huỳnh"),
        ("NÐ-CP", "NĐ-CP"),
        ("１２／３", "12/3"),
        ("tuyên\u00adtruyền", "tuyêntruyền"),
        ("20\u221225", "20-25"),
        ("Kiê\u0300n", "Kiền"),
        ("38 ºC", "38 °C"),
    ],
)
def test_spellings_of_one_thing_are_said_alike(written: str, same: str) -> None:
    assert verbalize(written).text == verbalize(same).text


def test_north_and_south() -> None:
    assert verbalize("1.105 người").text == "một nghìn một trăm linh năm người"
    assert verbalize("1.105 người", dialect="south").text == "một ngàn một trăm lẻ năm người"
    assert verbalize("24 hộ", dialect="south").text == "hai mươi bốn hộ"
    assert verbalize("7", dialect=Dialect(seven="bẩy")).text == "bẩy"
    with pytest.raises(ValueError, match="north, central, south"):
        verbalize("7", dialect="east")


def test_what_the_article_defines_comes_first() -> None:
    learned = {"TTKN": "Trung tâm Khuyến nông", "UBND": "Ủy ban"}
    assert verbalize("TTKN và UBND", abbreviations=learned).text == "Trung tâm Khuyến nông và Ủy ban"
    assert verbalize("TTKN", abbreviations={"TTKN": "Trạm số II"}).text == "Trạm số hai"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # What stands beside its short form is not said twice, however it is spelled.
        ("Uỷ ban nhân dân (UBND) xã", "Ủy ban nhân dân, u bê nờ dê, xã"),
        ("UBND (Ủy ban nhân dân) xã", "u bê nờ dê, Ủy ban nhân dân, xã"),
        ("xã (UBND)", "xã, Ủy ban nhân dân,"),
        # Initials are no places, also where several stand together.
        ("chị L.T. N.Đ. ngụ Q. 3", "chị L T. N Đ. ngụ quận ba"),
        ("nhà máy Ô Lâm I mở lại", "nhà máy Ô Lâm một mở lại"),
        ("chị Trần Thị I. cho biết", "chị Trần Thị I. cho biết"),
        # Short forms of three letters are spelled, though they look like syllables.
        ("số liệu của ROA", "số liệu của rờ o a"),
        ("thẻ SIM mới", "thẻ sim mới"),
        # A day needs a word that expects one; falling numbers are no range.
        ("ngày 1.7 và mỗi ngày 1.7 tỷ", "ngày một tháng bảy và mỗi ngày một phẩy bảy tỷ"),
        ("thứ hai (16-4, giờ địa phương)", "thứ hai, mười sáu tháng tư, giờ địa phương,"),
        ("chiếm đa số (4/7)", "chiếm đa số, bốn trên bảy,"),
        ("giảm từ 16-11 đồng", "giảm từ mười sáu đến mười một đồng"),
        (
            "từ 1887 đến 3-1945",
            "từ một nghìn tám trăm tám mươi bảy đến tháng ba năm một nghìn chín trăm bốn mươi lăm",
        ),
        ("khách dao động 300 – 1.000 người", "khách dao động ba trăm đến một nghìn người"),
        ("số máy 1022, máy 250 CV", "số máy một không hai hai, máy hai trăm năm mươi mã lực"),
        ("bộ số 05 - 12 - 40", "bộ số không năm, mười hai, bốn mươi"),
        ("giá 3000.000 đồng", "giá ba triệu đồng"),
        ("2 m x 3 và nhà máy X 51", "hai mét nhân ba và nhà máy X năm mươi mốt"),
    ],
)
def test_rules_of_reading(written: str, said: str) -> None:
    assert verbalize(written).text == said


def test_pauses_stand_for_structure() -> None:
    assert verbalize("Điều 1. Phạm vi\nÁp dụng (cả nước)./.").text == "Điều một. Phạm vi. Áp dụng, cả nước."
    assert verbalize("Tin mới\n\n(08:46 | 15/03/2019)\n\nỦy ban").text == (
        "Tin mới. tám giờ bốn mươi sáu, mười lăm tháng ba năm hai nghìn không trăm mười chín. Ủy ban"
    )
    assert verbalize("Tên\tSố\n- An").text == "Tên, Số. An"


HOSTILE = [
    "a",
    "0",
    ".",
    "(",
    "[(",
    "-",
    "1.",
    "a.",
    "1/",
    "Ⅷ",
    "\u0301",
    "A-",
    '"',
    "/",
    "UBND ",
    "12/12/2012 ",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.usefixtures("ends")
def test_no_text_takes_for_ever(piece: str) -> None:
    """Steps that grow with the square of the text would not end."""
    text = piece * (100_000 // len(piece))
    assert len(verbalize(text).text) < 100 * len(text)
