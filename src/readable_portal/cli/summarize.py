"""``readable-portal summarize``: a page's summary, key facts and terms, each with the place it stands on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from readable_portal.model import Article, Summary

__all__ = ["summarize"]


def summarize(
    source: Annotated[
        str, typer.Argument(help="Address, file (page or plain text), or - for standard input.")
    ],
    *,
    sentences: Annotated[int | None, typer.Option(min=1, help="Sentences of the summary.")] = None,
    engine: Annotated[str | None, typer.Option(help="extract, chat, or an entry point's name.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for the page.")] = 10.0,
) -> None:
    """Sum an article up in plain words; facts, terms and reading level beside it.

    With a chat engine this waits for the model, as long as the setting chat_timeout says.
    """
    from readable_portal.cli.sources import load_article
    from readable_portal.settings import Settings
    from readable_portal.summary.engine import get_summarizer
    from readable_portal.summary.service import summarize_with

    given: dict[str, Any] = {"summarizer": engine, "summary_sentences": sentences}
    settings = Settings.load(**{key: value for key, value in given.items() if value is not None})
    article = load_article(source, timeout=timeout, max_bytes=settings.max_page_bytes)
    made = summarize_with(get_summarizer(settings), article, settings.summary_sentences)
    if as_json:
        typer.echo(json.dumps(asdict(made) | {"text": made.text}, ensure_ascii=False, indent=2))
    else:
        _show(article, made)


def _show(article: Article, made: Summary) -> None:
    if article.title:
        typer.secho(article.title, bold=True)
    for each in made.sentences:
        sources = ", ".join(str(place + 1) for place in each.sources or (each.source,))
        typer.echo(f"• {each.text} " + typer.style(f"[{sources}]", dim=True))
        for change in each.changes:
            typer.secho(f"    {change.rule}: {change.before!r} -> {change.after!r}", dim=True)
    for fact in made.facts:
        typer.echo(f"{fact.kind + ':':10}{fact.value} " + typer.style(f"[{fact.sentence + 1}]", dim=True))
    for term in made.glossary:
        typer.echo(f"{term.text}: {term.meaning}")
    for name, level in (("summary", made.readability), ("article", made.article_readability)):
        if level:
            typer.secho(
                f"{name}: grade {level.grade} ({level.band}), {level.syllables} syllables, "
                f"{level.syllables_per_sentence} a sentence, {level.reading_seconds / 60:.1f} min to read",
                dim=True,
            )
    typer.secho(" ".join([f"engine: {made.engine}", *made.notes]), dim=True)
