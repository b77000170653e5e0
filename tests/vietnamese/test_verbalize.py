"""What holds for any text: tiling spans, nothing but words and pauses, the same for every spelling."""

from __future__ import annotations

import time
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
    latin = all("\u0300" <= one <= "\u036f" for one in decomposed if unicodedata.combining(one))
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
def test_time_grows_with_the_length_alone(piece: str) -> None:
    """Four times the text takes about four times as long; a square would take sixteen."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = 9.0
        for _ in range(3):
            before = time.process_time()
            verbalize(text)
            best = min(best, time.process_time() - before)
        return best

    assert seconds(24_000) < 9 * seconds(6_000) + 0.01
