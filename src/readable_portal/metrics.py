"""Numbers for monitoring, in Prometheus' form, where ``prometheus-client`` is installed; nothing otherwise.

Counts only: no address, no path, no text of a page, so nothing of a person is in them. The labels are fixed
words of ours, so their number is bounded, whatever visitors send.

With several worker processes, set ``PROMETHEUS_MULTIPROC_DIR`` as that library's documentation says.
"""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from typing import Any

__all__ = ["ARTICLES", "PAGES", "SPEECH_SECONDS", "SUMMARIES", "Counter", "exposition", "installed"]

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Counter:
    """A number that only grows, by labels; it costs a microsecond, or nothing without the library."""

    def __init__(self, name: str, about: str, *labels: str) -> None:
        self.name = name
        self.about = about
        self.labels = labels
        self._inner: Any = None

    def add(self, *values: str, amount: float = 1.0) -> None:
        """Count ``amount`` under these label values, in the order of the labels."""
        if not installed():
            return
        if self._inner is None:
            self._inner = _library().Counter(f"readable_portal_{self.name}", self.about, self.labels)
        (self._inner.labels(*values) if self.labels else self._inner).inc(amount)


PAGES = Counter("pages", "Responses of the portal that were looked at", "verdict")
ARTICLES = Counter("articles", "Articles asked for", "outcome")
SUMMARIES = Counter("summaries", "Summaries made", "engine")
SPEECH_SECONDS = Counter("speech_seconds", "Seconds of speech made", "engine")


@cache
def installed() -> bool:
    """Whether ``prometheus-client`` is there (``pip install 'readable-portal[metrics]'``)."""
    return importlib.util.find_spec("prometheus_client") is not None


@cache
def _library() -> Any:
    return importlib.import_module("prometheus_client")


def exposition() -> bytes:
    """All numbers of this process, or of all where they share a folder, as Prometheus reads them."""
    library = _library()
    registry = library.REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = library.CollectorRegistry()
        importlib.import_module("prometheus_client.multiprocess").MultiProcessCollector(registry)
    text: bytes = library.generate_latest(registry)
    return text
