"""From an article to a summary in plain words."""

from __future__ import annotations

from readable_portal.summary.extract import summarize

__all__ = ["summarize"]
