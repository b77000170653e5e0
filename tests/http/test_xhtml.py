"""The XML scanner against expat: what is well-formed stays so, with our elements where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.http.xhtml import NAMESPACE, XhtmlScanner

if TYPE_CHECKING:
    from readable_portal.http.head import Head

SCRIPT, LINK = b"<script id='ours'></script>", b"<noscript id='ours'></noscript>"
PIECES = [
    b"",
    b"\n",
    b"<title>a</title>",
    b"<title/>",
    b"<!-- </head> -->",
    b"<!-- <body> > -->",
    b"<?php echo '</head>' > ?>",
    b"<script><![CDATA[ </head><body> ]] > ]]></script>",
    b"<script src='a.js'/>",
    b'<meta name="a" content="</head>"/>'.replace(b"</head>", b"&lt;/head>"),
    b"<meta a='>' b=\">\"/>",
    b"<style>a&gt;b</style>",
    b"<x:y xmlns:x='urn:x'><x:head>b</x:head></x:y>",
    b"<object><head/><body>x</body></object>",
    b"<base href='/'/>",
    b"<noscript><p>a</p></noscript>",
    "<tiêu-đề>a</tiêu-đề>".encode(),
]
SPOILS = [b"<", b">", b"&", b"</head>", b"<body>", b"]]>", b"--", b"<head>", b"'", b"/"]


def scan(page: bytes, size: int = 0) -> Head:
    scanner = XhtmlScanner()
    for place in range(0, len(page), size or len(page) or 1):
        head = scanner.feed(page[place : place + (size or len(page))])
        if head is not None:
            return head
    return scanner.close()


def insert(page: bytes, head: Head) -> bytes:
    between = page[head.script_at : head.body_at]
    return page[: head.script_at] + SCRIPT + between + LINK + page[head.body_at :]


def tree(page: bytes) -> str:
    """The page's canonical form without our elements, which must be where they belong."""
    root = ET.fromstring(page)  # noqa: S314 - our own bytes
    for parent in root.iter():
        for child in [each for each in parent if each.get("id") == "ours"]:
            wanted = {"script": "head", "noscript": "body"}[child.tag.partition("}")[2]]
            assert parent.tag == f"{{{NAMESPACE}}}{wanted}"
            place = list(parent).index(child)
            before = parent[place - 1] if place else None
            if before is not None:
                before.tail = (before.tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
            parent.remove(child)
    return ET.canonicalize(ET.tostring(root, encoding="unicode"))


@given(
    st.sampled_from([b"", b"<?xml version='1.0'?>\n", b"\xef\xbb\xbf", b"<!DOCTYPE html>\n<!-- a -->"]),
    st.lists(st.sampled_from(PIECES), max_size=5),
    st.lists(st.sampled_from(PIECES), max_size=2),
    st.integers(1, 9),
)
@settings(max_examples=200, deadline=None)
def test_well_formed_pages_stay_what_they_are(
    start: bytes, head: list[bytes], body: list[bytes], size: int
) -> None:
    opening = b'<html xmlns="' + NAMESPACE.encode() + b'">'
    parts = [start, opening, b"<head>", *head, b"</head>\n<body class='>'>", *body, b"</body></html>"]
    page = b"".join(parts)
    found = scan(page)
    assert not found.reason
    assert scan(page, size) == found
    changed = (
        page[: found.script_at]
        + SCRIPT
        + page[found.script_at : found.body_at]
        + LINK
        + page[found.body_at :]
    )
    assert tree(changed) == tree(page)


@given(
    st.lists(st.sampled_from(PIECES), max_size=3),
    st.sampled_from(SPOILS),
    st.integers(0, 200),
    st.integers(1, 9),
)
@settings(max_examples=200, deadline=None)
def test_spoilt_pages_are_left_alone_or_changed_without_a_trace(
    head: list[bytes], spoil: bytes, place: int, size: int
) -> None:
    opening = b'<html xmlns="' + NAMESPACE.encode() + b'">'
    page = b"".join([opening, b"<head>", *head, b"</head><body><p>a</p></body></html>"])
    page = page[: place % len(page)] + spoil + page[place % len(page) :]
    found = scan(page)
    assert scan(page, size) == found
    if found.reason or found.body_at < 0:
        return
    changed = (
        page[: found.script_at]
        + SCRIPT
        + page[found.script_at : found.body_at]
        + LINK
        + page[found.body_at :]
    )
    try:
        wanted = tree(page)
    except ET.ParseError:
        # It was no XML before us; a browser shows its error with or without our bytes.
        with pytest.raises(ET.ParseError):
            tree(changed)
    else:
        assert tree(changed) == wanted
