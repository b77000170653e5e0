from __future__ import annotations

import asyncio
import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.asgi import PAGE, html_app
from typer.testing import CliRunner

import readable_portal
from readable_portal import ReadablePortal, Settings
from readable_portal.cli import app as command_line
from readable_portal.web import diagnosis
from readable_portal.web.diagnosis import ADVICE, Finding, diagnose

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

HTML = "text/html; charset=utf-8"
LONG = "Ủy ban nhân dân xã thông báo lịch tiếp công dân định kỳ trong tháng 4 tại trụ sở của xã. " * 4
ARTICLE = PAGE.replace(
    b"<p>Xin ch\xc3\xa0o</p>", f"<h1>Lịch tiếp công dân</h1><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p>".encode()
)


def findings(url: str, **options: Any) -> dict[str, Finding]:
    settings = Settings(engine="browser", **options)
    return {each.step: each for each in asyncio.run(diagnose(url, settings))}


def served(app: ASGIApp, serve: Callable[..., str], **options: Any) -> dict[str, Finding]:
    return findings(serve(app, lifespan="off") + "/tin/1", **options)


def test_a_page_with_the_widget_is_well(serve: Callable[..., str]) -> None:
    found = served(ReadablePortal(html_app(ARTICLE), engine="browser"), serve)
    assert [each.well for each in found.values()] == [True] * 6
    assert list(found) == ["page", "mounted", "verdict", "script", "article", "engine"]
    assert "Lịch tiếp công dân" in found["article"].seen
    assert not any(each.advice for each in found.values())


def test_a_portal_without_the_middleware_is_told_to_mount_it(serve: Callable[..., str]) -> None:
    found = served(html_app(ARTICLE), serve)
    assert found["mounted"].well is False
    assert "app = ReadablePortal(app)" in found["mounted"].advice
    assert found["verdict"].well is True
    assert found["article"].well is True
    assert found["engine"].well is None
    assert found["store"].well is None


@pytest.mark.hazard(43)
@pytest.mark.parametrize(
    ("headers", "options", "seen", "advice"),
    [
        ([(b"content-security-policy", b"script-src 'none'")], {}, "policy: script-src", "csp='extend'"),
        ([(b"content-security-policy", b"connect-src 'none'")], {}, "connect-src", "'self' in connect-src"),
        ([(b"content-security-policy", b"sandbox")], {}, "sandbox", "allow-same-origin"),
        ([(b"cache-control", b"no-transform")], {}, "no-transform", "Cache-Control"),
        ([], {"exclude": ["/tin/*"]}, "path excluded", "exclude"),
        ([(b"readable-portal", b"off")], {}, "header says off", "Readable-Portal: off"),
    ],
)
def test_what_stands_in_the_way_is_named_with_what_to_do(
    serve: Callable[..., str],
    headers: list[tuple[bytes, bytes]],
    options: dict[str, Any],
    seen: str,
    advice: str,
) -> None:
    wrapped = ReadablePortal(html_app(ARTICLE, headers), engine="browser", **options)
    verdict = served(wrapped, serve, **options)["verdict"]
    assert verdict.well is False
    assert seen in verdict.seen
    assert advice in verdict.advice


def test_a_page_that_cannot_be_had(serve: Callable[..., str], tmp_path: Path) -> None:
    found = findings("http://127.0.0.1:1/tin", store=f"file://{tmp_path}")
    assert found["page"].well is False
    assert found["store"].well is True
    address = serve(ReadablePortal(html_app(b"<p>part"), engine="browser"), lifespan="off")
    found = findings(f"{address}/tin/1?a=b")
    assert "not a document" in found["verdict"].seen
    assert found["article"].well is False
    assert found["article"].advice


def test_a_broken_engine_and_store_are_named() -> None:
    async def look() -> list[Finding]:
        return [
            await diagnosis._engine(Settings(engine="nobody")),
            await diagnosis._store(Settings(store="file:///proc/nowhere")),
        ]

    engine, store = asyncio.run(look())
    assert (engine.well, store.well) == (False, False)
    assert engine.advice
    assert store.advice


def test_a_failing_engine_of_the_running_portal_is_named() -> None:
    portal = {"engine": "piper,espeak", "voice": "vi", "resting": ["piper"], "waiting": 3, "store": "ok"}
    assert "failing: piper" in diagnosis._running(portal).seen
    assert diagnosis._running({"store": "read-only"}).well is False


def test_every_reason_of_the_middleware_has_its_advice() -> None:
    """The words that the scanners, the selection and the responder give as reasons."""
    source = Path(readable_portal.__file__).parent
    given = re.compile(r'(?:LeaveAlone\(|reason=|reason = )"([^"]+)"')
    reasons = set(re.findall(r'return "([a-z -]+)"', (source / "http/selection.py").read_text("utf-8")))
    for path in (*source.glob("http/*.py"), source / "web/responder.py"):
        reasons |= set(given.findall(path.read_text("utf-8")))
    assert reasons <= set(ADVICE), reasons - set(ADVICE)


def test_the_command_ends_with_what_to_change(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [Finding("page", well=True, seen="fine"), Finding("store", well=None, seen="in memory")]

    async def look(*_: object) -> list[Finding]:
        return given

    monkeypatch.setattr(diagnosis, "diagnose", look)
    runner = CliRunner()
    done = runner.invoke(command_line, ["doctor", "https://portal.example/tin/1"])
    assert done.exit_code == 0
    assert "Nothing to change." in done.output
    given.append(Finding("verdict", well=False, seen="no widget", advice="do this"))
    done = runner.invoke(command_line, ["doctor", "https://portal.example/tin/1"])
    assert done.exit_code == 1
    assert done.output.rstrip().endswith("What to change:\n1. do this")
    done = runner.invoke(command_line, ["doctor", "https://portal.example/tin/1", "--json"])
    assert json.loads(done.output) == [asdict(each) for each in given]
    assert runner.invoke(command_line, ["doctor", "portal.example"]).exit_code == 2
