"""Google's voice through the gTTS library. The text leaves the house: never a silent default.

The library's own tokenizer splits at "TP." and at dots of addresses; here the text is cut before, and it
gets pieces that need no cutting. Its answers are checked: a captcha page comes back as success without
sound.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import TYPE_CHECKING

from readable_portal.errors import SpeechRejected, SpeechUnavailable
from readable_portal.model import Mark
from readable_portal.speech.engine import Sound
from readable_portal.speech.loudness import tidied
from readable_portal.speech.marks import estimate

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

__all__ = ["LONGEST", "Gtts", "pieces"]

# Characters that Google takes in one request.
LONGEST = 100
# Between two pieces of one sentence.
_JOIN_MS = 60
# At this pace and below Google has a slow voice of its own.
_SLOW = 0.75
_WORD = re.compile(r"\S+")
# Where a piece had best end, from best to worst.
_ENDINGS = (".?!", ";:", ",")


class Gtts:
    """Google Translate's Vietnamese voice.

    Args:
        tld: The end of translate.google.…; only values of the setting, never of a request.
        timeout: Seconds for one piece.
        workers: Threads, each with one request at a time. Few: Google answers 429 to haste.
    """

    name = "gtts"

    def __init__(self, *, tld: str = "com", timeout: float = 10.0, workers: int = 2) -> None:
        self.voice = f"google-{tld}"
        self.version = f"{version('gTTS')}-1"
        self._tld = tld
        self._timeout = timeout
        self._workers = workers
        self._threads: ThreadPoolExecutor | None = None

    async def speak(self, text: str, *, rate: float = 1.0) -> Sound:
        """Speak a text; see :class:`~readable_portal.speech.engine.SpeechEngine`.

        Google knows two speeds; other rates sound at the nearer one, and the listener's player does the rest.
        """
        parts = pieces(text)
        if not parts:
            raise SpeechRejected("there is nothing to say in this text")
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._workers, thread_name_prefix="gtts")
        loop = asyncio.get_running_loop()
        sounds = []
        for start, end in parts:
            # One after the other: a sentence has few, and a refusal stops the rest.
            asked = loop.run_in_executor(self._threads, self._piece, text[start:end], rate <= _SLOW)
            try:
                # The library's time-out starts anew with each byte; a trickle must end too.
                sounds.append(await asyncio.wait_for(asked, 2 * self._timeout))
            except TimeoutError:
                raise SpeechUnavailable("Google's answer takes too long") from None
        return _joined(text, parts, sounds)

    async def close(self) -> None:
        """Let the threads go."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None

    def _piece(self, text: str, slow: bool) -> Sound:  # noqa: FBT001 - run_in_executor passes it so
        import gtts  # noqa: PLC0415 - it brings requests along

        speaker = gtts.gTTS(
            text,
            lang="vi",
            tld=self._tld,
            slow=slow,
            lang_check=False,
            pre_processor_funcs=[],
            tokenizer_func=lambda whole: [whole],
            timeout=self._timeout,
        )
        try:
            mp3 = b"".join(speaker.stream())
        except gtts.gTTSError as error:
            raise _unavailable(error) from error
        except ValueError as error:
            raise SpeechUnavailable(f"Google's answer is not what it was: {error}") from error
        return decoded(mp3)


def decoded(mp3: bytes) -> Sound:
    """The samples of an MP3 that came from outside.

    Raises:
        SpeechUnavailable: It is no MP3, or empty (a captcha page looks so).
    """
    import miniaudio  # noqa: PLC0415 - only this engine gets MP3 and must open it

    if not (mp3[:3] == b"ID3" or (mp3[:1] == b"\xff" and mp3[1:2] >= b"\xe0")):
        raise SpeechUnavailable(f"Google answered without sound ({len(mp3)} bytes)")
    try:
        sound = miniaudio.mp3_read_s16(mp3)
    except miniaudio.DecodeError as error:
        raise SpeechUnavailable(f"Google answered with damaged sound: {error}") from error
    samples: array[int] = sound.samples
    mono = samples[:: sound.nchannels]
    return Sound(pcm=mono.tobytes(), sample_rate=sound.sample_rate)


def pieces(text: str) -> list[tuple[int, int]]:
    """Where to cut: each piece at most ``LONGEST`` characters, ending after a mark where one is, else a word.

    Every word of the text is in one piece. A single word that is longer is cut inside.
    """
    words = [match.span() for match in _WORD.finditer(text) if any(map(str.isalnum, match[0]))]
    words = [cut for start, end in words for cut in _cut(start, end)]
    found: list[tuple[int, int]] = []
    while words:
        fitting = sum(end - words[0][0] <= LONGEST for _, end in words)
        count = fitting if fitting == len(words) else _best_end(text, words[:fitting])
        found.append((words[0][0], words[count - 1][1]))
        words = words[count:]
    return found


def _cut(start: int, end: int) -> list[tuple[int, int]]:
    return [(at, min(end, at + LONGEST)) for at in range(start, end, LONGEST)]


def _best_end(text: str, words: Sequence[tuple[int, int]]) -> int:
    """After how many words to end: the latest strongest mark in the second half, else the last word."""
    half = words[0][0] + LONGEST // 2
    for endings in _ENDINGS:
        for count in range(len(words), 0, -1):
            end = words[count - 1][1]
            if end > half and text[end - 1] in endings:
                return count
    return len(words)


def _joined(text: str, parts: Sequence[tuple[int, int]], sounds: Sequence[Sound]) -> Sound:
    """Pieces one after another; word times are estimated inside each."""
    rate = sounds[0].sample_rate
    pcm: list[bytes] = []
    words: list[Mark] = []
    samples = 0
    for (start, end), sound in zip(parts, sounds, strict=True):
        if sound.sample_rate != rate:
            raise SpeechUnavailable("Google changed its sample rate in the middle of a sentence")
        clear = tidied(sound)
        if pcm:
            pcm.append(bytes(2 * (rate * _JOIN_MS // 1000)))
            samples += rate * _JOIN_MS // 1000
        before = samples * 1000 // rate
        length = len(clear.pcm) // 2
        words += [
            Mark(before + mark.start_ms, before + mark.end_ms, start + mark.start, start + mark.end)
            for mark in estimate(text[start:end], length * 1000 // rate)
        ]
        pcm.append(clear.pcm)
        samples += length
    return Sound(pcm=b"".join(pcm), sample_rate=rate, words=tuple(words))


def _unavailable(error: Exception) -> SpeechUnavailable:
    answer = getattr(error, "rsp", None)
    status = getattr(answer, "status_code", None)
    if status == 429:
        return SpeechUnavailable(
            "Google refuses more requests for now (429); wait, or use another engine", lasting=True
        )
    if status is not None:
        return SpeechUnavailable(f"Google answered with status {status}")
    return SpeechUnavailable("Google could not be reached in time; is this server allowed out?")
