"""What answers under the prefix: articles, summaries, speech, the reader page, the widget, health.

The same endpoints serve the middleware and the proxy (``?path=/tin-tuc/1``) and the embed
server (``?url=https://portal/tin-tuc/1``): a ``Locate`` tells which portal and page is meant.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from readable_portal import __version__, metrics
from readable_portal.cache import Cache
from readable_portal.errors import NotAnArticle, PageError, PageRefused, SummaryError, TooManyRequests
from readable_portal.limits import RateLimiter
from readable_portal.logs import REQUEST, event, new_request
from readable_portal.portal import Client, Portal, check_path
from readable_portal.tracing import span
from readable_portal.web.answers import article_answer, summary_answer
from readable_portal.web.assets import asset
from readable_portal.web.audio import Audio, throttle
from readable_portal.web.code import Code
from readable_portal.web.feed import Feed
from readable_portal.web.problem import problem, problem_from
from readable_portal.web.reader_page import notice, respond

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from readable_portal.model import Article, Summary
    from readable_portal.speech.service import SpeechService

__all__ = ["Locate", "Place", "create"]

log = logging.getLogger(__name__)

# What a feed costs in speech requests: so many pages are asked of the portal for it.
FEED_COST = 20.0
# A client that is refused, or a balancer that nobody was told to trust, is worth a line a minute.
LIMITED_SECONDS = 60.0
# Serialised answers of a process: about 400 articles.
ANSWER_CACHE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which page of which portal a request means; ``query`` is how our own links name it."""

    portal: Portal
    path: str
    client: Client
    query: str


Locate = Callable[[Request], Place]
Handler = Callable[[Request], Awaitable[Response]]


def create(portal: Portal) -> Endpoints:
    """The endpoints of one portal, to be called with the scope of a request under its prefix."""
    prefix = portal.settings.prefix

    def locate(request: Request) -> Place:
        path = request.query_params.get("path")
        if path is None:
            raise PageRefused("give the page as ?path=/tin-tuc/1")
        root_path = request.scope["root_path"].removesuffix(prefix)
        address = request.scope.get("client")
        client = Client(
            host=request.headers.get("host", ""),
            scheme=request.scope.get("scheme", "http"),
            address=(address[0], address[1]) if address else None,
            root_path=root_path,
        )
        return Place(portal=portal, path=path, client=client, query="path=" + quote(path, safe=""))

    return Endpoints(locate, [portal], speech=lambda _: portal.speech)


