"""Looks at a page from outside, as a visitor's browser would get it, and says what stands in the way.

Every step is tried on its own, so that one trouble does not hide the next. `readable-portal doctor` prints
the findings.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import httpx2

from readable_portal.errors import NotAnArticle, ReadablePortalError
from readable_portal.http.head import MARK
from readable_portal.web.middleware import ReadablePortal

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from readable_portal.settings import Settings

__all__ = ["ADVICE", "Finding", "diagnose"]

ENGINE_SECONDS = 20.0
# What to do about each reason that the middleware gives; reasons not here need nothing.
ADVICE = {
    "already there": "",
    "path not included": "add the path to `include` (globs; * stands for anything, / too)",
    "path excluded": "take the path out of `exclude`",
    "status": "only answers with status 200 are changed; set error_pages=True for the others",
    "content-type": "send the page as text/html (exactly one Content-Type)",
    "content-encoding": "mount the compression outside of ReadablePortal, or set inner_compression='avoid'",
    "no-transform": "take no-transform out of Cache-Control for pages that may get the widget",
    "header says off": "the app sends `Readable-Portal: off`; take it away if the page should get the widget",
    "meta says off": 'the page has <meta name="readable-portal" content="off">; take it away',
    "state says off": "a view sets request.state.readable_portal = False",
    "attachment": "the page is sent as a download (Content-Disposition)",
    "content-range": "a part of a page has no head of its own; answer without Content-Range",
    "not well-formed": "the page is sent as XML but is none; send it as text/html",
    "internal subset": "an XML page with a DTD subset of its own is left alone; send it as text/html",
    "nul": "the page has a NUL byte before its body; take it out",
    "signed": "the page has a digest or signature, which a change would break; make it after ReadablePortal",
    "content-length": "send one Content-Length, a plain number, or none",
    "charset": "send the page as UTF-8",
    "utf-16": "send the page as UTF-8",
    "not a document": "the page must begin with <!doctype html> or <html>; parts of pages get no widget",
    "no body": "the page ends, or a tag of its head is left open, before its <body>; look at its source",
    "head too long": "move inline styles and scripts of the head into files, or raise max_head_bytes",
    "frameset": "pages of frames have no article; the pages inside of them may get the widget",
    "amp": "AMP pages may not have other scripts; the canonical page gets the widget",
    "template": "a <template> in the head holds what can be read in two ways; move it into the body",
    "integrity-policy": "Integrity-Policy bars the parts that the widget loads; leave out (script)",
    "base on another host": "name the charset in Content-Type, or before the <base> of the page",
    "policy: trusted types without a nonce": "give the policy for scripts a nonce, or 'self' in place of it",
    "policies with different nonces": "let one nonce stand in all policies",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One step: what was looked at, whether it is well (None: does not matter), what was seen, what to do."""

    step: str
    well: bool | None
    seen: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


async def diagnose(url: str, settings: Settings) -> list[Finding]:
    """Look at the page at ``url`` with ``settings``: page, verdict, script, article, engine, store."""
    findings: list[Finding] = []
    headers = {"Accept": "text/html", "Accept-Encoding": "identity", "User-Agent": "readable-portal doctor"}
    async with httpx2.AsyncClient(headers=headers, timeout=settings.page_timeout) as client:
        answer = await _page(client, url, findings)
        if answer is not None:
            health = await _health(client, url, settings)
            findings.append(_mounted(settings, answer, answers=health is not None))
            findings.append(await _verdict(url, settings, answer))
            if health is not None:
                # The running portal knows its own settings, engine and store better than we do here.
                findings += await _asked(client, url, settings)
                findings += [_running(portal) for portal in health["portals"]]
                return findings
            findings.append(_article(url, settings, answer))
    findings.append(await _engine(settings))
    findings.append(await _store(settings))
    return findings


