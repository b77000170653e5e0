"""Who speaks: the protocol of an engine, what it gives back, and how one is chosen by name."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from readable_portal.model import Mark
    from readable_portal.settings import Settings

__all__ = ["ENTRY_POINTS", "Sound", "SpeechEngine", "get_engine", "get_engines"]

# Other packages add an engine here: name = "module:function", function(settings, voice) -> SpeechEngine.
ENTRY_POINTS = "readable_portal.speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What an engine made of a text.

    Attributes:
        pcm: 16-bit signed little-endian samples, one channel.
        sample_rate: Samples a second; 8,000 to 48,000.
        words: When each word sounds (milliseconds in ``pcm``) and where it stands in the spoken text
            that was given (characters). In order. An engine that cannot tell leaves it empty, and the
            times are then estimated from the lengths of the words.
    """

    pcm: bytes
    sample_rate: int
    words: tuple[Mark, ...] = ()


@runtime_checkable
class SpeechEngine(Protocol):
    """Turns spoken text (no digits, no abbreviations: already verbalised) into sound.

    ``name``, ``version`` and ``voice`` go into the key under which the sound is kept, so ``version``
    must change whenever the same text would sound different.
    """

    name: str
    version: str
    voice: str

    async def speak(self, text: str, *, rate: float = 1.0) -> Sound:
        """Speak a text, at ``rate`` times the normal speed (0.5 to 2). Never blocks the event loop.

        Raises:
            SpeechRejected: This very text cannot be spoken; another may.
            SpeechUnavailable: The engine is down, not installed or out of reach.
        """
        ...

    async def close(self) -> None:
        """Let processes, threads and connections go. The engine may be used again afterwards."""
        ...


def _espeak(settings: Settings, voice: str) -> SpeechEngine:
    from readable_portal.speech.espeak import Espeak  # noqa: PLC0415 - an engine is loaded when it is chosen

    return Espeak(voice=voice, workers=settings.speech_workers)


def _gtts(settings: Settings, voice: str) -> SpeechEngine:  # noqa: ARG001 - Google has one Vietnamese voice
    from readable_portal.speech.gtts import Gtts  # noqa: PLC0415 - an engine is loaded when it is chosen

    return Gtts(tld=settings.gtts_tld, timeout=settings.gtts_timeout)


def _piper(settings: Settings, voice: str) -> SpeechEngine:
    from readable_portal.speech.piper import Piper  # noqa: PLC0415 - an engine is loaded when it is chosen

    return Piper(voice=voice, folder=settings.piper_voices, workers=settings.speech_workers)


_BUILT_IN: dict[str, Callable[[Settings, str], SpeechEngine]] = {
    "espeak": _espeak,
    "gtts": _gtts,
    "piper": _piper,
}


def get_engine(settings: Settings) -> SpeechEngine | None:
    """The engine that speaks, a :class:`Fallback` for a chain, or None for ``browser``.

    Raises:
        SettingsError: ``settings.engine`` names no engine that is there.
    """
    engines = get_engines(settings)
    if not engines:
        return None
    if len(engines) == 1:
        return engines[0]
    from readable_portal.speech.fallback import Fallback  # noqa: PLC0415 - only a chain needs it

    return Fallback(engines)


def get_engines(settings: Settings) -> tuple[SpeechEngine, ...]:
    """The engines of the chain ``settings.engine``, in order; none for ``browser``.

    ``settings.voice`` may name a voice for each, in the same order; the last one serves for the rest.

    Raises:
        SettingsError: One of the names is no engine that is there.
    """
    names = [name.strip() for name in settings.engine.split(",") if name.strip()]
    if names == ["browser"]:
        return ()
    # The packages of this machine are searched, which takes time, only for what is not our own.
    own = _BUILT_IN.keys() >= set(names)
    others = {} if own else {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    voices = [voice.strip() for voice in settings.voice.split(",")]
    made: list[SpeechEngine] = []
    for place, name in enumerate(names):
        voice = voices[min(place, len(voices) - 1)]
        if name in _BUILT_IN:
            made.append(_BUILT_IN[name](settings, voice))
        elif name in others:
            made.append(others[name].load()(settings, voice))
        else:
            known = ", ".join(sorted({*_BUILT_IN, *others, "browser"}))
            raise SettingsError(
                "engine", settings.engine, f"{known}, or several in order, such as piper,espeak"
            )
    if not made:
        raise SettingsError("engine", settings.engine, "the name of an engine")
    return tuple(made)
