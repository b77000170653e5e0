"""The process that loads espeak-ng. Only the standard library: it runs apart from the package.

espeak-ng is not thread-safe, ends the process on some texts and is under the GPL-3.0; all three are
reasons to let it live alone. Messages: see ``workers.py``. Arguments: the library's path, the data's
path ("" for the library's own).
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

# espeak-ng/speak_lib.h
AUDIO_OUTPUT_SYNCHRONOUS = 2
DONT_EXIT = 0x8000
CHARS_UTF8 = 1
POSITION_CHARACTER = 1
EVENT_LIST_TERMINATED, EVENT_WORD, EVENT_END = 0, 1, 5
PARAMETER_RATE, PARAMETER_VOLUME = 1, 2
NORMAL_RATE = 175  # words a minute, espeak's own default

# A portal comes before its speech: 5 of 19 lets a busy machine answer pages first.
NICENESS = 5


class Event(ctypes.Structure):
    """espeak_EVENT."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),  # a union of 8 bytes
    )


Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))


class Espeak:
    """The library, opened."""

    def __init__(self, library: str, data: str) -> None:
        self._library = ctypes.CDLL(library)
        folder = None
        if data:
            # A path of 160 bytes or more overflows a buffer of espeak-ng 1.52 (espeak-ng #2182),
            # so we stand beside the data and call it ".".
            os.chdir(Path(data).parent)
            folder = b"."
        self.sample_rate = self._library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, folder, DONT_EXIT)
        if self.sample_rate <= 0:
            raise OSError(f"espeak-ng found no data in {data or 'its own folder'}")
        self._library.espeak_Info.restype = ctypes.c_char_p
        self.version = self._library.espeak_Info(None).decode("ascii", "replace").split()[0]
        self._samples: list[bytes] = []
        self._count = 0
        self._words: list[list[int]] = []
        self._callback = Callback(self._hear)  # kept: espeak holds only the pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def speak(self, text: str, voice: str, rate: float, volume: int) -> tuple[bytes, list[list[int]]]:
        """Samples, and for each word [start, end, first sample, last sample]."""
        if voice != self._voice:
            if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
                raise LookupError(f"espeak-ng has no voice {voice}")
            self._voice = voice
        self._library.espeak_SetParameter(PARAMETER_RATE, round(NORMAL_RATE * rate), 0)
        self._library.espeak_SetParameter(PARAMETER_VOLUME, volume, 0)
        self._samples, self._words, self._count = [], [], 0
        body = text.encode() + b"\0"
        status = self._library.espeak_Synth(body, len(body), 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None)
        self._library.espeak_Synchronize()
        if status != 0:
            raise ValueError(f"espeak_Synth answered {status}")
        if self._words:
            self._words[-1][3] = self._count
        return b"".join(self._samples), self._words

    def _hear(self, samples: int | None, count: int, events: Any) -> int:
        if samples and count > 0:
            self._samples.append(ctypes.string_at(samples, 2 * count))
            self._count += count
        place = 0
        while events[place].type != EVENT_LIST_TERMINATED:
            event = events[place]
            place += 1
            if event.type not in {EVENT_WORD, EVENT_END}:
                continue
            if self._words and not self._words[-1][3]:
                self._words[-1][3] = max(event.sample, self._words[-1][2])
            if event.type == EVENT_WORD:
                start = event.text_position - 1
                self._words.append([start, start + event.length, event.sample, 0])
        return 0


def exactly(pipe: BinaryIO, length: int) -> bytes:
    """Read that many bytes, or end: the portal is gone."""
    read = pipe.read(length)
    if len(read) < length:
        raise SystemExit(0)
    return read


def send(pipe: BinaryIO, *messages: bytes) -> None:
    """Write messages, each with its length before it."""
    for message in messages:
        pipe.write(struct.pack(">I", len(message)))
        pipe.write(message)
    pipe.flush()


def main(library: str, data: str) -> None:
    """Answer until the portal closes the pipe."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        # A crash is part of the plan; no core file of it.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        espeak = Espeak(library, data)
    except (OSError, AttributeError) as error:
        send(outgoing, json.dumps({"ready": False, "error": str(error)}).encode())
        return
    hello = {"ready": True, "version": espeak.version, "sample_rate": espeak.sample_rate}
    send(outgoing, json.dumps(hello).encode())
    while True:
        length = struct.unpack(">I", exactly(incoming, 4))[0]
        request = json.loads(exactly(incoming, length))
        try:
            pcm, words = espeak.speak(request["text"], request["voice"], request["rate"], request["volume"])
        except (LookupError, ValueError) as error:
            send(
                outgoing,
                json.dumps({"error": str(error), "rejected": isinstance(error, ValueError)}).encode(),
            )
        else:
            send(outgoing, json.dumps({"words": words}).encode(), pcm)


if __name__ == "__main__":
    main(*sys.argv[1:])
