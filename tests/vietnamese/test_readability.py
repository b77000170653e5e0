from __future__ import annotations

import math
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.vietnamese import readability
from readable_portal.vietnamese.readability import measures

EASY = "Mẹ đi chợ. Bé ở nhà. Bà kể chuyện cho bé nghe. Bé rất vui."
HARD = (
    "Ủy ban nhân dân các huyện, thị xã, thành phố chủ động phối hợp với các sở, ban, ngành liên quan tổ chức"
    " rà soát, thống kê, đánh giá thực trạng công tác quản lý, sử dụng đất đai, kịp thời phát hiện, xử lý"
    " nghiêm những trường hợp vi phạm theo quy định của pháp luật và báo cáo kết quả về"
    " Sở Tài nguyên và Môi trường."
)


def test_the_formula() -> None:
    level = readability("Mẹ đi chợ. Bé ở nhà.")
    assert (level.syllables, level.sentences, level.syllables_per_sentence) == (6, 2, 3.0)
    assert level.letters_per_syllable == round(13 / 6, 2)
    assert level.grade == 0
    # 2 x 18/5 + 0.2 x 5 - 6
    assert readability("Nghiêng không thương giêng hai").grade == pytest.approx(2 * 26 / 5 + 1 - 6)


def test_bands_go_from_a_school_reader_to_an_office() -> None:
    assert readability(EASY).band == "easy"
    assert readability(HARD).band == "very-hard"
    assert readability(HARD).long_sentences == 1
    assert readability(EASY).long_sentences == 0


def test_headings_and_items_are_sentences_of_their_own() -> None:
    assert readability("Thành phần hồ sơ\na) Đơn\nb) Ảnh").sentences == 3


def test_nothing_to_read() -> None:
    level = readability(" … \n")
    assert (level.grade, level.band, level.sentences, level.listening_seconds) == (0, "easy", 0, 0)


def test_numbers_and_short_forms_take_longer_to_hear() -> None:
    assert readability("Năm 2019").listening_seconds > readability("Năm nay").listening_seconds
    assert readability("UBND xã").listening_seconds > readability("Cơ xã").listening_seconds


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_has_a_level(text: str) -> None:
    level = readability(text)
    assert 0 <= level.grade < math.inf
    assert 0 <= level.long_sentences <= 1
    assert level.reading_seconds >= 0


def test_textstat_is_asked_for_nothing_that_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    easy, hard = measures(EASY), measures(HARD)
    assert easy["syllables"] == 15
    assert hard["lix"] > easy["lix"]
    assert hard["ari"] > easy["ari"]
