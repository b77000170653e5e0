"""Spans, looked at in the memory of OpenTelemetry's own SDK."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from readable_portal import ReadablePortal, tracing
from readable_portal.errors import PageUnavailable
from readable_portal.settings import Settings
from readable_portal.web.front import Front
from readable_portal.web.guard import parse_origin
from readable_portal.web.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from opentelemetry.sdk.trace import ReadableSpan

HOME = Path(__file__).parents[1]
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
BODY = "<h1>Lịch tiêm</h1>" + "".join(
    f"<p>Trạm y tế xã tiêm vắc xin cho trẻ em dưới năm tuổi vào ngày {day}/6/2026 tại trụ sở.</p>"
    for day in range(1, 7)
)
EXPORTER = InMemorySpanExporter()


@pytest.fixture(scope="module", autouse=True)
def _sdk() -> None:
    """Set up once for the process: OpenTelemetry allows no second time."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(EXPORTER))
    trace.set_tracer_provider(provider)


@pytest.fixture
def spans() -> Iterator[Callable[[], dict[str, ReadableSpan]]]:
    EXPORTER.clear()
    yield lambda: {span.name: span for span in EXPORTER.get_finished_spans()}
    EXPORTER.clear()


def test_what_is_done_for_a_reader_is_told_and_nothing_of_the_reader(
    serve: Callable[..., str], spans: Callable[[], dict[str, ReadableSpan]]
) -> None:
    page = f"<html lang=vi><body>{BODY}</body></html>"
    portal = serve(Starlette(routes=[Route("/tin", lambda _: HTMLResponse(page))]))
    app = ReadablePortal(Proxy(parse_origin(portal)), settings=Settings())
    address = serve(Front(app, trusted=["127.0.0.1"]))
    who = {"X-Forwarded-For": "203.0.113.5", "Cookie": "id=Lan", "User-Agent": "Lan's", "traceparent": PARENT}
    for endpoint in ("article", "summary", "speech"):
        httpx2.get(
            f"{address}/_readable/{endpoint}", params={"path": "/tin?ten=Lan"}, headers=who, timeout=60
        )
    done = spans()
    assert set(done) == set(tracing.SPANS)
    own = {name.rpartition(".")[2]: dict(span.attributes or {}) for name, span in done.items()}
    assert own["read"]["readable_portal.page"] == "/tin"
    assert own["summary"]["readable_portal.engine"] == "extract"
    assert own["speech"]["readable_portal.engine"] == "espeak"
    assert own["proxy"]["readable_portal.status"] == 200
    assert own["answer"]["readable_portal.status"] == 200
    told = " ".join(span.to_json() for span in EXPORTER.get_finished_spans())
    for secret in ("203.0.113.5", "Lan", "ten="):
        assert secret not in told
    # The trace that the balancer began goes on here.
    assert f"{done['readable_portal.answer'].context.trace_id:032x}" == PARENT.split("-")[1]
    assert done["readable_portal.proxy"].parent is not None


def test_an_error_is_told_by_our_own_word_for_it(spans: Callable[[], dict[str, ReadableSpan]]) -> None:
    with pytest.raises(PageUnavailable), tracing.span("readable_portal.read", page="/x?q"):
        raise PageUnavailable("no answer from /x?ten=Lan")
    (span,) = spans().values()
    assert dict(span.attributes or {})["error.type"] == "page-unavailable"
    assert not span.status.is_ok
    assert "Lan" not in span.to_json()


def test_without_the_library_nothing_is_told_and_nothing_fails(
    spans: Callable[[], dict[str, ReadableSpan]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "installed", lambda: False)

    async def run() -> Any:
        with tracing.span("readable_portal.read", page="/x") as about:
            about.set_attribute("status", 1)
            return "done"

    assert asyncio.run(run()) == "done"
    assert spans() == {}


def test_every_span_is_used_and_documented() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (HOME / "src/readable_portal").rglob("*.py"))
    assert set(re.findall(r'\bspan\(\s*"(readable_portal\.\w+)"', source)) == set(tracing.SPANS)
    page = (HOME / "docs/deployment.md").read_text("utf-8")
    for name, about in tracing.SPANS.items():
        assert f"| `{name}` | {about} |" in page
