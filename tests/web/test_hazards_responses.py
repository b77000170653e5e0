"""Which responses are changed, and what happens to their bytes: hazards 13 to 33."""

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


def passes(*messages: Any, scope: dict[str, Any] | None = None, **options: Any) -> None:
    """Everything reaches the server as the same objects."""
    sent = run(ReadablePortal(app_of(*messages), **options), scope)
    assert len(sent) == len(messages)
    assert all(got is given for got, given in zip(sent, messages, strict=True))


@pytest.mark.hazard(13)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY"])
def test_only_get_and_head_are_changed(method: str) -> None:
    passes(start(), body(PAGE), scope=scope_of(method=method))


@pytest.mark.hazard(13)
def test_head_mirrors_get_where_the_app_hands_the_page_over() -> None:
    app = ReadablePortal(html_app(headers=[(b"etag", b'"a"')]))
    assert run(app, scope_of(method="HEAD")) == run(app)


@pytest.mark.hazard(13)
def test_head_without_a_page_leaves_out_what_it_cannot_know() -> None:
    begin = start(200, [HTML, LENGTH, (b"ETag", b'"a"'), (b"accept-ranges", b"bytes"), (b"x-a", b"1")])
    sent = run(ReadablePortal(app_of(begin, body())), scope_of(method="HEAD"))
    assert sent == [start(200, [HTML, (b"x-a", b"1")]), body()]
    # An answer to GET without a page is no page.
    passes(begin, body())


@pytest.mark.hazard(14)
@pytest.mark.parametrize("status", [201, 204, 205, 206, 301, 304, 400, 404, 500, 503])
def test_other_statuses_pass(status: int) -> None:
    passes(start(status), body(PAGE))


@pytest.mark.hazard(14)
@pytest.mark.parametrize("status", [404, 500])
def test_error_pages_are_changed_when_asked_for(status: int) -> None:
    assert body_of(run(ReadablePortal(app_of(start(status), body(PAGE)), error_pages=True))) == CHANGED
    passes(start(302), body(PAGE), error_pages=True)


@pytest.mark.hazard(14)
@pytest.mark.parametrize(
    "more",
    [
        (b"content-disposition", b"Attachment; filename=a.html"),
        (b"content-range", b"bytes 0-99/200"),
    ],
)
def test_downloads_and_parts_pass(more: tuple[bytes, bytes]) -> None:
    passes(start(200, [HTML, more]), body(PAGE))


@pytest.mark.hazard(14)
def test_a_page_to_be_shown_is_no_download() -> None:
    begin = start(200, [HTML, (b"content-disposition", b"inline")])
    assert body_of(run(ReadablePortal(app_of(begin, body(PAGE))))) == CHANGED


@pytest.mark.hazard(15)
@pytest.mark.parametrize(
    "kind",
    [
        b"text/plain",
        b"application/json",
        b"text/html+xml",
        b"multipart/mixed; boundary=text/html",
        b"text/htmlx",
        b"",
        b"application/xml",
        b"text/x-component",
        b"image/svg+xml",
    ],
)
def test_other_media_types_pass(kind: bytes) -> None:
    passes(start(200, [(b"content-type", kind)]), body(PAGE))


@pytest.mark.hazard(15)
def test_nothing_is_sniffed() -> None:
    passes(start(200, []), body(PAGE))
    passes(start(200, [HTML, (b"content-type", b"text/plain")]), body(PAGE))


@pytest.mark.hazard(15)
@pytest.mark.parametrize("kind", [b"text/event-stream", b"application/json", b"video/mp4"])
def test_the_start_of_what_is_no_page_is_not_held(kind: bytes) -> None:
    sent: list[Any] = []
    seen = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start(200, [(b"content-type", kind)]))
        seen.append(len(sent))
        await send(body(b"data: 1\n\n", more=True))
        seen.append(len(sent))
        await send(body())

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(ReadablePortal(app)(scope_of(), no_receive, send))
    assert seen == [1, 2]


@pytest.mark.hazard(16)
@pytest.mark.parametrize(
    "fragment",
    [
        b"<div id=result>one of many</div>",
        b"<turbo-frame id=a><p>x</p></turbo-frame>",
        b"<esi:include src=a />",
        b"<title>x</title><div hx-swap-oob=true></div>",
        b"{}",
        b"",
        b"\n<!-- part --><p>x</p>",
    ],
)
def test_parts_of_pages_pass(fragment: bytes) -> None:
    passes(start(), body(fragment))
    # By their content alone, so that no Vary is needed.
    passes(start(), body(fragment), scope=scope_of(headers=[(b"hx-request", b"true")]))


@pytest.mark.hazard(16, 39)
def test_the_request_makes_no_difference_so_vary_stays() -> None:
    app = ReadablePortal(html_app())
    for headers in ([(b"hx-request", b"true")], [(b"sec-fetch-dest", b"iframe")], [(b"cookie", b"a=1")]):
        sent = run(app, scope_of(headers=headers))
        assert body_of(sent) == CHANGED
        assert header(sent, b"vary") == []


@pytest.mark.hazard(18)
def test_amp_pages_pass() -> None:
    passes(start(), body(PAGE.replace(b"<html>", b"<html amp lang=vi>")))
    passes(start(), body(PAGE.replace(b"<html>", "<html ⚡>".encode())))


