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
    from readable_portal.model import Article

__all__ = ["Source", "load_article", "load_source"]

# Office files and pages of any real portal are smaller.
MOST_BYTES = 4 * 1024 * 1024
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


def load_article(source: str, *, timeout: float) -> Article:
    """The article of ``load_source``, with its errors."""
    return load_source(source, timeout=timeout).article


def load_source(source: str, *, timeout: float) -> Source:
    """The article at an address (http or https), in a file, or on standard input (``-``).

    A text that holds no HTML is taken as it is: the first line is the title if an empty line follows it, each
    further line a paragraph, or a heading if it is short and has no full stop.

    Raises:
        PageUnavailable: It cannot be had.
        PageTooLarge: It is larger than 4 MiB.
        NotAnArticle: It is a page, but no article.
    """
    from readable_portal.page.article import read_article

    url, body = "", b""
    headers: tuple[tuple[str, str], ...] = ()
    if source.startswith(("http://", "https://")):
        url, body, headers = _fetch(source, timeout)
    elif source == "-":
        body = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        try:
            with Path(source).open("rb") as file:
                body = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise PageUnavailable(f"{source} could not be read: {error.strerror or error}") from error
    if len(body) > MOST_BYTES:
        raise PageTooLarge(f"{source} has more than {MOST_BYTES} bytes")
    if not url and not _is_page(body):
        text = body.decode("utf-8-sig", "replace")
        return Source(name=source, article=_plain(text), lines=tuple(text.splitlines()))
    return Source(name=source, article=read_article(body, url=url, headers=headers))


def _fetch(url: str, timeout: float) -> tuple[str, bytes, tuple[tuple[str, str], ...]]:
    import httpx2

    end = time.monotonic() + timeout
    got = bytearray()
    try:
        with (
            httpx2.Client(timeout=timeout, follow_redirects=True) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != httpx2.codes.OK:
                raise PageUnavailable(f"{url} answered {response.status_code}")
            for piece in response.iter_bytes():
                got += piece
                if len(got) > MOST_BYTES or time.monotonic() > end:
                    break
            headers = tuple((name.lower(), value) for name, value in response.headers.items())
            place = str(response.url)
    except httpx2.HTTPError as error:
        raise PageUnavailable(f"{url} could not be fetched: {error or type(error).__name__}") from error
    if time.monotonic() > end:
        raise PageUnavailable(f"{url} took longer than {timeout:g} s")
    return place, bytes(got), headers


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
