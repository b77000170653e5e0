from __future__ import annotations

import asyncio
import importlib.metadata
from typing import TYPE_CHECKING, Any

import pytest

from readable_portal.errors import SettingsError
from readable_portal.settings import Settings
from readable_portal.store import Store
from readable_portal.summary.engine import GROUP, Extract, Summarizer, get_summarizer
from readable_portal.summary.service import SummaryService

if TYPE_CHECKING:
    from collections.abc import Callable

    from readable_portal.model import Article

FEE = "Từ ngày 1/5, xã Tân Lập thu phí rác của mỗi hộ dân 20.000 đồng một tháng."
PLACE = "Hộ dân nộp phí rác tại nhà văn hóa thôn trước ngày 5 hằng tháng."


@pytest.fixture
def article(write: Callable[..., Article]) -> Article:
    return write("Xã Tân Lập thu phí rác", FEE, PLACE)


def service(model: Any, store: Store, **options: Any) -> SummaryService:
    return SummaryService(Settings(summarizer="chat", chat_url=model.url, **options), store)


def test_a_reader_never_waits_for_the_model(model: Any, article: Article) -> None:
    model.says, model.delay = FEE, 0.4

    async def read() -> None:
        made = service(model, Store())
        first = await made.summary(article)
        assert first.engine == "extract"
        assert "model-pending" in first.notes
        await made.finished()
        second = await made.summary(article)
        assert second.engine.startswith("chat:")
        assert second.text == FEE
        assert second.facts

    asyncio.run(read())


def test_many_readers_ask_the_model_once_and_the_store_remembers(model: Any, article: Article) -> None:
    model.says, model.delay = FEE, 0.1

    async def read() -> None:
        store = Store()
        made = service(model, store)
        await asyncio.gather(*(made.summary(article) for _ in range(5)))
        await made.finished()
        other = service(model, store)
        assert (await other.summary(article)).engine.startswith("chat:")

    asyncio.run(read())
    assert len(model.asked) == 1


def test_a_broken_model_costs_readers_nothing_and_is_not_asked_again_at_once(
    model: Any, article: Article
) -> None:
    model.status = 500

    async def read() -> None:
        made = service(model, Store())
        await made.summary(article)
        await made.finished()
        again = await made.summary(article)
        assert again.engine == "extract"
        assert "model-failed" in again.notes
        await made.aclose()

    asyncio.run(read())
    assert len(model.asked) == 1


def test_a_model_that_only_lies_gives_way_to_the_extract(model: Any, article: Article) -> None:
    model.says = "Mỗi hộ dân nộp phí rác 90.000 đồng một tháng."

    async def read() -> None:
        made = service(model, Store())
        await made.summary(article)
        await made.finished()
        again = await made.summary(article)
        assert again.engine == "extract"
        assert "90.000" not in again.text

    asyncio.run(read())


def test_rubbish_in_the_store_is_no_summary(model: Any, article: Article) -> None:
    model.says = FEE

    async def read() -> None:
        store = Store()
        made = service(model, store)
        for blob in (b"", b"[]", b'{"sentences": 3}', b'{"sentences": [{"text": 1}]}'):
            await store.put(made._key(article), blob)
            assert (await made.summary(article)).engine == "extract"
            await made.finished()

    asyncio.run(read())


def test_the_extract_is_given_at_once() -> None:
    assert isinstance(get_summarizer(Settings()), Extract)
    assert isinstance(Extract(), Summarizer)


def test_others_add_theirs_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(Extract):
        name = "other"

    entry = importlib.metadata.EntryPoint("other", "somewhere:make", GROUP)
    monkeypatch.setattr(importlib.metadata.EntryPoint, "load", lambda _: lambda _settings: Other())
    monkeypatch.setattr("readable_portal.summary.engine.entry_points", lambda group: [entry])  # noqa: ARG005 - its name
    assert get_summarizer(Settings(summarizer="other")).name == "other"
    monkeypatch.setattr(importlib.metadata.EntryPoint, "load", lambda _: lambda _settings: object())
    with pytest.raises(SettingsError, match="returns a Summarizer"):
        get_summarizer(Settings(summarizer="other"))


def test_an_unknown_engine_says_which_are_known() -> None:
    with pytest.raises(SettingsError, match="extract, chat"):
        get_summarizer(Settings(summarizer="gpt"))


def test_a_portal_takes_the_models_summary_as_soon_as_it_is_there(model: Any) -> None:
    from readable_portal.model import Page
    from readable_portal.portal import Portal

    said = "Phụ huynh mang theo sổ tiêm chủng và đưa trẻ đến trạm y tế xã đúng giờ."
    body = "".join(
        f"<p>{said} Đợt {word} diễn ra trong tuần này.</p>" for word in ("một", "hai", "ba", "bốn")
    )
    page = f"<html lang=vi><title>Lịch tiêm</title><div><h1>Lịch tiêm cho trẻ em ở xã</h1>{body}</div></html>"
    model.says = said

    class Pages:
        async def fetch(self, path: str, **_: object) -> Page:
            headers = (("content-type", "text/html; charset=utf-8"),)
            return Page(url=f"http://portal{path}", body=page.encode(), headers=headers)

    async def read() -> None:
        portal = Portal(Settings(summarizer="chat", chat_url=model.url), Pages())
        assert (await portal.summary("/1")).engine == "extract"
        assert portal._sums is not None
        await portal._sums.finished()
        summary = await portal.summary("/1")
        assert summary.engine.startswith("chat:")
        assert summary.text == said
        await portal.aclose()

    asyncio.run(read())
