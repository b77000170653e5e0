from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from readable_portal.cli import app
from readable_portal.errors import NotAnArticle, PageTooLarge, PageUnavailable

if TYPE_CHECKING:
    from typer.testing import Result

PAGE = Path(__file__).parents[1] / "page" / "portals" / "nukeviet4-p.html"


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *arguments], input=stdin)


def test_it_shows_the_fields_with_their_evidence_and_the_text() -> None:
    result = run(str(PAGE))
    assert result.exit_code == 0, result.output
    assert "2019-03-15 08:46+07:00" in result.output
    assert "preset:nukeviet4" in result.output
    assert "căn cước công dân" in result.output


def test_json_has_the_blocks_with_their_paths() -> None:
    article = json.loads(run(str(PAGE), "--json").output)
    assert article["published"] == "2019-03-15T08:46:00+07:00"
    assert article["blocks"][0]["kind"] == "lead"
    assert all(block["path"].startswith("body>") for block in article["blocks"])
    assert len(article["blocks"][0]["fingerprint"]) == 8


def test_standard_input_is_read() -> None:
    assert json.loads(run("-", "--json", stdin=PAGE.read_bytes()).output)["byline"]


def test_explain_prints_every_line_with_its_worth() -> None:
    output = run(str(PAGE), "--explain").output
    assert "body body>" in output
    assert "<h1> bold,heading" in output


def test_a_page_that_is_no_article_says_why() -> None:
    result = run("-", stdin=b"<html><body></body></html>")
    assert isinstance(result.exception, NotAnArticle)
    result = run("-", "--json", stdin=b"<html><body></body></html>")
    assert result.exit_code == 1
    assert json.loads(result.output) == {"notAnArticle": "no-text", "detail": ""}


def test_a_file_that_is_missing_and_one_that_is_too_large() -> None:
    assert isinstance(run("/no/such/file.html").exception, PageUnavailable)
    assert isinstance(run(str(PAGE), "--max-bytes", "100").exception, PageTooLarge)


@pytest.mark.parametrize("command", ["read", "check", "summarize"])
def test_the_limit_of_a_page_is_the_setting(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READABLE_PORTAL_MAX_PAGE_BYTES", "100")
    assert isinstance(CliRunner().invoke(app, [command, str(PAGE)]).exception, PageTooLarge)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://[::bad/", "https://"])
def test_an_address_that_does_not_answer(address: str) -> None:
    assert isinstance(run(address, "--timeout", "2").exception, PageUnavailable)
