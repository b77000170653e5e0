from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from readable_portal import summarize
from readable_portal.errors import SummaryError
from readable_portal.model import Change, Summary, SummarySentence
from readable_portal.summary.completion import _is_slice, complete
from readable_portal.summary.facts import find_facts
from readable_portal.summary.faithfulness import Source
from readable_portal.vietnamese.glossary import find_terms
from readable_portal.vietnamese.readability import readability

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


TEXTS = (
    ("Thu phí rác", "Mỗi hộ nộp 20.000 đồng một tháng.", "Hộ nghèo không phải nộp."),
    (
        "Làm đường",
        "UBND xã và Sở GTVT làm đường vào xã trước ngày 30/6.",
        "Theo đó, xã triển khai thực hiện.",
    ),
    ("Học bơi", "Ông Lê Văn Nam mở lớp học bơi cho trẻ em.", "Ông Nam nói lớp học bơi không thu tiền."),
)


def eager(summary: Summary) -> Summary:
    """The same, made by its fields."""
    return Summary(**{each.name: getattr(summary, each.name) for each in fields(summary)})


def again(summary: Summary) -> Summary:
    """The same, kept and read back."""
    made: Summary = pickle.loads(pickle.dumps(summary))  # noqa: S301 - just written
    return made


@pytest.mark.parametrize("title", [each[0] for each in TEXTS])
def test_what_is_made_later_is_what_would_have_been_made_at_once(
    write: Callable[..., Article], title: str
) -> None:
    made = write(*next(each for each in TEXTS if each[0] == title))
    texts = [each.text for each in made.sentences]
    later = summarize(made)
    assert later.facts == tuple(find_facts(texts))
    assert later.glossary == tuple(find_terms(texts))
    assert later.article_readability == readability(made.text)
    assert later.readability == readability("\n".join(each.text for each in later.sentences))
    for way in (eager, copy.copy, copy.deepcopy, again, replace):
        assert way(summarize(made)) == later
    assert hash(summarize(made)) == hash(later)
    assert repr(summarize(made)) == repr(later)
    assert asdict(summarize(made)) == asdict(eager(later))


def test_nothing_is_made_before_somebody_asks_and_then_once(
    write: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in ("find_facts", "find_terms", "readability"):

        def noted(_: object, name: str = name) -> Any:
            asked.append(name)
            return [] if name.startswith("find") else None

        monkeypatch.setattr(f"readable_portal.summary.completion.{name}", noted)
    summary = summarize(write(*TEXTS[0]))
    assert asked == []
    assert (summary.facts, summary.facts, summary.glossary) == ((), (), ())
    assert asked == ["find_facts", "find_terms"]
    assert summary.whole() is summary
    assert sorted(asked) == ["find_facts", "find_terms", "readability", "readability"]


def test_a_field_that_there_is_not_is_missed(write: Callable[..., Article]) -> None:
    with pytest.raises(AttributeError, match="minutes"):
        summarize(write(*TEXTS[0])).minutes  # type: ignore[attr-defined]  # noqa: B018 - asking is the test
    with pytest.raises(FrozenInstanceError):
        summarize(write(*TEXTS[0])).facts = ()  # type: ignore[misc]


def test_many_threads_get_the_same(write: Callable[..., Article]) -> None:
    summary = summarize(write(*TEXTS[1]))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: (summary.facts, summary.glossary, summary.readability), range(64)))
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Hộ nghèo nộp.", "Không phải hộ nghèo, hộ nghèo nộp."),
        ("000 đồng một tháng.", "Mỗi hộ nộp 20.000 đồng một tháng."),
        ("Hộ nghèo nộp phí rác.", "Hộ nghèo nộp phí rác nước."),
        ("Ghèo nộp phí rác.", "Hộ nghèo nộp phí rác."),
    ],
)
def test_a_slice_that_says_something_else_is_not_taken_for_granted(text: str, source: str) -> None:
    assert not _is_slice(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Mỗi hộ nộp 20.000 đồng.", "Theo đó, mỗi hộ nộp 20.000 đồng."),
        ("Mỗi hộ nộp 20.000 đồng.", "2. Mỗi hộ nộp 20.000 đồng;"),
        ("Mỗi hộ nộp 20.000 đồng.", "Mỗi hộ nộp 20.000 đồng, góp phần làm đẹp cảnh quan."),
    ],
)
def test_a_slice_that_leaves_out_what_is_set_off_is_faithful(text: str, source: str) -> None:
    assert _is_slice(text, source)
    assert not Source([source]).doubts(text)


def test_words_of_another_sentence_are_held_against_the_whole_article(write: Callable[..., Article]) -> None:
    made = write("Thu phí rác", "Mỗi hộ nộp phí.", "Hộ nghèo không phải nộp.")
    draft = Summary(sentences=(SummarySentence(text="Mỗi hộ phải nộp phí.", source=0),))
    assert complete(made, draft).notes == ("dropped:negation",)
