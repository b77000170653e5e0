from __future__ import annotations

import asyncio
import gzip
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from typer.testing import CliRunner

from readable_portal.cli import app
from readable_portal.cli.demo import load_portal
from readable_portal.errors import PageTooLarge, PageUnavailable, SettingsError
from readable_portal.store import Store
from readable_portal.web.sitemap import Listed, SitemapError, read_sitemap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from starlette.requests import Request

PATHS = ["/tin-tuc/kiem-soat-thu-tuc", "/so-do-cong", "/khong-co"]
# To speak an article of the demo takes a second; these take a tenth, and hold a number that regions say
# in two ways.
SHORT = ["/tin/1", "/so-do-cong", "/khong-co"]
PARAGRAPH = "Ủy ban nhân dân xã tiếp công dân vào sáng thứ năm hằng tuần trong năm 2026, tại trụ sở của xã. "


def site(paths: Sequence[str] = SHORT) -> Starlette:
    """The demo portal with some short articles and a sitemap of ``paths``."""
    portal = load_portal().portal

    def short(request: Request) -> Response:
        number = request.path_params["number"]
        body = "".join(f"<p>{PARAGRAPH}Lịch số {number}, nhóm {word}.</p>" for word in ("một", "hai", "ba"))
        return Response(
            f"<!doctype html><html lang=vi><body><h1>Lịch {number}</h1>{body}</body></html>",
            media_type="text/html",
        )

    async def sitemap(request: Request) -> Response:
        entries = "".join(
            f"<url><loc>{request.url.scheme}://{request.url.netloc}{path}</loc><lastmod>2026-01-01</lastmod></url>"
            for path in paths
        )
        entries += "<url><loc>https://elsewhere.example/x</loc></url>"
        body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        return Response(gzip.compress(body.encode()), media_type="application/gzip")

    async def index(request: Request) -> Response:
        address = f"{request.url.scheme}://{request.url.netloc}/pages.xml.gz"
        return Response(f"<sitemapindex><sitemap><loc>{address}</loc></sitemap></sitemapindex>")

    routes = [
        Route("/pages.xml.gz", sitemap),
        Route("/sitemap.xml", index),
        Route("/tin/{number}", short),
        *portal.routes,
    ]
    return Starlette(
        routes=routes,
        exception_handlers=portal.exception_handlers,
    )


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, ["warm", *arguments, "--json", "--delay", "0", "--allow-private"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_a_sitemap_is_made_ahead_once_and_again_when_its_date_changes(
    serve: Callable[..., str], tmp_path: Path
) -> None:
    address = serve(site(PATHS))
    store = (tmp_path / "kept").as_uri()
    status, lines = run(f"{address}/sitemap.xml", "--store", store)
    assert [line["state"] for line in lines] == ["made", "no article", "failed"]
    assert lines[0]["seconds"] > 30
    assert status == 1, "one page failed"
    kept = {each.key for each in asyncio.run(Store(store).list("article"))}
    assert {key.rpartition(".")[2] for key in kept} == {"mp3", "json"}
    _, lines = run(f"{address}/sitemap.xml", "--store", store)
    assert [line["state"] for line in lines] == ["seen", "seen", "failed"]
    _, lines = run(f"{address}{PATHS[0]}", "--store", store)
    assert [line["state"] for line in lines] == ["there"]


def test_a_changed_voice_makes_everything_anew(
    serve: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = serve(site())
    store = (tmp_path / "kept").as_uri()
    assert run(f"{address}/sitemap.xml", "--store", store)[1][0]["state"] == "made"
    monkeypatch.setenv("READABLE_PORTAL_VOICE", "vi-south")
    assert run(f"{address}/sitemap.xml", "--store", store)[1][0]["state"] == "made"
    monkeypatch.setenv("READABLE_PORTAL_DIALECT", "north")
    assert run(f"{address}/sitemap.xml", "--store", store)[1][0]["state"] == "made"
    assert run(f"{address}/sitemap.xml", "--store", store)[1][0]["state"] == "seen"


def test_a_store_that_forgets_is_refused() -> None:
    with pytest.raises(SettingsError, match="lasts"):
        run("https://portal.gov.vn/sitemap.xml")


def test_sitemaps_indexes_and_plain_lists_are_read() -> None:
    pages = b"<?xml version='1.0'?><urlset><url><loc> https://a.vn/1 </loc></url><url/></urlset>"
    assert read_sitemap(pages) == [Listed("https://a.vn/1", "", is_sitemap=False)]
    index = b"<sitemapindex><sitemap><loc>https://a.vn/s.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
    assert read_sitemap(gzip.compress(index)) == [Listed("https://a.vn/s.xml", "2026", is_sitemap=True)]
    plain = "\ufeffhttps://a.vn/1\nhttps://a.vn/2\n".encode("utf-8-sig")[3:].lstrip(b"\xef\xbb\xbf")
    assert [entry.url for entry in read_sitemap(plain)] == ["https://a.vn/1", "https://a.vn/2"]


@pytest.mark.parametrize("body", [b"<html></html>", b"<urlset>", b"not a list", b"\x1f\x8bdamaged"])
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    with pytest.raises(SitemapError):
        read_sitemap(body)


def test_bombs_are_not_unpacked() -> None:
    with pytest.raises(PageTooLarge):
        read_sitemap(gzip.compress(bytes(60 * 1024 * 1024)))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE u [<!ENTITY e0 "{"x" * 100}">{entities}]><urlset>&e11;</urlset>'
    with pytest.raises(SitemapError):
        read_sitemap(bomb.encode())


def polite(body: str, status: int = 200) -> Starlette:
    """The demo portal with a robots.txt."""

    async def robots(_: Request) -> Response:
        return Response(body, status_code=status)

    inner = site()
    return Starlette(
        routes=[Route("/robots.txt", robots), *inner.routes], exception_handlers=inner.exception_handlers
    )


def test_what_robots_txt_forbids_is_left_alone_unless_it_is_one_s_own(
    serve: Callable[..., str], tmp_path: Path
) -> None:
    address = serve(polite("User-agent: readable-portal\nDisallow: /tin/\nDisallow: /khong"))
    sitemap, store = f"{address}/sitemap.xml", ("--store", tmp_path.as_uri())
    _, lines = run(sitemap, *store)
    assert [line["state"] for line in lines] == ["not allowed", "no article", "not allowed"]
    assert "--ignore-robots" in lines[0]["reason"]
    _, lines = run(sitemap, *store, "--ignore-robots")
    assert lines[0]["state"] == "made"


def test_a_portal_that_fails_is_not_read_at_all(serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve(polite("", 503))
    with pytest.raises(PageUnavailable, match="ignore-robots"):
        run(f"{address}/sitemap.xml", "--store", tmp_path.as_uri())


def test_the_portal_s_own_delay_is_kept(serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve(polite("User-agent: *\nCrawl-delay: 0.6"))
    begun = time.monotonic()
    run(*(f"{address}/khong-co-{number}" for number in range(3)), "--store", tmp_path.as_uri())
    assert time.monotonic() - begun >= 1.2


def test_many_at_once_each_once_and_no_more_than_the_limit(serve: Callable[..., str], tmp_path: Path) -> None:
    pages = [f"/tin/{number}" for number in range(1, 5)]
    address = serve(site())
    _, lines = run(
        *(address + page for page in pages), "--store", tmp_path.as_uri(), "--at-once", "4", "--limit", "2"
    )
    made = [line["url"] for line in lines if line["state"] == "made"]
    assert len(made) == len(set(made)) == 2


def test_a_run_stops_before_it_pushes_out_what_it_made(
    serve: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READABLE_PORTAL_STORE_LIMIT", "100000")
    with pytest.raises(SettingsError, match="store_limit"):
        run(f"{serve(site(PATHS))}{PATHS[0]}", "--store", tmp_path.as_uri())


def test_an_address_with_a_path_is_no_portal() -> None:
    for command in (["proxy", "https://portal.vn/tin-tuc"], ["serve", "--origin", "https://portal.vn/tin?x"]):
        result = CliRunner().invoke(app, command)
        assert isinstance(result.exception, SettingsError)
        assert "https://portal.vn" in str(result.exception)
