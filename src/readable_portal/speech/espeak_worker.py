"""espeak-ng through ctypes, for ``worker.py``. Only the standard library: it runs apart from the package."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

# espeak-ng/speak_lib.h
AUDIO_OUTPUT_SYNCHRONOUS = 2
DONT_EXIT = 0x8000
CHARS_UTF8 = 1
POSITION_CHARACTER = 1
EVENT_LIST_TERMINATED, EVENT_WORD, EVENT_END = 0, 1, 5
PARAMETER_RATE, PARAMETER_VOLUME = 1, 2
NORMAL_RATE = 175  # words a minute, espeak's own default


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
        version = self._library.espeak_Info(None).decode("ascii", "replace").split()[0]
        self.hello = {"version": version, "sample_rate": self.sample_rate}
        self._samples: list[bytes] = []
        self._count = 0
        self._words: list[list[int]] = []
        self._callback = Callback(self._hear)  # kept: espeak holds only the pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def speak(self, request: dict[str, Any]) -> tuple[list[list[int]], bytes]:
        """For each word [start, end, first sample, end sample]; and the samples.

        Raises:
            LookupError: There is no such voice.
            ValueError: The library refuses the text.
        """
        voice, text = request["voice"], request["text"]
        if voice != self._voice:
            if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
                raise LookupError(f"espeak-ng has no voice {voice}")
            self._voice = voice
        self._library.espeak_SetParameter(PARAMETER_RATE, round(NORMAL_RATE * request["rate"]), 0)
        self._library.espeak_SetParameter(PARAMETER_VOLUME, request["volume"], 0)
        self._samples, self._words, self._count = [], [], 0
        body = text.encode() + b"\0"
        status = self._library.espeak_Synth(body, len(body), 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None)
        self._library.espeak_Synchronize()
        if status != 0:
            raise ValueError(f"espeak_Synth answered {status}")
        if self._words:
            self._words[-1][3] = self._count
        return self._words, b"".join(self._samples)

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


def create(library: str, data: str) -> Espeak:
    """For ``worker.py``: the library's path, and the data's ("" for the library's own)."""
    return Espeak(library, data)
