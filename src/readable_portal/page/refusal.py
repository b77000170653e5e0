"""Whether a page is an article at all: lists, home pages, search, forms and errors are not.

What was chosen as text is judged, not the page's address alone: a list alternates headline and teaser
where an article has paragraph after paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readable_portal.errors import NotAnArticle
from readable_portal.page import names, phrases
from readable_portal.page.dates import find_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readable_portal.page.anchoring import Title
    from readable_portal.page.metadata import Metadata
    from readable_portal.page.scoring import Body
    from readable_portal.page.tree import Run, Tree

__all__ = ["Evidence", "refuse_unless_article", "refuse_without_text"]

# Text below this is no article even where everything else says so (a caption, a blurb).
_SHORTEST = 120
# Text below this needs more than one sign that it is one.
_SHORT = 300
_HEADLINE = 20
# Inputs that are no fields to write into; a poll in an article has its radio buttons.
_NO_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset", "radio", "checkbox", "search"})
_ROOTS = frozenset(
    """index.html index.htm index.php index.aspx default.aspx home trang-chu vi en pages/default.aspx
    web/guest web/guest/home""".split()  # noqa: SIM905 - words read best
) | {""}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an article besides its text: a title seen on the page, a date, what the head says."""

    title_seen: bool
    dated: bool
    named_body: bool
    declared: bool

    def count(self) -> int:
        """How many of the four there are."""
        return self.title_seen + self.dated + self.named_body + self.declared


def refuse_without_text(tree: Tree, url: str, title: str) -> NotAnArticle:
    """The refusal of a page without a text, with the reason nearest to what it has."""
    runs = tree.runs
    headlines = sum(1 for run in runs if _is_headline(run))
    if phrases.ERROR.match(title):
        return NotAnArticle("error", title)
    if phrases.SEARCH.match(title):
        return NotAnArticle("search", title)
    if _inputs(tree) >= 3 or phrases.FORM.match(title):
        return NotAnArticle("form")
    if headlines >= 5:
        return NotAnArticle("home" if _is_root(url) else "list", f"{headlines} headlines")
    return NotAnArticle("no-text" if not runs else "too-short")


def refuse_unless_article(
    tree: Tree,
    body: Body,
    chosen: Sequence[int],
    *,
    url: str,
    title: Title,
    metadata: Metadata,
    evidence: Evidence,
) -> None:
    """Raise unless the chosen runs are an article's.

    Raises:
        NotAnArticle: With one of the reasons "error", "search", "form", "home", "list", "too-short".
    """
    runs = tree.runs
    prose = [run for i in chosen if (run := runs[i]).prose]
    size = sum(run.size - run.links for run in prose)
    name = title.text or metadata.document_title
    if size < 1500 and (
        phrases.ERROR.match(name) or (size < 400 and prose and phrases.ERROR.match(prose[0].text[:100]))
    ):
        raise NotAnArticle("error", name)
    if evidence.declared and size < _SHORT:
        # Poems and programmes have no prose; where the page says that it is an article, lines count.
        lines = (runs[i] for i in chosen if not runs[i].flags & names.HEADING)
        size = max(size, sum(run.size - min(run.links, run.size) for run in lines))
    if size < _SHORTEST or (size < _SHORT and evidence.count() < 2):
        raise refuse_without_text(tree, url, name)
    _refuse_list(tree, body, size, url=url, name=name, evidence=evidence)


def _refuse_list(tree: Tree, body: Body, size: int, *, url: str, name: str, evidence: Evidence) -> None:
    runs = tree.runs
    inside = [
        run
        for run in tree.runs_in(body.element, body.end)
        if not run.flags & (names.HARD | names.HIDDEN | names.COMMENT)
    ]
    headlines: set[str] = set()
    following = pairs = prose = dated = more = 0
    before = ""
    for run in inside:
        if run.size < 60 and run.links * 2 > run.size and phrases.MORE.match(run.text):
            more += 1
            kind = before
        elif _is_headline(run):
            headlines.add(run.text)
            kind = "headline"
        elif run.prose:
            prose += 1
            following += before == "headline"
            pairs += before == "prose"
            kind = "prose"
        elif run.size < 60 and run.text[-1:].isdigit() and find_date(run.text):
            dated += 1
            kind = before
        else:
            kind = "scrap"
        before = kind
    teasers = max(min(following, len(headlines)), min(more, prose), min(dated, prose))
    sure = evidence.declared and evidence.count() >= 3
    if not sure and teasers >= 3 and teasers * 2 >= prose and pairs * 3 < prose:
        kind = "search" if phrases.SEARCH.match(name) else "home" if _is_root(url) else "list"
        raise NotAnArticle(kind, f"{teasers} teasers, {prose} paragraphs")
    if len(headlines) >= 5 and len(headlines) * 60 > size and evidence.count() < 3:
        raise NotAnArticle(
            "home" if _is_root(url) else "list", f"{len(headlines)} headlines, {size} characters"
        )
    if _is_root(url) and size < 3000 and not evidence.declared:
        links = sum(min(run.links, run.size) for run in runs)
        if links > size:
            raise NotAnArticle("home", f"{links} characters of links, {size} of text")
    if (size < 800 and phrases.FORM.match(name)) or (size < 1500 and _inputs(tree, body) >= 4):
        raise NotAnArticle("form", name)
    if size < 1500 and phrases.SEARCH.match(name):
        raise NotAnArticle("search", name)


def _is_headline(run: Run) -> bool:
    return run.size >= _HEADLINE and run.links * 10 >= run.size * 7 and " " in run.text


def _inputs(tree: Tree, body: Body | None = None) -> int:
    """Fields to fill in, hidden ones left out, in the body or in the page."""
    fields = tree.parser.css("input, textarea, select")
    shown = [
        f for f in fields if f.attributes.get("type") not in {"hidden", "submit", "button", "image", "reset"}
    ]
    if body is None:
        return len(shown)
    inside = 0
    for each in shown:
        parent = each.parent
        while parent is not None and tree.element(parent) < 0:
            parent = parent.parent
        if body.element <= tree.element(parent) < body.end:
            inside += 1
    return inside


def _is_root(url: str) -> bool:
    """Whether an address is a portal's front door."""
    if not url:
        return False
    return urlsplit(url).path.strip("/").lower() in _ROOTS
