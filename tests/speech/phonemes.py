"""Prints what espeak-ng makes of each word on standard input; a process of its own, as the library needs."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path


def main(library: str, data: str, voice: str) -> None:
    espeak = ctypes.CDLL(library)
    words = sys.stdin.read().split()
    os.chdir(Path(data).parent)
    espeak.espeak_Initialize(2, 0, b".", 0x8000)
    espeak.espeak_SetVoiceByName(voice.encode())
    espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
    for word in words:
        text = ctypes.pointer(ctypes.c_char_p(word.encode()))
        sys.stdout.write(espeak.espeak_TextToPhonemes(text, 1, 0).decode() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
