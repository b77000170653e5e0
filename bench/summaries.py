"""Summaries beside sumy and the lead: ROUGE over syllables, reading level, documents per second, in one run.

    python bench/summaries.py DATA.jsonl … [--limit N] [--rounds N]

Each line of the data is a document: `title`, `body` (a list of sentences) and `summary` (by a person). The
data is not part of this repository. sumy gets a Vietnamese tokenizer, because its own fails
(`Tokenizer("vietnamese")` is a LookupError) and its word pattern drops what has a digit. Needs the `bench`
dependency group.

ROUGE is F1 x 100 over NFC lower-case syllables; the usual `rouge-score` tokenizer drops every letter
outside a-z and must not be used for Vietnamese (two random sentences score ROUGE-1 51 with it, 23 here).
Speed is by the processor's time, so that what else the machine does counts less.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from readable_portal.summary.extractive import select
from readable_portal.vietnamese import readability

if TYPE_CHECKING:
    from collections.abc import Callable

SYLLABLE = re.compile(r"\w+")


class Document(NamedTuple):
    """What a system is given, and the summary that a person wrote."""

    title: str
    sentences: list[str]
    reference: list[str]


class Tokenizer:
    """What sumy asks a tokenizer for."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """A line is a sentence."""
        return tuple(text.splitlines())

    def to_words(self, text: str) -> tuple[str, ...]:
        """Syllables, numbers included."""
        return tuple(syllables(text))


def syllables(text: str) -> list[str]:
    """Syllables in lower case."""
    return SYLLABLE.findall(text.lower())


def rouge(made: list[str], reference: list[str]) -> tuple[float, float, float]:
    """ROUGE-1, 2 and L, F1 x 100."""
    total = len(made) + len(reference)
    one = (Counter(made) & Counter(reference)).total()
    two = (Counter(pairwise(made)) & Counter(pairwise(reference))).total()
    best = [0] * (len(reference) + 1)
    for word in made:
        corner = 0
        for place, other in enumerate(reference, 1):
            corner, best[place] = (
                best[place],
                corner + 1 if word == other else max(best[place], best[place - 1]),
            )
    return 200 * one / total, 200 * two / max(1, total - 2), 200 * best[-1] / total


def read(path: Path, limit: int | None) -> list[Document]:
    """The documents of a file."""
    found = []
    for line in path.read_text("utf-8").splitlines()[:limit]:
        data = json.loads(unicodedata.normalize("NFC", line))
        found.append(Document(data["title"], data["body"], syllables(data["summary"])))
    return found


def lead(document: Document, count: int) -> list[str]:
    """The first sentences."""
    return document.sentences[:count]


def ours(document: Document, count: int) -> list[str]:
    """This package."""
    return [form.text for _, form in select(document.title, document.sentences, count=count)]


def ours_verbatim(document: Document, count: int) -> list[str]:
    """This package, without changing a sentence: the same task as sumy's."""
    return [form.text for _, form in select(document.title, document.sentences, count=count, plain=False)]


def peer(kind: type[Any]) -> Callable[[Document, int], list[str]]:
    """A method of sumy."""
    tokenizer = Tokenizer()

    def run(document: Document, count: int) -> list[str]:
        parsed = ObjectDocumentModel([Paragraph([Sentence(each, tokenizer) for each in document.sentences])])
        method = kind()
        if kind is EdmundsonSummarizer:
            # It wants words that matter, that do not and that mean nothing; the title's are the first.
            method.bonus_words = syllables(document.title) or ["_"]
            method.stigma_words = ["_"]
            method.null_words = ["_"]
        return [str(each) for each in method(parsed, count)]

    return run


SYSTEMS: dict[str, Callable[[Document, int], list[str]]] = {
    "lead": lead,
    "readable-portal": ours,
    "readable-portal, verbatim": ours_verbatim,
    "sumy Edmundson": peer(EdmundsonSummarizer),
    "sumy SumBasic": peer(SumBasicSummarizer),
    "sumy Luhn": peer(LuhnSummarizer),
    "sumy LSA": peer(LsaSummarizer),
    "sumy LexRank": peer(LexRankSummarizer),
    "sumy TextRank": peer(TextRankSummarizer),
    "sumy Reduction": peer(ReductionSummarizer),
    "sumy KL": peer(KLSummarizer),
}


def main() -> None:
    """Score every system on every file, for one sentence and for three."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is taken for speed")
    args = parser.parse_args()
    for path in args.data:
        documents = read(path, args.limit)
        articles = [readability(" ".join(each.sentences)).grade for each in documents]
        for count in (1, 3):
            print(f"\n{path.name}, {len(documents)} documents, {count} sentence{'s' * (count > 1)}")
            print(
                f"{'':28}{'R1':>7}{'R2':>7}{'RL':>7}{'syll':>6}{'grade':>7}{'<= 9':>7}{'easier':>8}"
                f"{'docs/s':>8}"
            )
            for name, system in SYSTEMS.items():
                fastest = float("inf")
                for _ in range(args.rounds):
                    began = time.process_time()
                    texts = [" ".join(system(each, count)) for each in documents]
                    fastest = min(fastest, time.process_time() - began)
                scores = [
                    rouge(syllables(text), each.reference)
                    for text, each in zip(texts, documents, strict=True)
                ]
                grades = [readability(text).grade for text in texts]
                total = len(documents)
                one, two, three = (sum(score[kind] for score in scores) / total for kind in range(3))
                easy = 100 * sum(grade <= 9 for grade in grades) / total
                easier = 100 * sum(a < b for a, b in zip(grades, articles, strict=True)) / total
                length = sum(len(syllables(text)) for text in texts) / total
                print(
                    f"{name:28}{one:7.2f}{two:7.2f}{three:7.2f}{length:6.0f}{sum(grades) / total:7.2f}"
                    f"{easy:6.0f}%{easier:7.0f}%{total / fastest:8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
