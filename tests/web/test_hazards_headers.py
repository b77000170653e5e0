"""Caching, integrity and security headers: hazards 34 to 48."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import Request
from tests.web.asgi import (
    CHANGED,
    PAGE,
    app_of,
    body,
    body_of,
    header,
    html_app,
    run,
    scope_of,
    start,
)

from readable_portal import ReadablePortal
from readable_portal.web import snippet
from readable_portal.web.assets import asset

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HTML = (b"content-type", b"text/html; charset=utf-8")
TAGS = [b'"abc"', b'W/"abc"', b'"a-rp"', b'""', b'W/"x,y"', b'"abc-rp12345678"', b'"\xe9"']


def conditional_app(etag: bytes, seen: list[Any]) -> ASGIApp:
    """An app that answers 304 as strictly as can be: to its own tag, letter by letter."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked = dict(scope["headers"]).get(b"if-none-match")
        seen.append(asked)
        if asked == etag:
            await app_of(start(304, [(b"ETag", etag)]), body())(scope, receive, send)
        else:
            await app_of(start(200, [HTML, (b"ETag", etag)]), body(PAGE))(scope, receive, send)

    return app


@pytest.mark.hazard(34)
@pytest.mark.parametrize("etag", TAGS)
def test_a_tag_goes_out_changed_and_comes_back_as_it_was(etag: bytes) -> None:
    seen: list[Any] = []
    wrapped = ReadablePortal(conditional_app(etag, seen))
    (shown,) = header(run(wrapped), b"etag")
    assert shown != etag
    assert shown.startswith(b'W/"')
    again = run(wrapped, scope_of(headers=[(b"if-none-match", shown)]))
    assert seen == [None, etag]
    assert again[0]["status"] == 304
    assert header(again, b"etag") == [shown]


@pytest.mark.hazard(34)
def test_a_tag_of_another_build_brings_the_page_afresh() -> None:
    seen: list[Any] = []
    (old,) = header(run(ReadablePortal(conditional_app(b'"a"', seen), language="en")), b"etag")
    wrapped = ReadablePortal(conditional_app(b'"a"', seen))
    sent = run(wrapped, scope_of(headers=[(b"if-none-match", old)]))
    assert seen[-1] is None
    assert body_of(sent) == CHANGED
    assert header(sent, b"etag") != [old]


@pytest.mark.hazard(34)
def test_tags_of_what_is_not_changed_are_left_alone() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["headers"])
        begin = start(304, [(b"etag", b'"css"')])
        await app_of(begin, body())(scope, receive, send)

    headers = [(b"if-none-match", b'"css", W/"x"'), (b"if-none-match", b"*")]
    sent = run(ReadablePortal(app), scope_of("/a.css", headers=headers))
    assert seen == [headers]
    assert header(sent, b"etag") == [b'"css"']


@pytest.mark.hazard(34)
def test_several_tags_in_one_condition() -> None:
    seen: list[Any] = []
    wrapped = ReadablePortal(conditional_app(b'"a"', seen))
    (ours,) = header(run(wrapped), b"etag")
    run(wrapped, scope_of(headers=[(b"if-none-match", b'"x", ' + ours + b', W/"y-rp00000000"')]))
    assert seen[-1] == b'"x", "a"'


@pytest.mark.hazard(35)
def test_conditions_for_writing_speak_of_the_apps_page() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(dict(scope["headers"]))
        await app_of(start(200, [HTML, (b"etag", b'"a"')]), body(PAGE))(scope, receive, send)

    wrapped = ReadablePortal(app)
    (ours,) = header(run(wrapped), b"etag")
    other = b'W/"a-rp00000000"'
    run(wrapped, scope_of(method="PUT", headers=[(b"if-match", ours), (b"if-unmodified-since", b"x")]))
    assert seen[-1] == {b"if-match": b'"a"', b"if-unmodified-since": b"x"}
    run(wrapped, scope_of(method="PUT", headers=[(b"if-match", other)]))
    assert seen[-1] == {b"if-match": b'"a"'}


