from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from readable_portal.cli import app
from readable_portal.errors import PageUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAIN = """Thu phí rác

Ngày 2/5, UBND xã Hòa An thông báo về phí rác.
Mỗi hộ nộp 20.000 đồng một tháng tại nhà văn hóa thôn. Ban QLDA thu trước ngày 5 hằng tháng.
"""
PAGE = (
    "<!doctype html><html><head><title>Thu phí rác</title></head><body><article><h1>Thu phí rác</h1>"
    + "".join(f"<p>{line}</p>" for line in PLAIN.splitlines()[2:] * 5)
    + "</article></body></html>"
)


def run(*arguments: str, text: str | None = None) -> Any:
    return CliRunner().invoke(app, arguments, input=text)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "bai.txt"
    path.write_text(PLAIN, "utf-8")
    return str(path)


def test_a_report_for_people_names_sentence_and_plain_words(file: str) -> None:
    result = run("check", file)
    assert result.exit_code == 0
    assert "Câu 3" in result.output
    assert "Quản lý dự án (QLDA)" in result.output
    assert "Điểm dễ đọc" in result.output
    assert "Readability score" in run("check", file, "--language", "en").output


def test_the_exit_status_tells_whether_the_text_is_good_enough(file: str) -> None:
    assert run("check", file, "--at-least", "100").exit_code == 1
    assert run("check", "-", text=PLAIN).exit_code == 0


def test_json_is_for_programs(file: str) -> None:
    answer = json.loads(run("check", file, "--format", "json").output)
    assert answer["version"] == 1
    assert answer["title"] == "Thu phí rác"
    assert answer["findings"][0]["rule"] == "abbreviation"
    assert set(answer["findings"][0]["message"]) == {"vi", "en"}


def test_a_page_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text(PAGE, "utf-8")
    answer = json.loads(run("check", str(path), "--format", "json").output)
    assert answer["title"] == "Thu phí rác"


def test_what_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    assert isinstance(run("check", str(tmp_path / "khong-co")).exception, PageUnavailable)
    assert isinstance(run("check", "http://127.0.0.1:9/", "--timeout", "2").exception, PageUnavailable)


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGE.encode()
            self.send_response(200 if self.path == "/tin/1" else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_is_fetched(site: str) -> None:
    answer = json.loads(run("check", f"{site}/tin/1", "--format", "json").output)
    assert answer["url"] == f"{site}/tin/1"
    assert isinstance(run("check", f"{site}/tin/2").exception, PageUnavailable)


def test_summarize_shows_sentences_facts_terms_and_levels(file: str) -> None:
    output = run("summarize", file, "--sentences", "2").output
    assert "• " in output
    assert "who:" in output
    assert "UBND: " in output
    assert "engine: extract" in output
    answer = json.loads(run("summarize", file, "--json").output)
    assert answer["text"]
    assert answer["engine"] == "extract"
