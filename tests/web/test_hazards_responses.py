"""What happens to the bytes of a response that is changed: hazards 24 to 33."""

from __future__ import annotations

import asyncio
import gzip
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.asgi import (
    CHANGED,
    PAGE,
    SCRIPT,
    app_of,
    body,
    body_of,
    exchange,
    header,
    html_app,
    link,
    no_receive,
    passes,
    run,
    scope_of,
    start,
)

from readable_portal import ReadablePortal
from readable_portal.http.xhtml import NAMESPACE

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


HTML = (b"content-type", b"text/html; charset=utf-8")


LENGTH = (b"content-length", b"%d" % len(PAGE))


XHTML = (
    b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/x.dtd">\n'
    b'<html xmlns="' + NAMESPACE.encode() + b'"><head><title>a</title><script src="a.js"/>'
    b"<script><![CDATA[ </head><body> ]]></script><?pi </head> > ?><!-- </head> --></head>\n"
    b'<body class="a"><p>b</p></body></html>'
)


@pytest.mark.hazard(24)
def test_everything_but_our_bytes_is_the_apps() -> None:
    odd = PAGE.replace(b"<p>", b"<P  CLASS='x' \r\n>\xff\xfe\x00<p/ a=b><td></b></i>&nbsp;&foo")
    changed = body_of(run(ReadablePortal(html_app(odd))))
    assert changed.replace(SCRIPT, b"").replace(link(), b"") == odd


@pytest.mark.hazard(25)
@pytest.mark.parametrize(
    "trap",
    [
        b"<meta name=a content='</head><body>'>",
        b"<![CDATA[ </head ]]>",
        b"<!-- </head> --><!--> <!---><!-- a --!>",
        b"<script>'</head>'</script><style></head></style>",
        b"<template></head></template>",
        b"<noscript></head></noscript>",
    ],
)
def test_ends_of_heads_that_are_none(trap: bytes) -> None:
    page = PAGE.replace(b"<title>", trap + b"<title>")
    wanted = CHANGED.replace(b"<title>", trap + b"<title>")
    assert body_of(run(ReadablePortal(html_app(page)))) == wanted


@pytest.mark.hazard(25)
def test_a_cdata_section_in_html_is_a_comment_up_to_the_first_angle() -> None:
    page = PAGE.replace(b"<title>", b"<![CDATA[ </head> ]]><title>")
    # Browsers read "]]>" as text, so there the body begins.
    assert body_of(run(ReadablePortal(html_app(page)))) == page.replace(b"]]>", SCRIPT + b"]]>")


@pytest.mark.hazard(26)
@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "big5", "gbk", "shift_jis", "euc-kr", "koi8-r"])
def test_pages_in_any_ascii_like_charset(charset: str) -> None:
    text = {"big5": "功許蓋", "gbk": "乗亅亇", "shift_jis": "ソ表能", "euc-kr": "가각", "koi8-r": "Жя"}
    word = text.get(charset, "Viet").encode(charset)
    page = PAGE.replace(b"T</title>", word + b"</title>")
    begin = start(200, [(b"content-type", b"text/html; charset=" + charset.encode())])
    changed = body_of(run(ReadablePortal(app_of(begin, body(page)))))
    assert changed == CHANGED.replace(b"T</title>", word + b"</title>")
    assert SCRIPT.isascii()
    assert link().isascii()


@pytest.mark.hazard(26)
@pytest.mark.parametrize("label", [b"utf-16", b"UTF-16LE", b"iso-2022-jp", b'"iso-2022-kr"', b"utf-7"])
def test_charsets_in_which_bytes_are_no_tags(label: bytes) -> None:
    passes(start(200, [(b"content-type", b"text/html; charset=" + label)]), body(PAGE))


@pytest.mark.hazard(26)
def test_charsets_named_in_the_page() -> None:
    passes(start(), body(PAGE.replace(b"<title>", b'<meta charset="ISO-2022-JP"><title>')))
    passes(start(), body("\ufeff".encode("utf-16-le") + PAGE.decode().encode("utf-16-le")))
    # A page that can say so in ASCII is UTF-8 to every browser.
    page = PAGE.replace(b"<title>", b"<meta charset=utf-16><title>")
    assert SCRIPT in body_of(run(ReadablePortal(html_app(page))))


@pytest.mark.hazard(28)
def test_compressed_pages_pass_and_empty_encodings_count_for_nothing() -> None:
    packed = gzip.compress(PAGE)
    passes(start(200, [HTML, (b"Content-Encoding", b"gzip")]), body(packed))
    for none in (b"identity", b"", b" Identity"):
        begin = start(200, [HTML, (b"content-encoding", none)])
        assert body_of(run(ReadablePortal(app_of(begin, body(PAGE))))) == CHANGED


@pytest.mark.hazard(28)
def test_a_compressed_page_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    begin = start(200, [HTML, (b"content-encoding", b"br")])
    wrapped = ReadablePortal(app_of(begin, body(b"xx")))
    for _ in range(3):
        run(wrapped)
    assert len(caplog.records) == 1
    assert "outside" in caplog.text


@pytest.mark.hazard(28)
def test_an_inner_compression_can_be_avoided() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(dict(scope["headers"])[b"accept-encoding"])
        await html_app()(scope, receive, send)

    asked: dict[str, Any] = {"headers": [(b"host", b"a"), (b"accept-encoding", b"gzip, br")]}
    run(ReadablePortal(app, inner_compression="avoid"), scope_of(**asked))
    run(ReadablePortal(app, inner_compression="avoid", exclude=["/*"]), scope_of(**asked))
    run(ReadablePortal(app), scope_of(**asked))
    assert seen == [b"identity", b"gzip, br", b"gzip, br"]


