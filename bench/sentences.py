"""Sentence splitting beside other libraries: `python bench/sentences.py [--news FILE]`.

Accuracy on the hard cases of the tests (exact texts, and F1 of the boundaries) and speed on the same text
repeated, all in one run. The cases were written for this project, so they favour it: read them, and bring
texts of your own with `--news`, a file of JSON lines whose `body` is a list of sentences.

Peers are measured if they are installed: `uv sync --group bench`. Newlines are split off for all of them,
since none but ours takes them for boundaries.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from readable_portal.vietnamese import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Splitter = Callable[[str], Sequence[str]]

CASES = Path(__file__).parent.parent / "tests" / "vietnamese" / "sentence_cases.txt"
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
PLAIN = re.compile(rf"(?<=[.!?…])\s+(?=[{UPPER}\"“])")
SIZE = 300_000


def peers() -> dict[str, Splitter]:
    """Ours, a plain regular expression, and what is installed."""
    found: dict[str, Splitter] = {
        "readable-portal": split_sentences,
        "plain regex": by_line(PLAIN.split),
    }
    loaders: dict[str, Callable[[], Splitter]] = {
        "underthesea": lambda: importlib.import_module("underthesea").sent_tokenize,
        "pysbd (en)": lambda: importlib.import_module("pysbd").Segmenter(language="en", clean=False).segment,
        "syntok": _syntok,
    }
    for name, load in loaders.items():
        try:
            found[name] = by_line(load())
        except ImportError:
            print(f"{name}: not installed")
    return found


def _syntok() -> Splitter:
    segmenter = importlib.import_module("syntok.segmenter")

    def split(text: str) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(text)
            for sentence in paragraph
        ]

    return split


def by_line(split: Splitter) -> Splitter:
    """The splitter on each line of its own."""
    return lambda text: [part for line in text.splitlines() for part in split(line)]


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Where sentences end, in characters other than white space; the last end does not count."""
    ends = set()
    total = 0
    for sentence in sentences:
        total += len("".join(sentence.split()))
        ends.add(total)
    return ends - {total}


def score(split: Splitter, texts: Sequence[tuple[str, list[str]]]) -> tuple[int, float]:
    """Texts split exactly right, and F1 of the boundaries."""
    exact = hit = both = 0
    for text, gold in texts:
        got, want = boundaries(split(text)), boundaries(gold)
        exact += got == want
        hit += len(got & want)
        both += len(got) + len(want)
    return exact, 2 * hit / both


def speed(split: Splitter, text: str) -> float:
    """Million characters a second, the best of three."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        split(text)
        best = min(best, time.process_time() - begin)
    return len(text) / best / 1e6


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--news", type=Path, help="JSON lines, each with a body: the list of its sentences")
    options = parser.parse_args()
    lines = [line.replace("⏎", "\n") for line in CASES.read_text("utf-8").splitlines()]
    cases = [(line.replace("‖", ""), line.split("‖")) for line in lines if line and line[0] != "#"]
    news = []
    if options.news:
        bodies = [json.loads(line)["body"] for line in options.news.open(encoding="utf-8")]
        news = [(" ".join(body), body) for body in bodies]
    long = "\n".join(text for text, _ in cases)
    long = (long + "\n") * (SIZE // len(long))
    print(f"{'':18}{'exact of ' + str(len(cases)):>14}{'F1':>8}{'news F1':>9}{'Mchar/s':>9}")
    for name, split in peers().items():
        exact, f1 = score(split, cases)
        on_news = f"{score(split, news)[1]:9.3f}" if news else f"{'-':>9}"
        print(f"{name:18}{exact:14}{f1:8.3f}{on_news}{speed(split, long):9.2f}")


if __name__ == "__main__":
    main()
