"""``readable-portal check``: what makes a text hard to read, for editors, before it goes on the portal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from readable_portal.model import Article, Readability
    from readable_portal.summary.review import Finding, Review

__all__ = ["check"]

SHOWN = 90
WORDS = {
    "vi": {
        "score": "Điểm dễ đọc",
        "grade": "Mức đọc",
        "whole": "Cả bài",
        "title": "Tiêu đề",
        "sentence": "Câu",
        "instead": "nên viết",
        "nothing": "Không có gì cần sửa.",
        "below": "Dưới mức yêu cầu",
        "syllables": "tiếng",
        "part": "có thể tách ở",
        "bands": {"easy": "dễ", "medium": "vừa", "hard": "khó", "very-hard": "rất khó"},
        "per": "tiếng mỗi câu",
    },
    "en": {
        "score": "Readability score",
        "grade": "Reading level",
        "whole": "The whole text",
        "title": "Title",
        "sentence": "Sentence",
        "instead": "write",
        "nothing": "Nothing to change.",
        "below": "Below what is asked for",
        "syllables": "syllables",
        "part": "it can be parted at",
        "bands": {"easy": "easy", "medium": "medium", "hard": "hard", "very-hard": "very hard"},
        "per": "syllables a sentence",
    },
}


def check(
    source: Annotated[
        str, typer.Argument(help="Address, file (page or plain text), or - for standard input.")
    ],
    *,
    # Nine of ten administrative news articles that it was tried on reach it.
    at_least: Annotated[int, typer.Option(min=0, max=100, help="Exit status is 1 below this score.")] = 60,
    output: Annotated[
        Literal["text", "json", "sarif"], typer.Option("--format", help="For people, programs or code hosts.")
    ] = "text",
    language: Annotated[Literal["vi", "en"], typer.Option(help="Language of the report.")] = "vi",
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for the page.")] = 10.0,
) -> None:
    """Say sentence by sentence what makes a text hard to read, and what to write instead.

    Exit status is 0 for a text that scores well enough, 1 for one that does not.
    """
    from readable_portal.cli.sarif import sarif
    from readable_portal.cli.sources import load_source
    from readable_portal.settings import Settings
    from readable_portal.summary.facts import find_facts
    from readable_portal.summary.review import review
    from readable_portal.vietnamese.readability import readability

    given = load_source(source, timeout=timeout, max_bytes=Settings.load().max_page_bytes)
    article = given.article
    texts = [each.text for each in article.sentences]
    level = readability(article.text)
    made = review(article.title, texts, level=level, facts=find_facts(texts))
    if output == "text":
        _text(article, made, level, at_least, language)
    else:
        if output == "json":
            answer = _json(article, made, level)
        else:
            answer = sarif(given, made, [_message(each, language) for each in made.findings], language)
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    if made.score < at_least:
        raise typer.Exit(1)


def _message(finding: Finding, language: str) -> str:
    """What to say of a finding; the whole of a new sentence or list is in ``Finding.instead``."""
    from readable_portal.summary.review import RULES

    words: dict[str, Any] = WORDS[language]
    place = 0 if language == "vi" else 1
    rule = RULES[finding.rule]
    said = rule.name[place]
    if finding.count:
        said += f" ({finding.count} {words['syllables']})"
    elif finding.text and len(finding.text) <= SHOWN:
        said += f": “{finding.text}”"
    short = finding.instead and len(finding.instead) <= SHOWN
    if short:
        return f"{said} → {words['instead']}: “{finding.instead}”"
    return (
        f"{said}: {rule.advice[place]}"
        if said == rule.name[place] or finding.count
        else f"{said}; {rule.advice[place]}"
    )


def _offer(finding: Finding, language: str) -> str:
    """What can be pasted in, as far as the message does not hold it: a list, or where to part a sentence."""
    if len(finding.instead) <= SHOWN:
        return ""
    if "\n" in finding.instead:
        return finding.instead
    # A sentence that is parted is the same up to the first new full stop.
    same = 0
    while same < len(finding.text) and finding.instead[same : same + 1] == finding.text[same]:
        same += 1
    head, tail = finding.instead[: same + 1].split()[-6:], finding.instead[same + 1 :].split()[:5]
    return f"{WORDS[language]['part']}: “… {' '.join(head)} {' '.join(tail)} …”"


def _text(article: Article, made: Review, level: Readability, at_least: int, language: str) -> None:
    words: dict[str, Any] = WORDS[language]
    last = None
    for finding in made.findings:
        if finding.sentence != last:
            last = finding.sentence
            if last == -2:
                typer.secho(f"\n{words['whole']}", bold=True)
            elif last == -1:
                typer.secho(f"\n{words['title']}: {article.title}", bold=True)
            else:
                typer.secho(f"\n{words['sentence']} {last + 1}: {article.sentences[last].text}", bold=True)
        colour = "yellow" if finding.level == "warning" else None
        typer.secho(f"  • {_message(finding, language)}", fg=colour)
        for line in _offer(finding, language).splitlines():
            typer.echo(f"      {line}")
    if not made.findings:
        typer.echo(words["nothing"])
    grade, per = str(level.grade), str(level.syllables_per_sentence)
    if language == "vi":
        grade, per = grade.replace(".", ","), per.replace(".", ",")
    typer.echo(
        f"\n{words['score']}: {made.score}/100. "
        f"{words['grade']}: {grade} ({words['bands'][level.band]}), {per} {words['per']}."
    )
    if made.score < at_least:
        typer.secho(f"{words['below']}: {at_least}.", fg="red")


def _json(article: Article, made: Review, level: Readability) -> dict[str, Any]:
    return {
        "version": 1,
        "url": article.url,
        "title": article.title,
        "score": made.score,
        "grade": level.grade,
        "band": level.band,
        "syllablesPerSentence": level.syllables_per_sentence,
        "longSentences": level.long_sentences,
        "findings": [
            {
                "rule": each.rule,
                "level": each.level,
                "sentence": each.sentence,
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "instead": each.instead,
                "syllables": each.count,
                "message": {language: _message(each, language) for language in WORDS},
            }
            for each in made.findings
        ],
    }
