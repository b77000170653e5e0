"""Summaries for a portal: made once, kept in the store, and never waited for longer than an extract takes.

A reader who asks for the summary of an article gets what is there: the model's, if it was made before, else
the extract, while the model works in the background. So a slow, broken or lying model costs readers
nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from readable_portal.errors import ReadablePortalError
from readable_portal.logs import event
from readable_portal.model import Change, Summary, SummarySentence
from readable_portal.summary.completion import complete
from readable_portal.summary.engine import Extract, get_summarizer

if TYPE_CHECKING:
    from readable_portal.model import Article
    from readable_portal.settings import Settings
    from readable_portal.store import Store

__all__ = ["SummaryService"]

LOG = logging.getLogger(__name__)
# Articles that may wait for the model; beyond it, readers get the extract and a later reader asks again.
WAITING = 64
# Seconds until a model that failed at an article is asked again about it: readers come by the minute.
RETRY = 600.0
# Format of what is kept; a new one makes old ones unread.
VERSION = 1


class SummaryService:
    """Sums articles up with the engine that the settings name.

    Args:
        settings: ``summarizer``, ``summary_sentences`` and the ``chat_…`` settings.
        store: Where drafts of slow engines are kept.

    Raises:
        SettingsError: There is no such engine, or it lacks a setting.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self.engine = get_summarizer(settings)
        self._count = settings.summary_sentences
        self._store = store
        self._works: dict[str, asyncio.Task[None]] = {}
        self._failed: dict[str, float] = {}
        # One at a time: a model on the office's own machine has one processor to think with.
        self._turn = asyncio.Lock()

    async def summary(self, article: Article) -> Summary:
        """The best summary that is there now; a slow engine's follows in the background.

        Notes in fixed words: ``machine-made`` for a model's, ``model-pending`` while it works,
        ``replaced:KIND`` and ``dropped:KIND`` where the gate stepped in.

        Raises:
            SummaryError: The article cannot be summed up.
        """
        if self.engine.quick:
            return await asyncio.to_thread(lambda: summarize_with(self.engine, article, self._count))
        kept = await self._kept(article)
        if kept is not None:
            made = await asyncio.to_thread(lambda: complete(article, kept).whole())
            if made.sentences:
                return made
        else:
            self._begin(article)
        plain = await asyncio.to_thread(lambda: summarize_with(Extract(), article, self._count))
        note = "model-pending" if article.digest in self._works else "model-failed"
        return replace(plain, notes=(*plain.notes, note))

    async def finished(self) -> None:
        """Wait until nothing is being made (for `warm` and tests)."""
        while self._works:
            await asyncio.gather(*self._works.values(), return_exceptions=True)

    async def aclose(self) -> None:
        """Stop what is being made."""
        for work in self._works.values():
            work.cancel()
        await self.finished()

    def _begin(self, article: Article) -> None:
        if article.digest in self._works or len(self._works) >= WAITING:
            return
        if time.monotonic() - self._failed.get(article.digest, -RETRY) < RETRY:
            return
        work = asyncio.create_task(self._make(article), name=f"summary {article.digest[:12]}")
        self._works[article.digest] = work
        work.add_done_callback(lambda _: self._works.pop(article.digest, None))

    async def _make(self, article: Article) -> None:
        async with self._turn:
            try:
                draft = await asyncio.to_thread(lambda: self.engine.draft(article, sentences=self._count))
            except ReadablePortalError as error:
                LOG.warning(
                    "an article was not summed up: %s",
                    error,
                    extra=event("summary-failed", engine=self.engine.name),
                )
                if len(self._failed) >= WAITING:
                    self._failed.clear()
                self._failed[article.digest] = time.monotonic()
                return
            try:
                await self._store.put(self._key(article), _written(draft))
            except ReadablePortalError as error:
                LOG.warning("a summary could not be kept: %s", error, extra=event("store-failed"))

    async def _kept(self, article: Article) -> Summary | None:
        try:
            blob = await self._store.get(self._key(article))
        except ReadablePortalError as error:
            LOG.warning("kept summaries cannot be read: %s", error, extra=event("store-failed"))
            return None
        return _read(blob) if blob is not None else None

    def _key(self, article: Article) -> str:
        name = f"{VERSION} {self.engine.name} {self._count} {article.digest}"
        digest = hashlib.sha256(name.encode()).hexdigest()
        return f"summaries/{digest[:2]}/{digest}.json"


def summarize_with(engine: Any, article: Article, count: int) -> Summary:
    """Draft and complete in one go, facts and all: who asks for these in a loop has no thread to wait in."""
    return complete(article, engine.draft(article, sentences=count)).whole()


def _written(draft: Summary) -> bytes:
    kept = {
        "sentences": [asdict(each) for each in draft.sentences],
        "engine": draft.engine,
        "notes": draft.notes,
    }
    return json.dumps(kept, ensure_ascii=False).encode()


def _read(blob: bytes) -> Summary | None:
    """A kept draft, or None when it is no such thing: somebody else may write to the store."""
    try:
        kept = json.loads(blob)
        return Summary(
            sentences=tuple(
                SummarySentence(
                    text=str(each["text"]),
                    source=int(each["source"]),
                    sources=tuple(map(int, each["sources"])),
                    changes=tuple(Change(**change) for change in each["changes"]),
                )
                for each in kept["sentences"]
            ),
            engine=str(kept["engine"]),
            notes=tuple(map(str, kept["notes"])),
        )
    except (ValueError, LookupError, TypeError):
        return None
