"""What holds for any page, any headers and any cutting into messages."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.asgi import app_of, body, body_of, header, run_at_once, scope_of, start

from readable_portal import ReadablePortal

PARTS = st.sampled_from(
    [
        b"<!doctype html>",
        b"<html>",
        b"<head>",
        b"<title>a</title>",
        b"<meta http-equiv=content-security-policy content=\"script-src 'self'\">",
        b"<meta http-equiv=content-security-policy content=\"script-src 'none'\">",
        b"<base href=//a.example/>",
        b"<meta charset=utf-8>",
        b"<!-- </head> -->",
        b"<script><!-- <script></script> --></script>",
        b"</head>",
        b"<body>",
        b"<frameset>",
        b"\n",
        b"text",
        b"<p>",
        b"</body></html>",
        b"<",
        b"\0\xff",
    ]
)
OPENING = b"<!doctype html><head>"
PAGES = st.one_of(
    st.lists(PARTS, max_size=12).map(b"".join),
    st.lists(PARTS, max_size=6).map(
        lambda parts: b"<!doctype html><head>" + b"".join(parts) + b"</head><body>x"
    ),
    st.binary(max_size=80),
)
TYPES = st.sampled_from(
    [
        b"text/html",
        b"text/html",
        b"text/html",
        b"Text/HTML; charset=big5",
        b"application/xhtml+xml",
        b"text/css",
        b"a",
    ]
)
VALUES = st.one_of(
    st.tuples(
        st.sampled_from(
            [b"cache-control", b"Vary", b"content-encoding", b"set-cookie", b"x-any", b"readable-portal"]
        ),
        st.sampled_from([b"", b"no-transform", b"identity", b"gzip", b"off", b"private", b"a=b"]),
    ),
    st.tuples(
        st.sampled_from([b"content-security-policy", b"Content-Security-Policy-Report-Only"]),
        st.sampled_from(
            [b"script-src 'self'", b"script-src 'nonce-ab'", b"default-src *", b"sandbox", b"script-src"]
        ),
    ),
    st.tuples(st.sampled_from([b"etag", b"ETag"]), st.sampled_from([b'"a"', b'W/"b"', b"c", b""])),
    st.tuples(st.just(b"content-digest"), st.just(b"x")),
)


@st.composite
def messages(draw: st.DrawFn, page: bytes) -> list[Any]:
    """A response with this page, cut anywhere, empty pieces too."""
    cuts = sorted(draw(st.lists(st.integers(0, len(page)), max_size=6)))
    pieces = [page[a:b] for a, b in zip([0, *cuts], [*cuts, len(page)], strict=True)]
    if draw(st.booleans()):
        pieces.append(b"")
    return [body(piece, more=True) for piece in pieces[:-1]] + [body(pieces[-1])]


@st.composite
def responses(draw: st.DrawFn) -> tuple[bytes, list[tuple[bytes, bytes]], list[Any], list[Any]]:
    page = draw(PAGES)
    headers = [(b"content-type", draw(TYPES)), *draw(st.lists(VALUES, max_size=3))]
    if draw(st.booleans()):
        headers.append((b"content-length", b"%d" % len(page)))
    return page, headers, draw(messages(page)), draw(messages(page))


def without_ours(page: bytes, changed: bytes) -> bytes:
    """Take our two pieces out of a changed page; that they are all that was put in shows by the rest."""
    for begins, ends in (
        (b'<script src="/_readable/', b"</script>"),
        (b'<noscript><a href="/_readable/', b"</noscript>"),
    ):
        place = changed.find(begins)
        if place >= 0 and begins not in page:
            changed = changed[:place] + changed[changed.index(ends, place) + len(ends) :]
    return changed


@given(responses(), st.sampled_from(["GET", "GET", "HEAD", "POST"]), st.sampled_from(["respect", "extend"]))
@settings(max_examples=120, deadline=None)
def test_any_response_in_any_cut(
    response: tuple[bytes, list[tuple[bytes, bytes]], list[Any], list[Any]], method: str, csp: str
) -> None:
    page, headers, one, two = response
    wrapped = ReadablePortal(app_of(start(200, headers), *one), csp=csp)
    sent = run_at_once(wrapped, scope_of(method=method))
    changed = body_of(sent)
    # Cut in another way it is the same page with the same start.
    again = run_at_once(ReadablePortal(app_of(start(200, headers), *two), csp=csp), scope_of(method=method))
    assert body_of(again) == changed
    # The page minus our bytes is the app's page.
    assert without_ours(page, changed) == page
    assert changed.count(b"data-readable-portal") <= 1 + page.count(b"data-readable-portal")
    # What the headers say of the length is true.
    assert header(sent, b"content-length") in ([], [b"%d" % len(changed)])
    # Never fewer or more ends than the app's.
    assert [each.get("more_body") for each in sent if each["type"] == "http.response.body"][-1] is False
    assert wrapped.failures.count == 0
    if changed == page and not any(name.lower() == b"etag" for name, _ in headers) and method != "HEAD":
        given_messages = [start(200, headers), *one]
        assert sent == given_messages
    other = [
        pair for pair in headers if pair[0].lower() in {b"vary", b"set-cookie", b"x-any", b"cache-control"}
    ]
    assert [pair for pair in sent[0]["headers"] if pair in other] == other


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_no_candidate_is_identical_message_by_message(data: st.DataObject) -> None:
    page = data.draw(PAGES)
    why = data.draw(st.sampled_from(["status", "type", "method", "header", "path"]))
    headers = [(b"content-type", b"text/html"), (b"etag", b'"a"'), (b"accept-ranges", b"bytes")]
    headers[0] = (b"content-type", b"text/css") if why == "type" else headers[0]
    if why == "header":
        headers.append((b"cache-control", b"no-transform"))
    given_messages = [start(404 if why == "status" else 200, headers), *data.draw(messages(page))]
    wrapped = ReadablePortal(app_of(*given_messages), exclude=["/out/*"])
    scope = scope_of("/out/a" if why == "path" else "/", method="PUT" if why == "method" else "GET")
    sent = run_at_once(wrapped, scope)
    assert len(sent) == len(given_messages)
    assert all(got is given_one for got, given_one in zip(sent, given_messages, strict=True))
