"""Varied responses through the proxy and the middleware: the portal's bytes, and nothing but ours."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from readable_portal import ReadablePortal
from readable_portal.web.guard import parse_origin
from readable_portal.web.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

OURS = re.compile(
    rb"<script [^>]*data-readable-portal[^>]*></script>"
    rb"|<noscript><a [^>]*/_readable/read[^>]*>[^<]*</a></noscript>"
)
HEADS = [
    b"<!doctype html><html><head><title>x</title></head><body>",
    b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">\r\n<html><head></head><body class=\'a>b\'>',
    b"<html><head><!-- </head> --><script>'</head>'</script></head><body>",
    b"<div>only a piece</div>",
    b"\xef\xbb\xbf<!doctype html><title>no head</title><p>",
    b"",
]
TYPES = [b"text/html", b"text/html; charset=windows-1258", b"application/json", b"image/png", b"text/css"]


def response(number: int) -> tuple[int, list[tuple[bytes, bytes]], list[bytes]]:
    """Status, headers and the body in pieces: the same for a number whenever it is asked."""
    chance = random.Random(number)  # noqa: S311 - lots, not secrets
    kind = chance.choice(TYPES)
    body = chance.choice(HEADS) + chance.randbytes(chance.choice([0, 1, 100, 5_000, 70_000]))
    status = chance.choice([200] * 6 + [203, 404, 500])
    headers = [(b"content-type", kind), (b"X-Number", str(number).encode())]
    if chance.random() < 0.2:
        body = gzip.compress(body, mtime=0)
        headers.append((b"Content-Encoding", b"gzip"))
    if chance.random() < 0.3:
        headers.append((b"ETag", b'"%d"' % number))
    if chance.random() < 0.2:
        headers.append((b"Cache-Control", chance.choice([b"no-transform", b"no-store", b"max-age=5"])))
    if chance.random() < 0.5:
        headers.append((b"Content-Length", str(len(body)).encode()))
    cuts = sorted(chance.randint(0, len(body)) for _ in range(chance.randint(0, 4)))
    pieces = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    return status, headers, pieces


async def portal(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    await receive()
    status, headers, pieces = response(int(scope["path"][1:]))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def test_the_portal_s_bytes_and_nothing_but_ours(serve: Callable[..., str]) -> None:
    address = serve(ReadablePortal(Proxy(parse_origin(serve(portal)))))
    changed = 0

    async def compare(client: httpx2.AsyncClient, numbers: range) -> None:
        nonlocal changed
        for number in numbers:
            async with client.stream("GET", f"/{number}") as answer:
                got = b"".join([piece async for piece in answer.aiter_raw()])
            status, headers, pieces = response(number)
            body = b"".join(pieces)
            assert answer.status_code == status
            assert answer.headers["x-number"] == str(number)
            assert answer.headers.get("content-encoding") == dict(headers).get(
                b"Content-Encoding", b""
            ).decode() or (b"Content-Encoding" not in dict(headers))
            if got != body:
                changed += 1
                assert OURS.sub(b"", got) == body

    async def run() -> None:
        async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
            await asyncio.gather(*(compare(client, range(start, 2000, 8)) for start in range(8)))

    asyncio.run(run())
    assert changed > 100
