from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.http.heads import PIECES, disagreement, insert, make, scan

from readable_portal.http import head as head_module
from readable_portal.http.head import LIMIT, HeadScanner
from readable_portal.http.markup import TAG, TagWalk
from readable_portal.http.usual import PAGE, RUN

FIXTURES = Path(__file__).parents[1]


def test_generated_heads_agree_with_two_parsers() -> None:
    """A sample; the slow test below takes 30,000 others."""
    assert [found for seed in range(500) if (found := disagreement(make(seed)))] == []


@pytest.mark.slow
def test_thirty_thousand_heads_agree_with_two_parsers() -> None:
    verdicts: Counter[str] = Counter()
    for seed in range(1_000, 31_000):
        page = make(seed)
        assert disagreement(page) == "", (seed, page)
        head = scan(page)
        verdicts[head.reason or ("script and link" if head.body_at >= 0 else "script")] += 1
    # The proof would be empty if most heads were refused.
    assert verdicts["script and link"] > 10_000
    assert verdicts["script and link"] + verdicts["script"] > 18_000


def test_pages_of_the_fixtures_agree_with_two_parsers() -> None:
    pages = [path for path in FIXTURES.rglob("*.html") if path.stat().st_size < 2_000_000]
    for path in pages:
        assert disagreement(path.read_bytes()) == "", path


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.integers(1, 9))
@settings(max_examples=150, deadline=None)
def test_any_mix_of_pieces_agrees_in_any_cut(pieces: list[str], size: int) -> None:
    page = ("<!doctype html><html><head>" + "".join(pieces) + "</head><body>Xin chào").encode()
    assert scan(page, size) == scan(page)
    assert disagreement(page) == ""


@given(st.binary(max_size=60), st.binary(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_bytes_agree_in_any_cut(before: bytes, after: bytes) -> None:
    page = b"<!doctype html><title>" + before + b"</title>" + after + b"<body>"
    assert scan(page, 1) == scan(page)
    # Parsers differ from each other where bytes are no text at all.
    if page.isascii() and b"\0" not in page:
        assert disagreement(page) == ""


@given(st.text(alphabet="ab <>/='\"\t\n-", max_size=40))
@settings(max_examples=300, deadline=None)
def test_both_ways_to_find_the_end_of_a_tag_agree(text: str) -> None:
    data = ("a" + text).encode()
    match = TAG.match(data)
    walk = TagWalk(0)
    ends = [walk.go(data, end) for end in range(1, len(data) + 1)]
    assert (match.end() if match else -1) == next((end for end in ends if end >= 0), -1)


@given(st.integers(0, 3_000))
@settings(max_examples=300, deadline=None)
def test_the_quick_way_through_usual_heads_changes_nothing(seed: int) -> None:
    page = make(seed)
    quick = scan(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(head_module, "PAGE", re.compile(b"(never)"))
        assert scan(page) == quick
        patch.setattr(head_module, "RUN", head_module._SPACE)
        assert scan(page) == quick


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "utf-16"),
        (b"\xfe\xff\0<\0h\0t\0m\0l\0>", "utf-16"),
        (b"<div>part of a page</div>", "not a document"),
        (b"Hello, world", "not a document"),
        (b"<!-- only --><p>", "not a document"),
        (b"", "not a document"),
        (b"<title>no doctype</title><p>", "not a document"),
        (b"<!doctype html><html amp><head></head><body>", "amp"),
        ("<!doctype html><html ⚡><head></head><body>".encode(), "amp"),
        ("<!doctype html><html lang=vi ⚡\ufe0f><head></head><body>".encode(), "amp"),
        (b"<!doctype html><head></head><frameset cols=1>", "frameset"),
        (b"<!doctype html><head></head><noscript>x</noscript><frameset>", "frameset"),
        (b"<!doctype html><head></head><div><frameset>", "frameset"),
        (b"<!doctype html><head><meta name=readable-portal content=off></head><body>", "meta says off"),
        (b"<!doctype html><META CONTENT=' Off' NAME='Readable-Portal'></head><body>", "meta says off"),
        (b"<!doctype html><script data-readable-portal=1></script></head><body>", "already there"),
        (b"<!doctype html><script><!-- <script></script></head><body>", "no body"),
        (b"<!doctype html><script>never closed </head><body>", "no body"),
        (b"<!doctype html><title>never closed </head><body>", "no body"),
        (b"<!doctype html><link href='never closed></head><body>", "no body"),
        (b"<!doctype html><!-- never closed </head><body>", "no body"),
        (b"<!doctype html><template><table></table></template></head><body>", "template"),
        (b"<!doctype html><html><head><title>cut", "no body"),
        (b"<!doctype html><title>x</title>\0<body>", "nul"),
        (b"<!doctype html><head>" + b"<style>" + b"a{}" * LIMIT, "head too long"),
        (b" " * LIMIT, "not a document"),
    ],
)
def test_pages_that_are_left_alone(page: bytes, reason: str) -> None:
    assert scan(page).reason == reason
    assert scan(page[: LIMIT + 10], 4096).reason == reason


