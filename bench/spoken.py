"""Written to spoken Vietnamese beside other normalisers: `python bench/spoken.py [GOLD.tsv] [--text FILE]`.

Accuracy on a gold file (category, written, accepted readings parted by pipes) and speed on one text, in one
run. The default gold file is the second list of the tests. It was written before it was ever scored,
but by us, and its faults were mended afterwards, so it favours us: bring a list of your own.

Peers are measured if they are installed: `uv sync --group bench`. The comparison is forgiving: capitals,
punctuation, tone placement, nghìn or ngàn, linh or lẻ, and a spoken or silent slash do not count.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from readable_portal.vietnamese import verbalize
from readable_portal.vietnamese.syllables import place_tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Speaker = Callable[[str], str]

CASES = Path(__file__).parent.parent / "tests" / "vietnamese" / "cases" / "spoken_second.tsv"
SIZE = 60_000
SAME = {"ngàn": "nghìn", "lẻ": "linh", "tỉ": "tỷ", "xê": "c", "bê": "b", "đê": "đ", "hecta": "héc ta"}
SILENT = re.compile(r"\b(?:gạch (?:chéo|ngang|nối)|xuyệt|xuỵt|xẹt)\b")
# The slashes of a document number may be said "trên", "năm" (before a year) or not at all.
SLASH = re.compile(r"\b(?:trên|năm (?=(?:một|hai) nghìn))\s*")


def peers() -> dict[str, Speaker]:
    """Ours and what is installed."""
    found: dict[str, Speaker] = {"readable-portal": lambda text: verbalize(text).text}
    loaders: dict[str, Callable[[], Speaker]] = {
        "sea-g2p": lambda: importlib.import_module("sea_g2p").Normalizer().normalize,
        "g2p-hamster": hamster,
        "vinorm": lambda: importlib.import_module("vinorm").TTSnorm,
        "vietnormalizer": lambda: importlib.import_module("vietnormalizer").VietnameseNormalizer().normalize,
        "underthesea": lambda: importlib.import_module("underthesea").text_normalize,
    }
    for name, load in loaders.items():
        try:
            speak = load()
            speak("thử")
        except Exception as error:  # noqa: BLE001 - a peer may fail to load in any way, and is named
            print(f"{name}: not measured ({error!r})")
        else:
            found[name] = speak
    return found


def hamster() -> Speaker:
    """g2p-hamster has no public call for text alone; its tokens carry it."""
    pipeline = importlib.import_module("g2p_hamster.t0.pipeline")

    def speak(text: str) -> str:
        return str(pipeline.normalize(text)["read_string"])

    return speak


def canonical(text: str, *, document: bool = False) -> str:
    """What is compared: words, without what two careful readers may do differently."""
    text = unicodedata.normalize("NFC", text).lower()
    text = SILENT.sub(" ", "".join(one if one.isalnum() else " " for one in text))
    words = " ".join(SAME.get(word, place_tone(word)) for word in text.split())
    words = words.replace("mươi bốn", "mươi tư").replace("việt nam đồng", "đồng")
    return " ".join(SLASH.sub("", words).split()) if document else words


def accuracy(speak: Speaker, rows: Sequence[Sequence[str]]) -> tuple[float, Counter[str]]:
    """The share of right readings, and how many are wrong by category."""
    wrong: Counter[str] = Counter()
    for category, written, *accepted in rows:
        document = category == "document"
        try:
            said = canonical(speak(written), document=document)
        except Exception:  # noqa: BLE001 - a crash is a wrong reading
            said = "?"
        readings = "".join(accepted).split("|")
        wrong[category] += said not in {canonical(each, document=document) for each in readings}
    return 1 - wrong.total() / len(rows), +wrong


def speed(speak: Speaker, lines: Sequence[str]) -> float:
    """Characters a second of process time, line by line, best of three, or one of ten seconds."""
    best = float("inf")
    for _ in range(3):
        before = time.perf_counter()
        for line in lines:
            speak(line)
        took = time.perf_counter() - before
        best = min(best, took)
        if took > 10:
            break
    return sum(map(len, lines)) / best


def read_lines(path: Path | None, rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a text (or of JSON lines with a ``body``) up to a fixed size; else the gold sentences."""
    if path is None:
        lines = [row[1] for row in rows if row[0] == "sentence"]
        return lines * max(1, SIZE // max(1, sum(map(len, lines))))
    raw = path.read_text("utf-8").splitlines()
    if path.suffix == ".jsonl":
        raw = [line for each in raw for line in json.loads(each)["body"]]
    lines, total = [], 0
    for line in raw:
        lines.append(line)
        total += len(line)
        if total > SIZE:
            break
    return lines


def main() -> None:
    """Print one line a normaliser."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", nargs="?", type=Path, default=CASES)
    parser.add_argument("--text", type=Path, help="a text, or JSON lines with a body, to take the speed on")
    arguments = parser.parse_args()
    rows = [
        line.split("\t")
        for line in arguments.gold.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    lines = read_lines(arguments.text, rows)
    print(f"{len(rows)} expressions; speed on {sum(map(len, lines)):,} characters in {len(lines)} lines")
    for name, speak in peers().items():
        right, wrong = accuracy(speak, rows)
        fast = speed(speak, lines)
        missed = ", ".join(f"{category} {count}" for category, count in sorted(wrong.items()))
        print(f"{name:16} {right:.3f}  {fast:12,.0f} characters/s  wrong: {missed or 'none'}")


if __name__ == "__main__":
    main()
