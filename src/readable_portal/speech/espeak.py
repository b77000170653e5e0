"""espeak-ng, the engine that is always there: offline, light, robotic but clear. Runs in workers."""

from __future__ import annotations

import asyncio
import ctypes.util
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from readable_portal.errors import SettingsError, SpeechUnavailable
from readable_portal.model import Mark
from readable_portal.speech.engine import Sound
from readable_portal.speech.speakable import speakable
from readable_portal.speech.workers import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["VOICES", "Espeak"]

# Our name, espeak's name, and the volume (espeak's normal is 100) that brings its speech to the level of
# loudness.py without clipping; measured by tools/espeak_levels.py.
VOICES: dict[str, tuple[str, int]] = {
    "vi": ("vi", 75),
    "vi-central": ("vi-vn-x-central", 88),
    "vi-south": ("vi-vn-x-south", 75),
}

# Part of every key: raise it when sanitising, levels or rates change.
_REVISION = 1


class Espeak:
    """espeak-ng in worker processes.

    Args:
        voice: ``vi`` (North), ``vi-central`` or ``vi-south``.
        workers: Processes at most; each has about 15 MB.
        timeout: Seconds for one text. The longest real sentence takes 0.1.
    """

    name = "espeak"

    def __init__(self, *, voice: str = "vi", workers: int = 2, timeout: float = 10.0) -> None:
        if voice not in VOICES:
            raise SettingsError("voice", voice, f"for espeak one of {', '.join(VOICES)}")
        self.voice = voice
        self._sample_rate = 0
        library, data, release = _find_library()
        self.version = f"{release}-{_REVISION}"
        speaker = str(Path(__file__).with_name("espeak_worker.py"))
        self.pool = WorkerPool([speaker, library, data], workers=workers, timeout=timeout)

    async def speak(self, text: str, *, rate: float = 1.0) -> Sound:
        """Speak a text; see :class:`~readable_portal.speech.engine.SpeechEngine`."""
        if not self._sample_rate:
            self._sample_rate = (await self.pool.hello())["sample_rate"]
        reduced = speakable(text)
        voice, volume = VOICES[self.voice]
        answer = await self.pool.ask({"text": reduced.text, "voice": voice, "rate": rate, "volume": volume})
        words = _marks(answer.head["words"], reduced.places, self._sample_rate)
        return Sound(pcm=answer.pcm, sample_rate=self._sample_rate, words=words)

    async def close(self) -> None:
        """End the workers."""
        await asyncio.to_thread(self.pool.close)


def _marks(words: Sequence[Sequence[int]], places: Sequence[int], sample_rate: int) -> tuple[Mark, ...]:
    last = len(places) - 1
    return tuple(
        Mark(
            first * 1000 // sample_rate,
            end_sample * 1000 // sample_rate,
            places[min(start, last)],
            places[min(end, last)],
        )
        for start, end, first, end_sample in words
    )


def _find_library() -> tuple[str, str, str]:
    """Library, data and release: the wheel's, else the system's (Debian: libespeak-ng1)."""
    try:
        import espeakng_loader  # noqa: PLC0415 - it is missing where no wheel fits (musl, old glibc)
    except ImportError:
        found = ctypes.util.find_library("espeak-ng")
        if found is None:
            raise SpeechUnavailable(
                "espeak-ng is not installed: pip install espeakng-loader, or your system's espeak-ng"
            ) from None
        return found, "", found
    return (
        str(espeakng_loader.get_library_path()),
        str(espeakng_loader.get_data_path()),
        f"loader-{metadata.version('espeakng-loader')}",
    )
