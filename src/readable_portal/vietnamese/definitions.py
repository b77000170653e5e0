"""Abbreviations that a text defines itself: "Ủy ban nhân dân (UBND)", "UBND (Ủy ban nhân dân)".

They go before any table. A definition is believed only if the letters are the first letters of the
words, in order, so that "Công ty A (VNPT)" teaches nothing.
"""

from __future__ import annotations

import re
import unicodedata

from readable_portal.vietnamese.syllables import place_tone

__all__ = ["learn", "stands_beside"]

# What office texts put before the short form inside the brackets. "Gọi tắt" and "viết tắt" are set
# phrases of the drafting rules; "gọi chung" and "gọi" also introduce full names, which no letters match.
PHRASE = r"(?:sau đây\s+)?(?:được\s+)?(?:gọi tắt|viết tắt|gọi chung|gọi)\s+là:?\s*"
# Every such phrase has one of these.
CLUES = ("gọi", "tắt")
BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
PLAIN = re.compile(rf"[,;]?\s*{PHRASE}[\"“]?(?P<short>[^\s,;.()\"”]{{2,24}})", re.IGNORECASE)
LEADING = re.compile(PHRASE, re.IGNORECASE)
SHORT = re.compile(r"[A-ZĐƯƠÂÊÔĂ][A-Za-zĐđƯƠÂÊÔĂ0-9]*(?:\s?[-–&/.]\s?[A-ZĐƯƠÂÊÔĂ][A-Za-zĐđƯƠÂÊÔĂ0-9]*)*")
WORD = re.compile(r"[^\W_]+")
BREAK = re.compile(r"[.;:!?()\n]")
# Words that short forms pass over.
PASSED = frozenset({"và", "của", "các", "cho", "về", "trong", "với", "hoặc", "để", "tại", "ở"})
# The longest long form that is looked at, in characters before the bracket.
REACH = 240


def learn(text: str) -> dict[str, str]:
    """The definitions in ``text``, short form to long form, the first definition of each.

    Takes linear time: every bracket is looked at once, with a bounded stretch before it.
    """
    text = unicodedata.normalize("NFC", text)
    found: dict[str, str] = {}
    for match in BRACKETS.finditer(text):
        inside = match[1].strip()
        phrase = LEADING.match(inside)
        if phrase:
            _add(found, _short_of(inside[phrase.end() :]), _clause(text, match.start()), explicit=True)
        elif SHORT.fullmatch(inside):
            _add(found, inside, _clause(text, match.start()), explicit=False)
        else:
            _turned(found, _clause(text, match.start()), inside)
    # The pattern is slow to say no, and hardly an article has these words.
    if not any(map(text.lower().__contains__, CLUES)):
        return found
    for match in PLAIN.finditer(text):
        _add(found, _short_of(match["short"]), _clause(text, match.start()), explicit=True)
    return found


def _clause(text: str, end: int) -> str:
    """What stands before ``end``, back to the last mark that a name does not go over."""
    before = text[max(0, end - REACH) : end]
    marks = [mark.end() for mark in BREAK.finditer(before)]
    return before[marks[-1] if marks else 0 :].rstrip(" ,")


def _short_of(phrase: str) -> str:
    """The short form in "UBND tỉnh" or "Bộ TN&MT": the first run with two capitals."""
    for match in SHORT.finditer(phrase):
        if len(_letters(match[0])) > 1 and not match[0][1:].islower():
            return match[0]
    return ""


def _add(found: dict[str, str], short: str, clause: str, *, explicit: bool) -> None:
    letters = _letters(short)
    if len(letters) < 2 or short in found:
        return
    words = list(WORD.finditer(clause))
    start = _backwards(words, letters)
    if start is None and explicit:
        start, words = _anywhere(words, letters)
    if start is not None:
        found[short] = _cased(clause[words[start].start() : words[-1].end()])


def _cased(name: str) -> str:
    """A name from a line in capitals as it stands in a sentence."""
    return name.capitalize() if name.isupper() else name


def _turned(found: dict[str, str], clause: str, inside: str) -> None:
    """The other way round: UBND (Ủy ban nhân dân)."""
    last = clause.rsplit(maxsplit=1)[-1] if clause.strip() else ""
    letters = _letters(last)
    if len(letters) < 2 or not SHORT.fullmatch(last) or last in found:
        return
    words = list(WORD.finditer(inside))
    if _backwards(words, letters) == 0:
        found[last] = _cased(inside[words[0].start() : words[-1].end()])


def _backwards(words: list[re.Match[str]], letters: str) -> int | None:
    """The index of the word at which ``letters`` begin, read as first letters back from the last word."""
    left = len(letters)
    for index in range(len(words) - 1, -1, -1):
        word = words[index][0]
        if _begins(word, letters[left - 1]):
            left -= 1
            if left == 0:
                return index
        elif word.lower() not in PASSED or left == len(letters):
            return None
    return None


def _anywhere(words: list[re.Match[str]], letters: str) -> tuple[int | None, list[re.Match[str]]]:
    """The last run of words with these first letters, whatever follows it ("Ủy ban nhân dân tỉnh")."""
    for last in range(len(words) - 1, 0, -1):
        start = _backwards(words[: last + 1], letters)
        if start is not None:
            return start, words[: last + 1]
    return None, words


def _letters(short: str) -> str:
    return "".join(letter for letter in short if letter.isupper())


def _begins(word: str, letter: str) -> bool:
    first = word[0].upper()
    return first == letter or (letter != "Đ" and _plain(first) == letter)


def _plain(letter: str) -> str:
    return "D" if letter == "Đ" else unicodedata.normalize("NFD", letter)[0]


def stands_beside(said: str, before: str, after: str) -> bool:
    """Whether the words of a short form stand beside it: "Ủy ban nhân dân (UBND)", "UBND (Ủy ban nhân dân)".

    Who reads aloud does not say them twice.
    """
    if before.endswith("(") and after.startswith(")"):
        return _run_together(before).endswith(_run_together(said))
    return after.startswith(" (") and _run_together(after).startswith(_run_together(said))


def _run_together(text: str) -> str:
    return "".join(place_tone(word) for word in WORD.findall(text.lower()))