async def _page(client: httpx2.AsyncClient, url: str, findings: list[Finding]) -> _Answer | None:
    try:
        response = await client.get(url)
    except httpx2.HTTPError as error:
        said = str(error) or type(error).__name__
        findings.append(
            Finding("page", well=False, seen=f"no answer: {said}", advice="is the address right?")
        )
        return None
    kind = response.headers.get("content-type", "no type")
    seen = f"status {response.status_code}, {kind}, {len(response.content):,} bytes"
    if 300 <= response.status_code < 400:
        advice = f"ask the doctor about {response.headers.get('location', 'the page it leads to')}"
        findings.append(Finding("page", well=False, seen=seen, advice=advice))
        return None
    findings.append(Finding("page", well=response.status_code == 200, seen=seen))
    # What was asked for uncompressed and came compressed was unpacked by the client; the verdict must know.
    raw = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.multi_items()
    ]
    return _Answer(response.status_code, raw, response.content)


def _base(url: str, settings: Settings) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{settings.prefix}"


async def _health(client: httpx2.AsyncClient, url: str, settings: Settings) -> dict[str, Any] | None:
    """What the running portal says of itself, None if nothing of ours answers there."""
    try:
        health = (await client.get(f"{_base(url, settings)}/health")).json()
    except (httpx2.HTTPError, ValueError):
        return None
    return health if isinstance(health, dict) and isinstance(health.get("portals"), list) else None


def _running(portal: dict[str, Any]) -> Finding:
    """Engine and store as the running portal has them."""
    resting = portal.get("resting") or []
    store = portal.get("store", "unknown")
    seen = (
        f"{portal.get('engine')}, voice {portal.get('voice')}, {portal.get('waiting', 0)} sentences waiting"
    )
    if resting:
        advice = "look into the portal's log for why it failed; it is tried again by itself"
        seen += f"; failing: {', '.join(map(str, resting))}"
        return Finding("engine", well=False, seen=seen, advice=advice)
    advice = "" if store == "ok" else "check `store`, and that the portal's user may write there"
    return Finding("engine", well=store == "ok", seen=f"{seen}; store: {store}", advice=advice)


def _mounted(settings: Settings, answer: _Answer, *, answers: bool) -> Finding:
    """Whether the page has the script, and our endpoints answer."""
    has = MARK in answer.body
    if has and answers:
        return Finding("mounted", well=True, seen="the page has the script, and the endpoints answer")
    if has:
        advice = f"let {settings.prefix}/ through to the app: a server before it answers instead"
        seen = "the page has the script; no endpoint answers"
        return Finding("mounted", well=False, seen=seen, advice=advice)
    if answers:
        return Finding("mounted", well=None, seen="the endpoints answer, but the page has no script")
    advice = "wrap the app: app = ReadablePortal(app); or put `readable-portal proxy` before the portal"
    return Finding("mounted", well=False, seen=f"nothing answers below {settings.prefix}/", advice=advice)


