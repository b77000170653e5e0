"""Whether simplifying keeps what counts, and whether the gate catches what was changed.

    python bench/faithfulness.py DATA.jsonl … [--limit N] [--show N]

First, on every sentence of the data, every form that a simplification rule makes is searched for a changed
number, name, negation, condition or attribution. Then each document is summed up, one thing of the summary (a
digit, a date, a name, a negation, a unit, ...) is changed at random (the same every time), and the gate must
doubt it; the summary as it is must not be doubted. Each line of the data is a document: `title` and `body` (a
list of sentences).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from readable_portal.summary.extractive import select
from readable_portal.summary.faithfulness import NEGATIONS, Source
from readable_portal.summary.simplify import UPPER, forms

if TYPE_CHECKING:
    from collections.abc import Iterator

# What must be the same before and after, in its order. Written for this search, not shared with the rules.
KEPT = {
    "number": re.compile(r"\d+(?:[.,/-]\d+)*"),
    "name": re.compile(rf"(?<=[^\W\d_,;] )[{UPPER}]\w*"),
    "negation": re.compile(rf"\b(?:{'|'.join(sorted(NEGATIONS))})\b", re.IGNORECASE),
    "condition": re.compile(r"\b(?:nếu|trường hợp|trừ khi|miễn là|với điều kiện|khi|chỉ)\b", re.IGNORECASE),
    "attribution": re.compile(r"\b(?:theo|cho biết|cho hay|cho rằng|khẳng định|nói)\b", re.IGNORECASE),
    "contrast": re.compile(r"\b(?:tuy nhiên|nhưng|song|mặc dù|dù)\b", re.IGNORECASE),
    "deadline": re.compile(r"\b(?:trước|hạn|chậm nhất|đến hết|kể từ)\b", re.IGNORECASE),
}
# "theo đó" holds "theo" without naming a speaker; "căn cứ theo" only says it twice.
# Nor does "trước đó" date what has a day of its own.
TIED = re.compile(
    r"\b(?:cũng )?theo đó\b|\bcăn cứ (?=theo\b)|\btrên thực tế\b"
    r"|^trước đó,?(?= (?:vào )?(?:ngày|sáng|trưa|chiều|tối|đêm)\b)",
    re.IGNORECASE,
)

# The number of a list item counts nothing.
MARKER = re.compile(rf"^(?:\d{{1,2}}[.)]|[a-zđ]\)|[-–•*+])\s+(?=[{UPPER}])")
DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})(?![\d/.-]|\s*-\s*\d)")
PERSON = re.compile(rf"(?:[Ôô]ng|[Bb]à) ([{UPPER}]\w+(?: [{UPPER}]\w+){{1,3}})(?!\w)")
MEASURED = re.compile(r"(?<=\d )(?:triệu|tỷ|tỉ|đồng|USD|km|ha|kg|tấn|giờ|phút|người|hộ|tháng)\b")
UNITS = {
    "triệu": "tỷ",
    "tỷ": "triệu",
    "tỉ": "triệu",
    "đồng": "USD",
    "USD": "đồng",
    "km": "m",
    "ha": "m2",
    "kg": "tấn",
    "tấn": "kg",
    "giờ": "phút",
    "phút": "giờ",
    "người": "hộ",
    "hộ": "người",
    "tháng": "năm",
}
MONTH = re.compile(r"(?<=tháng )\d{1,2}\b|(?<=\d[/-])(?:1[0-2]|[1-9])(?![\d/-])")
RANGE = re.compile(r"(\d[\d.,]*)(\s?(?:-|–|đến|tới)\s?(?:ngày )?)(\d[\d.,]*)(?![\d/-])")
PERCENT = re.compile(r"\d(?=\s?%)")
SIGN = re.compile(rf"(?<=\d)\s?/\s?(?:\d{{4}}\s?/\s?)?[{UPPER}]{{2,}}")
TURNED = dict(
    [
        *(("tăng", "giảm"), ("giảm", "tăng"), ("trước", "sau"), ("sau", "trước"), ("trên", "dưới")),
        *(("tối đa", "tối thiểu"), ("tối thiểu", "tối đa"), ("đồng ý", "từ chối"), ("từ chối", "đồng ý")),
    ]
)
OPPOSITE = re.compile(rf"\b(?:{'|'.join(TURNED)})\b")
NAMES = re.compile(rf"[{UPPER}]\w+(?: [{UPPER}]\w+)+")


def changed(before: str, after: str) -> Iterator[str]:
    """The kinds of things that two forms of a sentence do not have in common."""
    before, after = TIED.sub("", MARKER.sub("", before)), TIED.sub("", after)
    for kind, pattern in KEPT.items():
        pair = [[each.lower() for each in pattern.findall(text)] for text in (before, after)]
        # A name after a new full stop is no longer told by what stands before it, but it is still there.
        if kind == "name":
            if set(pair[0]) - set(re.findall(r"\w+", after.lower())):
                yield kind
        elif pair[0] != pair[1]:
            yield kind


def search_rules(documents: list[tuple[str, list[str]]], show: int) -> None:
    """Print how many forms were made by each rule, and those that changed something."""
    made: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for _, body in documents:
        for sentence in body:
            for form in forms(sentence):
                made.update({change.rule for change in form.changes})
                for kind in changed(sentence, form.text):
                    wrong[kind] += 1
                    if wrong[kind] <= show:
                        print(f"  {kind}: {sentence}\n      -> {form.text}")
    count = sum(len(body) for _, body in documents)
    print(f"{count} sentences; forms by rule: {dict(made)}")
    print(f"forms that changed something: {dict(wrong) or 'none'}")


def corruptions(
    text: str, names: list[str], persons: set[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """The text with one thing changed, of each kind that it has.

    Args:
        text: A summary.
        names: Of other articles.
        persons: Whom its article names.
        chance: Where and what.
    """
    yield from _other_words(text, names, chance)
    if found := list(PERSON.finditer(text)):
        person = chance.choice(found)
        if others := sorted(persons - {person[1]}):
            yield "other person", f"{text[: person.start(1)]}{chance.choice(others)}{text[person.end(1) :]}"
    if found := list(MEASURED.finditer(text)):
        unit = chance.choice(found)
        yield "unit", text[: unit.start()] + UNITS[unit[0]] + text[unit.end() :]
    if found := list(MONTH.finditer(text)):
        month = chance.choice(found)
        yield "month", f"{text[: month.start()]}{int(month[0]) % 12 + 1}{text[month.end() :]}"
    if found := [each for each in RANGE.finditer(text) if each[1] != each[3]]:
        ends = chance.choice(found)
        yield "range ends", f"{text[: ends.start()]}{ends[3]}{ends[2]}{ends[1]}{text[ends.end() :]}"
    if found := list(PERCENT.finditer(text)):
        digit = chance.choice(found)
        yield "percent", f"{text[: digit.start()]}{(int(digit[0]) + 3) % 10}{text[digit.end() :]}"
    if found := list(SIGN.finditer(text)):
        sign = chance.choice(found)
        letter = chance.choice([each for each in "ABCHKMNPQT" if each != text[sign.end() - 1]])
        yield "document letter", text[: sign.end() - 1] + letter + text[sign.end() :]
    if found := list(OPPOSITE.finditer(text)):
        word = chance.choice(found)
        yield "opposite", text[: word.start()] + TURNED[word[0]] + text[word.end() :]


def _other_words(text: str, names: list[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    if digits := [found.start() for found in re.finditer(r"\d", text)]:
        place = chance.choice(digits)
        other = chance.choice([each for each in "0123456789" if each != text[place]])
        yield "digit", text[:place] + other + text[place + 1 :]
    dates = [each for each in DATE.finditer(text) if 1 <= int(each[1]) <= 31 and 1 <= int(each[3]) <= 12]
    if dates:
        date = chance.choice(dates)
        day, month = chance.randint(1, 28), chance.randint(1, 12)
        if (day, month) != (int(date[1]), int(date[3])):
            yield "date", f"{text[: date.start()]}{day}{date[2]}{month}{text[date.end() :]}"
    if found := list(NAMES.finditer(text)):
        name, other = chance.choice(found), chance.choice(names)
        if other.lower() != name[0].lower():
            yield "name", text[: name.start()] + other + text[name.end() :]
    if found := list(re.finditer(r"\b(?:không|chưa) ", text)):
        negation = chance.choice(found)
        yield "negation lost", text[: negation.start()] + text[negation.end() :]
    if found := list(re.finditer(r"\b(?:được|có|phải|bị) ", text)):
        verb = chance.choice(found)
        yield "negation added", f"{text[: verb.start()]}không {text[verb.start() :]}"


def try_gate(documents: list[tuple[str, list[str]]], show: int) -> None:
    """Print how much of what was changed the gate doubts, and how often it doubts what was not."""
    chance = random.Random(5)
    names = sorted({name for _, body in documents for each in body[:5] for name in NAMES.findall(each)})
    caught: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    alarms = {"as it is": 0, "simplified": 0}
    for title, body in documents:
        source = Source([title, *body])
        verbatim = [body[place] for place, _ in select(title, body, plain=False)]
        alarms["as it is"] += any(source.doubts(each) for each in verbatim)
        sentences = [form.text for _, form in select(title, body)]
        text = " ".join(sentences)
        doubted = set(source.doubts(text))
        alarms["simplified"] += bool(doubted)
        persons = {name for each in body for name in PERSON.findall(each)}
        for kind, other in corruptions(text, names, persons, chance):
            tried[kind] += 1
            if set(source.doubts(other)) - doubted:
                caught[kind] += 1
            elif tried[kind] - caught[kind] <= show:
                print(f"  missed {kind}: {other}")
    total = len(documents)
    print(f"{total} documents; false alarms: {alarms}")
    for kind, count in tried.items():
        print(f"  {kind:16}{caught[kind]:5} of {count:5} caught, {100 * caught[kind] / count:.1f} %")


def main() -> None:
    """Search the rules, then try the gate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=500, help="documents for the gate; the rules see all")
    parser.add_argument("--show", type=int, default=3, help="print so many of what went wrong")
    args = parser.parse_args()
    documents = []
    for path in args.data:
        for line in path.read_text("utf-8").splitlines():
            data = json.loads(unicodedata.normalize("NFC", line))
            documents.append((data["title"], data["body"]))
    search_rules(documents, args.show)
    try_gate(documents[: args.limit], args.show)


if __name__ == "__main__":
    main()
