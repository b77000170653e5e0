"""robots.txt as RFC 9309 has it, and as Scrapy's reader (Protego) reads it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from readable_portal.web.robots import LONGEST_DELAY, Robots

FILE = """
User-agent: *
Disallow: /

User-agent: googlebot
User-agent: Readable-Portal/2.0   # more than one name, with a version
Disallow: /*.pdf$
Disallow: /tim-kiem
Allow: /tim-kiem/huong-dan
Disallow: /*?*sid=
Disallow: /%C4%91i%7E
Disallow:
Crawl-delay: 2.5
nonsense
Sitemap: https://portal.vn/sitemap.xml

User-agent: readable-portal
Disallow: /quan-tri/
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/robots.txt", True),
        ("/tin-tuc/1", True),
        ("/van-ban/39.pdf", False),
        ("/van-ban/39.pdf?x", True),
        ("/tim-kiem", False),
        ("/tim-kiem?q=a", False),
        ("/tim-kiem/huong-dan", True),
        ("/tin?a=1&sid=2", False),
        ("/tin?a=1", True),
        ("/đi~", False),
        ("/%c4%91i~/x", False),
        ("/quan-tri/x", False),
        ("/quan-tri", True),
    ],
)
def test_the_longest_rule_of_our_own_groups_decides(path: str, allowed: bool) -> None:  # noqa: FBT001 - a case
    assert Robots.parse(FILE.encode(), "readable-portal").allows(path) is allowed


def test_others_have_the_group_for_all() -> None:
    robots = Robots.parse(FILE.encode(), "other")
    assert not robots.allows("/tin-tuc/1")
    assert robots.allows("/robots.txt")


def test_the_delay_is_taken_and_bounded() -> None:
    assert Robots.parse(FILE.encode(), "readable-portal").delay == 2.5
    assert Robots.parse(b"user-agent: *\ncrawl-delay: 86400", "x").delay == LONGEST_DELAY
    for wrong in (b"-1", b"soon", b"nan", b"inf", b""):
        assert Robots.parse(b"user-agent: *\ncrawl-delay: " + wrong, "x").delay == 0


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"<html>404</html>", b"Disallow: /", b"User-agent: *"]
)
def test_what_is_no_robots_file_forbids_nothing(body: bytes) -> None:
    assert Robots.parse(body, "readable-portal").allows("/tin-tuc/1")


def test_a_pattern_of_many_stars_takes_no_longer() -> None:
    robots = Robots.parse(b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"b$", "x")
    begun = time.perf_counter()
    assert robots.allows("/" + "a" * 4000)
    assert time.perf_counter() - begun < 0.5


PIECES = st.lists(st.sampled_from(["/", "a", "b", "*", "$", "?", "%41", "%2F", "đ", "."]), max_size=6)
RULES = st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), PIECES), max_size=4)


@given(RULES, st.lists(st.sampled_from(["/", "a", "b", "?", ".", "A", "%2f"]), max_size=6))
def test_as_another_reader_understands_it(rules: list[tuple[str, list[str]]], path: list[str]) -> None:
    lines = [f"{kind}: /{''.join(pieces).replace('$', '')}" for kind, pieces in rules]
    text = "User-agent: *\n" + "\n".join(lines)
    asked = "/" + "".join(path)
    theirs = Protego.parse(text).can_fetch(f"https://portal.vn{asked}", "x")
    assert Robots.parse(text.encode(), "x").allows(asked) is theirs
