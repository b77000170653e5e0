"""``readable-portal check``: what makes a text hard to read, for editors, before it goes on the portal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from readable_portal.model import Article, Readability
    from readable_portal.summary.review import Finding, Review

__all__ = ["check"]

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
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
    from readable_portal.cli.sources import load_article
    from readable_portal.settings import Settings
    from readable_portal.summary.facts import find_facts
    from readable_portal.summary.review import review
    from readable_portal.vietnamese.readability import readability

    article = load_article(source, timeout=timeout, max_bytes=Settings.load().max_page_bytes)
    texts = [each.text for each in article.sentences]
    level = readability(article.text)
    made = review(article.title, texts, level=level, facts=find_facts(texts))
    if output == "text":
        _text(article, made, level, at_least, language)
    else:
        answer = _json(article, made, level) if output == "json" else _sarif(article, made, source, language)
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    if made.score < at_least:
        raise typer.Exit(1)


def _message(finding: Finding, language: str) -> str:
    from readable_portal.summary.review import RULES

    words = WORDS[language]
    said = RULES[finding.rule][1 if language == "vi" else 2]
    if finding.text and len(finding.text) <= SHOWN:
        said += f": “{finding.text}”"
    return f"{said} → {words['instead']}: “{finding.instead}”" if finding.instead else said


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
    if not made.findings:
        typer.echo(words["nothing"])
    typer.echo(
        f"\n{words['score']}: {made.score}/100. "
        f"{words['grade']}: {level.grade} ({words['bands'][level.band]}), "
        f"{level.syllables_per_sentence} {words['per']}."
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
                "message": {language: _message(each, language) for language in WORDS},
            }
            for each in made.findings
        ],
    }


def _sarif(article: Article, made: Review, source: str, language: str) -> dict[str, Any]:
    """SARIF 2.1.0 (OASIS). Lines are those of the article's text, a block each, because a page has others."""
    import readable_portal
    from readable_portal.summary.review import RULES

    used = sorted({each.rule for each in made.findings})
    results = []
    for each in made.findings:
        location: dict[str, Any] = {"artifactLocation": {"uri": article.url or source}}
        if each.sentence >= 0:
            sentence = article.sentences[each.sentence]
            start, end = sentence.start + each.start, sentence.start + each.end
            location["region"] = {
                "startLine": sentence.block + 1,
                "startColumn": start + 1,
                "endColumn": end + 1,
                "snippet": {"text": each.text},
            }
        results.append(
            {
                "ruleId": each.rule,
                "ruleIndex": used.index(each.rule),
                "level": each.level,
                "message": {"text": _message(each, language)},
                "locations": [{"physicalLocation": location}],
            }
        )
    driver = {
        "name": "readable-portal",
        "version": readable_portal.__version__,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": RULES[rule][1 if language == "vi" else 2]},
                "defaultConfiguration": {"level": RULES[rule][0]},
            }
            for rule in used
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "properties": {"score": made.score},
        "results": results,
    }
    return {"$schema": SARIF, "version": "2.1.0", "runs": [run]}
