"""Piper: neural voices that run on the own machine. A voice is two files in a folder.

``pip install "readable-portal[piper]"`` brings the library (GPL-3.0, so it runs in workers of its own);
``readable-portal voices`` finds, fetches and checks voices.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
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

__all__ = ["Piper", "installed_voices"]

# Part of every key: raise it when sanitising or rates change.
_REVISION = 1
# Loading a model of 60 MB takes a second or two, ten times that on a slow disk.
_START_TIMEOUT = 60.0


class Piper:
    """A Piper voice in worker processes.

    Args:
        voice: Name of the voice's files; ``vi`` takes the first Vietnamese one of the folder.
        folder: Where the voices are; ``~`` is the home of the user who runs the portal.
        workers: Processes at most; each holds the model (about 150 MB for a medium voice).
        timeout: Seconds for one text, plus one for each 500 characters.
    """

    name = "piper"

    def __init__(self, *, voice: str, folder: str, workers: int = 1, timeout: float = 60.0) -> None:
        if importlib.util.find_spec("piper") is None:
            raise SpeechUnavailable('the piper engine is not installed: pip install "readable-portal[piper]"')
        model = _model(voice, Path(folder).expanduser())
        self.voice = model.name.removesuffix(".onnx")
        self.version = f"{metadata.version('piper-tts')}-{_fingerprint(model)}-{_REVISION}"
        self._sample_rate = 0
        speaker = str(Path(__file__).with_name("piper_worker.py"))
        self.pool = WorkerPool(
            [speaker, str(model)], workers=workers, timeout=timeout, start_timeout=_START_TIMEOUT
        )

    async def speak(self, text: str, *, rate: float = 1.0) -> Sound:
        """Speak a text; see :class:`~readable_portal.speech.engine.SpeechEngine`."""
        if not self._sample_rate:
            self._sample_rate = (await self.pool.hello())["sample_rate"]
        reduced = speakable(text)
        answer = await self.pool.ask({"text": reduced.text, "rate": rate})
        words = _marks(answer.head["words"], reduced.places, self._sample_rate)
        return Sound(pcm=answer.pcm, sample_rate=self._sample_rate, words=words)

    async def close(self) -> None:
        """End the workers."""
        await asyncio.to_thread(self.pool.close)


def installed_voices(folder: str) -> list[Path]:
    """The models of a folder that have their description beside them, by name."""
    models = sorted(Path(folder).expanduser().glob("*.onnx"))
    return [model for model in models if Path(f"{model}.json").exists()]


def _model(voice: str, folder: Path) -> Path:
    there = installed_voices(str(folder))
    for model in there:
        name = model.name.removesuffix(".onnx")
        if name == voice or (voice == "vi" and name.startswith("vi_")):
            return model
    known = ", ".join(model.name.removesuffix(".onnx") for model in there) or "none"
    raise SettingsError(
        "voice", voice, f"for piper a voice in {folder} (there: {known}); see readable-portal voices"
    )


def _fingerprint(model: Path) -> str:
    """Of the description and the model's size: a new model under the same name sounds different."""
    about = Path(f"{model}.json").read_bytes() + str(model.stat().st_size).encode()
    return hashlib.sha256(about).hexdigest()[:12]


def _marks(words: Sequence[Sequence[int]], places: Sequence[int], sample_rate: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(first * 1000 // sample_rate, until * 1000 // sample_rate, places[start], places[end])
        for start, end, first, until in words
    )