async def _verdict(url: str, settings: Settings, answer: _Answer) -> Finding:
    """What the middleware does with this very answer: found by letting it do it."""
    parts = urlsplit(url)
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "scheme": parts.scheme,
        "path": unquote(parts.path) or "/",
        "raw_path": (parts.path or "/").encode("ascii", "replace"),
        "query_string": parts.query.encode("ascii", "replace"),
        "root_path": "",
        "headers": [(b"host", parts.netloc.encode("ascii", "replace"))],
    }
    start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
    verdict = b""

    async def replay(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal verdict
        if message["type"] == "http.response.start":
            verdict = next((value for name, value in message["headers"] if name == b"readable-portal"), b"")

    trial = ReadablePortal(replay, settings=replace(settings, debug_header=True, metrics=False))
    await trial(scope, receive, send)
    said = verdict.decode("latin-1")
    reason = said.partition("; ")[2]
    if said == "added" or reason == "already there":
        return Finding("verdict", well=True, seen="the page may have the widget")
    return Finding("verdict", well=False, seen=f"the page gets no widget: {reason}", advice=_advice(reason))


def _advice(reason: str) -> str:
    if "-src" in reason:
        directive = reason.rpartition(" ")[2]
        more = ", or set csp='extend'" if directive == "script-src" else ""
        return f"allow 'self' in {directive} (or default-src) of that policy{more}"
    if "sandbox" in reason:
        return f"add {reason.rpartition(' ')[2]} to the sandbox"
    return ADVICE.get(reason, "")


async def _asked(client: httpx2.AsyncClient, url: str, settings: Settings) -> list[Finding]:
    """What the running portal itself says: the loader, and the article as its own settings read it."""
    base = _base(url, settings)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = []
    try:
        loader = await client.get(f"{base}/widget.js")
        well = loader.status_code == 200 and "javascript" in loader.headers.get("content-type", "")
        advice = "" if well else "the package was installed without its built files; install the wheel"
        found.append(
            Finding("script", well=well, seen=f"widget.js: status {loader.status_code}", advice=advice)
        )
        response = await client.get(f"{base}/article?path={quote(target, safe='')}")
        answer = response.json()
    except (httpx2.HTTPError, ValueError) as error:
        return [*found, Finding("article", well=False, seen=f"no answer: {error or type(error).__name__}")]
    if response.status_code == 200:
        seen = f"{answer['title']!r}, {len(answer['blocks'])} blocks, {len(answer['sentences'])} sentences"
        return [*found, Finding("article", well=True, seen=seen)]
    seen = f"{answer.get('type', response.status_code)}: {answer.get('detail') or answer.get('title', '')}"
    return [*found, Finding("article", well=False, seen=seen, advice=_article_advice(answer.get("type", "")))]


def _article_advice(code: str) -> str:
    return _ARTICLE_ADVICE.get(code, "look into the portal's log")


_ARTICLE_ADVICE = {
    "not-an-article": "lists and forms get no bar; if it is an article, give its selectors (docs/portals.md)",
    "page-refused": "such pages are left alone; where `private` is only habit, set read_private=True",
    "page-too-large": "raise max_page_bytes",
    "page-unavailable": "the portal must answer our own request, without cookies, within page_timeout",
}


def _article(url: str, settings: Settings, answer: _Answer) -> Finding:
    """Read the article here, where the portal cannot be asked."""
    from readable_portal.page.article import read_article  # noqa: PLC0415 - the parser loads when needed
    from readable_portal.page.presets import load_presets  # noqa: PLC0415 - the parser loads when needed

    presets = load_presets(settings.presets)
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
    try:
        article = read_article(
            answer.body, url=url, headers=headers, presets=presets, max_bytes=settings.max_page_bytes
        )
    except NotAnArticle as error:
        return Finding("article", well=False, seen=f"no article: {error}", advice=_article_advice(error.code))
    except ReadablePortalError as error:
        return Finding("article", well=False, seen=str(error), advice=_article_advice(error.code))
    seen = f"{article.title!r}, {len(article.blocks)} blocks, {len(article.sentences)} sentences"
    return Finding("article", well=True, seen=seen)


async def _engine(settings: Settings) -> Finding:
    """Let the engine say two words here, with the settings given to the doctor."""
    from readable_portal.speech.engine import get_engine  # noqa: PLC0415 - engines load when needed

    try:
        engine = get_engine(settings)
        if engine is None:
            return Finding("engine", well=None, seen="browser: the visitor's own voices speak")
        try:
            async with asyncio.timeout(ENGINE_SECONDS):
                sound = await engine.speak("Xin chào")
        finally:
            await engine.close()
    except (ReadablePortalError, TimeoutError, ImportError, OSError) as error:
        seen = f"{settings.engine}: {error or type(error).__name__}"
        return Finding(
            "engine", well=False, seen=seen, advice="see `readable-portal voices`, or another engine"
        )
    return Finding("engine", well=bool(sound), seen=f"{settings.engine}, voice {settings.voice}: speaks")


async def _store(settings: Settings) -> Finding:
    from readable_portal.store import Store  # noqa: PLC0415 - obstore loads when needed

    key = "doctor/probe"
    try:
        store = Store(settings.store)
        await store.put(key, b"probe")
        same = await store.get(key) == b"probe"
        await store.delete(key)
    except ReadablePortalError as error:
        advice = "check `store`, and that this user may write there"
        return Finding("store", well=False, seen=f"{settings.store}: {error}", advice=advice)
    if settings.store.startswith("memory:"):
        return Finding("store", well=None, seen="in memory: each process makes its own, a restart forgets it")
    return Finding("store", well=same, seen=f"{settings.store}: can be written and read")