XHTML = (
    b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/x.dtd">\n'
    b'<html xmlns="' + NAMESPACE.encode() + b'"><head><title>a</title><script src="a.js"/>'
    b"<script><![CDATA[ </head><body> ]]></script><?pi </head> > ?><!-- </head> --></head>\n"
    b'<body class="a"><p>b</p></body></html>'
)


@pytest.mark.hazard(19)
def test_xhtml_stays_well_formed() -> None:
    from xml.etree import ElementTree as ET

    begin = start(200, [(b"content-type", b"application/xhtml+xml")])
    changed = body_of(run(ReadablePortal(app_of(begin, body(XHTML)))))
    wanted = XHTML.replace(b"--></head>", b"-->" + SCRIPT + b"</head>")
    assert changed == wanted.replace(b'<body class="a">', b'<body class="a">' + link())
    head, page = ET.fromstring(changed)  # noqa: S314 - our own bytes
    assert [child.tag.partition("}")[2] for child in head] == ["title", "script", "script", "script"]
    assert page[0].tag == f"{{{NAMESPACE}}}noscript"
    pieces = [body(XHTML[place : place + 1], more=True) for place in range(len(XHTML))]
    assert body_of(run(ReadablePortal(app_of(begin, *pieces, body())))) == changed


@pytest.mark.hazard(19)
@pytest.mark.parametrize(
    "page",
    [
        XHTML.replace(b"<html ", b"<h:html ").replace(b"xmlns=", b"xmlns:h="),
        XHTML.replace(NAMESPACE.encode(), b"http://www.w3.org/2000/svg"),
        XHTML.replace(b'.dtd">', b'.dtd" [<!ENTITY a "</head>">]>'),
        XHTML.replace(b"</head>\n", b"").replace(b"<head>", b"<head/>"),
        XHTML.replace(b"</head>\n<body", b"</body>\n<body"),
        XHTML.replace(b"<head>", b"<he ad>"),
        XHTML.replace(b"<title>a</title>", b"<title>a</titel>"),
        XHTML.replace(b"<body ", b"<frameset "),
        XHTML.replace(b"<title>", b"<1>"),
        XHTML.replace(b"<html", b"text<html"),
        XHTML.replace(b'<script src="a.js"/>', b'<script data-readable-portal="1"/>'),
        XHTML.replace(b"<title>", b'<meta name="readable-portal" content="off"/><title>'),
        XHTML[:90],
        "\ufeff".encode("utf-16") + XHTML.decode().encode("utf-16-le"),
        b"",
    ],
)
def test_xhtml_that_is_not_plain_passes(page: bytes) -> None:
    passes(start(200, [(b"content-type", b"application/xhtml+xml")]), body(page))


@pytest.mark.hazard(20)
def test_a_page_that_has_the_script_passes() -> None:
    passes(start(), body(CHANGED))


@pytest.mark.hazard(21)
def test_a_page_can_opt_out() -> None:
    passes(start(200, [HTML, (b"Readable-Portal", b"off")]), body(PAGE))
    passes(start(), body(PAGE.replace(b"<title>", b'<meta name="readable-portal" content="off"><title>')))
    passes(start(), body(PAGE), scope=scope_of("/tin/in-an"), exclude=["*/in-an"])
    passes(start(), body(PAGE), scope=scope_of("/quan-tri/a"), include=["/tin/*", "/van-ban/*"])
    passes(start(), body(PAGE), scope=scope_of(state={"readable_portal": False}))


@pytest.mark.hazard(21)
def test_a_view_can_opt_out_while_it_runs() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["readable_portal"] = False
        await html_app()(scope, receive, send)

    assert body_of(run(ReadablePortal(app))) == PAGE


@pytest.mark.hazard(21)
@pytest.mark.parametrize(
    ("path", "changed"),
    [("/tin/a/b", True), ("/tin", False), ("/van-ban/1.html", True), ("/van-ban/12.html", False)],
)
def test_globs(path: str, changed: bool) -> None:  # noqa: FBT001 - a table's column
    app = ReadablePortal(html_app(), include=["/tin/*", "/van-ban/?.html"])
    assert (body_of(run(app, scope_of(path))) != PAGE) is changed


@pytest.mark.hazard(22)
@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace(b"<body class=a>", b"<frameset cols=1>"),
        PAGE.replace(b"</title>", b"</titel>"),
        PAGE.replace(b"<title>T", b"<script>T"),
        b"Xin chao cac ban, day la <html> trong mot trang chu thuong",
    ],
)
def test_pages_that_could_be_read_in_two_ways_pass(page: bytes) -> None:
    passes(start(), body(page))


@pytest.mark.hazard(23)
def test_a_sandbox_passes() -> None:
    passes(start(200, [HTML, (b"content-security-policy", b"sandbox allow-forms")]), body(PAGE))
    passes(start(200, [HTML, (b"content-security-policy", b"sandbox allow-scripts")]), body(PAGE))
    allowed = (b"content-security-policy", b"sandbox allow-scripts allow-same-origin")
    assert body_of(run(ReadablePortal(app_of(start(200, [HTML, allowed]), body(PAGE))))) == CHANGED


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
