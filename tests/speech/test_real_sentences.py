"""The whole way on real Vietnamese: written text, spoken text, the engine, marks."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import espeakng_loader
import pytest

from readable_portal.model import Article, Block, Sentence
from readable_portal.settings import Settings
from readable_portal.speech.marks import written_words
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store
from readable_portal.vietnamese import split_sentences, verbalize

HOME = Path(__file__).parents[2]
ARTICLE = (HOME / "tests/demo/seed_article.txt").read_text("utf-8")
PAGES = sorted((HOME / "examples/demo_portal/articles").glob("*.html"))


def sentences() -> list[str]:
    """Of the seed article and the demo portal's pages, without their markup."""
    texts = [ARTICLE, *(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")) for page in PAGES)]
    lines = (line for text in texts for line in text.splitlines())
    return [str(part) for line in lines for part in split_sentences(" ".join(line.split()))]


def article_of(text: str) -> Article:
    blocks: list[Block] = []
    found: list[Sentence] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        for part in split_sentences(line):
            found.append(
                Sentence(
                    index=len(found),
                    block=len(blocks),
                    start=part.start,
                    end=part.end,
                    text=str(part),
                    spoken=verbalize(str(part)),
                )
            )
        blocks.append(Block(kind="paragraph", text=line, path="p"))
    return Article(url="", title="", blocks=tuple(blocks), sentences=tuple(found), text=text, digest="seed")


def test_every_written_word_of_the_seed_article_has_its_mark_in_order_inside_the_sound() -> None:
    async def run() -> None:
        speaker = SpeechService(Settings(), Store("memory:///"))
        article = article_of(ARTICLE)
        recording = await speaker.record(article)
        async for _ in recording.follow():
            pass
        await speaker.close()
        marks = recording.marks()
        before = 0
        for entry in marks["sentences"]:
            text = article.sentences[entry["index"]].text
            assert [(start, end) for _, _, start, end in entry["words"]] == written_words(text)
            for start_ms, end_ms, start, end in entry["words"]:
                assert before <= start_ms <= end_ms <= marks["durationMs"]
                if end_ms == start_ms:
                    assert not verbalize(text[start:end]).text.strip(" .,;:"), text[start:end]
                before = end_ms
        assert before > 60_000

    asyncio.run(run())


@pytest.mark.slow
def test_two_hundred_real_sentences_have_all_their_marks() -> None:
    async def run() -> None:
        speaker = SpeechService(Settings(), Store("memory:///"))
        found = sentences()
        assert len(found) >= 200
        for text in found:
            spoken = verbalize(text)
            if not any(map(str.isalnum, spoken.text)):
                continue
            speech = await speaker.sentence(text, spoken)
            assert [(mark.start, mark.end) for mark in speech.marks] == written_words(text)
            passed = 0
            for mark in speech.marks:
                assert passed <= mark.start_ms <= mark.end_ms <= speech.duration_ms
                passed = mark.end_ms
        await speaker.close()

    asyncio.run(run())


# The digit by which espeak-ng's phonemes name a tone; the level tone has none.
TONES = {"\u0300": "2", "\u0301": "3", "\u0309": "4", "\u0303": "5", "\u0323": "6"}
NUMBERS = [
    "không",
    "một",
    "hai",
    "ba",
    "bốn",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mươi",
    "trăm",
    "nghìn",
    "triệu",
    "tỷ",
    "linh",
    "lăm",
    "tư",
    "mốt",
    "phẩy",
]


def tone(word: str) -> str:
    return next((TONES[each] for each in unicodedata.normalize("NFD", word) if each in TONES), "")


@pytest.mark.parametrize("voice", ["vi", "vi-vn-x-central", "vi-vn-x-south"])
def test_each_syllable_and_number_of_real_sentences_has_its_tone(voice: str) -> None:
    """Espeak's own phonemes: a syllable's tone is the one that is written, and nothing is read as English."""
    said = [verbalize(text).text for text in sentences()]
    vietnamese = [text for text in said if sum(map(bool, map(tone, text.split()))) > len(text.split()) / 3]
    assert len(vietnamese) >= 100
    words = {
        word.lower()
        for text in (*vietnamese, *NUMBERS)
        for word in re.findall(r"\w+", text)
        if tone(word) or word in NUMBERS
    }
    ordered = sorted(words)
    answer = subprocess.run(
        [
            sys.executable, str(Path(__file__).with_name("phonemes.py")),
            espeakng_loader.get_library_path(), espeakng_loader.get_data_path(), voice,
        ],
        input="\n".join(ordered), capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    phonemes = answer.stdout.splitlines()
    assert len(phonemes) == len(ordered) > 300
    wrong = [
        (word, sounds)
        for word, sounds in zip(ordered, phonemes, strict=True)
        if "".join(re.findall(r"[2-6]", sounds)) != tone(word) or "(" in sounds
    ]
    assert not wrong
