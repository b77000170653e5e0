"""How hard a text is to read, and how long it takes.

The formula is Nguyen and Henkin's of 1982, made for Vietnamese, counted over syllables because that needs no
word segmentation and ranks texts as well (see docs/vietnamese.md). English formulas (Flesch, SMOG, Gunning
fog, Dale-Chall…) count syllables per word, and a written Vietnamese word is one syllable: they say "easy" of
every text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readable_portal.model import Readability
from readable_portal.vietnamese.sentences import split_sentences

if TYPE_CHECKING:
    from readable_portal.model import Band

__all__ = ["BANDS", "LONG_SENTENCE", "measures", "readability"]

# Where a band ends. Mean grades measured with this count: school readers of years 1 to 5 have 2.7, 3.1, 3.4,
# 3.5 and 4.0; newspaper articles 6.6 to 6.7; administrative news 7.9 to 8.1. Half-way from year 5 to
# newspapers is 5.4, from newspapers to administrative news 7.4. Above 9, beyond lower secondary school,
# WCAG 2.2 success criterion 3.1.5 wants a simpler version beside the text.
BANDS: tuple[tuple[float, Band], ...] = ((5.4, "easy"), (7.4, "medium"), (9.0, "hard"))

# Syllables. Plain-language guides for English want 15 to 20 words and at most 25 in a sentence.
LONG_SENTENCE = 25

# Syllables a second. Reading: 200 a minute, unhurried. Listening: espeak-ng's Vietnamese voice, measured over
# sentences without numbers or short forms (260 a minute), and its pause after each sentence.
READING = 200 / 60
LISTENING = 260 / 60
PAUSE = 0.3

SYLLABLE = re.compile(r"[^\W_]+(?:[.,]\d+)*")
# What has no vowel between consonants is said letter by letter, or as the words that the letters stand for.
SPELLED = re.compile(r"[A-ZĐƯ]{2,}")
# "2019" is six syllables, "12" two or three.
SYLLABLES_PER_DIGIT = 1.5


def readability(text: str) -> Readability:
    """The reading level of a text. A text without letters or digits has grade 0 and takes no time."""
    counts = []
    letters = 0
    said = 0.0
    for sentence in split_sentences(text):
        syllables = SYLLABLE.findall(sentence)
        if not syllables:
            continue
        counts.append(len(syllables))
        letters += sum(map(str.isalpha, sentence))
        digits = sum(map(str.isdigit, sentence))
        numbers = sum(1 for syllable in syllables if syllable[0].isdigit())
        spelled = sum(len(word) - 1 for word in SPELLED.findall(sentence))
        said += len(syllables) - numbers + SYLLABLES_PER_DIGIT * digits + spelled
    total = sum(counts)
    letters_per_syllable = letters / total if total else 0.0
    syllables_per_sentence = total / len(counts) if counts else 0.0
    grade = max(0.0, 2 * letters_per_syllable + 0.2 * syllables_per_sentence - 6)
    return Readability(
        grade=round(grade, 2),
        band=_band(grade),
        letters_per_syllable=round(letters_per_syllable, 2),
        syllables_per_sentence=round(syllables_per_sentence, 1),
        long_sentences=sum(count > LONG_SENTENCE for count in counts) / len(counts) if counts else 0.0,
        syllables=total,
        sentences=len(counts),
        reading_seconds=round(said / READING, 1),
        listening_seconds=round(said / LISTENING + PAUSE * len(counts), 1),
    )


def _band(grade: float) -> Band:
    return next((band for limit, band in BANDS if grade < limit), "very-hard")


def measures(text: str) -> dict[str, float]:
    """What the library textstat measures rightly in Vietnamese, for reports that compare with it.

    Counts, LIX and ARI: both grow with the length of sentences and letters, and nothing else. The rest
    of textstat needs English syllables (and downloads a dictionary of them when first called) or raises
    an error for Vietnamese. Its sentences are its own: it cuts at "TP." and drops those of two words.

    Returns:
        ``letters``, ``syllables``, ``sentences``, ``lix``, ``ari``.
    """
    import textstat  # noqa: PLC0415 - takes half a second and 40 MB, for a report that few ask for

    return {
        "letters": float(textstat.letter_count(text)),
        "syllables": float(textstat.lexicon_count(text)),
        "sentences": float(textstat.sentence_count(text)),
        "lix": float(textstat.lix(text)),
        "ari": float(textstat.automated_readability_index(text)),
    }
