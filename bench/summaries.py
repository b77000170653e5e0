"""Summaries beside sumy and the lead: ROUGE over syllables, reading level, documents per second, in one run.

    python bench/summaries.py DATA.jsonl … [--limit N] [--rounds N]

Each line of the data is a document: `title`, `body` (a list of sentences) and `summary` (by a person). The
data is not part of this repository. sumy gets a Vietnamese tokenizer, because its own fails
(`Tokenizer("vietnamese")` is a LookupError) and its word pattern drops what has a digit. Needs the `bench`
dependency group.

What each row does within the time that is measured, from a title and sentences as texts:

- `readable-portal, verbatim`: chooses sentences. This is the task of sumy's rows.
- `readable-portal`: chooses them and puts them into plainer words.
- `summarize`: what a program calls, from an article: the same, then the gate, names in full, abbreviations
  written out. Facts, terms and reading levels are made when somebody asks for them.
- `summarize, all of it`: with facts, terms and both reading levels, which no row of sumy's makes.
- `sumy …`: builds sumy's document of the sentences, and chooses.
- `sumy Edmundson, words ready`: the same, but the document was built and cut into words before the clock
  began; it flatters sumy, since every other row cuts words within its time.

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

from readable_portal import summarize
from readable_portal.model import Article, Block, Spoken
from readable_portal.model import Sentence as ArticleSentence
from readable_portal.summary.extractive import select
from readable_portal.vietnamese import readability

if TYPE_CHECKING:
    from collections.abc import Callable

SYLLABLE = re.compile(r"\w+")


class Document(NamedTuple):
    """What a system is given, the same as an article of ours, and the summary that a person wrote."""

    title: str
    sentences: list[str]
    article: Article
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
        article = as_article(data["title"], data["body"])
        found.append(Document(data["title"], data["body"], article, syllables(data["summary"])))
    return found


def as_article(title: str, sentences: list[str]) -> Article:
    """As it would be read from a page: a paragraph for each sentence."""
    return Article(
        url="https://portal.example/tin/1",
        title=title,
        blocks=tuple(
            Block(kind="paragraph", text=text, path=f"body>p:nth-of-type({place})")
            for place, text in enumerate(sentences, 1)
        ),
        sentences=tuple(
            ArticleSentence(
                index=place, block=place, start=0, end=len(text), text=text, spoken=Spoken(text, ())
            )
            for place, text in enumerate(sentences)
        ),
        text="\n".join(sentences),
    )


def lead(document: Document, count: int) -> list[str]:
    """The first sentences."""
    return document.sentences[:count]


def ours(document: Document, count: int) -> list[str]:
    """This package."""
    return [form.text for _, form in select(document.title, document.sentences, count=count)]


def ours_verbatim(document: Document, count: int) -> list[str]:
    """This package, without changing a sentence: the same task as sumy's."""
    return [form.text for _, form in select(document.title, document.sentences, count=count, plain=False)]


def ours_called(document: Document, count: int) -> list[str]:
    """This package, as a program calls it."""
    return [each.text for each in summarize(document.article, sentences=count).sentences]


def ours_whole(document: Document, count: int) -> list[str]:
    """This package, with facts, terms and reading levels."""
    return [each.text for each in summarize(document.article, sentences=count).whole().sentences]


def peer(kind: type[Any], *, ready: bool = False) -> Callable[[Document, int], list[str]]:
    """A method of sumy; ``ready`` if its documents are to be kept, so that the best round cuts no words."""
    tokenizer = Tokenizer()
    kept: dict[int, Any] = {}

    def parse(document: Document) -> Any:
        return ObjectDocumentModel([Paragraph([Sentence(each, tokenizer) for each in document.sentences])])

    def run(document: Document, count: int) -> list[str]:
        if ready:
            if id(document) not in kept:
                kept[id(document)] = parse(document)
            parsed = kept[id(document)]
        else:
            parsed = parse(document)
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
    "summarize": ours_called,
    "summarize, all of it": ours_whole,
    "sumy Edmundson": peer(EdmundsonSummarizer),
    "sumy Edmundson, words ready": peer(EdmundsonSummarizer, ready=True),
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
