"""Other words for an editor to paste in: a long sentence as several, a list inside a sentence as lines.

What is offered here is read by a person before it is used, so it goes further than ``simplify.py``, whose
forms go to readers as they are.
"""

from __future__ import annotations

import re

from readable_portal.summary.simplify import balanced, capital, forms

__all__ = ["as_list", "as_sentences", "items"]

# Where a sentence can become two that both name what they speak of; the word after the cut may open one.
CUT = re.compile(
    r"(?:,\s+(?:và\s+)?(?=(?:đồng thời|trong đó|nhưng|tuy nhiên|song|còn|riêng|vì vậy|do đó|do vậy|sau đó)\s)"
    r"|;\s+)(?=\w)"
)
SEPARATOR = re.compile(r";\s+(?:và\s+)?|(?:^|(?<=[\s:]))(?:[a-zđ]|\d{1,2})\)\s+")
# Words; shorter pieces are no sentences.
SHORTEST = 8


def as_sentences(text: str) -> str:
    """The sentence as two or more, or "" where no place to part it is safe enough to be offered."""
    best = max(forms(text), key=lambda form: form.parts)
    if best.parts > 1:
        return best.text
    places = [
        found
        for found in CUT.finditer(text)
        if len(text[: found.start()].split()) >= SHORTEST <= len(text[found.end() :].split())
        and balanced(text[: found.start()])
    ]
    if not places:
        return ""
    middle = min(places, key=lambda found: abs(len(text) - found.start() - found.end()))
    return f"{text[: middle.start()]}. {capital(text[middle.end() :])}"


def items(text: str) -> list[str]:
    """The parts of a list inside a sentence; one where there is none."""
    parts = [part.strip(" ,;") for part in SEPARATOR.split(text)]
    return [part for part in parts if part] if balanced(text) else [text]


def as_list(text: str) -> str:
    """A list inside a sentence with a line for each part; what stands before a colon introduces it."""
    first, *rest = items(text)
    head, colon, start = first.rpartition(": ")
    if not colon and first.endswith(":"):
        head, start = first[:-1], ""
    lines = [each for each in (start, *rest) if each]
    intro = f"{head}:\n" if head else ""
    return intro + "\n".join(f"- {capital(each.rstrip('./'))}." for each in lines)
