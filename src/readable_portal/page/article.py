"""A page's bytes to its article: the room's one door."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from readable_portal.errors import PageTooLarge
from readable_portal.model import Article, Block
from readable_portal.page import legacy_fonts, names
from readable_portal.page.anchoring import TitleFinder, find_published
from readable_portal.page.blocks import build_blocks
from readable_portal.page.bylines import find_byline
from readable_portal.page.charset import to_utf8
from readable_portal.page.cleaning import select_runs
from readable_portal.page.lead import find_lead
from readable_portal.page.metadata import read_metadata
from readable_portal.page.refusal import Evidence, refuse_unless_article, refuse_without_text
from readable_portal.page.scoring import find_body, find_forgiven
from readable_portal.page.sentences import ArticleSentences
from readable_portal.page.walk import read_tree, walk_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readable_portal.page.scoring import Body
    from readable_portal.page.tree import Tree

__all__ = ["read_article"]

# Real article pages have 20 to 400 kB.
MAX_BYTES = 4 * 1024 * 1024
# Characters to tell an old font by.
_SAMPLE = 1_500
# Real pages have at most two such elements inside one another.
_MAX_WALKS = 4


def read_article(
    body: bytes | str,
    *,
    url: str = "",
    charset: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    max_bytes: int = MAX_BYTES,
) -> Article:
    """Find the article of a page.

    Args:
        body: The page as the portal sent it, decompressed.
        url: Where it stands.
        charset: Its charset if already known (the ``charset`` of the ``Content-Type`` header).
        headers: The response's headers; ``content-type`` is looked at when ``charset`` is not given.
        max_bytes: Larger pages are refused.

    Raises:
        NotAnArticle: The page is a list, a home page, a form, an error page, or has no text.
        PageTooLarge: The page is larger or nested deeper than the limits.
    """
    if len(body) > max_bytes:
        raise PageTooLarge(f"the page has {len(body)} bytes, more than {max_bytes}")
    if isinstance(body, str):
        # Lone surrogates, which no page has, become question marks.
        html = body.removeprefix("\ufeff").encode("utf-8", "replace")
    else:
        html = to_utf8(body, charset=charset, headers=headers)
    tree = read_tree(html, prune=True)
    forgiven: frozenset[int] = frozenset()
    # One inside another: names inside what is not read are only seen once it is.
    for _ in range(_MAX_WALKS):
        more = find_forgiven(tree) - forgiven
        if not more:
            break
        forgiven |= more
        tree = walk_again(tree, forgiven)
    _modernize(tree)
    metadata = read_metadata(tree.parser)
    titles = TitleFinder(tree, metadata)
    found = find_body(tree, titles.anchor)
    if found is None:
        raise refuse_without_text(tree, url, metadata.document_title)
    first, last = _range(tree, found)
    start = next((i for i in range(first, last) if tree.runs[i].value > 0), first)
    title = titles.find(found, start)
    if title.first >= start:
        start = next((i for i in range(title.after, last) if tree.runs[i].value > 0), start)
    lead, lead_why = find_lead(tree, title.after if title.first >= 0 else max(0, start - 8), start, metadata)
    if title.first >= first:
        first = max(first, title.after)
    chosen = select_runs(tree, found, first, last)
    published, date_why = find_published(tree, title, start, last, metadata)
    evidence = Evidence(
        title_seen=title.first >= 0,
        dated=published is not None,
        named_body=bool(tree.own[found.element] & names.BODY),
        declared=metadata.kind == "article" or any(t.endswith("Article") for t in metadata.types),
    )
    refuse_unless_article(tree, found, chosen, url=url, title=title, metadata=metadata, evidence=evidence)
    byline = find_byline(tree, max(0, title.first), chosen[0], chosen[-1], metadata)
    blocks = build_blocks(tree, chosen, lead=lead, signature=byline.signature)
    lead_text = ""
    if lead >= 0:
        run = tree.runs[lead]
        lead_text = run.text
        blocks.insert(0, Block(kind="lead", text=lead_text, path=tree.path(run.container)))
    text = "\n".join(_lines(blocks))
    return Article(
        url=url,
        title=title.text,
        lead=lead_text,
        published=published.when if published else None,
        byline=byline.author,
        source=byline.source,
        section=metadata.section,
        language=metadata.language or "vi",
        blocks=tuple(blocks),
        sentences=ArticleSentences(blocks),
        text=text,
        title_path=tree.path(title.element) if title.element > 0 else "",
        body_path=tree.path(found.element),
        digest=_digest(title.text, blocks),
        evidence=(
            ("title", title.evidence),
            ("published", date_why),
            ("byline", byline.evidence),
            ("lead", lead_why),
        ),
    )


def _modernize(tree: Tree) -> None:
    """Turn text for fonts of the 1990s (TCVN3, VNI) into Unicode, run by run."""
    font = legacy_fonts.detect(_sample(tree))
    if font:
        for run in tree.runs:
            run.text = legacy_fonts.convert(run.text, font)
            run.size = len(run.text)


def _sample(tree: Tree) -> str:
    """Some lines that are not plain ASCII, enough to tell a font of the 1990s by."""
    parts, size = [], 0
    for run in tree.runs:
        if run.size >= 40 and not run.text.isascii():
            parts.append(run.text)
            size += run.size
            if size > _SAMPLE:
                break
    return " ".join(parts)


def _range(tree: Tree, body: Body) -> tuple[int, int]:
    """Indexes of the body's first run and after its last."""
    runs, element, end = tree.runs, body.element, body.end
    first = next(i for i, run in enumerate(runs) if element <= run.container < end)
    last = next(i for i in range(len(runs) - 1, -1, -1) if element <= runs[i].container < end)
    return first, last + 1


def _lines(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        if block.kind not in {"caption", "signature"}:
            yield block.text.replace("\t", " ")


def _digest(title: str, blocks: Sequence[Block]) -> str:
    digest = hashlib.sha256(title.encode("utf-8", "replace"))
    for block in blocks:
        digest.update(
            f"\n{block.kind}\t{block.level}\t{block.marker}\t{block.text}".encode("utf-8", "replace")
        )
    return digest.hexdigest()
