"""Which responses are changed: hazards 13 to 23."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.asgi import (
    CHANGED,
    PAGE,
    SCRIPT,
    app_of,
    body,
    body_of,
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
