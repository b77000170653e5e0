"""A page's bytes to its article: the room's one door."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from readable_portal.errors import NotAnArticle, PageTooLarge
from readable_portal.model import Article
from readable_portal.page import legacy_fonts, names
from readable_portal.page.anchoring import TitleFinder, find_published, folded_letters
from readable_portal.page.beside import Surroundings
from readable_portal.page.blocks import build_blocks
from readable_portal.page.bylines import find_byline
from readable_portal.page.charset import to_utf8
from readable_portal.page.cleaning import select_runs
from readable_portal.page.lead import find_lead
from readable_portal.page.metadata import read_metadata
from readable_portal.page.overrides import (
    override_body,
    override_byline,
    override_lead,
    override_published,
    override_title,
)
from readable_portal.page.presets import builtin_presets, match_presets
from readable_portal.page.refusal import Evidence, refuse_unless_article, refuse_without_text
from readable_portal.page.scoring import find_body, find_forgiven
from readable_portal.page.sentences import ArticleSentences
from readable_portal.page.walk import forgive, read_tree
from readable_portal.settings import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readable_portal.model import Block
    from readable_portal.page.metadata import Metadata
    from readable_portal.page.presets import Found, Preset
    from readable_portal.page.scoring import Body
    from readable_portal.page.tree import Tree

__all__ = ["read_article", "walk_page"]

# Characters to tell an old font by.
_SAMPLE = 1_500
# Characters by which lines are compared first: few even begin alike.
_BEGINNING = 20
# Real pages have at most two such elements inside one another.
_MAX_WALKS = 4
DEFAULT_LANGUAGE = "vi"
_FRONT_PAGES = frozenset({"trang chủ", "trang nhất", "home", "homepage"})
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
# Characters of a paragraph to tell Vietnamese by.
_ENOUGH = 200


def read_article(
    body: bytes | str,
    *,
    url: str = "",
    charset: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    presets: Sequence[Preset] | None = None,
    max_bytes: int = MAX_PAGE_BYTES,
    # The North's words are those of the national news.
    dialect: str = "north",
) -> Article:
    """Find the article of a page.

    Args:
        body: The page as the portal sent it, decompressed.
        url: Where it stands.
        charset: Its charset if already known (the ``charset`` of the ``Content-Type`` header).
        headers: The response's headers; ``content-type`` is looked at when ``charset`` is not given.
        presets: Selectors to hear, see ``presets.load_presets``; those of known portal software by default.
        max_bytes: Larger pages are refused.
        dialect: Whose number words the sentences are said in: "north", "central" or "south".

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
    if presets is None:
        presets = builtin_presets()
    try:
        return _read(html, url, presets, dialect, prune=True)
    except NotAnArticle as refusal:
        # Everything may stand in a <nav> or <footer> that was never closed.
        if refusal.reason not in {"no-text", "too-short"} or not (b"<nav" in html or b"<footer" in html):
            raise
        return _read(html, url, presets, dialect, prune=False)


def _read(html: bytes, url: str, presets: Sequence[Preset], dialect: str, *, prune: bool) -> Article:
    tree = walk_page(html, prune=prune)
    metadata = read_metadata(tree)
    titles = TitleFinder(tree, metadata)
    body = find_body(tree, titles.anchor, said=metadata.body)
    found = _consult(html, tree, body, metadata, presets)
    body = override_body(tree, body, found)
    if body is None:
        raise refuse_without_text(tree, url, metadata.document_title)

    first, last = _range(tree, body)
    start = _first_prose(tree, first, last)
    title = override_title(tree, titles.find(body, start), found)
    if title.first >= start:
        start = _first_prose(tree, title.after, last)
    if title.first >= first:
        first = min(title.after, last - 1)
    published = override_published(tree, find_published(tree, title, start, last, metadata), found)
    before = title.after if title.first >= 0 else max(0, start - 8)
    lead, lead_evidence = override_lead(
        tree, find_lead(tree, before, start, metadata, skip=published.run), found
    )

    chosen = select_runs(tree, body, first, last, without=found.excluded)
    refuse_unless_article(
        tree,
        body,
        chosen,
        url=url,
        title=title,
        metadata=metadata,
        evidence=Evidence(
            title_seen=title.first >= 0,
            dated=published.found is not None,
            named_body=bool(tree.own[body.element] & names.BODY) or body.evidence.startswith("preset"),
            declared=metadata.kind == "article" or any(t.endswith("Article") for t in metadata.types),
        ),
    )
    byline = find_byline(tree, max(0, title.first), chosen[0], chosen[-1], metadata)
    byline = override_byline(tree, byline, found)
    said = byline.lines | {published.run}
    chosen = [i for i in chosen if i not in said or i == lead or i in byline.signatures]
    since = tree.runs[title.first].at if title.first >= 0 else body.element
    blocks = build_blocks(tree, chosen, since=since, lead=lead, signatures=byline.signatures)
    _drop_repeated(blocks, title.text)
    text = "\n".join(_lines(blocks))
    if not text:
        raise refuse_without_text(tree, url, title.text)
    title_path, body_path = tree.path(title.element) if title.element > 0 else "", tree.path(body.element)
    when = published.found.when if published.found else None
    around = Surroundings(
        html,
        title=title_path,
        body=body_path,
        paths=[block.path for block in blocks],
        size=len(title.text) + len(text),
        published=when,
        people=(byline.author, byline.source),
    )
    return Article.later(
        {
            "digest": partial(_digest, title.text, blocks),
            "beside": around.lines,
            "control": around.control,
        },
        url=url,
        title=title.text,
        lead=tree.runs[lead].text if lead >= 0 else "",
        published=when,
        byline=byline.author,
        source=byline.source,
        section=metadata.section or _breadcrumb(tree, title.text),
        language=metadata.language or DEFAULT_LANGUAGE,
        blocks=tuple(blocks),
        sentences=ArticleSentences(blocks, dialect=dialect),
        text=text,
        title_path=title_path,
        body_path=body_path,
        evidence=(
            ("title", title.evidence),
            ("lead", lead_evidence),
            ("body", body.evidence),
            ("published", published.evidence),
            ("byline", byline.evidence),
        ),
    )


