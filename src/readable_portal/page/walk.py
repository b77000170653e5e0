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

__all__ = ["FORGIVABLE", "forgive", "read_tree"]

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
TAG_FLAGS: dict[str | None, int] = dict.fromkeys((*SKIPPED, None), -1) | {
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
    "nav": names.MENU | names.HARD,
    "menu": names.MENU | names.HARD,
    "footer": names.MENU | names.HARD,
    "aside": names.SIDE | names.SOFT,
    "header": names.SOFT,
    "form": names.FORM,
    "dialog": names.HIDDEN,
    "time": names.DATE,
    "center": names.CENTER,
    "address": names.META,
}
# How the walk goes on at an element: a block, something within a line, or one of these.
_BLOCK, _INLINE, _PLAIN, _IMAGE, _BREAK, _QUOTED = range(6)
_BLOCKS = (_BLOCK, _QUOTED)
# Links and formatting are many, and what they are called says nothing that their parents do not: plain.
_KINDS = (
    dict.fromkeys(INLINE, _INLINE)
    | dict.fromkeys(("a", "b", "i", "u", "input", "wbr"), _PLAIN)
    | {"img": _IMAGE, "br": _BREAK, "blockquote": _QUOTED}
)
# Elements and texts; the largest real page seen has 30,000.
MAX_NODES = 200_000
# Flags that an element loses which holds most of the page's prose in spite of its name.
FORGIVABLE = names.HARD | names.MENU | names.COMMENT | names.HIDDEN | names.CAPTION | names.META

# What never holds the article: left out before the walk, in C. None of these types is part of a path,
# but for <nav> and <footer>, inside which nothing is chosen then.
_PRUNED = "nav, footer, script, style, svg, noscript, iframe, select"
_JSON_LD = 'script[type="application/ld+json" i]'


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
    tree.data = [node.text() for node in tree.parser.css(_JSON_LD)]
    if tree.parser.body is not None:
        if prune:
            _prune(tree.parser)
        _walk(tree)
    return tree


def forgive(tree: Tree, forgiven: frozenset[int]) -> Tree:
    """The same page, with the names of these elements not held against them.

    Args:
        tree: The page.
        forgiven: The elements' addresses (``mem_id``), which another walk does not change.
    """
    own, tags = tree.own, tree.tags
    elements = [tree.index[address] for address in forgiven if address in tree.index]
    if not any(own[i] & names.MENU for i in elements):
        for i in elements:
            own[i] &= ~FORGIVABLE
        flags = tree.flags
        for i, (above, mark) in enumerate(zip(tree.parents, own, strict=True)):
            flag = flags[above] & names.INHERITED | mark if i else mark
            if mark & names.BODY:
                flag &= ~_BESIDE
            flags[i] = flag & ~names.HARD | mark if tags[i] == "blockquote" else flag
        for run in tree.runs:
            run.flags = flags[run.first]
        return tree
    # What stands in a menu was not looked into: its names are only known from another walk.
    again = Tree(tree.parser, data=tree.data)
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


def _walk(tree: Tree, forgiven: frozenset[int] = frozenset()) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop on purpose: calls would double its time
    tags, parents, flags, own, blocks = tree.tags, tree.parents, tree.flags, tree.own, tree.blocks
    index, runs, images = tree.index, tree.runs, tree.images
    seen, body, inherited = names.seen, names.BODY, names.INHERITED
    link, bold, italic = names.LINK, names.BOLD, names.ITALIC
    within_line = link | bold | italic
    unwanted = names.MENU
    root = tree.parser.body
    # «<a name="top"/>» is never closed in HTML: everything after it stands inside.
    anchors = {node.mem_id for node in root.css("a:not([href])")}  # type: ignore[union-attr]  # read_tree checked
    # What is called a menu, related links or comments is emptied before the walk goes into it, unless it
    # holds much of the page's text: half of a page's elements stand there.
    aside = names.HARD | names.COMMENT
    whole = len(root.text_lexbor())  # type: ignore[union-attr]  # read_tree checked
    most, menus, budget = whole * _ASIDE_SHARE, whole * _MENU_SHARE, 4 * whole
    current: Run | None = None
    parts: list[str] = []
    container, breaks, count = -1, 0, 0

    for node in root.traverse(include_text=True, skip_empty=True):  # type: ignore[union-attr]  # read_tree checked
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
            if flag & within_line:
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
        parent = index.get(node.parent.mem_id) if count else 0  # type: ignore[union-attr]  # all have parents
        if parent is None:
            continue
        kind = _KINDS.get(tag, _BLOCK)
        flag = flags[parent] & inherited if count else 0
        address = node.mem_id
        if kind == _PLAIN:
            if mark & link and address in anchors:
                mark = 0
        elif not flag & unwanted and count:
            # What stands in a menu is not asked what it is called.
            attributes = node.attributes
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
        if forgiven and address in forgiven:
            mark &= ~FORGIVABLE
        elif mark & aside and budget > 0:
            size = len(node.text_lexbor())
            budget -= size
            spared = size >= (menus if mark & unwanted else most)
            if size > _SMALL and not spared and node.css_first("blockquote") is None:
                while (child := node.first_child) is not None:
                    child.decompose()
        flag |= mark
        if mark & body:
            flag &= ~_BESIDE
        tags.append(tag)
        parents.append(parent)
        own.append(mark)
        index[address] = count
        if kind in _BLOCKS:
            if ":" in tag:
                blocks.append(blocks[parent])
                flags.append(flag)
                count += 1
                continue
            if kind == _QUOTED:
                # A quoted post is the article's own, whatever the box around it is called.
                flag = flag & ~names.HARD | mark
            blocks.append(count)
            container = -1
        elif kind == _BREAK:
            block = blocks[parent]
            blocks.append(block)
            if block != container:
                container, breaks = block, 0
            breaks += 1
        else:
            blocks.append(blocks[parent])
            flags.append(flag)
            if kind == _IMAGE:
                images.append(count)
            count += 1
            continue
        flags.append(flag)
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
    tree.parents[0] = -1
    if count > MAX_NODES:
        raise PageTooLarge(f"the page has {count} elements, more than {MAX_NODES}")


# Less text is no list worth emptying, and may be the line with the date.
_SMALL = 45
# Whatever holds more of the page's text than this may be the article in spite of its name; menus hold much.
_ASIDE_SHARE = 0.08
_MENU_SHARE = 0.3
# What a body is not, though it may stand inside something called so.
_BESIDE = names.SOFT | names.SIDE
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
    "menu": names.MENU | names.HARD,
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
