from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readable_portal import summarize
from readable_portal.errors import SummaryError
from readable_portal.model import Change, Summary, SummarySentence
from readable_portal.summary.completion import complete

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


def test_the_publishers_lead_is_preferred(write: Callable[..., Article]) -> None:
    lead = "Từ tháng 5, mỗi hộ dân xã Tân Lập nộp phí rác 20.000 đồng một tháng."
    made = write(
        "Xã Tân Lập thu phí rác",
        "Sáng nay xã Tân Lập họp bàn về phí rác và việc thu gom rác của hộ dân.",
        "Nhiều hộ dân nói phí rác như vậy là vừa sức.",
        lead=lead,
    )
    assert summarize(made, sentences=1).text == lead


def test_a_rarer_abbreviation_is_written_out_once_and_an_everyday_one_is_not(
    write: Callable[..., Article],
) -> None:
    made = write(
        "Làm đường vào xã Tân Lập",
        "UBND xã Tân Lập và Sở GTVT làm đường vào xã trong tháng này.",
        "Sở GTVT cho xe làm đường vào xã từ sáng nay.",
    )
    summary = summarize(made, sentences=2)
    assert summary.text.count("Giao thông vận tải (GTVT)") == 1
    assert "UBND" in summary.text
    changes = [change for each in summary.sentences for change in each.changes]
    assert [change.rule for change in changes] == ["write-out"]
    assert {term.text for term in summary.glossary} >= {"UBND", "GTVT"}


def test_facts_terms_and_both_reading_levels_come_with_it(write: Callable[..., Article]) -> None:
    made = write(
        "Xã Tân Lập thu phí rác",
        "Ngày 2/5, UBND xã Tân Lập ban hành Thông báo số 12/TB-UBND về phí rác.",
        "Mỗi hộ nộp 20.000 đồng một tháng.",
    )
    summary = summarize(made)
    assert [fact.kind for fact in summary.facts] == ["who", "document", "when"]
    for fact in summary.facts:
        assert made.sentences[fact.sentence].text[fact.start : fact.end] == fact.value
    assert summary.readability is not None
    assert summary.article_readability is not None
    assert summary.article_readability.syllables >= summary.readability.syllables - 2
    assert summary.article_readability.listening_seconds > 0


def test_a_draft_that_the_gate_doubts_gives_way_to_its_source(write: Callable[..., Article]) -> None:
    made = write("Thu phí rác", "Mỗi hộ nộp 20.000 đồng một tháng.", "Hộ nghèo không phải nộp.")
    change = Change(rule="test", before="20.000", after="30.000")
    draft = Summary(
        sentences=(
            SummarySentence(text="Mỗi hộ nộp 30.000 đồng một tháng.", source=0, changes=(change,)),
            SummarySentence(text="Hộ nghèo phải nộp.", source=1),
        )
    )
    summary = complete(made, draft)
    assert [each.text for each in summary.sentences] == ["Mỗi hộ nộp 20.000 đồng một tháng."]
    assert summary.notes == ("replaced:number", "dropped:negation")


def test_verbatim_sentences_can_be_asked_for(write: Callable[..., Article]) -> None:
    made = write("Thu phí rác", "Theo đó, xã triển khai thực hiện việc thu phí rác của mỗi hộ dân.")
    assert summarize(made, plain=False).sentences[0].text.startswith("Theo đó, xã triển khai")
    assert summarize(made).sentences[0].text == "Xã thực hiện việc thu phí rác của mỗi hộ dân."
