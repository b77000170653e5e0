"""A recording's marks as WebVTT (w3.org/TR/webvtt1): a cue for each sentence, a time for each word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["web_vtt"]


def web_vtt(marks: Mapping[str, Any], texts: Mapping[int, str]) -> str:
    """The file's text.

    Args:
        marks: What :meth:`Recording.marks` gives.
        texts: The written text of each sentence by its index; -1 for title and date.
    """
    cues = ["WEBVTT", ""]
    for sentence in marks["sentences"]:
        text = " ".join(texts.get(sentence["index"], "").split())
        if not text or sentence["endMs"] <= sentence["startMs"]:
            continue
        cues += [
            f"{_time(sentence['startMs'])} --> {_time(sentence['endMs'])}",
            _timed(texts[sentence["index"]], sentence["words"], sentence["startMs"]),
            "",
        ]
    return "\n".join(cues) + "\n"


def _timed(text: str, words: Sequence[Sequence[int]], cue_start: int) -> str:
    """The text with ``<00:00:01.250>`` before each word that begins inside the cue."""
    pieces: list[str] = []
    done = 0
    before = cue_start
    for start_ms, _, start, end in words:
        pieces.append(_escaped(text[done:start]))
        if start_ms > before:
            # Times inside a cue must grow (section 4.2.2).
            pieces.append(f"<{_time(start_ms)}>")
            before = start_ms
        pieces.append(_escaped(text[start:end]))
        done = end
    pieces.append(_escaped(text[done:]))
    return " ".join("".join(pieces).split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
