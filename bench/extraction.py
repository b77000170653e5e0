"""How well and how fast articles are found, beside trafilatura, readability-lxml and resiliparse.

    python bench/extraction.py FOLDER [FOLDER …] [--rounds 3] [--only readable-portal,trafilatura]

FOLDER holds gold pages: ``NAME.html`` or ``NAME.html.gz`` and ``NAME.json`` with ``text`` (lead and body, a
paragraph a line) and, where known, ``title``, ``lead``, ``date`` and ``author``; the format of the
article-extraction-benchmark's pages, which can be had from its repository, converted so.

Every extractor runs in a process of its own over the same pages, already in memory. F1 is over multisets of
shingles of four words (P and R averaged over pages, F1 of the means); fields count when they are equal
after white space and case are folded (the date: the same day); pages a second are the best of the rounds,
in processor time; memory is the process's peak less what it had with the pages loaded and nothing imported.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = tuple[list[bytes], list[dict[str, Any]]]
FIELDS = ("title", "lead", "date", "author")
TOKEN = re.compile(r"\w+")


def ours() -> Callable[[bytes], dict[str, str]]:
    """readable-portal."""
    from readable_portal.errors import ReadablePortalError
    from readable_portal.page.article import read_article

    def extract(page: bytes) -> dict[str, str]:
        try:
            article = read_article(page)
        except ReadablePortalError:
            return {}
        date = article.published.isoformat() if article.published else ""
        return {
            "text": article.text,
            "title": article.title,
            "lead": article.lead,
            "date": date,
            "author": article.byline,
        }

    return extract


def trafilatura() -> Callable[[bytes], dict[str, str]]:
    """Trafilatura as it comes: text only, which is its fastest full mode."""
    import trafilatura as peer

    return lambda page: {"text": peer.extract(page) or ""}


def trafilatura_metadata() -> Callable[[bytes], dict[str, str]]:
    """Trafilatura with title, date and author."""
    import trafilatura as peer

    def extract(page: bytes) -> dict[str, str]:
        found = peer.bare_extraction(page, with_metadata=True)
        if found is None:
            return {}
        about = found if isinstance(found, dict) else found.as_dict()
        return {key: about.get(key) or "" for key in ("text", "title", "date", "author")}

    return extract


def readability() -> Callable[[bytes], dict[str, str]]:
    """readability-lxml, its HTML turned to text by lxml."""
    import lxml.html
    import readability as peer

    def extract(page: bytes) -> dict[str, str]:
        document = peer.Document(page.decode("utf-8", "replace"))
        summary = lxml.html.fromstring(document.summary())
        return {"text": "\n".join(summary.itertext()), "title": document.short_title()}

    return extract


def resiliparse() -> Callable[[bytes], dict[str, str]]:
    """Resiliparse, main content only."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: {"text": extract_plain_text(page.decode("utf-8", "replace"), main_content=True)}


EXTRACTORS: dict[str, tuple[Callable[[], Callable[[bytes], dict[str, str]]], str]] = {
    "readable-portal": (ours, "selectolax"),
    "trafilatura": (trafilatura, "trafilatura"),
    "trafilatura+fields": (trafilatura_metadata, "trafilatura"),
    "readability-lxml": (readability, "readability"),
    "resiliparse": (resiliparse, "resiliparse"),
}


def load(folders: list[str]) -> PAGES:
    """Pages and their gold."""
    pages, gold = [], []
    for folder in folders:
        for path in sorted(Path(folder).glob("*.json")):
            packed = path.with_suffix(".html.gz")
            plain = path.with_suffix(".html")
            if not (packed.exists() or plain.exists()):
                continue
            pages.append(gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes())
            gold.append(json.loads(path.read_text("utf-8")))
    return pages, gold


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, as often as they occur."""
    words = TOKEN.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words)


def fold(value: str) -> str:
    """White space and case folded."""
    return " ".join(value.split()).casefold()


def score(gold: list[dict[str, Any]], found: list[dict[str, str]]) -> dict[str, Any]:
    """Precision, recall, F1 and the share of fields found."""
    precision, recall = [], []
    right: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for want, have in zip(gold, found, strict=True):
        a, b = shingles(want["text"]), shingles(have.get("text", ""))
        hits = sum((a & b).values())
        precision.append(hits / max(1, sum(b.values())))
        recall.append(hits / max(1, sum(a.values())))
        for name in FIELDS:
            if want.get(name):
                known[name] += 1
                value, given = fold(str(want[name])), fold(have.get(name, ""))
                right[name] += value[:10] == given[:10] if name == "date" else value == given
    p, r = statistics.mean(precision), statistics.mean(recall)
    fields = {name: f"{right[name]}/{known[name]}" for name in FIELDS if known[name]}
    return {"p": p, "r": r, "f1": 2 * p * r / max(1e-9, p + r), **fields}


def peak_kib() -> int:
    """Peak memory of this process, in KiB (Linux's unit)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def work(name: str, folders: list[str], rounds: int) -> dict[str, Any]:
    """Run one extractor in this process."""
    pages, gold = load(folders)
    before = peak_kib()
    extract = EXTRACTORS[name][0]()
    found = [extract(page) for page in pages]
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        for page in pages:
            extract(page)
        seconds.append(time.process_time() - began)
    memory = (peak_kib() - before) / 1024
    return {
        **score(gold, found),
        "pages_s": len(pages) / min(seconds),
        "mib": memory,
        "peak": peak_kib() / 1024,
    }


def main() -> None:
    """Run every extractor in turn and print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(EXTRACTORS))
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(work(options.worker, options.folders, options.rounds)))
        return
    rows = []
    for name in options.only.split(","):
        if importlib.util.find_spec(EXTRACTORS[name][1]) is None:
            print(f"{name}: not installed, see the bench group of pyproject.toml", file=sys.stderr)
            continue
        command = [
            sys.executable,
            __file__,
            *options.folders,
            "--rounds",
            str(options.rounds),
            "--worker",
            name,
        ]
        rows.append((name, json.loads(subprocess.run(command, check=True, capture_output=True).stdout)))
    base = next((row["pages_s"] for name, row in rows if name == "trafilatura"), None)
    print(f"{'':20} {'P':>6} {'R':>6} {'F1':>6} {'pages/s':>8} {'ratio':>6} {'MiB':>6} {'peak':>6}  fields")
    for name, row in rows:
        ratio = f"{row['pages_s'] / base:5.1f}x" if base else ""
        fields = "  ".join(f"{field} {row[field]}" for field in FIELDS if field in row)
        print(
            f"{name:20} {row['p']:6.3f} {row['r']:6.3f} {row['f1']:6.3f} {row['pages_s']:8.1f} {ratio:>6} "
            f"{row['mib']:6.0f} {row['peak']:6.0f}  {fields}"
        )


if __name__ == "__main__":
    main()
