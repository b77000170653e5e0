"""The log: fixed events, JSON that programs read, and nothing of a person."""

from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from readable_portal import ReadablePortal, logs
from readable_portal.settings import Settings
from readable_portal.web.front import Front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOME = Path(__file__).parents[1]
SOURCES = {path: path.read_text("utf-8") for path in (HOME / "src/readable_portal").rglob("*.py")}
BODY = "<h1>Lịch tiêm</h1>" + "".join(
    f"<p>Trạm y tế xã tiêm vắc xin cho trẻ em dưới năm tuổi vào ngày {day}/6/2026 tại trụ sở.</p>"
    for day in range(1, 9)
)


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave the logging of the other tests alone."""
    names = ("", "readable_portal", "uvicorn.error")
    before = {name: (logging.getLogger(name).level, list(logging.getLogger(name).handlers)) for name in names}
    yield
    for name, (level, handlers) in before.items():
        logging.getLogger(name).setLevel(level)
        logging.getLogger(name).handlers[:] = handlers


def written(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_of_json_names_the_event_its_fields_and_the_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure(Settings(log_format="json"))
    token = logs.REQUEST.set("0123456789abcdef")
    log = logging.getLogger("readable_portal.web.proxy")
    log.warning(
        "chậm %s", "quá", extra=logs.event("portal-slow", portal="https://portal.vn", page="/tin?ten=Lan")
    )
    logs.REQUEST.reset(token)
    (line,) = written(capsys)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {
        "level": "warning",
        "event": "portal-slow",
        "message": "chậm quá",
        "logger": "readable_portal.web.proxy",
        "request": "0123456789abcdef",
        "portal": "https://portal.vn",
        "page": "/tin",
    }


def test_a_line_for_people_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(Settings())
    logging.getLogger("readable_portal").error("một\nhai", extra=logs.event("store-failed"))
    assert re.fullmatch(r"\d\d:\d\d:\d\d error store-failed: một hai\n", capsys.readouterr().err)


def test_the_level_counts_for_us_and_others_are_heard_from_warnings_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure(Settings(log_format="json", log_level="debug"))
    logging.getLogger("readable_portal.x").debug("ours")
    logging.getLogger("httpx2").info("HTTP Request: GET https://portal.vn/?q=secret")
    logging.getLogger("taskiq").warning("theirs")
    assert [line["message"] for line in written(capsys)] == ["ours", "theirs"]
    logs.configure(Settings(log_format="json", log_level="error"))
    logging.getLogger("readable_portal.x").warning("not now")
    assert written(capsys) == []


def test_only_known_events_can_be_logged() -> None:
    with pytest.raises(KeyError):
        logs.event("something-else")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GET /tim-kiem?q=nguyen+van+a failed", "GET /tim-kiem?… failed"),
        ("no answer from https://portal.vn/a?b=c&d=e", "no answer from https://portal.vn/a?…"),
        ("from 203.0.113.5:4711", "from [address]:4711"),
        ("from ('2001:db8::7', 443, 0, 0)", "from ('[address]', 443, 0, 0)"),
        ("::ffff:203.0.113.5 asked", "[address] asked"),
        ("running on http://127.0.0.1:8000", "running on http://127.0.0.1:8000"),
        ("on 0.0.0.0 and ::1", "on 0.0.0.0 and ::1"),
        ("at 08:15:30, version 1.52.0", "at 08:15:30, version 1.52.0"),
        ("Sao vậy? Không rõ", "Sao vậy? Không rõ"),
        ("in std::vector", "in std::vector"),
    ],
)
def test_addresses_and_queries_are_taken_out(text: str, kept: str) -> None:
    assert logs.without_person(text) == kept


@given(
    st.ip_addresses(),
    st.sampled_from(
        ["{}", "('{}', 80)", "{}, asked", "[{}]", "peer={}", "peer:{}", "{}.", "{}: refused", "{}:80"]
    ),
)
def test_no_address_of_others_is_ever_left(address: Any, around: str) -> None:
    text = logs.without_person(around.format(address))
    assert address.is_loopback or address.is_unspecified or str(address) not in text


def test_every_event_is_used_and_documented() -> None:
    used = set(re.findall(r'event\(\s*"([a-z-]+)"', "\n".join(SOURCES.values())))
    assert used == set(logs.EVENTS)
    page = (HOME / "docs/deployment.md").read_text("utf-8")
    for name, about in logs.EVENTS.items():
        assert f"| `{name}` | {about} |" in page


def test_every_line_of_ours_names_an_event() -> None:
    for path, source in SOURCES.items():
        for call in re.finditer(r"\b(?:log|LOG)\.(?:debug|info|warning|error|exception)\(", source):
            said = source[call.start() : call.start() + 400]
            assert "extra=" in said, f"{path.name}: {said}"


def test_requests_are_logged_with_their_number_and_nothing_of_who_asked(
    serve: Callable[..., str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Servers of other tests have set uvicorn's log up by itself, as those of a command do not.
    monkeypatch.setattr(logging.getLogger("uvicorn"), "handlers", [])
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)

    async def broken(_: Any) -> None:
        raise ValueError("https://portal.vn/x?ten=Lan from 203.0.113.5")

    portal = Starlette(
        routes=[
            Route("/tin", lambda _: HTMLResponse(f"<html lang=vi><body>{BODY}</body></html>")),
            Route("/hong", broken),
        ]
    )
    logs.configure(Settings(log_format="json", log_level="debug"))
    app = Front(ReadablePortal(portal, settings=Settings()), trusted=["127.0.0.1"])
    address = serve(app, log_config=None, access_log=False, log_level=None)
    who = {
        "X-Forwarded-For": "203.0.113.5",
        "Cookie": "id=Lan",
        "User-Agent": "Lan's phone",
        "Referer": "x?Lan",
    }
    answer = httpx2.get(
        f"{address}/_readable/article", params={"path": "/tin?ten=Lan"}, headers=who, timeout=30
    )
    for path in ("/tin?ten=Lan", "/hong?ten=Lan"):
        httpx2.get(f"{address}{path}", headers=who, timeout=30)
    httpx2.get(f"{address}/_readable/speech", params={"path": "/hong?ten=Lan"}, headers=who, timeout=30)
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    (line,) = [line for line in lines if line.get("endpoint") == "article"]
    assert line["request"] == answer.headers["x-request-id"]
    assert (line["event"], line["status"], line["page"]) == ("answered", 200, "/tin")
    assert line["ms"] > 0
    assert any("traceback" in line for line in lines), "the fault of the app is told"
    for secret in ("203.0.113.5", "Lan", "phone"):
        assert secret not in said


def test_in_a_portal_of_somebody_s_the_log_is_left_as_it_is() -> None:
    before = list(logging.getLogger().handlers)
    ReadablePortal(Starlette())
    assert logging.getLogger().handlers == before
    assert logging.getLogger("readable_portal").level == logging.NOTSET
    assert sys.stderr is not None
