from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readable_portal import summarize
from readable_portal.errors import SummaryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from readable_portal.model import Article


def test_each_sentence_of_a_summary_stands_in_the_article(write: Callable[..., Article]) -> None:
    made = write(
        "Xã Tân Lập thu phí rác từ tháng 5",
        ("Sáng nay trời mát.", "Từ tháng 5, xã Tân Lập thu phí rác của mỗi hộ dân 20.000 đồng một tháng."),
        "Người dân nộp phí tại nhà văn hóa thôn.",
        "Hộ nghèo được miễn phí này.",
    )
    summary = summarize(made, sentences=2)
    assert len(summary.sentences) == 2
    assert [each.source for each in summary.sentences] == sorted(each.source for each in summary.sentences)
    for each in summary.sentences:
        assert each.text == made.sentences[each.source].text
    assert summary.engine == "extract"


def test_an_article_without_sentences_cannot_be_summed_up(write: Callable[..., Article]) -> None:
    with pytest.raises(SummaryError):
        summarize(write("Ảnh: lễ hội"))