@pytest.mark.hazard(35)
def test_parts_of_a_changed_page_are_not_offered() -> None:
    begin = start(200, [HTML, (b"Accept-Ranges", b"bytes"), (b"etag", b'"a"')])
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(dict(scope["headers"]))
        await app_of(begin, body(PAGE))(scope, receive, send)

    wrapped = ReadablePortal(app)
    sent = run(wrapped)
    assert header(sent, b"accept-ranges") == []
    # Our tag is weak: the app cannot take it for its own and send a part.
    (ours,) = header(sent, b"etag")
    run(wrapped, scope_of(headers=[(b"range", b"bytes=0-9"), (b"if-range", ours)]))
    assert seen[-1] == {b"range": b"bytes=0-9", b"if-range": ours}
    part = [start(206, [HTML, (b"content-range", b"bytes 0-9/100")]), body(PAGE[:10])]
    assert run(ReadablePortal(app_of(*part))) == part


@pytest.mark.hazard(36, 40)
def test_the_address_of_the_script_never_changes_so_last_modified_stays() -> None:
    modified = (b"last-modified", b"Fri, 15 Mar 2019 08:46:00 GMT")
    sent = run(ReadablePortal(html_app(headers=[modified])))
    assert modified in sent[0]["headers"]
    assert b'src="/_readable/widget.js"' in body_of(sent)
    settings: list[dict[str, Any]] = [{"language": "en"}, {"csp": "extend"}]
    for options in settings:
        assert b'src="/_readable/widget.js"' in body_of(run(ReadablePortal(html_app(), **options)))


@pytest.mark.hazard(37)
@pytest.mark.parametrize(
    "value", [b"no-transform", b"public, No-Transform, max-age=5", b"max-age=1,no-transform"]
)
def test_no_transform_is_obeyed(value: bytes) -> None:
    sent = run(ReadablePortal(html_app(headers=[(b"cache-control", b"public"), (b"Cache-Control", value)])))
    assert body_of(sent) == PAGE


@pytest.mark.hazard(38)
@pytest.mark.parametrize(
    "name",
    [b"Content-Digest", b"repr-digest", b"Digest", b"content-md5", b"Signature", b"signature-input"],
)
def test_signed_and_digested_pages_pass(name: bytes) -> None:
    assert body_of(run(ReadablePortal(html_app(headers=[(name, b"sha-256=:x:")])))) == PAGE


def with_policy(
    *policies: bytes, page: bytes = PAGE, name: bytes = b"content-security-policy", **options: Any
) -> Any:
    headers = [(name, policy) for policy in policies]
    return run(ReadablePortal(html_app(page, headers), **options), scope_of())


@pytest.mark.hazard(41)
@pytest.mark.parametrize(
    ("policies", "changed"),
    [
        ([b"default-src 'self'"], True),
        ([b"default-src 'none'; script-src 'self'; connect-src 'self'"], True),
        ([b"script-src 'none'"], False),
        ([b"script-src"], False),
        ([b"script-src-elem 'self'; script-src 'none'"], True),
        ([b"script-src 'self'; script-src-elem https://a.example"], False),
        ([b"script-src 'self'", b"script-src https://a.example"], False),
        ([b"script-src 'self', script-src https://a.example"], False),
        ([b"script-src 'self'; script-src 'none'"], True),
        ([b"SCRIPT-SRC 'SELF'"], True),
        ([b"script-src https://portal.example"], True),
        ([b"script-src portal.example:443"], True),
        ([b"script-src portal.example:8443"], False),
        ([b"script-src *.example"], True),
        ([b"script-src *.portal.example"], False),
        ([b"script-src https:"], True),
        ([b"script-src http:"], True),
        ([b"script-src wss:"], False),
        ([b"script-src *"], True),
        ([b"script-src https://portal.example/_readable/"], True),
        ([b"script-src https://portal.example/js/"], False),
        ([b"script-src https://portal.example/_readable/widget.js"], True),
        ([b"script-src 'unsafe-inline' 'unsafe-eval'"], False),
        ([b"img-src 'none'"], True),
        ([b"upgrade-insecure-requests; frame-ancestors 'none'"], True),
        ([b""], True),
        ([b" ; , ;"], True),
    ],
)
def test_every_policy_must_let_the_script_in(policies: list[bytes], changed: bool) -> None:  # noqa: FBT001 - a table's column
    sent = with_policy(*policies)
    assert (body_of(sent) != PAGE) is changed
    assert header(sent, b"content-security-policy") == policies


@pytest.mark.hazard(41)
def test_policies_in_the_page_count_too() -> None:
    for content, changed in ((b"script-src 'self'", True), (b"script-src &#39;none&#39;", False)):
        meta = b'<META http-equiv="Content-Security-Policy" content="' + content + b'">'
        page = PAGE.replace(b"<title>", meta + b"<title>")
        assert (body_of(run(ReadablePortal(html_app(page)))) != page) is changed


