"""From bytes to flat lists: one walk over Lexbor's tree, no wrapper objects kept.

A page has some 1,500 nodes, and an object for each costs more than the parser. So the walk is one loop
that writes, for every element: tag, parent and flags (inherited from the parent); and, for every piece of
text between two block boundaries or line breaks, one :class:`~readable_portal.page.tree.Run`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import is_normalized, normalize

from selectolax.lexbor import LexborHTMLParser

from readable_portal.errors import PageTooLarge
from readable_portal.page import names
from readable_portal.page.nesting import check_nesting
from readable_portal.page.tree import Run, Tree

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["FORGIVABLE", "read_tree", "walk_again"]

# Elements whose text flows within a line. All others, unknown ones included, begin a new block.
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr""".split()  # noqa: SIM905 - words read best
)
# Elements whose text is not for readers, or not text.
SKIPPED = frozenset(
    """script style noscript template iframe svg math canvas video audio object embed applet select option
    textarea button head title meta link base param source track map area datalist progress meter
    -comment !doctype -doctype""".split()  # noqa: SIM905 - words read best
)
TAG_FLAGS = dict.fromkeys(SKIPPED, -1) | {
    "a": names.LINK,
    "b": names.BOLD,
    "strong": names.BOLD,
    "i": names.ITALIC,
    "em": names.ITALIC,
    "cite": names.ITALIC,
    "h1": names.HEADING | names.BOLD,
    "h2": names.HEADING | names.BOLD,
    "h3": names.HEADING | names.BOLD,
    "h4": names.HEADING | names.BOLD,
    "h5": names.HEADING | names.BOLD,
    "h6": names.HEADING | names.BOLD,
    "li": names.ITEM,
    "dd": names.ITEM,
    "dt": names.ITEM,
    "td": names.CELL,
    "th": names.CELL,
    "blockquote": names.QUOTE,
    "figcaption": names.CAPTION,
    "caption": names.CAPTION,
    "nav": names.HARD,
    "menu": names.HARD,
    "footer": names.HARD,
    "aside": names.SIDE | names.SOFT,
    "header": names.SOFT,
    "form": names.FORM,
    "dialog": names.HIDDEN,
    "time": names.DATE,
    "center": names.CENTER,
    "address": names.META,
}
# Elements and texts; the largest real page seen has 30,000.
MAX_NODES = 200_000
# Flags that an element loses which holds most of the page's prose in spite of its name.
FORGIVABLE = names.HARD | names.COMMENT | names.HIDDEN | names.CAPTION | names.META

# What never holds the article: left out before the walk, in C. None of these types is part of a path,
# but for <nav> and <footer>, inside which nothing is chosen then.
_PRUNED = "nav, footer, [role=navigation], [role=contentinfo], script, style, svg, noscript, iframe, select"


def read_tree(html: bytes, *, prune: bool = False) -> Tree:
    """Parse a page and lay its body out flat.

    Args:
        html: The page, in UTF-8.
        prune: Leave navigation and footers out. It halves the work, but a page that forgets to close its
            ``<nav>`` has everything inside it, so a reader that finds nothing reads again without.

    Raises:
        PageTooLarge: It is nested deeper than ``MAX_DEPTH`` or has more than ``MAX_NODES`` elements.
    """
    check_nesting(html)
    # As a browser that runs scripts parses it: without this <noscript> in the head breaks every path.
    tree = Tree(LexborHTMLParser(html, scripting=True))
    if tree.parser.body is not None:
        if prune:
            _prune(tree.parser)
        _walk(tree)
    return tree


def walk_again(tree: Tree, forgiven: frozenset[int]) -> Tree:
    """The same page, with the names of these elements not held against them."""
    again = Tree(tree.parser)
    _walk(again, forgiven)
    return again


def _prune(parser: LexborHTMLParser) -> None:
    for node in parser.body.css(_PRUNED):  # type: ignore[union-attr]  # read_tree checked it
        node.decompose()


def _space_before(node: LexborNode) -> bool:
    """Whether white space, which the walk leaves out, stands between a text and the one before it."""
    while True:
        before = node.prev
        if before is None:
            node = node.parent  # type: ignore[assignment]  # a text stands before, so there is a sibling above
            continue
        while (last := before.last_child) is not None:
            before = last
        if before.tag == "-text":
            return bool(before.text_content.isspace())  # type: ignore[union-attr]  # texts have text
        node = before


def _inherit(above: int, own: int, tag: str) -> int:
    """Flags of an element: its own, and those of its parent that mean its children too."""
    above &= names.INHERITED
    if tag == "blockquote":
        # A quoted post is the article's own, whatever the box around it is called.
        above &= ~names.HARD
    if own & names.BODY:
        return (above | own) & ~(names.SOFT | names.SIDE)
    return above | own


