"""The audio of a whole article while it grows, and after: bytes to follow, marks to read along."""

from __future__ import annotations

import asyncio
import hashlib
import time
from typing import TYPE_CHECKING, Any

from readable_portal.speech import mp3
from readable_portal.speech.marks import written_marks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from readable_portal.model import Mark
    from readable_portal.speech.clips import Clip
    from readable_portal.speech.narration import Passage

__all__ = ["Recording"]

# A stored recording is read in pieces of this size: half a minute of sound.
_PIECE = 128 * 1024


class Recording:
    """One MP3 and its marks. The bytes at a place never change once they are there.

    Attributes:
        key: sha256 over what is said and who says it.
        complete: Whether nothing more comes.
        engines: Names of those who spoke, in order of their coming.
        voice: Voice of the first.
        finished: When it became complete, by the monotonic clock; 0.0 for one from the store.
        etag: Strong validator (RFC 9110 section 8.8.3) of the whole, "" before it is complete.
    """

    def __init__(self, key: str, head: bytes = b"") -> None:
        self.key = key
        self.complete = False
        self.engines: list[str] = []
        self.voice = ""
        self.etag = ""
        self.error: Exception | None = None
        self.finished = 0.0
        self.size = len(head)
        self._pieces: list[bytes] | None = [head]
        self._frames = 0
        self._head = len(head)
        self._sentences: list[dict[str, Any]] = []
        self._chapters: list[dict[str, Any]] = []
        self._changed = asyncio.Event()
        self._read: Callable[[int, int], Awaitable[bytes | None]] | None = None

    @classmethod
    def stored(
        cls, key: str, about: dict[str, Any], read: Callable[[int, int], Awaitable[bytes | None]]
    ) -> Recording:
        """One that lies whole in the store; ``about`` is what :meth:`about` gave.

        Raises:
            KeyError: ``about`` is something else.
        """
        recording = cls(key)
        recording.complete = True
        recording.engines = list(about["engines"])
        recording.voice = about["voice"]
        recording.etag = about["etag"]
        recording.size = about["size"]
        recording._head = about["head"]
        recording._frames = (about["size"] - about["head"]) // mp3.FRAME_BYTES
        recording._sentences = about["sentences"]
        recording._chapters = about["chapters"]
        recording._pieces = None
        recording._read = read
        return recording

    @property
    def duration_ms(self) -> int:
        """Length so far."""
        return self._frames * mp3.FRAME_MS

    @property
    def held(self) -> int:
        """Bytes of memory it takes, about: the sound, unless it lies in the store, and the marks."""
        marks = 200 * sum(len(each["words"]) + 1 for each in self._sentences)
        return marks + (self.size if self._pieces is not None else 0)

    @property
    def begun(self) -> bool:
        """Whether there is sound already."""
        return self._frames > 0

    def append(self, passage: Passage, clip: Clip | None) -> None:
        """Add a passage; None for one that no engine could say: it becomes a short silence."""
        pause = passage.pause_ms if clip else passage.pause_ms or mp3.FRAME_MS
        # Coded sound begins and ends with some silence of its own.
        silence = mp3.silence(pause - 3 * mp3.FRAME_MS if clip else pause)
        start = self.duration_ms + len(silence) // mp3.BYTES_PER_MS
        words: tuple[Mark, ...] = ()
        sound_ms = 0
        if clip is not None:
            words = written_marks(passage.written, passage.spoken, clip.words, clip.duration_ms)
            sound_ms = clip.sound_ms
            if clip.engine not in self.engines:
                self.engines.append(clip.engine)
                self.voice = self.voice or clip.voice
        begin = start + (mp3.DECODER_DELAY_MS if clip else 0)
        shown = () if passage.sentence < 0 else words
        self._sentences.append(
            {
                "index": passage.sentence,
                "startMs": begin,
                "endMs": begin + sound_ms,
                "words": [[start + w.start_ms, start + w.end_ms, w.start, w.end] for w in shown],
            }
        )
        if passage.chapter:
            self._chapters.append({"startMs": begin, "title": passage.chapter, "sentence": passage.sentence})
        piece = silence + (clip.audio if clip else b"")
        self._add(piece)
        self._frames += len(piece) // mp3.FRAME_BYTES

    def finish(self) -> None:
        """Nothing more comes."""
        whole = hashlib.sha256()
        for piece in self._pieces or ():
            whole.update(piece)
        self.etag = f'"{whole.hexdigest()[:32]}"'
        self.complete = True
        self.finished = time.monotonic()
        self._wake()

    def fail(self, error: Exception) -> None:
        """Nothing more can come; whoever follows gets the error."""
        self.error = error
        self._wake()

    def whole(self) -> bytes:
        """All bytes that are held in memory."""
        return b"".join(self._pieces or ())

    async def until_begun(self) -> None:
        """Wait for the first sound.

        Raises:
            SpeechError: It will not come.
        """
        while not self.begun and not self.complete:
            await self._change()

    async def follow(self, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from ``start`` to ``end`` (excluded; None for all), as they come.

        Raises:
            SpeechError: The rest could not be made.
            StoreError: The stored bytes are gone.
        """
        if self._pieces is None:
            async for piece in self._follow_stored(start, self.size if end is None else end):
                yield piece
            return
        place, offset = 0, 0
        while end is None or offset < end:
            if place == len(self._pieces):
                if self.complete:
                    return
                await self._change()
                continue
            piece = self._pieces[place]
            place += 1
            wanted = piece[max(0, start - offset) : None if end is None else end - offset]
            offset += len(piece)
            if wanted:
                yield wanted

    async def _follow_stored(self, start: int, end: int) -> AsyncIterator[bytes]:
        while start < end and self._read is not None:
            piece = await self._read(start, min(end, start + _PIECE))
            if not piece:
                return
            start += len(piece)
            yield piece

    def marks(self) -> dict[str, Any]:
        """What ``GET marks`` answers; ``complete`` false means: ask again."""
        return {
            "version": 1,
            "complete": self.complete,
            "key": self.key,
            "durationMs": self.duration_ms,
            "headBytes": self._head,
            "engine": "+".join(self.engines),
            "voice": self.voice,
            "sentences": self._sentences,
            "chapters": self._chapters,
        }

    def about(self) -> dict[str, Any]:
        """What is kept beside the bytes."""
        return {
            "version": 1,
            "size": self.size,
            "head": self._head,
            "etag": self.etag,
            "engines": self.engines,
            "voice": self.voice,
            "sentences": self._sentences,
            "chapters": self._chapters,
        }

    def _add(self, piece: bytes) -> None:
        if self._pieces is not None and piece:
            self._pieces.append(piece)
            self.size += len(piece)
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _change(self) -> None:
        if self.error is not None:
            raise self.error
        await self._changed.wait()
        if self.error is not None:
            raise self.error
