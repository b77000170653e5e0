"""Many portals on one server: CORS for the listed ones, and nothing of one for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from readable_portal.settings import Settings
from readable_portal.web.embed import Embed, script_tag
from readable_portal.web.front import Front

if TYPE_CHECKING:
    from collections.abc import Callable

PARAGRAPH = (
    "Ủy ban nhân dân xã thông báo lịch tiêm vắc xin cho trẻ em dưới năm tuổi tại trạm y tế của xã nhà. "
)


def portal(name: str) -> Starlette:
    body = "".join(f"<p>{PARAGRAPH * 2} {name} {word}.</p>" for word in ("một", "hai", "ba", "bốn"))
    html = f"<!doctype html><html lang=vi><body><h1>Tin của {name}</h1>{body}</body></html>"
    return Starlette(routes=[Route("/tin", lambda _: HTMLResponse(html))])


@pytest.fixture
def places(serve: Callable[..., str]) -> tuple[str, str, str]:
    """Two portals and the server for both."""
    one, two = serve(portal("Một")), serve(portal("Hai"))
    return one, two, serve(Embed({one: Settings(), two: Settings()}, allow_private=True))


def test_a_portal_s_page_may_ask_for_its_own_article(places: tuple[str, str, str]) -> None:
    one, _, server = places
    answer = httpx2.get(
        f"{server}/_readable/article", params={"url": f"{one}/tin"}, headers={"Origin": one}, timeout=30
    )
    assert answer.json()["title"] == "Tin của Một"
    assert answer.headers["access-control-allow-origin"] == one
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "Origin" in answer.headers["vary"]
    assert answer.json()["links"]["summary"].startswith("/_readable/summary?url=")


def test_a_page_may_not_ask_for_another_portal_s(places: tuple[str, str, str]) -> None:
    one, two, server = places
    answer = httpx2.get(f"{server}/_readable/article", params={"url": f"{two}/tin"}, headers={"Origin": one})
    assert answer.json()["type"] == "page-refused"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "garbage", "http://a@b"]
)
def test_others_get_no_leave(places: tuple[str, str, str], origin: str) -> None:
    one, _, server = places
    for method in ("GET", "OPTIONS"):
        answer = httpx2.request(
            method,
            f"{server}/_readable/article",
            params={"url": f"{one}/tin"},
            headers={"Origin": origin},
            timeout=30,
        )
        assert "access-control-allow-origin" not in answer.headers
    assert answer.status_code == 403


def test_a_listed_origin_may_ask_for_ranges(places: tuple[str, str, str]) -> None:
    one, _, server = places
    answer = httpx2.options(f"{server}/_readable/speech", headers={"Origin": one})
    assert answer.status_code == 204
    assert "Range" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/tin",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "{one}.evil.example/tin",
        "http://user@127.0.0.1/tin",
        "{one}/../tin",
        "{one}/_readable/health",
        "",
    ],
)
def test_only_pages_of_listed_portals_are_read(places: tuple[str, str, str], url: str) -> None:
    one, _, server = places
    answer = httpx2.get(f"{server}/_readable/article", params={"url": url.replace("{one}", one)})
    assert answer.json()["type"] == "page-refused"


def test_there_is_nothing_but_the_endpoints(places: tuple[str, str, str]) -> None:
    assert httpx2.get(places[2]).status_code == 404


def test_private_portals_need_the_operator_s_leave(serve: Callable[..., str]) -> None:
    one = serve(portal("Một"))
    server = serve(Embed({one: Settings()}))
    answer = httpx2.get(f"{server}/_readable/article", params={"url": f"{one}/tin"})
    assert "--allow-private" in answer.json()["detail"]


def test_the_script_tag_has_integrity_and_names_what_a_policy_needs() -> None:
    tag, policy = script_tag("https://doc.tinh.gov.vn/")
    assert re.search(r'src="https://doc\.tinh\.gov\.vn/_readable/widget\.js"', tag)
    assert re.search(r'integrity="sha384-[A-Za-z0-9+/]{64}"', tag)
    assert "media-src https://doc.tinh.gov.vn" in policy


def test_a_portal_that_passes_our_addresses_on_names_its_pages_by_path(serve: Callable[..., str]) -> None:
    one = serve(portal("Một"))
    server = serve(Embed({one: Settings()}, allow_private=True))
    answer = httpx2.get(f"{server}/_readable/article", params={"path": "/tin"}, timeout=30)
    assert answer.json()["title"] == "Tin của Một"
    assert answer.json()["links"]["reader"] == "/_readable/read?path=%2Ftin"
    for path in ("//evil.example/", "@evil.example/", ".evil.example/", "/../x", "/_readable/health"):
        answer = httpx2.get(f"{server}/_readable/article", params={"path": path})
        assert answer.json()["type"] == "page-refused"


def test_with_several_portals_a_path_alone_says_too_little(places: tuple[str, str, str]) -> None:
    answer = httpx2.get(f"{places[2]}/_readable/article", params={"path": "/tin"})
    assert answer.json()["type"] == "page-refused"


def test_each_portal_has_its_own_limits(serve: Callable[..., str]) -> None:
    one, two = serve(portal("Một")), serve(portal("Hai"))
    embed = Embed({one: Settings(page_requests=1), two: Settings(page_requests=0)}, allow_private=True)
    server = serve(Front(embed, trusted=["127.0.0.1"]))

    def ask(origin: str) -> int:
        return httpx2.get(
            f"{server}/_readable/article",
            params={"url": f"{origin}/tin"},
            headers={"X-Forwarded-For": "203.0.113.5"},
            timeout=30,
        ).status_code

    assert [ask(one), ask(one)] == [200, 429]
    assert [ask(two), ask(two), ask(two)] == [200] * 3
