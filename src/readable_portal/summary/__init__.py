"""From an article to a summary in plain words."""

from __future__ import annotations
