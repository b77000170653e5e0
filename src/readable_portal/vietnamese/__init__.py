"""Vietnamese, as an office writes it and a person says it: pure functions on text, no I/O."""

from __future__ import annotations

from readable_portal.vietnamese.verbalize import verbalize

__all__ = ["verbalize"]
