"""Vietnamese, as an office writes it and a person says it: pure functions on text, no I/O."""

from __future__ import annotations

from readable_portal.vietnamese.readability import readability
from readable_portal.vietnamese.sentences import SentenceText, split_sentences
from readable_portal.vietnamese.verbalize import verbalize

__all__ = ["SentenceText", "readability", "split_sentences", "verbalize"]
