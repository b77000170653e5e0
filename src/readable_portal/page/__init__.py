"""From a page's bytes to its article."""

from __future__ import annotations
