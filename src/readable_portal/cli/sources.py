"""Where the commands for editors get a text: an address, a file or standard input; a page or plain text."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readable_portal.errors import PageTooLarge, PageUnavailable

if TYPE_CHECKING:
    from readable_portal.model import Article, Page

__all__ = ["Source", "load_article", "load_page", "load_source"]

# A paragraph ends with one of these, or is longer than any heading.
STOP = re.compile(r"[.!?…:;]\W*$|.{120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a command was given.

    Attributes:
        name: As it was named.
        article: What it holds.
        lines: The file's lines as they are, for a text that is no page; else None.
    """

    name: str
    article: Article
    lines: tuple[str, ...] | None = None


def load_article(source: str, *, timeout: float, max_bytes: int) -> Article:
    """The article of ``load_source``, with its errors."""
    return load_source(source, timeout=timeout, max_bytes=max_bytes).article


def load_source(source: str, *, timeout: float, max_bytes: int) -> Source:
    """The article at an address (http or https), in a file, or on standard input (``-``).

    A text that holds no HTML is taken as it is: the first line is the title if an empty line follows it, each
    further line a paragraph, or a heading if it is short and has no full stop.

    Args:
        source: Where it is.
        timeout: Seconds to wait for an address.
        max_bytes: Larger pages and texts are refused.

    Raises:
        PageUnavailable: It cannot be had.
        PageTooLarge: It is larger than ``max_bytes``.
        NotAnArticle: It is a page, but no article.
    """
    from readable_portal.page.article import read_article

    page = load_page(source, timeout=timeout, max_bytes=max_bytes)
    if not page.url and not _is_page(page.body):
        text = page.body.decode("utf-8-sig", "replace")
        return Source(name=source, article=_plain(text), lines=tuple(text.splitlines()))
    article = read_article(page.body, url=page.url, headers=page.headers, max_bytes=max_bytes)
    return Source(name=source, article=article)


def load_page(source: str, *, timeout: float, max_bytes: int) -> Page:
    """The bytes at an address, in a file or on standard input (``-``); only an address has a ``url``.

    Raises:
        PageUnavailable: It cannot be had.
        PageTooLarge: It is larger than ``max_bytes``.
    """
    from readable_portal.model import Page

    if source.startswith(("http://", "https://")):
        return _fetch(source, timeout=timeout, max_bytes=max_bytes)
    if source == "-":
        body = sys.stdin.buffer.read(max_bytes + 1)
    else:
        try:
            with Path(source).open("rb") as file:
                body = file.read(max_bytes + 1)
        except OSError as error:
            raise PageUnavailable(f"{source} could not be read: {error.strerror or error}") from error
    if len(body) > max_bytes:
        raise PageTooLarge(f"{source} has more than {max_bytes} bytes")
    return Page(url="", body=body)


def _fetch(url: str, *, timeout: float, max_bytes: int) -> Page:
    """Fetch a page, at most ``max_bytes`` of it, within ``timeout`` seconds in all."""
    import httpx2

    import readable_portal
    from readable_portal.model import Page

    deadline = time.monotonic() + timeout
    agent = f"readable-portal/{readable_portal.__version__}"
    try:
        with (
            httpx2.Client(follow_redirects=True, timeout=timeout, headers={"user-agent": agent}) as client,
            client.stream("GET", url) as answer,
        ):
            body = bytearray()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > max_bytes:
                    raise PageTooLarge(f"{url} is larger than {max_bytes} bytes")
                if time.monotonic() > deadline:
                    raise PageUnavailable(f"{url} took longer than {timeout:g} seconds")
            if answer.status_code >= 400:
                raise PageUnavailable(f"{url} answered {answer.status_code}")
            headers = tuple((name.lower(), value) for name, value in answer.headers.items())
            return Page(url=str(answer.url), body=bytes(body), headers=headers)
    except httpx2.HTTPError as error:
        raise PageUnavailable(f"{url} could not be fetched: {error}") from error
    except httpx2.InvalidURL as error:
        raise PageUnavailable(f"{url} is no address: {error}") from error


def _is_page(body: bytes) -> bool:
    return (
        re.search(
            rb"<(?:!doctype|html|body|article|div|table|p|br|h[1-6])\b[^<]*>", body[:65536], re.IGNORECASE
        )
        is not None
    )


def _plain(text: str) -> Article:
    import hashlib
    import unicodedata

    from readable_portal.model import Article, Block, Sentence, Spoken
    from readable_portal.vietnamese.sentences import split_sentences

    lines = [unicodedata.normalize("NFC", " ".join(line.split())) for line in text.splitlines()]
    title = lines.pop(0) if len(lines) > 2 and lines[0] and not lines[1] else ""
    blocks = tuple(
        Block(kind="paragraph" if STOP.search(line) else "heading", text=line, path="")
        for line in lines
        if line
    )
    sentences: list[Sentence] = []
    for place, block in enumerate(blocks):
        for each in split_sentences(block.text):
            words = str(each)
            sentences.append(
                Sentence(
                    index=len(sentences),
                    block=place,
                    start=each.start,
                    end=each.end,
                    text=words,
                    # Nobody listens to it here.
                    spoken=Spoken(text=words, spans=()),
                )
            )
    whole = "\n".join(block.text for block in blocks)
    return Article(
        url="",
        title=title,
        blocks=blocks,
        sentences=tuple(sentences),
        text=whole,
        digest=hashlib.sha256(f"{title}\n{whole}".encode()).hexdigest(),
    )