def walk_page(html: bytes, *, prune: bool) -> Tree:
    """The page as lists, with names believed only where they do not hide most of the prose."""
    tree = read_tree(html, prune=prune)
    forgiven: frozenset[int] = frozenset()
    # One inside another: names inside what is not read are only seen once it is.
    for _ in range(_MAX_WALKS):
        more = find_forgiven(tree) - forgiven
        if not more:
            break
        forgiven |= more
        tree = forgive(tree, forgiven)
    _modernize(tree)
    return tree


def _consult(
    html: bytes, tree: Tree, body: Body | None, metadata: Metadata, presets: Sequence[Preset]
) -> Found:
    """What presets find. The built-in ones are for Vietnamese portals; other pages are spared the search."""
    if not (metadata.language.lower().startswith("vi") or (body is not None and _is_vietnamese(tree, body))):
        presets = [preset for preset in presets if preset.own]
    return match_presets(html, tree, presets)


def _breadcrumb(tree: Tree, title: str) -> str:
    """The portal's section by the page's breadcrumb: its last link that is no front page nor the article."""
    for link in reversed(tree.trail):
        text = " ".join(link.split())
        if 2 <= len(text) <= 60 and text.casefold() not in _FRONT_PAGES and text != title:
            return normalize("NFC", text)
    return ""


def _is_vietnamese(tree: Tree, body: Body) -> bool:
    runs = tree.runs_in(body.element, body.end)[:8]
    return any(_VIETNAMESE.search(run.text, 0, _ENOUGH) for run in runs if not run.text.isascii())


def _modernize(tree: Tree) -> None:
    """Turn text for fonts of the 1990s (TCVN3, VNI) into Unicode, run by run."""
    font = legacy_fonts.detect(_sample(tree))
    if font:
        for run in tree.runs:
            run.take(legacy_fonts.convert(run.text, font))


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


def _first_prose(tree: Tree, first: int, last: int) -> int:
    """Index of the first run that reads like text, or else that speaks for the article, or ``first``."""
    runs = tree.runs
    for i in range(first, last):
        run = runs[i]
        if run.value > 0 and run.prose and not run.flags & (names.HEADING | names.DATE | names.META):
            return i
    return next((i for i in range(first, last) if runs[i].value > 0), min(first, last - 1))


def _drop_repeated(blocks: list[Block], title: str) -> None:
    """Drop what the first lines say again: the title, or the lead."""
    start = 1 if blocks and blocks[0].kind == "lead" else 0
    said = [title, *(block.text for block in blocks[:start])]
    beginnings = [folded_letters(text[:_BEGINNING]) for text in said]
    longest = 2 * max(map(len, said))
    for i in range(min(start + 2, len(blocks) - 1), start - 1, -1):
        text = blocks[i].text
        if len(text) >= longest or blocks[i].kind == "table":
            continue
        beginning = folded_letters(text[:_BEGINNING])
        if any(
            (each.startswith(beginning) or beginning.startswith(each))
            and folded_letters(text) == folded_letters(whole)
            for each, whole in zip(beginnings, said, strict=True)
        ):
            del blocks[i]


def _lines(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        if block.kind not in {"caption", "signature"}:
            yield block.text.replace("\t", " ")


def _digest(title: str, blocks: Sequence[Block]) -> str:
    lines = [title, *(f"{each.kind}\t{each.level}\t{each.marker}\t{each.text}" for each in blocks)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