class Endpoints:
    """An ASGI app; every error becomes problem+json, none reaches the server."""

    def __init__(
        self, locate: Locate, portals: Sequence[Portal], *, speech: Callable[[Request], SpeechService]
    ) -> None:
        self.locate = locate
        self.portals = tuple(portals)
        settings = self.portals[0].settings
        self.language = settings.language
        self.prefix = settings.prefix
        # Each portal has limits of its own: the readers of one take nothing from those of another.
        self._pages = {id(each): RateLimiter(each.settings.page_requests) for each in self.portals}
        self._speech = {id(each): RateLimiter(each.settings.speech_requests) for each in self.portals}
        self._complained = float("-inf")
        audio = Audio(locate, speech=speech)
        feed = Feed(locate)
        self._answers: Cache[bytes] = Cache(ANSWER_CACHE, 300.0)
        self._router = Router(
            [
                Route("/article", self._guard(self.article, self._pages)),
                Route("/summary", self._guard(self.summary, self._pages)),
                Route("/speech", self._guard(audio.speech, self._speech)),
                Route("/speech/{key}", self._guard(audio.clip, self._speech)),
                Route("/marks", self._guard(audio.marks, self._speech)),
                Route("/marks.vtt", self._guard(audio.subtitles, self._speech)),
                Route("/qr.svg", self._guard(Code(locate).svg, self._pages)),
                Route("/feed", self._guard(feed.feed, self._speech, cost=FEED_COST)),
                Route("/read", self._guard(self.read)),
                Route("/health", self._guard(self.health)),
                Route("/metrics", self._guard(self.metrics)),
                Route("/{name:path}", self._guard(self.static)),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose path is under the prefix, mounted or not."""
        root_path = scope.get("root_path", "")
        if not root_path.endswith(self.prefix):
            scope = {**scope, "root_path": root_path + self.prefix}
        if not REQUEST.get():
            # The commands number requests at the door; in a portal of somebody's, this is the door.
            REQUEST.set(new_request())
        await self._router(scope, receive, send)

    async def aclose(self) -> None:
        """Let go of what the portals hold."""
        for portal in self.portals:
            await portal.aclose()

    def _guard(
        self, handler: Handler, limits: dict[int, RateLimiter] | None = None, *, cost: float = 1.0
    ) -> Handler:
        async def guarded(request: Request) -> Response:
            name = request.url.path.removeprefix(request.scope["root_path"]).strip("/").partition("/")[0]
            begun = time.perf_counter()
            with span("readable_portal.answer", carrier=request.headers, endpoint=name) as about:
                try:
                    if limits is not None:
                        self._throttle(request, limits, cost)
                    answer = await handler(request)
                except Exception as error:  # noqa: BLE001 - an endpoint always answers
                    answer = problem_from(error, language=self._language(request))
                about.set_attribute("status", answer.status_code)
            answer.headers["X-Request-ID"] = REQUEST.get()
            log.info(
                "answered",
                extra=event(
                    "answered",
                    endpoint=name,
                    status=answer.status_code,
                    ms=round(1000 * (time.perf_counter() - begun), 1),
                    page=_page(request),
                ),
            )
            return answer

        return guarded

    def _throttle(self, request: Request, limits: dict[int, RateLimiter], cost: float) -> None:
        """Take from what this client has at the portal that is meant.

        Raises:
            TooManyRequests: It has less.
            PageRefused: No portal of ours is meant.
        """
        portal = self.portals[0] if len(self.portals) == 1 else self.locate(request).portal
        try:
            throttle(limits[id(portal)], request, cost=cost)
        except TooManyRequests:
            if time.monotonic() - self._complained > LIMITED_SECONDS:
                self._complained = time.monotonic()
                log.warning("a client asks too often and is told to wait", extra=event("limited"))
            raise

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        return asked if asked in {"vi", "en"} else self.language

    async def article(self, request: Request) -> Response:
        """``GET article?path=``: blocks, sentences, terms and links of a page's article.

        The widget asks on every page, most of which are no articles: with ``quiet=1`` that is no error (204),
        so that no browser console and no audit shows one.
        """
        place = self.locate(request)
        try:
            article = await place.portal.article(place.path, client=place.client)
        except (NotAnArticle, PageError):
            if request.query_params.get("quiet") != "1":
                raise
            return Response(status_code=204, headers={"Cache-Control": "max-age=60"})
        base = request.scope["root_path"]

        async def make() -> tuple[bytes, int]:
            terms = await place.portal.terms(article)
            body = _json(article_answer(article, terms, self._links(place, base)))
            return body, len(body)

        return self._answer(
            request, await self._answers.get((article.url, article.digest, base, place.query), make)
        )

    async def summary(self, request: Request) -> Response:
        """``GET summary?path=``: the summary, facts, terms and reading level."""
        place = self.locate(request)
        summary = await place.portal.summary(place.path, client=place.client)
        return self._answer(request, _json(summary_answer(summary, language=self._language(request))))

    async def read(self, request: Request) -> Response:
        """``GET read?path=``: the reader page. People follow links here, so what goes wrong is a page too."""
        language = self._language(request)
        base = request.scope["root_path"]
        style, original = f"{base}/reader.css", "/"
        try:
            self._throttle(request, self._pages, 1.0)
            place = self.locate(request)
            # A path of this site is right behind any proxy; another site's page has only its full address.
            check_path(place.path, prefix=place.client.root_path + self.prefix)
            original = place.client.root_path + place.path if place.query.startswith("path=") else ""
            article = await place.portal.article(place.path, client=place.client)
            summary = await _summary_or_none(place, article)
            links = {**self._links(place, base), "style": style, "original": original or article.url}
        except Exception as error:  # noqa: BLE001 - an endpoint always answers
            answer = problem_from(error, language=language)
            return notice(answer, original=original or "/", style=style, language=language)
        return respond(
            article,
            summary,
            values=request.query_params,
            query=place.query,
            links=links,
            language=place.portal.settings.language,
        )

    async def health(self, _: Request) -> Response:
        """``GET health``: whether we speak and keep; 503 when the store or every engine is down."""
        for portal in self.portals:
            await portal.speech.look_again()
        reports = [portal.health() for portal in self.portals]
        for report in reports:
            # What exactly is wrong names folders and buckets; the log has it.
            report["store"] = "ok" if report["store"] == "ok" else "trouble"
        well = all(report["store"] == "ok" for report in reports)
        body = {"status": "ok" if well else "trouble", "version": __version__, "portals": reports}
        return Response(
            _json(body),
            status_code=200 if well else 503,
            media_type="application/json",
            headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        )

    async def metrics(self, _: Request) -> Response:
        """``GET metrics``: counts for Prometheus, where the settings ask for them."""
        if not self.portals[0].settings.metrics or not metrics.installed():
            return problem("not-found", language=self.language)
        return Response(
            metrics.exposition(), media_type=metrics.MEDIA_TYPE, headers={"Cache-Control": "no-store"}
        )

    async def static(self, request: Request) -> Response:
        """``GET widget.js`` and the other files of the build."""
        if request.method not in {"GET", "HEAD"}:
            return problem("not-found", language=self._language(request))
        return asset(request, request.path_params["name"], language=self._language(request))

    def _links(self, place: Place, base: str) -> dict[str, str]:
        names = {"summary": "summary", "reader": "read"}
        if place.portal.settings.engine != "browser":
            names |= {"audio": "speech", "marks": "marks", "qr": "qr.svg"}
        return {name: f"{base}/{path}?{place.query}" for name, path in names.items()}

    def _answer(self, request: Request, body: bytes) -> Response:
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers = {
            "Cache-Control": "public, max-age=60",
            "Cross-Origin-Resource-Policy": "same-origin",
            "ETag": etag,
            "X-Content-Type-Options": "nosniff",
        }
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)


def _page(request: Request) -> str:
    """The path of the page that is asked about, for the log: no query, no host, not long."""
    asked = request.query_params.get("path") or urlsplit(request.query_params.get("url", "")).path
    return asked.partition("?")[0]


async def _summary_or_none(place: Place, article: Article) -> Summary | None:
    """The summary with the article's terms; without one the reader page still shows the article."""
    try:
        summary = await place.portal.summary(place.path, client=place.client)
    except SummaryError:
        return None
    return replace(summary, glossary=summary.glossary or await place.portal.terms(article))


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
