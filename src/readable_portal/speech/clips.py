"""One spoken sentence as it is kept: an MP3 whose tag holds when each word sounds.

Sound and times are one blob, so that they appear together or not at all; any player can play it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readable_portal.model import Mark
from readable_portal.speech import loudness, mp3
from readable_portal.speech.marks import estimate

if TYPE_CHECKING:
    from readable_portal.speech.engine import Sound, SpeechEngine

__all__ = ["Clip", "clip_key", "make_clip"]

# Part of every key: raise it when encoding, levelling or trimming changes.
_FORMAT = "clip-2"
_OWNER = "readable-portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A spoken sentence.

    Attributes:
        key: sha256 over engine, version, voice, rate and spoken text.
        engine: Who spoke.
        voice: With which voice.
        audio: Frames of ``mp3.py``, without a tag.
        words: When each spoken word sounds in ``audio`` (the decoder's delay included) and where it stands in
            the spoken text.
        sound_ms: Length of the sound inside the audio, from ``mp3.DECODER_DELAY_MS`` on.
    """

    key: str
    engine: str
    voice: str
    audio: bytes
    words: tuple[Mark, ...]
    sound_ms: int

    @property
    def duration_ms(self) -> int:
        """Length of the audio."""
        return len(self.audio) // mp3.BYTES_PER_MS

    def to_bytes(self) -> bytes:
        """The MP3 with its tag."""
        about = {
            "engine": self.engine,
            "voice": self.voice,
            "ms": self.sound_ms,
            "bytes": len(self.audio),
            "words": [[word.start_ms, word.end_ms, word.start, word.end] for word in self.words],
        }
        body = json.dumps(about, separators=(",", ":")).encode()
        return mp3.id3([("TSSE", "readable-portal")], private=[(_OWNER, body)]) + self.audio

    @classmethod
    def from_bytes(cls, key: str, kept: bytes) -> Clip:
        """Read what :meth:`to_bytes` wrote.

        Raises:
            ValueError: It is cut, or something else.
        """
        tags, start = mp3.read_id3(kept)
        try:
            about = json.loads(tags[_OWNER])
            clip = cls(
                key=key,
                engine=str(about["engine"]),
                voice=str(about["voice"]),
                audio=kept[start:],
                words=tuple(Mark(*word) for word in about["words"]),
                sound_ms=int(about["ms"]),
            )
            length = int(about["bytes"])
        except (KeyError, TypeError) as error:
            raise ValueError("the tag does not say when words sound") from error
        if len(clip.audio) != length or not mp3.whole_frames(clip.audio):
            raise ValueError("the sound is cut")
        return clip


def clip_key(engine: SpeechEngine, text: str, rate: float) -> str:
    """The address of a sentence's sound."""
    parts = (_FORMAT, engine.name, engine.version, engine.voice, f"{rate:.2f}", text)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def make_clip(key: str, engine: SpeechEngine, text: str, sound: Sound) -> Clip:
    """Trim, level and encode: some 5 ms for a second of sound, most of it outside the interpreter's lock.

    Raises:
        ValueError: The sound holds nothing to hear.
    """
    sound = loudness.levelled(loudness.tidied(sound))
    if not sound.pcm:
        raise ValueError("the engine gave silence")
    sound_ms = len(sound.pcm) // 2 * 1000 // sound.sample_rate
    audio = mp3.encode(sound.pcm, sound.sample_rate)
    delay = mp3.DECODER_DELAY_MS
    words = sound.words or estimate(text, sound_ms)
    return Clip(
        key=key,
        engine=engine.name,
        voice=engine.voice,
        audio=audio,
        words=tuple(Mark(word.start_ms + delay, word.end_ms + delay, word.start, word.end) for word in words),
        sound_ms=sound_ms,
    )
