"""Speech over HTTP: the article as one MP3, its marks as JSON and WebVTT, single sentences by key.

While a recording is made it is sent as it grows (chunked, no length). Once whole it has a length, a strong
ETag and byte ranges. A request for some range of a growing recording waits until it is whole (Safari asks
for bytes 0-1 first and plays nothing that is no 206).
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
from typing import TYPE_CHECKING, Protocol

from starlette.responses import Response, StreamingResponse

from readable_portal.errors import SpeechBusy
from readable_portal.speech.subtitles import web_vtt
from readable_portal.web.problem import problem
from readable_portal.web.ranges import asks_from_start, byte_range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from readable_portal.limits import RateLimiter
    from readable_portal.model import Article
    from readable_portal.portal import Client
    from readable_portal.settings import Settings
    from readable_portal.speech.recording import Recording
    from readable_portal.speech.service import SpeechService

__all__ = ["Audio", "SpeakingPlace", "SpeakingPortal", "throttle"]

_KEY = re.compile(r"[0-9a-f]{64}")
# A year, the longest that RFC 9111 caches are asked to honour; the bytes under a key never change.
_FOR_EVER = "public, max-age=31536000, immutable, no-transform"
# How long a listener who wants a range waits for the whole; three times the slowest article of our own.
_PATIENCE = 30.0


class SpeakingPortal(Protocol):
    """What is needed of a portal here."""

    settings: Settings

    @property
    def speech(self) -> SpeechService:
        """Who speaks."""
        ...

    async def article(self, path: str, *, client: Client | None = None) -> Article:
        """The article at a path."""
        ...


class SpeakingPlace(Protocol):
    """Which page of which portal a request means."""

    @property
    def portal(self) -> SpeakingPortal:
        """The portal."""
        ...

    @property
    def path(self) -> str:
        """Path and query of the page."""
        ...

    @property
    def client(self) -> Client:
        """Who asks."""
        ...


class Audio:
    """The handlers. Errors are raised; who calls them answers with problem+json.

    Args:
        locate: Which portal and page a request means.
        speech: The service that has the sentences (for ``speech/{key}.mp3``).
    """

    def __init__(
        self,
        locate: Callable[[Request], SpeakingPlace],
        *,
        speech: Callable[[Request], SpeechService],
    ) -> None:
        self._locate = locate
        self._speech = speech

    async def speech(self, request: Request) -> Response:
        """``GET speech?path=``: the whole article as one MP3."""
        place = self._locate(request)
        article = await place.portal.article(place.path, client=place.client)
        seconds = round(place.portal.settings.article_seconds)
        cache = f"public, max-age={seconds}, no-transform"
        if request.method == "HEAD":
            found = await place.portal.speech.peek(article)
            if found is None or not found.complete:
                return Response(headers=_headers({"Cache-Control": "no-store"}), media_type="audio/mpeg")
            return _whole(request, found, cache)
        recording = await place.portal.speech.record(article)
        if not recording.complete and not asks_from_start(request.headers.get("range", "bytes=0-")):
            await _until_complete(recording)
        if recording.complete:
            return _whole(request, recording, cache)
        await recording.until_begun()
        return StreamingResponse(
            recording.follow(),
            media_type="audio/mpeg",
            headers=_headers({"Cache-Control": "no-store", "Accept-Ranges": "none"}),
        )

    async def clip(self, request: Request) -> Response:
        """``GET speech/{key}.mp3``: one sentence, or a whole article that is there already, by its key."""
        key = str(request.path_params["key"]).removesuffix(".mp3")
        if not _KEY.fullmatch(key):
            return problem("not-found")
        recording = await self._speech(request).find(key)
        if recording is None or not recording.complete:
            return problem("not-found")
        return _whole(request, recording, _FOR_EVER)

    async def marks(self, request: Request) -> Response:
        """``GET marks?path=``: when each word sounds; ``complete`` false means: ask again soon."""
        place = self._locate(request)
        article = await place.portal.article(place.path, client=place.client)
        recording = await place.portal.speech.record(article)
        await recording.until_begun()
        body = json.dumps(recording.marks(), ensure_ascii=False, separators=(",", ":")).encode()
        return _validated(request, recording, Response(body, media_type="application/json"))

    async def subtitles(self, request: Request) -> Response:
        """``GET marks.vtt?path=``: the same as WebVTT, when the recording is whole."""
        place = self._locate(request)
        article = await place.portal.article(place.path, client=place.client)
        recording = await place.portal.speech.record(article)
        await _until_complete(recording)
        body = web_vtt(recording.marks(), await place.portal.speech.texts(article))
        return _validated(request, recording, Response(body, media_type="text/vtt"))


def throttle(limiter: RateLimiter, request: Request, *, cost: float = 1.0) -> None:
    """Take ``cost`` tokens of whoever asks.

    This very machine is not limited: it is a web server in front that does not tell who asks, and one bucket
    for all its visitors would shut the portal's readers out. A home has 2 to the 64 addresses of IPv6 (RFC
    6177), so its network counts as one.

    Raises:
        TooManyRequests: It has fewer.
    """
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return  # a socket of the file system, a test client
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return
    network = ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)
    limiter.check(str(network), cost=cost)


async def _until_complete(recording: Recording) -> None:
    """Wait for the end.

    Raises:
        SpeechBusy: It takes too long to be waited for; come back.
        SpeechError: It cannot be made.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            async for _ in recording.follow(recording.size):
                pass
    except TimeoutError:
        raise SpeechBusy("the recording is still being made", retry_after=5.0) from None


def _headers(more: Mapping[str, str]) -> dict[str, str]:
    return {
        # A compressing middleware leaves alone what names a coding; MP3 gains nothing, ranges would break.
        "Content-Encoding": "identity",
        "X-Content-Type-Options": "nosniff",
        **more,
    }


def _whole(request: Request, recording: Recording, cache: str) -> Response:
    """All of a finished recording, or the range asked for, or 304 or 416."""
    headers = _headers(
        {
            "Accept-Ranges": "bytes",
            "Cache-Control": cache,
            "ETag": recording.etag,
            "Readable-Portal-Engine": "+".join(recording.engines) or "none",
        }
    )
    if _matches(request.headers.get("if-none-match", ""), recording.etag):
        return Response(status_code=304, headers=headers)
    start, end, status = 0, recording.size, 200
    condition = request.headers.get("if-range", "")
    if "range" in request.headers and condition in {"", recording.etag}:
        try:
            wanted = byte_range(request.headers["range"], recording.size)
        except ValueError:
            return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{recording.size}"})
        if wanted is not None:
            (start, end), status = wanted, 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{recording.size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type="audio/mpeg")
    return StreamingResponse(
        recording.follow(start, end), status_code=status, headers=headers, media_type="audio/mpeg"
    )


def _matches(header: str, etag: str) -> bool:
    """If-None-Match compares weakly (RFC 9110 section 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag in tags or "*" in tags


def _validated(request: Request, recording: Recording, answer: Response) -> Response:
    """Marks of a whole recording can be kept and asked for by ETag; of a growing one never."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if not recording.complete:
        answer.headers["Cache-Control"] = "no-store"
        return answer
    etag = recording.etag[:-1] + '-marks"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=60"}
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer
