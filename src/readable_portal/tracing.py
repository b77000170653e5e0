"""Spans for OpenTelemetry where ``opentelemetry-api`` is installed and its SDK is set up; else nothing.

``opentelemetry-instrument readable-portal proxy …`` is such a set-up. A span says what was done, for how long
and how it ended. As in the log, nothing of a person is in it: no address, no query, no text of a page.
"""

from __future__ import annotations

import importlib
import importlib.util
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from readable_portal.errors import ReadablePortalError
from readable_portal.logs import REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["SPANS", "installed", "span"]

# Every span there is, with its attributes (docs/deployment.md has this table, and a test says so).
SPANS: Mapping[str, str] = {
    "readable_portal.answer": "An endpoint answers a request: `endpoint`, `status`.",
    "readable_portal.read": "A page is asked for and its article found: `page` (its path, no query).",
    "readable_portal.summary": "An article is summed up: `engine`.",
    "readable_portal.speech": "A sentence is spoken, here or by a worker: `engine`, `fleet`.",
    "readable_portal.proxy": "The proxy asks the portal, until its headers are there: `method`, `status`.",
}


class _Nothing:
    """Stands where a span would."""

    def set_attribute(self, name: str, value: Any) -> None:
        """Forget it."""


_NOTHING = _Nothing()


@cache
def installed() -> bool:
    """Whether ``opentelemetry-api`` is there (``pip install 'readable-portal[otel]'``)."""
    # The package opentelemetry is a namespace: it may be there without this part.
    return bool(importlib.util.find_spec("opentelemetry")) and bool(
        importlib.util.find_spec("opentelemetry.trace")
    )


@contextmanager
def span(name: str, *, carrier: Mapping[str, str] | None = None, **attributes: str | float) -> Iterator[Any]:
    """Do what is inside within a span.

    Args:
        name: One of :data:`SPANS`.
        carrier: Headers of a request that may name the span around it (W3C ``traceparent``).
        attributes: Of ``page`` only the path is kept.
    """
    if not installed():
        yield _NOTHING
        return
    trace = importlib.import_module("opentelemetry.trace")
    context = None
    if carrier is not None:
        context = importlib.import_module("opentelemetry.propagate").extract(carrier)
    if "page" in attributes:
        attributes["page"] = str(attributes["page"]).partition("?")[0]
    told = {f"readable_portal.{key}": value for key, value in attributes.items()}
    if REQUEST.get():
        told["readable_portal.request"] = REQUEST.get()
    tracer = trace.get_tracer("readable_portal")
    # Messages of errors may hold an address or a query, so only our own word for it is told.
    with tracer.start_as_current_span(
        name, context=context, attributes=told, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield _Attributes(current)
        except Exception as error:
            code = error.code if isinstance(error, ReadablePortalError) else type(error).__name__
            current.set_attribute("error.type", code)
            current.set_status(trace.StatusCode.ERROR)
            raise


class _Attributes:
    """A span of the library's, with our names."""

    def __init__(self, current: Any) -> None:
        self._current = current

    def set_attribute(self, name: str, value: Any) -> None:
        """Add what became known inside."""
        self._current.set_attribute(f"readable_portal.{name}", value)