@pytest.mark.hazard(30)
def test_nothing_is_ever_unpacked_in_the_response_path() -> None:
    names = ("middleware", "responder", "failures", "snippet")
    loaded = [vars(sys.modules[f"readable_portal.web.{name}"]) for name in names]
    loaded += [
        vars(module) for name, module in sys.modules.items() if name.startswith("readable_portal.http.")
    ]
    assert not {"zlib", "gzip", "brotli", "zstd", "compression"} & {name for each in loaded for name in each}
    # A bomb costs no more than any other response.
    bomb = gzip.compress(bytes(10_000_000))
    passes(start(200, [HTML, (b"content-encoding", b"gzip")]), body(bomb))


@pytest.mark.hazard(31)
def test_pieces_are_neither_joined_nor_parted() -> None:
    first, second = PAGE.index(b"</head>") + 3, PAGE.index(b"class=a>") + 3
    pieces = [PAGE[:10], b"", PAGE[10:first], PAGE[first:second], PAGE[second:]]
    messages = [body(piece, more=True) for piece in pieces] + [body()]
    sent = run(ReadablePortal(app_of(start(200, [HTML, LENGTH]), *messages)))
    assert body_of(sent) == CHANGED
    assert [each["more_body"] for each in sent[1:]] == [True] * 5 + [False]
    changed = [got["body"] != given["body"] for got, given in zip(sent[1:], messages, strict=True)]
    assert changed == [False, False, True, False, True, False]


@pytest.mark.hazard(31)
def test_the_rest_of_a_page_is_not_looked_at() -> None:
    sent: list[Any] = []
    counts = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        await send(body(PAGE, more=True))
        counts.append(len(sent))
        for _ in range(3):
            await send(body(b"<head></head><body>", more=True))
            counts.append(len(sent))
        await send(body())

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    assert counts == [2, 3, 4, 5]
    assert body_of(sent) == CHANGED + b"<head></head><body>" * 3


@pytest.mark.hazard(31)
def test_a_head_sent_ahead_goes_out_at_once() -> None:
    """Early flush: the browser fetches style sheets while the app still works on the body."""
    sent: list[Any] = []
    counts = []
    head, rest = PAGE.partition(b"<body")[0], PAGE[PAGE.index(b"<body") :]

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start(200, [HTML, (b"etag", b'"a"')]))
        await send(body(head, more=True))
        counts.append(body_of(sent))
        await send(body(rest))

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    # All but the end of the head: whether it is a page or a frameset shows with the next tag.
    assert counts == [head.partition(b"</head>")[0]]
    assert body_of(sent) == CHANGED
    assert header(sent, b"etag")[0].startswith(b'W/"a-rp')
    early = [body(head, more=True), body(rest.replace(b"<body class=a>", b"<frameset>"))]
    unchanged = run(ReadablePortal(app_of(start(), *early)))
    assert body_of(unchanged) == PAGE.replace(b"<body class=a>", b"<frameset>")


@pytest.mark.hazard(31, 53)
def test_no_more_than_the_limit_is_held() -> None:
    sent: list[Any] = []
    held = []
    chunk = b"<!-- a comment in a head that never ends -->" * 20

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        await send(body(b"<!doctype html><head>", more=True))
        given = 21
        for _ in range(100):
            await send(body(chunk, more=True))
            given += len(chunk)
            held.append(given - len(body_of(sent)))
        await send(body())

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    assert max(held) <= 64 * 1024
    assert held[-1] == 0
    assert len(body_of(sent)) == 21 + 100 * len(chunk)


@pytest.mark.hazard(31)
def test_the_limit_can_be_raised() -> None:
    page = PAGE.replace(b"<title>", b"<style>" + b"a{}" * 30_000 + b"</style><title>")
    assert body_of(run(ReadablePortal(html_app(page)))) == page
    assert SCRIPT in body_of(run(ReadablePortal(html_app(page), max_head_bytes=200_000)))


@pytest.mark.hazard(32)
@pytest.mark.parametrize("value", [b"12a", b"-1", b"", b"+5", b"1, 1"])
def test_a_length_that_is_none_passes(value: bytes) -> None:
    passes(start(200, [HTML, (b"content-length", value)]), body(PAGE))
    passes(start(200, [HTML, LENGTH, LENGTH]), body(PAGE))


@pytest.mark.hazard(32)
def test_a_length_speaks_for_the_changed_page_and_none_is_added() -> None:
    assert header(run(ReadablePortal(html_app())), b"content-length") == [b"%d" % len(CHANGED)]
    assert header(run(ReadablePortal(app_of(start(), body(PAGE)))), b"content-length") == []


@pytest.mark.hazard(33)
def test_a_page_of_any_size_streams() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start())
        await send(body(PAGE, more=True))
        for _ in range(2_000):
            await send(body(bytes(10_000), more=True))
        await send(body())

    size = 0

    async def send(message: Message) -> None:
        nonlocal size
        size += len(message.get("body", b""))

    tracemalloc.start()
    asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == len(CHANGED) + 20_000_000
    assert peak < 2_000_000


def test_a_body_of_another_bytes_type_is_taken() -> None:
    for kind in (bytearray, memoryview):
        sent = run(ReadablePortal(app_of(start(), {"type": "http.response.body", "body": kind(PAGE)})))
        assert body_of(sent) == CHANGED


def test_an_app_that_returns_too_early_loses_nothing() -> None:
    messages = [start(), body(PAGE[:30], more=True)]
    sent = asyncio.run(exchange(ReadablePortal(app_of(*messages))))
    assert all(got is given for got, given in zip(sent, messages, strict=True))
