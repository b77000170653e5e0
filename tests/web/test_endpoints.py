"""The endpoints behind the middleware, over a real socket, on a small portal."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import segno
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from readable_portal import ReadablePortal
from readable_portal.web.front import Front
from readable_portal.web.problem import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

PARAGRAPH = (
    "Ủy ban nhân dân (UBND) xã thông báo lịch tiêm vắc xin cho trẻ em dưới năm tuổi tại trạm y tế. "
    "Phụ huynh mang theo sổ tiêm chủng và đưa trẻ đến trước ngày 30/6/2026 để được khám. "
)
ARTICLE = (
    "<!doctype html><html lang=vi><head><title>Lịch tiêm vắc xin tháng 6</title></head><body>"
    "<div class=content><h1>Lịch tiêm vắc xin tháng 6</h1><p class=date>08:46 15/03/2019</p>"
    + "".join(f"<p>{PARAGRAPH} Đợt {word}.</p>" for word in ("một", "hai", "ba", "bốn", "năm"))
    + "</div></body></html>"
)
SEEN: list[dict[str, str]] = []


def page(request: Request) -> HTMLResponse:
    SEEN.append(dict(request.headers))
    return HTMLResponse(ARTICLE)


def personal(request: Request) -> HTMLResponse:
    name = request.cookies.get("name", "người lạ")
    return HTMLResponse(ARTICLE.replace("Đợt một", f"Chào {name}"))


ROUTES = [
    Route("/tin/1", page),
    Route("/toi", personal),
    Route("/ds", lambda _: HTMLResponse("<!doctype html><html><body><a href=/tin/1>Tin</a></body></html>")),
    Route("/rieng", lambda _: HTMLResponse(ARTICLE, headers={"cache-control": "private"})),
]


@pytest.fixture
def portal(serve: Callable[..., str]) -> Iterator[httpx2.Client]:
    address = serve(ReadablePortal(Starlette(routes=ROUTES)))
    with httpx2.Client(base_url=address, timeout=30) as client:
        yield client


def get(portal: httpx2.Client, path: str, **options: Any) -> httpx2.Response:
    return portal.get(f"/_readable/{path}", **options)


def test_an_article_tells_the_widget_where_its_blocks_are(portal: httpx2.Client) -> None:
    answer = get(portal, "article?path=/tin/1")
    article = answer.json()
    assert article["title"] == "Lịch tiêm vắc xin tháng 6"
    assert article["published"] == "2019-03-15T08:46:00+07:00"
    for sentence in article["sentences"]:
        assert article["blocks"][sentence["block"]]["text"][sentence["start"] : sentence["end"]].strip()
    assert {"UBND"} <= {term["text"] for term in article["terms"]}
    assert article["links"]["audio"] == "/_readable/speech?path=%2Ftin%2F1"
    again = get(portal, "article?path=/tin/1", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_summary_points_back_to_its_sentences(portal: httpx2.Client) -> None:
    article = get(portal, "article?path=/tin/1").json()
    summary = get(portal, "summary?path=/tin/1").json()
    assert summary["sentences"]
    assert all(0 <= s["source"] < len(article["sentences"]) for s in summary["sentences"])


def test_an_article_is_spoken_with_marks(portal: httpx2.Client) -> None:
    audio = get(portal, "speech?path=/tin/1")
    assert audio.headers["content-type"] == "audio/mpeg"
    assert audio.content.startswith(b"ID3")
    marks = get(portal, "marks?path=/tin/1").json()
    assert marks["complete"]
    part = get(portal, "speech?path=/tin/1", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, audio.content[100:200])


def test_the_reader_page_needs_no_script(portal: httpx2.Client) -> None:
    answer = get(portal, "read?path=/tin/1")
    assert "<script" not in answer.text
    assert "<audio" in answer.text
    assert "Phụ huynh mang theo" in answer.text


def test_nobody_s_personal_page_is_read(portal: httpx2.Client) -> None:
    own = portal.get("/toi", headers={"Cookie": "name=Lan"})
    assert "Chào Lan" in own.text
    read = get(portal, "article?path=/toi", headers={"Cookie": "name=Lan", "Authorization": "Basic x"})
    assert "Lan" not in read.text
    assert "người lạ" in read.text


def test_the_internal_request_carries_no_credentials(portal: httpx2.Client) -> None:
    SEEN.clear()
    get(portal, "article?path=/tin/1?x=2", headers={"Cookie": "a=b", "Authorization": "Basic x"})
    assert len(SEEN) == 1
    assert not {"cookie", "authorization"} & set(SEEN[0])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("article?path=/ds", 404, "not-an-article"),
        ("article?path=/khong-co", 502, "page-unavailable"),
        ("article?path=/rieng", 403, "page-refused"),
        ("article?path=//evil.example/", 403, "page-refused"),
        ("article?path=/_readable/health", 403, "page-refused"),
        ("article?url=http://evil.example/", 403, "page-refused"),
        ("article", 403, "page-refused"),
        ("speech?path=/ds", 404, "not-an-article"),
        ("summary?path=/khong-co", 502, "page-unavailable"),
        ("speech/0000.mp3", 404, "not-found"),
        ("nothing-here.js", 404, "not-found"),
        ("..%2f..%2fetc%2fpasswd", 404, "not-found"),
        ("%2e%2e/settings.py", 404, "not-found"),
        ("metrics", 404, "not-found"),
    ],
)
def test_what_goes_wrong_is_a_problem_in_plain_words(
    portal: httpx2.Client, path: str, status: int, code: str
) -> None:
    answer = get(portal, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == code
    assert answer.json()["title"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/ds", "/khong-co", "/rieng"])
def test_the_widget_s_question_on_other_pages_is_no_error(portal: httpx2.Client, path: str) -> None:
    answer = get(portal, f"article?path={path}&quiet=1")
    assert (answer.status_code, answer.content) == (204, b"")
    assert get(portal, "article?path=/tin/1&quiet=1").json()["title"]


def test_problems_are_told_in_english_where_asked(portal: httpx2.Client) -> None:
    assert get(portal, "article?path=/ds&lang=en").json()["title"] == "This page is not an article."


def test_there_is_no_way_to_have_free_text_spoken(portal: httpx2.Client) -> None:
    for path in ("speech?text=xin+chao", "speech?path=/tin/1&text=xin+chao", "say?text=xin"):
        answer = get(portal, path)
        assert answer.status_code != 200 or answer.content == get(portal, "speech?path=/tin/1").content
    assert portal.post("/_readable/speech", content=b"text=xin").status_code in {404, 405}


def test_health_tells_of_engine_and_store(portal: httpx2.Client) -> None:
    answer = get(portal, "health")
    assert answer.status_code == 200
    assert answer.json()["portals"][0]["engine"] == "espeak"


def test_metrics_are_given_where_asked_for(serve: Callable[..., str]) -> None:
    address = serve(ReadablePortal(Starlette(routes=ROUTES), metrics=True))
    httpx2.get(f"{address}/tin/1")
    httpx2.get(f"{address}/_readable/article?path=/tin/1", timeout=30)
    text = httpx2.get(f"{address}/_readable/metrics").text
    assert 'readable_portal_pages_total{verdict="added"}' in text
    assert 'readable_portal_articles_total{outcome="read"}' in text


def test_every_endpoint_and_problem_is_documented() -> None:
    home = Path(__file__).parents[2]
    docs = (home / "docs/endpoints.md").read_text("utf-8")
    source = (home / "src/readable_portal/web/endpoints.py").read_text("utf-8")
    routes = re.findall(r'Route\("/([^"{/]+)', source)
    assert len(routes) > 6
    assert [name for name in routes if f"`{name}" not in docs] == []
    assert [
        code for code in TITLES if f"`{code}`" not in docs and code not in {"page-error", "bad-request"}
    ] == []


def path_of(drawing: str) -> str:
    found = re.search(r' d="([^"]+)"', drawing)
    assert found
    return found[1]


def test_the_code_for_paper_leads_to_the_sound_on_the_portal(portal: httpx2.Client) -> None:
    link = get(portal, "article?path=/tin/1").json()["links"]["qr"]
    answer = portal.get(link)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"].startswith("private")
    assert "style=" not in answer.text
    expected = io.BytesIO()
    address = f"{portal.base_url}".rstrip("/") + "/_readable/speech?path=%2Ftin%2F1"
    segno.make_qr(address, error="m").save(expected, kind="svg", border=4)
    assert path_of(answer.text) == path_of(expected.getvalue().decode())


def test_the_code_has_the_address_that_the_readers_browser_knows(portal: httpx2.Client) -> None:
    """Behind a proxy the server may not know the portal's name."""
    plain = get(portal, "qr.svg?path=/tin/1").text
    public = {"Referer": "https://xa.example/tin/1", "Sec-Fetch-Site": "same-origin"}
    expected = io.BytesIO()
    address = "https://xa.example/_readable/speech?path=%2Ftin%2F1"
    segno.make_qr(address, error="m").save(expected, kind="svg", border=4)
    assert path_of(get(portal, "qr.svg?path=/tin/1", headers=public).text) == path_of(
        expected.getvalue().decode()
    )
    elsewhere = {"Referer": "https://evil.example/", "Sec-Fetch-Site": "cross-site"}
    assert get(portal, "qr.svg?path=/tin/1", headers=elsewhere).text == plain


