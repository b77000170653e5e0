"""An engine for tests that answers at once: each word is a tone of 100 ms, then 20 ms of nothing."""

from __future__ import annotations

import asyncio
import math
import re
from array import array
from dataclasses import dataclass, field

from readable_portal.errors import SpeechRejected, SpeechUnavailable
from readable_portal.model import Article, Block, Mark, Sentence, Spoken, SpokenSpan
from readable_portal.speech.engine import Sound

RATE = 16_000
WORD_MS = 100
GAP_MS = 20
_TONE = array(
    "h", (int(6_000 * math.sin(2 * math.pi * 300 * n / RATE)) for n in range(RATE * WORD_MS // 1000))
).tobytes()
_GAP = bytes(2 * RATE * GAP_MS // 1000)


@dataclass
class Tones:
    """Says "rejected" never, and nothing while ``down``."""

    name: str = "tones"
    version: str = "1"
    voice: str = "pipe"
    seconds: float = 0.0
    down: bool = False
    said: list[str] = field(default_factory=list)
    closed: bool = False

    async def speak(self, text: str, *, rate: float = 1.0) -> Sound:
        del rate
        await asyncio.sleep(self.seconds)
        if self.down:
            raise SpeechUnavailable("tones are down")
        if "rejected" in text:
            raise SpeechRejected("not this one")
        self.said.append(text)
        words = list(re.finditer(r"\S+", text))
        each = WORD_MS + GAP_MS
        return Sound(
            pcm=(_TONE + _GAP) * len(words),
            sample_rate=RATE,
            words=tuple(
                Mark(place * each, place * each + WORD_MS, *word.span()) for place, word in enumerate(words)
            ),
        )

    async def close(self) -> None:
        self.closed = True


def plain(text: str) -> Spoken:
    """Said as it is written."""
    return Spoken(text, (SpokenSpan(0, len(text), 0, len(text)),) if text else ())


def article(*texts: str, title: str = "", digest: str = "") -> Article:
    """A paragraph for each text."""
    blocks = tuple(Block(kind="paragraph", text=text, path="body>p") for text in texts)
    sentences = tuple(
        Sentence(index=n, block=n, start=0, end=len(text), text=text, spoken=plain(text))
        for n, text in enumerate(texts)
    )
    return Article(
        url="https://portal.gov.vn/tin/1", title=title, blocks=blocks, sentences=sentences, digest=digest
    )
