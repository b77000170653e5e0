from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal import metrics

if TYPE_CHECKING:
    import pytest


def value(name: str) -> float:
    lines = metrics.exposition().decode().splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(name + " ")), 0.0)


def test_counts_by_label_are_given_as_prometheus_reads_them() -> None:
    name = 'readable_portal_articles_total{outcome="read"}'
    before = value(name)
    metrics.ARTICLES.add("read")
    metrics.ARTICLES.add("read", amount=2)
    assert value(name) == before + 3


def test_without_the_library_nothing_is_counted_and_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "installed", lambda: False)
    counter = metrics.Counter("never", "Never counted", "why")
    counter.add("because")
    monkeypatch.undo()
    assert b"never" not in metrics.exposition()