@pytest.mark.parametrize("path", ["https://evil.example/", "/_readable/health", "/" + "a" * 900, ""])
def test_no_code_is_made_for_what_is_no_page(portal: httpx2.Client, path: str) -> None:
    answer = get(portal, f"qr.svg?path={path}")
    assert answer.status_code == 403
    assert answer.json()["type"] == "page-refused"


def test_the_way_back_from_an_error_leads_to_this_portal_only(portal: httpx2.Client) -> None:
    for path in (
        "https://evil.example/x",
        "//evil.example/",
        "javascript:alert(1)",
        "evil.example",
        "/\\evil.example",
    ):
        answer = portal.get("/_readable/read", params={"path": path})
        assert answer.status_code == 403
        assert "evil" not in answer.text
        assert "javascript" not in answer.text


def test_what_is_wrong_inside_is_told_to_the_log_and_not_to_visitors(
    serve: Callable[..., str], tmp_path: Path
) -> None:
    place = tmp_path / "kept"
    place.write_text("a file where a folder should be")
    address = serve(ReadablePortal(Starlette(routes=ROUTES), store=f"file://{place}/secret-place"))
    for endpoint in (
        "speech?path=/tin/1",
        "marks?path=/tin/1",
        "health",
        "article?path=/tin/1",
        "speech/" + "0" * 64,
    ):
        answer = httpx2.get(f"{address}/_readable/{endpoint}", timeout=30)
        assert "secret-place" not in answer.text
        assert str(tmp_path) not in answer.text


def test_pages_are_limited_for_each_client_and_each_portal_by_itself(serve: Callable[..., str]) -> None:
    app = Front(ReadablePortal(Starlette(routes=ROUTES), page_requests=3), trusted=["127.0.0.1"])
    address = serve(app)

    def ask(client: str, endpoint: str) -> int:
        return httpx2.get(
            f"{address}/_readable/{endpoint}?path=/tin/1", headers={"X-Forwarded-For": client}, timeout=30
        ).status_code

    assert [ask("203.0.113.5", endpoint) for endpoint in ("article", "summary", "read")] == [200] * 3
    assert [ask("203.0.113.5", endpoint) for endpoint in ("article", "summary", "read")] == [429] * 3
    assert ask("203.0.113.6", "article") == 200, "another client behind the same balancer"


def test_a_number_is_given_to_each_answer(portal: httpx2.Client) -> None:
    numbers = {portal.get("/_readable/health").headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)
