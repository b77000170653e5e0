"""A podcast of a section: RSS 2.0 (rssboard.org/rss-specification) with an enclosure for each article.

``GET feed?path=/tin-tuc`` reads the section's page, follows its links and keeps those that lead to articles.
The sound itself is made when somebody listens.
"""

from __future__ import annotations

import asyncio
import re
from email.utils import format_datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser
from starlette.responses import Response

from readable_portal.cache import Cache
from readable_portal.errors import ReadablePortalError, SpeechUnavailable
from readable_portal.page.charset import to_utf8
from readable_portal.portal import check_path
from readable_portal.speech import mp3
from readable_portal.web.audio import SpeakingPlace, SpeakingPortal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from readable_portal.model import Article, Page
    from readable_portal.portal import Client, PageSource

__all__ = ["Feed", "FeedPlace", "FeedPortal", "article_paths"]

# What podcast players show at once; sections list 10 to 20 articles a page.
_MOST_ITEMS = 20
_MOST_LINKS = 40
# Pages of the portal that are read at once for a feed: it is a service, not a storm.
_AT_ONCE = 3
_SECONDS = 900.0
_MEMORY = 4 * 1024 * 1024
# Titles of articles are sentences; menus have one to three words.
_SHORTEST_TITLE = 4
# Spoken characters a second (espeak-ng, normal rate): the length of what is not made yet.
_CHARACTERS_A_SECOND = 14.0
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
# XML 1.0 allows no other control characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class FeedPortal(SpeakingPortal, Protocol):
    """A portal whose section pages can be read too."""

    @property
    def source(self) -> PageSource:
        """Where pages come from."""
        ...


class FeedPlace(SpeakingPlace, Protocol):
    """Which section of which portal a request means; ``query`` is how links of ours name it."""

    @property
    def portal(self) -> FeedPortal:
        """The portal."""
        ...

    @property
    def query(self) -> str:
        """``path=…`` or ``url=…``."""
        ...


class Feed:
    """The handler. Errors are raised; who calls it answers with problem+json."""

    def __init__(self, locate: Callable[[Request], FeedPlace]) -> None:
        self._locate = locate
        self._feeds: Cache[bytes] = Cache(_MEMORY, _SECONDS)

    async def feed(self, request: Request) -> Response:
        """``GET feed?path=``: the section's articles as a podcast.

        Raises:
            SpeechUnavailable: The server does not speak.
            PageError: The section's page could not be had.
        """
        place = self._locate(request)
        if not place.portal.speech.enabled:
            raise SpeechUnavailable("the listener's device speaks here, not the server (engine: browser)")
        base = f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}"

        async def make() -> tuple[bytes, int]:
            body = await _feed(place, base)
            return body, len(body)

        body = await self._feeds.get((base, place.query), make)
        headers = {"Cache-Control": f"public, max-age={_SECONDS:.0f}", "X-Content-Type-Options": "nosniff"}
        return Response(body, media_type="application/rss+xml", headers=headers)


async def _feed(place: FeedPlace, base: str) -> bytes:
    page = await place.portal.source.fetch(place.path, client=place.client)
    title, paths = await asyncio.to_thread(article_paths, page, place.portal.settings.prefix)
    articles = await _articles(place.portal, paths, place.client)
    kind = place.query.partition("=")[0]
    rss = ET.Element("rss", {"version": "2.0", "xmlns:itunes": _ITUNES})
    channel = ET.SubElement(rss, "channel")
    _text(channel, "title", title or urlsplit(page.url).hostname or "")
    _text(channel, "link", page.url)
    _text(channel, "description", title)
    _text(channel, "language", place.portal.settings.language)
    _text(channel, "generator", "readable-portal")
    for path, article in articles:
        value = article.url if kind == "url" else path
        await _item(channel, place.portal, article, f"{base}/speech?{kind}={quote(value, safe='')}")
    written: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written


async def _articles(portal: FeedPortal, paths: list[str], client: Client) -> list[tuple[str, Article]]:
    """Those of the pages that are articles, in the section's order."""
    places = asyncio.Semaphore(_AT_ONCE)
    found: dict[str, Article] = {}

    async def read(path: str) -> None:
        async with places:
            if len(found) < _MOST_ITEMS:
                try:
                    found[path] = await portal.article(path, client=client)
                except ReadablePortalError:
                    return  # a list, a form, a page that is gone: no item

    await asyncio.gather(*map(read, paths))
    return [(path, found[path]) for path in paths if path in found][:_MOST_ITEMS]


async def _item(channel: ET.Element, portal: FeedPortal, article: Article, address: str) -> None:
    recording = await portal.speech.peek(article)
    whole = recording is not None and recording.complete
    seconds = len(article.text) / _CHARACTERS_A_SECOND
    size = round(seconds * 1000 * mp3.BYTES_PER_MS)
    if recording is not None and whole:
        seconds, size = recording.duration_ms / 1000, recording.size
    item = ET.SubElement(channel, "item")
    _text(item, "title", article.title)
    _text(item, "link", article.url)
    _text(item, "description", article.lead)
    if article.published is not None:
        _text(item, "pubDate", format_datetime(article.published))
    guid = _text(item, "guid", f"{article.url}#{article.digest[:16]}")
    guid.set("isPermaLink", "false")
    ET.SubElement(item, "enclosure", {"url": address, "length": str(size), "type": mp3.MEDIA_TYPE})
    _text(item, "itunes:duration", str(round(seconds)))


def article_paths(page: Page, prefix: str) -> tuple[str, list[str]]:
    """The section's title, and the paths of links that may lead to its articles, in the page's order."""
    tree = LexborHTMLParser(to_utf8(page.body, charset=page.charset, headers=page.headers))
    heading = tree.css_first("title")
    title = " ".join(heading.text().split()) if heading is not None else ""
    host = urlsplit(page.url).netloc
    names: dict[str, int] = {}
    for link in tree.css("a[href]"):
        try:
            target = urlsplit(urljoin(page.url, (link.attributes.get("href") or "").strip()))
        except ValueError:
            continue
        path = quote(target.path or "/", safe="/%:@!$&'()*+,;=~-._")
        path += f"?{target.query}" if target.query else ""
        try:
            check_path(path, prefix=prefix)
        except ReadablePortalError:
            continue
        if target.netloc == host and target.scheme in {"http", "https"}:
            words = max(len(link.text().split()), len((link.attributes.get("title") or "").split()))
            names[path] = max(words, names.get(path, 0))
    own = urlsplit(page.url).path
    found = [path for path, words in names.items() if words >= _SHORTEST_TITLE and path != own]
    return title, found[:_MOST_LINKS]


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = _CONTROL.sub("", text)
    return child
