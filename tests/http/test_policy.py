from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.http.policy import Asset, Policy, Terms, extended, judge, parse, policies_of

HASH = "sha256-" + "B" * 43 + "="
ASSET = Asset("https://portal.example", "/_readable/widget.js", HASH)
SOURCES = [
    "'self'",
    "'none'",
    "*",
    "https:",
    "http:",
    "portal.example",
    "*.example",
    "cdn.example",
    "'strict-dynamic'",
    "'nonce-abc'",
    "'unsafe-inline'",
    "'sha256-x='",
    f"'{HASH}'",
]
NAMES = ["default-src", "script-src", "script-src-elem", "connect-src", "img-src", "sandbox", "report-uri"]
DIRECTIVES = st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(SOURCES), max_size=3)).map(
    lambda pair: " ".join([pair[0], *pair[1]])
)
HEADERS = st.lists(st.lists(DIRECTIVES, max_size=4).map("; ".join), min_size=1, max_size=2).map(", ".join)


@given(HEADERS)
@settings(max_examples=300, deadline=None)
def test_extending_adds_our_hash_and_changes_nothing_else(header: str) -> None:
    before, after = parse(header), parse(extended(header, HASH))
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        for name in old.directives.keys() | new.directives.keys():
            was, now = old.directives.get(name), new.directives.get(name)
            if was == now:
                continue
            assert now is not None
            governed = old.sources("script-src-elem")
            assert governed is not None
            assert now == (*(was if was is not None else governed), f"'{HASH}'")
            assert "'strict-dynamic'" in governed
    assert extended(extended(header, HASH), HASH) == extended(header, HASH)


@given(HEADERS)
@settings(max_examples=200, deadline=None)
def test_more_policies_never_allow_more(header: str) -> None:
    both = judge([*parse(header), Policy({"script-src": ("'self'",)})], ASSET)
    alone = judge(parse(header), ASSET)
    assert bool(both.reason) == bool(alone.reason)
    assert judge([*parse(header), Policy({"script-src": ()})], ASSET).reason


@given(HEADERS)
@settings(max_examples=200, deadline=None)
def test_what_is_extended_is_then_allowed(header: str) -> None:
    terms = judge(parse(header), ASSET, extend=True)
    if terms.extend:
        after = judge(parse(extended(header, HASH)), ASSET)
        assert after == terms._replace(extend=False)


def test_meta_policies_lack_what_does_not_count_there() -> None:
    (policy,) = parse("sandbox; report-uri /a; script-src 'self'", from_meta=True)
    assert policy.directives == {"script-src": ("'self'",)}


def test_all_kinds_are_gathered() -> None:
    headers = [
        (b"Content-Security-Policy", b"script-src 'self', img-src *"),
        (b"content-security-policy-report-only", b"script-src 'none'"),
    ]
    found = policies_of(headers, ["media-src 'self'"])
    assert [(each.reports_only, each.from_meta) for each in found] == [
        (False, False),
        (False, False),
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("origin", "source", "allowed"),
    [
        ("https://portal.example", "https://portal.example:443", True),
        ("https://portal.example:8443", "https://portal.example", False),
        ("https://portal.example:8443", "portal.example:*", True),
        ("http://portal.example", "https://portal.example", False),
        ("http://portal.example", "https:", False),
        ("https://portal.example", "http://portal.example", True),
        ("https://xportal.example", "*.portal.example", False),
        ("https://[::1]:8000", "https://[::1]:8000", False),
        ("https://portal.example", "https://portal.example/_readable/%77idget.js", True),
        ("https://portal.example", "https://portal.example/_readable", False),
        ("https://", "portal.example", False),
    ],
)
def test_sources_match_as_csp_says(origin: str, source: str, allowed: bool) -> None:  # noqa: FBT001 - a table's column
    terms = judge([Policy({"script-src": (source,)})], Asset(origin, "/_readable/widget.js"))
    assert (not terms.reason) is allowed


def test_no_policy_no_terms() -> None:
    assert judge([], ASSET) == Terms()


def test_a_hash_and_trusted_types_do_not_go_together() -> None:
    policy = "script-src 'strict-dynamic'; require-trusted-types-for 'script'"
    assert judge(parse(policy), ASSET, extend=True).reason == "policy: trusted types without a nonce"
    with_nonce = "script-src 'strict-dynamic' 'nonce-a'; require-trusted-types-for 'script'"
    assert judge(parse(with_nonce), ASSET, extend=True) == Terms(nonce="a")