@pytest.mark.hazard(42)
@pytest.mark.parametrize(
    ("policies", "nonce"),
    [
        ([b"script-src 'nonce-abc123=='"], b"abc123=="),
        ([b"script-src 'strict-dynamic' 'nonce-abc' 'self'"], b"abc"),
        ([b"script-src 'self'", b"script-src 'strict-dynamic' 'NONCE-xY_-1'"], b"xY_-1"),
        ([b"script-src 'nonce-one' 'nonce-two'", b"script-src 'nonce-two'"], b"two"),
        ([b"script-src 'nonce-a'", b"script-src 'nonce-b'"], None),
        ([b"script-src 'strict-dynamic' 'self'"], None),
        ([b"script-src 'strict-dynamic' https: 'unsafe-inline'"], None),
        ([b"script-src 'nonce-\"><b>'"], None),
    ],
)
def test_a_nonce_is_copied_where_it_is_needed(policies: list[bytes], nonce: bytes | None) -> None:
    changed = body_of(with_policy(*policies))
    if nonce is None:
        assert changed == PAGE
    else:
        assert b' nonce="' + nonce + b'" data-readable-portal="1"' in changed
        assert changed.count(nonce) == 1


@pytest.mark.hazard(42)
def test_a_nonce_that_is_not_needed_is_not_copied() -> None:
    assert body_of(with_policy(b"script-src 'self' 'nonce-abc'")) == CHANGED


HASH = "sha256-" + "A" * 43 + "="


@pytest.mark.hazard(42)
@pytest.mark.parametrize(
    ("policy", "extended"),
    [
        ("script-src 'strict-dynamic'", f"script-src 'strict-dynamic' '{HASH}'"),
        (
            "script-src 'sha256-x=' 'strict-dynamic' ; img-src *",
            f"script-src 'sha256-x=' 'strict-dynamic' '{HASH}'; img-src *",
        ),
        (
            "default-src 'self' 'strict-dynamic'; media-src *",
            f"default-src 'self' 'strict-dynamic'; media-src *; script-src 'self' 'strict-dynamic' '{HASH}'",
        ),
        (
            "script-src 'self', script-src-elem 'strict-dynamic'",
            f"script-src 'self', script-src-elem 'strict-dynamic' '{HASH}'",
        ),
        # Our hash would switch 'unsafe-inline' off, or let in the loader alone.
        ("script-src 'strict-dynamic' 'unsafe-inline'", None),
        ("script-src https://cdn.example", None),
        ("script-src 'none'", None),
    ],
)
def test_a_policy_is_extended_by_our_hash_only_when_asked(
    policy: str, extended: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("snippet", "responder"):
        monkeypatch.setattr(f"readable_portal.web.{module}.loader_integrity", lambda: HASH)
    policy = policy + "; connect-src 'self'" if "default-src" not in policy else policy
    wanted = f"{extended}; connect-src 'self'" if extended and "default-src" not in extended else extended
    given = policy.encode()
    assert body_of(with_policy(given)) == PAGE
    sent = with_policy(given, csp="extend")
    if extended is None:
        assert body_of(sent) == PAGE
        assert header(sent, b"content-security-policy") == [given]
    else:
        assert header(sent, b"content-security-policy") == [(wanted or "").encode()]
        assert f'integrity="{HASH}"'.encode() in body_of(sent)


@pytest.mark.hazard(42)
def test_a_policy_in_the_page_or_that_only_reports_is_not_flooded() -> None:
    report = b"content-security-policy-report-only"
    sent = with_policy(b"script-src 'none'; report-uri /csp", name=report)
    assert body_of(sent) == PAGE
    assert body_of(with_policy(b"script-src 'self'; report-uri /csp", name=report)) == CHANGED
    meta = b'<meta http-equiv="content-security-policy" content="script-src \'strict-dynamic\'">'
    page = PAGE.replace(b"<title>", meta + b"<title>")
    assert body_of(run(ReadablePortal(html_app(page), csp="extend"))) == page


@pytest.mark.hazard(43)
def test_what_the_widget_needs_beyond_its_script() -> None:
    assert body_of(with_policy(b"connect-src 'none'")) == PAGE
    assert body_of(with_policy(b"default-src 'self'; connect-src https://api.example")) == PAGE
    changed = body_of(with_policy(b"media-src 'none'; font-src https://fonts.example"))
    assert b' data-blocked="media-src font-src" data-readable-portal' in changed


@pytest.mark.hazard(44)
def test_a_nonce_comes_from_the_very_response() -> None:
    count = 0

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal count
        count += 1
        policy = (b"content-security-policy", b"script-src 'nonce-n%d'" % count)
        await html_app(headers=[policy])(scope, receive, send)

    wrapped = ReadablePortal(app)
    for number in (1, 2, 3):
        assert b'nonce="n%d"' % number in body_of(run(wrapped))


@pytest.mark.hazard(45)
def test_trusted_types_do_not_keep_the_widget_out() -> None:
    policy = b"require-trusted-types-for 'script'; trusted-types 'none'"
    assert body_of(with_policy(policy)) == CHANGED


@pytest.mark.hazard(46)
def test_integrity_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snippet, "loader_integrity", lambda: HASH)
    assert f' integrity="{HASH}"'.encode() in body_of(run(ReadablePortal(html_app(), integrity=True)))
    assert b"integrity" not in body_of(run(ReadablePortal(html_app())))
    (one,) = header(run(ReadablePortal(html_app(headers=[(b"etag", b'"a"')]), integrity=True)), b"etag")
    monkeypatch.setattr(snippet, "loader_integrity", lambda: "sha256-other")
    (two,) = header(run(ReadablePortal(html_app(headers=[(b"etag", b'"a"')]), integrity=True)), b"etag")
    assert one != two