def _walk(tree: Tree, forgiven: frozenset[int] = frozenset()) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop on purpose: calls would double its time
    tags, parents, flags, own, blocks = tree.tags, tree.parents, tree.flags, tree.own, tree.blocks
    index, runs, images = tree.index, tree.runs, tree.images
    seen, body = names.seen, names.BODY
    link, bold, italic, inline_flags = (
        names.LINK,
        names.BOLD,
        names.ITALIC,
        names.LINK | names.BOLD | names.ITALIC,
    )
    unwanted = names.HARD | names.HIDDEN | names.COMMENT
    current: Run | None = None
    parts: list[str] = []
    container, breaks, count = -1, 0, 0

    for node in tree.parser.body.traverse(include_text=True, skip_empty=True):  # type: ignore[union-attr]  # read_tree checked it
        tag: str = node.tag  # type: ignore[assignment]  # nodes of a walk have names
        if tag == "-text":
            parent = index.get(node.parent.mem_id)  # type: ignore[union-attr]  # a text has a parent
            if parent is None:
                continue
            text: str = node.text_content  # type: ignore[assignment]  # texts have text
            if text.isspace():
                if current is not None:
                    parts.append(" ")
                continue
            block = blocks[parent]
            flag = flags[parent]
            if current is None or block != container:
                if current is not None:
                    current.text = " ".join("".join(parts).split())
                if block != container:
                    breaks = 0
                    container = block
                current = Run(count, block, parent, flag, breaks)
                runs.append(current)
                parts = [text]
                breaks = 0
            else:
                if not text[0].isspace() and not parts[-1][-1].isspace() and _space_before(node):
                    parts.append(" ")
                parts.append(text)
            if flag & inline_flags:
                size = len(text)
                if flag & link:
                    current.links += size
                if flag & bold:
                    current.bold += size
                if flag & italic:
                    current.italic += size
            continue
        mark = TAG_FLAGS.get(tag, 0)
        if mark < 0:  # skipped
            continue
        if count:
            parent = index.get(node.parent.mem_id)  # type: ignore[union-attr]  # below body all have parents
            if parent is None:
                continue
            flag = flags[parent]
            # Links are many, and what they are called says nothing that their parents do not; nor is it
            # asked what stands in a menu.
            attributes = None if flag & unwanted or tag in _UNNAMED else node.attributes
            if attributes:
                if name := attributes.get("class"):
                    if (found := seen.get(name)) is None:
                        found = names.name_flags(name)
                    mark |= found
                if name := attributes.get("id"):
                    if (found := seen.get(name)) is None:
                        found = names.name_flags(name)
                    mark |= found
                if not _OTHERS.isdisjoint(attributes):
                    mark |= _other_flags(attributes)
        else:
            parent, flag = -1, 0
        if forgiven and count in forgiven:
            mark &= ~FORGIVABLE
        if tag == "blockquote" or (mark | flag) & body:
            flag = _inherit(flag, mark, tag)
        else:
            flag |= mark
        tags.append(tag)
        parents.append(parent)
        own.append(mark)
        flags.append(flag)
        index[node.mem_id] = count
        if tag in INLINE:
            blocks.append(blocks[parent])
            count += 1
            if tag == "img":
                images.append(count - 1)
            continue
        if tag == "br":
            block = blocks[parent]
            blocks.append(block)
            if block != container:
                container, breaks = block, 0
            breaks += 1
        elif ":" in tag:
            blocks.append(blocks[parent])
            count += 1
            continue
        else:
            blocks.append(count)
            container = -1
        count += 1
        if current is not None:
            current.text = " ".join("".join(parts).split())
            current = None
    if current is not None:
        current.text = " ".join("".join(parts).split())
    for run in runs:
        text = run.text
        if not text.isascii() and not is_normalized("NFC", text):
            run.text = text = normalize("NFC", text)
        run.size = len(text)
    if count > MAX_NODES:
        raise PageTooLarge(f"the page has {count} elements, more than {MAX_NODES}")


_UNNAMED = frozenset({"a", "br", "img", "input", "b", "i", "u", "hr", "wbr"})
_OTHERS = frozenset({"style", "align", "role", "itemprop", "hidden", "aria-hidden"})


def _other_flags(attributes: dict[str, str | None]) -> int:
    """What the rarer attributes say."""
    mark = 0
    if style := attributes.get("style"):
        mark = names.style_flags(style)
    if align := attributes.get("align"):
        mark |= names.RIGHT if align == "right" else names.CENTER if align == "center" else 0
    if role := attributes.get("role"):
        mark |= _ROLES.get(role, 0)
    if item := attributes.get("itemprop"):
        mark |= _ITEMPROPS.get(item.lower(), 0)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        mark |= names.HIDDEN
    return mark


_ROLES = {
    "navigation": names.HARD,
    "banner": names.SOFT,
    "contentinfo": names.HARD,
    "search": names.HARD,
    "complementary": names.SIDE | names.SOFT,
    "dialog": names.HIDDEN,
    "alertdialog": names.HIDDEN,
    "menu": names.HARD,
    "menubar": names.HARD,
    "heading": names.HEADING,
}
_ITEMPROPS = {
    "articlebody": names.BODY,
    "headline": names.TITLE,
    "datepublished": names.DATE,
    "datecreated": names.DATE,
    "author": names.AUTHOR,
    "description": names.LEAD,
    "alternativeheadline": names.LEAD,
    "comment": names.COMMENT,
}
