"""Every example under every server: the page differs by our bytes alone, and the article can be asked for."""

from __future__ import annotations

import http.client
import json
import re
import runpy
from typing import TYPE_CHECKING

import pytest
from tests.frameworks.servers import FRAMEWORKS, ROOT, SERVERS, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ROOT / "examples" / "frameworks"
PAGE = runpy.run_path(str(FOLDER / "article.py"))["PAGE"].encode()
OURS = re.compile(
    rb'<script src="/_readable/[^>]*></script>|<noscript><a href="/_readable/[^>]*>[^<]*</a></noscript>'
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[(f, s) for f in FRAMEWORKS for s in SERVERS], ids="-".join)
def place(request: pytest.FixtureRequest) -> Iterator[tuple[str, http.client.HTTPConnection]]:
    framework, server = request.param
    with serving(server, f"with_{framework}:app", FOLDER) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        yield framework, connection
        connection.close()


def ask(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept": "text/html", **headers})
    response = connection.getresponse()
    return response.status, response.headers, response.read()


def test_an_example_as_people_use_it(place: tuple[str, http.client.HTTPConnection]) -> None:
    framework, connection = place
    status, headers, page = ask(connection, "/tin-tuc/1")
    assert status == 200
    assert len(OURS.findall(page)) == 2
    assert OURS.sub(b"", page) == PAGE
    assert b"path=%2Ftin-tuc%2F1" in page
    if "content-length" in headers:
        assert int(headers["content-length"]) == len(page)

    _, _, streamed = ask(connection, "/tin-tuc/2")
    assert streamed == page.replace(b"tin-tuc%2F1", b"tin-tuc%2F2")

    status, headers, body = ask(connection, "/tin-tuc/1", "HEAD")
    assert body == b""
    if status == 200 and "content-length" in headers:
        assert int(headers["content-length"]) == len(page)

    _, headers, body = ask(connection, "/api/tin-tuc")
    assert json.loads(body)[0]["address"] == "/tin-tuc/1"
    if framework == "django":
        _, headers, _ = ask(connection, "/tin-tuc/1")
        assert headers["etag"].startswith('W/"')
        status, again, body = ask(connection, "/tin-tuc/1", if_none_match=headers["etag"])
        assert (status, again["etag"], body) == (304, headers["etag"], b"")

    status, headers, body = ask(connection, "/_readable/article?path=%2Ftin-tuc%2F1")
    assert status == 200, body
    article = json.loads(body)
    assert article["title"] == "Lịch tiếp công dân tháng 4"
    assert len(article["blocks"]) >= 4
    status, headers, body = ask(connection, "/_readable/article?path=%2F_readable%2Fhealth")
    assert headers["content-type"].startswith("application/problem+json")
    assert status == 403