@pytest.mark.hazard(46)
@pytest.mark.parametrize("name", [b"integrity-policy", b"Integrity-Policy-Report-Only"])
def test_a_page_that_wants_integrity_of_every_script_passes(name: bytes) -> None:
    value = b"blocked-destinations=(script), endpoints=(a)"
    assert body_of(run(ReadablePortal(html_app(headers=[(name, value)])))) == PAGE
    style = b"blocked-destinations=(style)"
    assert body_of(run(ReadablePortal(html_app(headers=[(name, style)])))) == CHANGED


@pytest.mark.hazard(47, 48)
def test_the_portals_own_security_headers_stay() -> None:
    headers = [
        (b"x-frame-options", b"DENY"),
        (b"cross-origin-embedder-policy", b"require-corp"),
        (b"permissions-policy", b"autoplay=()"),
        (b"strict-transport-security", b"max-age=1"),
        (b"x-content-type-options", b"nosniff"),
    ]
    sent = run(ReadablePortal(html_app(headers=headers)))
    assert body_of(sent) == CHANGED
    assert sent[0]["headers"][2:] == headers


@pytest.mark.hazard(47)
def test_our_own_files_say_who_may_use_them() -> None:
    for name, headers in (("widget.js", True), ("no-such-file.js", False)):
        answer = asset(Request(scope_of(f"/_readable/{name}")), name)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers.get("cross-origin-resource-policy") == ("same-origin" if headers else None)


@pytest.mark.parametrize(
    ("options", "messages", "verdict"),
    [
        ({}, [start(), body(PAGE)], b"added"),
        ({}, [start(404), body(PAGE)], b"skipped; status"),
        ({}, [start(200, []), body(PAGE)], b"skipped; content-type"),
        ({}, [start(), body(b"<p>")], b"skipped; not a document"),
        ({"exclude": ["/"]}, [start(), body(PAGE)], b"skipped; path excluded"),
        ({"include": ["/x"]}, [start(), body(PAGE)], b"skipped; path not included"),
        ({}, [start(200, [HTML, (b"readable-portal", b"off")]), body(PAGE)], b"skipped; header says off"),
        (
            {},
            [start(200, [HTML, (b"content-security-policy", b"script-src 'none'")]), body(PAGE)],
            b"skipped; policy: script-src",
        ),
        ({}, [start(), {"type": "http.response.pathsend", "path": "x"}], b"skipped; http.response.pathsend"),
    ],
)
def test_the_debug_header_says_why(options: dict[str, Any], messages: list[Any], verdict: bytes) -> None:
    sent = run(ReadablePortal(app_of(*messages), debug_header=True, **options))
    assert header(sent, b"readable-portal") == [verdict]
    assert header(run(ReadablePortal(app_of(*messages), **options)), b"readable-portal") in ([], [b"off"])
