"""``readable-portal read``: what is the article of a page, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readable_portal.errors import NotAnArticle

if TYPE_CHECKING:
    from rich.console import Console

    from readable_portal.model import Article, Page

__all__ = ["read"]

# Kinds as the reader of the terminal meets them.
_STYLES = {"heading": "bold", "lead": "italic", "caption": "dim", "signature": "dim", "quote": "italic"}


def read(
    source: Annotated[str, typer.Argument(help="Address, file, or - for standard input.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print all that was found as JSON.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print every line of the page with its score.")
    ] = False,
    presets: Annotated[str, typer.Option(help="A TOML file with selectors of your portal.")] = "",
    timeout: Annotated[float, typer.Option(help="Seconds to wait for the page.")] = 10.0,
    max_bytes: Annotated[
        int | None, typer.Option(min=1, help="Larger pages are refused; by default as max_page_bytes says.")
    ] = None,
) -> None:
    """Show the article of a page: title, date, author, text, and where each was found.

    Exit status is 1 if the page is no article; the reason is printed.
    """
    from rich.console import Console

    from readable_portal.cli.sources import load_page
    from readable_portal.page.article import read_article
    from readable_portal.page.presets import load_presets
    from readable_portal.settings import Settings

    console = Console(soft_wrap=True, highlight=False)
    most = max_bytes or Settings.load().max_page_bytes
    page = load_page(source, timeout=timeout, max_bytes=most)
    if explain:
        _explain(page, console)
    chosen = load_presets(presets)
    try:
        article = read_article(page.body, url=page.url, headers=page.headers, presets=chosen, max_bytes=most)
    except NotAnArticle as refusal:
        if as_json:
            typer.echo(
                json.dumps({"notAnArticle": refusal.reason, "detail": refusal.detail}, ensure_ascii=False)
            )
            raise typer.Exit(1) from refusal
        raise
    if as_json:
        typer.echo(json.dumps(as_dict(article), ensure_ascii=False, indent=2))
    else:
        _show(article, console)


def as_dict(article: Article) -> dict[str, Any]:
    """An article as JSON has it: all fields, blocks with their paths, evidence by field."""
    return {
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "published": article.published.isoformat() if article.published else None,
        "byline": article.byline,
        "source": article.source,
        "section": article.section,
        "language": article.language,
        "titlePath": article.title_path,
        "bodyPath": article.body_path,
        "digest": article.digest,
        "blocks": [
            {
                "kind": block.kind,
                "text": block.text,
                "path": block.path,
                "level": block.level,
                "marker": block.marker,
                "fingerprint": block.fingerprint,
            }
            for block in article.blocks
        ],
        "evidence": dict(article.evidence),
    }


def _show(article: Article, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    fields = Table.grid(padding=(0, 2))
    published = article.published.isoformat(sep=" ", timespec="minutes") if article.published else ""
    evidence = dict(article.evidence)
    for name, value, why in (
        ("title", article.title, evidence.get("title")),
        ("published", published, evidence.get("published")),
        ("byline", article.byline, evidence.get("byline")),
        ("source", article.source, ""),
        ("section", article.section, ""),
        ("lead", "first block" if article.lead else "", evidence.get("lead")),
        ("body", article.body_path, evidence.get("body")),
    ):
        if value:
            fields.add_row(f"[bold]{name}[/]", escape(value), f"[dim]{escape(why or '')}[/]")
    console.print(fields)
    console.print()
    for block in article.blocks:
        style = _STYLES.get(block.kind, "")
        marker = f"{block.marker} " if block.marker else ""
        console.print(f"{marker}{block.text}", style=style or None, markup=False)
        console.print()


def _explain(page: Page, console: Console) -> None:
    """Print every line of the page: its worth, what its element says, and whether the body holds it."""
    from readable_portal.page.explain import explain_page

    report = explain_page(page.body, headers=page.headers)
    console.print(f"body {report.body_path}", style="bold", markup=False)
    for line in report.lines:
        mark = "*" if line.inside else " "
        flags = ",".join(line.flags)
        console.print(f"{mark} {line.value:8.1f}  <{line.tag}> {flags}  {line.text[:100]}", markup=False)
    console.print()