def test_what_the_head_says_is_noted() -> None:
    page = (
        b"<!doctype html><base target=_top><base href='https://cdn.example/'><base href=/x>"
        b"<meta charset=x-sjis><meta http-equiv=Content-Security-Policy content='script-src &#39;self&#39;'>"
        b"<meta http-equiv=content-type content='text/html; charset=UTF-8'></head><body>"
    )
    head = scan(page)
    assert head.base == "https://cdn.example/"
    assert page[head.base_at :].startswith(b"<base href='https")
    assert head.charset == "x-sjis"
    assert head.charset_late
    assert head.policies == ("script-src 'self'",)


def test_a_head_sent_ahead_is_known_before_the_body() -> None:
    scanner = HeadScanner()
    page = b"<!doctype html><title>x</title></head>\n"
    assert scanner.feed(page) is None
    assert scanner.script_at == page.index(b"</head>")


@pytest.mark.usefixtures("ends")
def test_work_grows_with_the_bytes_however_they_are_cut() -> None:
    """A byte at a time, each kind of long thing: if bytes were read again and again, it would not end."""
    for filling in (
        b"<link a='%s",
        b"<!-- %s",
        b"<style>%s",
        b"<title>%s",
        b"<meta %s",
        b"<a-%s",
        b"<link a=%s",
    ):
        page = b"<!doctype html><head>" + filling % (b">-<" * 12_000)
        scan(page, 1)


def test_a_script_that_writes_scripts_is_read_to_its_end() -> None:
    page = b"<!doctype html><script><!--\nwrite('<script src=a></script>')\n//--></script></head><body>"
    assert scan(page).script_at == page.index(b"</head>")


def test_insertion_is_where_people_expect_it() -> None:
    page = b"<!doctype html><html><head><title>a</head></title></head>\n<body id=b>c"
    assert insert(page, scan(page)) == (
        b"<!doctype html><html><head><title>a</head></title><script id=ours></script></head>\n"
        b"<body id=b><noscript id=ours-too></noscript>c"
    )


USUAL_PAGE = (
    "<!DOCTYPE html>\n<html lang='vi' class=\"no-js\">\n<head>\n"
    '<meta charset="utf-8">\n<meta http-equiv="X-UA-Compatible" content="IE=edge" />\n'
    '<meta name="robots" content="index">\n<meta property="og:title" content="Xin chào"/>\n'
    '<title>Xin chào – cổng</title>\n<link rel="stylesheet" href=\'/a.css\' media="all" />\n'
    '<script src="/a.js" defer></script>\n<script>if (a < b) { c() }</script>\n<style>a{b:c}</style>\n'
    "<!-- a - b -->\n</head>\n<body class='a' id=\"b\">\n"
).encode()


def test_the_quick_way_is_taken() -> None:
    assert RUN.fullmatch(USUAL_PAGE, USUAL_PAGE.index(b"<meta http"), USUAL_PAGE.index(b"</head>"))
    match = PAGE.match(USUAL_PAGE)
    assert match
    assert match.start(1) == USUAL_PAGE.index(b"</head>")
    assert match.end() == len(USUAL_PAGE) - 1


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_the_quick_way_agrees_on_spoilt_usual_pages(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(USUAL_PAGE)))
    length = data.draw(st.integers(0, 3))
    other = data.draw(
        st.sampled_from([b"", b"<", b">", b'"', b"'", b"-->", b"<!--", b"=", b" ", b"/", b"amp ", b"</"])
    )
    page = USUAL_PAGE[:place] + other + USUAL_PAGE[place + length :]
    quick = scan(page)
    assert scan(page, 7) == quick
    assert disagreement(page) == ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(head_module, "PAGE", re.compile(b"(never)"))
        patch.setattr(head_module, "RUN", head_module._SPACE)
        assert scan(page) == quick
