"""A portal made readable: page -> article -> summary and speech, each made once and kept.

This is the core that the middleware, the proxy and the embed server share. It knows
nothing of HTTP: a :class:`PageSource` brings the pages.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import anyio
import anyio.to_thread

from readable_portal.cache import Cache
from readable_portal.errors import PageRefused, ReadablePortalError, SummaryError
from readable_portal.metrics import ARTICLES, SUMMARIES
from readable_portal.speech.dialect import dialect_for
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store
from readable_portal.tracing import span

if TYPE_CHECKING:
    from collections.abc import Callable

    from readable_portal.model import Article, Page, Summary, Term
    from readable_portal.settings import Settings
    from readable_portal.summary.service import SummaryService

__all__ = ["Client", "PageSource", "Portal", "check_path"]

T = TypeVar("T")

# An article's blocks, sentences and answers take about this many times its text in memory.
ARTICLE_OVERHEAD = 12
# Bytes of articles kept in a process, some 400 of them. The store is for what is dear (audio).
ARTICLE_CACHE = 32 * 1024 * 1024
SUMMARY_CACHE = 4 * 1024 * 1024
# RFC 9110 section 4.1 asks for 8,000 at least of servers; no portal's own addresses come near half of it.
LONGEST_PATH = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks: passed on to the portal so that its own limits and logs see the person, not us.

    Never holds cookies or credentials.
    """

    host: str = ""
    scheme: str = "http"
    address: tuple[str, int] | None = None
    root_path: str = ""


class PageSource(Protocol):
    """Where pages come from. Give your own as ``ReadablePortal(app, source=…)``."""

    async def fetch(self, path: str, *, client: Client) -> Page:
        """The page at ``path`` (path and query), as a person without cookies sees it.

        Raises:
            PageError: The page could not be had, is too large or may not be read.
        """
        ...


class Portal:
    """One portal: its settings, its pages and what was made of them."""

    def __init__(self, settings: Settings, source: PageSource, *, store: Store | None = None) -> None:
        self.settings = settings
        self.source = source
        if settings.presets:
            # A wrong selector is said when the portal starts, not when the first visitor comes.
            from readable_portal.page.presets import load_presets  # noqa: PLC0415 - the parser loads when needed

            load_presets(settings.presets)
        self.store = store or Store(settings.store, limit=settings.store_limit)
        self.speech = SpeechService(settings, self.store)
        self._articles: Cache[Article] = Cache(ARTICLE_CACHE, settings.article_seconds)
        self._sums: SummaryService | None = None
        self._summaries: Cache[Summary] = Cache(SUMMARY_CACHE, settings.article_seconds)
        self._terms: Cache[tuple[Term, ...]] = Cache(SUMMARY_CACHE, settings.article_seconds)
        # Our own limiter: a burst of long pages must not use up the threads of the portal itself.
        self._threads: anyio.CapacityLimiter | None = None

    async def article(self, path: str, *, client: Client | None = None) -> Article:
        """The article at ``path``.

        Raises:
            NotAnArticle: The page is something else.
            PageError: The page could not be had, or ``path`` is no plain path of this portal.
        """
        asker = client or Client()
        check_path(path, prefix=asker.root_path + self.settings.prefix)

        async def read() -> tuple[Article, int]:
            try:
                with span("readable_portal.read", page=path):
                    page = await self.source.fetch(path, client=asker)
                    article = await self._in_thread(lambda: _read(page, self.settings))
            except ReadablePortalError as error:
                ARTICLES.add(error.code)
                raise
            ARTICLES.add("read")
            return article, ARTICLE_OVERHEAD * len(article.text)

        # The host is part of the key: one app may serve many hosts, and what a forged Host
        # brings must never be given to anybody else.
        return await self._articles.get((asker.scheme, asker.host, asker.root_path, path), read)

    async def summary(self, path: str, *, client: Client | None = None) -> Summary:
        """The summary of the article at ``path``.

        Raises:
            SummaryError: It could not be made.
            NotAnArticle: The page is something else.
            PageError: The page could not be had.
        """
        article = await self.article(path, client=client)
        if not article.sentences:
            raise SummaryError("the article has no sentence to sum up")
        if self._sums is None:
            self._sums = _summaries(self.settings, self.store)
        service = self._sums

        async def make() -> tuple[Summary, int]:
            with span("readable_portal.summary", engine=service.engine.name):
                summary = await service.summary(article)
            SUMMARIES.add(summary.engine)
            return summary, ARTICLE_OVERHEAD * len(summary.text)

        # A slow engine's summary takes the place of the extract as soon as it is there.
        if not service.engine.quick:
            return (await make())[0]
        return await self._summaries.get(article.digest, make)

    async def terms(self, article: Article) -> tuple[Term, ...]:
        """Abbreviations and terms of the article at their first use, explained."""

        async def find() -> tuple[tuple[Term, ...], int]:
            terms = await self._in_thread(lambda: _terms(article))
            return terms, ARTICLE_OVERHEAD * sum(len(term.text) + len(term.meaning) for term in terms)

        return await self._terms.get(article.digest, find)

    def health(self) -> dict[str, Any]:
        """For monitoring: engine, voice, what waits, whether the store works."""
        return self.speech.health()

    async def aclose(self) -> None:
        """Let workers and connections go."""
        await self.speech.close()
        if self._sums is not None:
            await self._sums.aclose()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(os.cpu_count() or 1)
        return await anyio.to_thread.run_sync(work, limiter=self._threads)


def check_path(path: str, *, prefix: str) -> None:
    """Let only plain paths of the portal through: no host, no way up, not our own endpoints.

    Raises:
        PageRefused: ``path`` is anything else.
    """
    bare = path.partition("?")[0]
    segments = bare.split("/")
    if (
        not path.startswith("/")
        or path.startswith("//")
        or len(path) > LONGEST_PATH
        or "\\" in path
        or "#" in path
        or any(ord(character) <= 0x20 or ord(character) == 0x7F for character in path)
        or any(segment.lower().replace("%2e", ".") in {".", ".."} for segment in segments)
    ):
        raise PageRefused(f"{path[:80]!r} is not a path of this portal; give one such as /tin-tuc/1")
    if bare == prefix or bare.startswith(prefix + "/"):
        raise PageRefused(f"{bare[:80]!r} is one of our own addresses, not a page of the portal")


def _read(page: Page, settings: Settings) -> Article:
    from readable_portal.page.article import read_article  # noqa: PLC0415 - the parser loads when needed
    from readable_portal.page.presets import load_presets  # noqa: PLC0415 - the parser loads when needed

    return read_article(
        page.body,
        url=page.url,
        charset=page.charset,
        headers=page.headers,
        presets=load_presets(settings.presets),
        dialect=dialect_for(settings),
    )


def _summaries(settings: Settings, store: Store) -> SummaryService:
    from readable_portal.summary.service import SummaryService  # noqa: PLC0415 - the weights load when needed

    return SummaryService(settings, store)


def _terms(article: Article) -> tuple[Term, ...]:
    from readable_portal.vietnamese.glossary import find_terms  # noqa: PLC0415 - the tables load when needed

    return tuple(find_terms([sentence.text for sentence in article.sentences]))
