"""An article as one recording: what is said, its tag, its address."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from readable_portal.speech import mp3

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readable_portal.model import Article
    from readable_portal.speech.fallback import Fallback
    from readable_portal.speech.narration import Passage

__all__ = ["address", "heading"]

# Part of every key: raise it when joining, marks or the kept form change.
_FORMAT = "article-1"


def heading(article: Article) -> bytes:
    """The ID3 tag: title, section, date, language, and whom the text was taken from or who wrote it.

    Nothing of the address: what a visitor's Host header says must not come into a recording for all.
    """
    return mp3.id3(
        [
            ("TIT2", article.title),
            ("TPE1", article.source or article.byline),
            ("TALB", article.section),
            ("TDRC", article.published.isoformat(timespec="seconds")[:19] if article.published else ""),
            ("TLAN", "vie" if article.language.startswith("vi") else "und"),
            ("TCON", "Speech"),
            ("TSSE", "readable-portal"),
        ]
    )


def address(passages: Sequence[Passage], head: bytes, engines: Fallback, rate: float) -> str:
    """The recording's key: sha256 over everything that can be heard or is marked."""
    said = [[each.sentence, each.written, each.spoken.text, each.pause_ms, each.chapter] for each in passages]
    spans = [
        [[s.start, s.end, s.written_start, s.written_end] for s in each.spoken.spans] for each in passages
    ]
    parts = [_FORMAT, engines.name, engines.version, engines.voice, f"{rate:.2f}", head.hex(), said, spans]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
