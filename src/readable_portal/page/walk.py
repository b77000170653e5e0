"""From bytes to flat lists: one walk over Lexbor's tree, no wrapper objects kept.

A page has some 1,500 nodes, and an object for each costs more than the parser. So the walk is one loop
that writes, for every element: tag, parent and flags (inherited from the parent); and, for every piece of
text between two block boundaries or line breaks, one :class:`~readable_portal.page.tree.Run`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from readable_portal.errors import PageTooLarge
from readable_portal.page import elements, names
from readable_portal.page.nesting import check_nesting
from readable_portal.page.tree import Run, Tree

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["FORGIVABLE", "forgive", "read_tree"]

# Elements and texts; the largest real page seen has 30,000.
MAX_NODES = 200_000
# Flags that an element loses which holds most of the page's prose in spite of its name.
FORGIVABLE = names.HARD | names.MENU | names.COMMENT | names.HIDDEN | names.CAPTION | names.META
# What a body is not, though it may stand inside something called so.
_BESIDE = names.SOFT | names.SIDE
# What is emptied before the walk goes into it, unless it holds much of the page's text: half of a page's
# elements stand there.
_ASIDE = names.HARD | names.COMMENT
# Less text is no list worth emptying, and may be the line with the date.
_SMALL = 45
# Whatever holds more of the page's text than this may be the article in spite of its name; menus hold much.
_ASIDE_SHARE = 0.08
_MENU_SHARE = 0.3

# What never holds the article: left out before the walk, in C. None of these types is part of a path,
# but for <nav> and <footer>, inside which nothing is chosen then.
_PRUNED = "nav, footer, svg, style, noscript, select"
_HEAD = frozenset(("meta", "title"))
_JSON_LD = "application/ld+json"


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
    # Events only fill <selectedcontent>, which is no text.
    parser = LexborHTMLParser(html, scripting=True, options=LexborDocumentOptions.WO_EVENTS)
    tree = Tree(parser)
    for node in parser.head.css("meta, title, script") if parser.head is not None else ():
        if node.tag in _HEAD:
            tree.head.append(node)
        else:
            _keep_data(tree, node)
    # <frameset> takes the place of the body, which then stands nowhere.
    body = parser.body
    if body is None or body.parent is None:
        return tree
    # The many scripts go first, so that the search for the rest passes by less.
    quotes = False
    for node in body.css("script, blockquote"):
        if node.tag != "script":
            quotes = True
            continue
        _keep_data(tree, node)
        if prune:
            node.decompose()
    if prune:
        for node in body.css(_PRUNED):
            node.decompose()
    _walk(tree, body, quotes=quotes)
    return tree


def _keep_data(tree: Tree, script: LexborNode) -> None:
    if (script.attributes.get("type") or "").lower() == _JSON_LD:
        tree.data.append(script.text())


def forgive(tree: Tree, forgiven: frozenset[int]) -> Tree:
    """The same page, with the names of these elements not held against them.

    Args:
        tree: The page.
        forgiven: The elements' addresses (``mem_id``), which another walk does not change.
    """
    own, tags = tree.own, tree.tags
    spared = [i for i, address in enumerate(tree.addresses) if address in forgiven]
    if not any(own[i] & names.MENU for i in spared):
        for i in spared:
            own[i] &= ~FORGIVABLE
        flags = tree.flags
        for i, (above, mark) in enumerate(zip(tree.parents, own, strict=True)):
            flag = flags[above] | mark if i else mark
            if mark & names.BODY:
                flag &= ~_BESIDE
            flags[i] = flag & ~names.HARD | mark if tags[i] == "blockquote" else flag
        for run in tree.runs:
            run.flags = flags[run.first]
        return tree
    # What stands in a menu was not looked into: its names are only known from another walk.
    again = Tree(tree.parser, data=tree.data, head=tree.head, trail=tree.trail)
    if tree.parser.body is not None:
        _walk(again, tree.parser.body, forgiven)
    return again


def _walk(  # noqa: C901, PLR0912, PLR0915 - one loop on purpose: calls would double its time
    tree: Tree,
    root: LexborNode,
    forgiven: frozenset[int] = frozenset(),
    *,
    # Whether quotations stand in the page, which lists are not emptied of.
    quotes: bool = True,
) -> None:
    numbered, learn, attribute_flags = elements.numbered, elements.learn, elements.attribute_flags
    text_kind, skipped, link_kind, image = elements.TEXT, elements.SKIPPED, elements.LINK, elements.IMAGE
    break_kind, block_kind, quoted = elements.BREAK, elements.BLOCK, elements.QUOTED
    menu, aside, body, aside_of_body = names.MENU, _ASIDE, names.BODY, ~_BESIDE
    link, bold, italic = names.LINK, names.BOLD, names.ITALIC
    within_line = link | bold | italic
    called = tree.called
    whole = len(root.text_lexbor())
    most, menus, budget = whole * _ASIDE_SHARE, whole * _MENU_SHARE, 4 * whole
    runs, images = tree.runs, tree.images
    current: Run | None = None
    parts: list[str] = []
    container, breaks, count = -1, 0, 1
    # What is written of every element by its address: index, flags, block, tag, parent, own flags. Its
    # children ask for the first three.
    known = {root.mem_id: (0, 0, 0, "body", -1, 0)}

    for node in root.traverse(include_text=True, skip_empty=True):
        try:
            kind, mark, tag = numbered[node.tag_id]
        except KeyError:
            kind, mark, tag = learn(node)
        if kind == skipped:
            if tag in _HEAD:  # portals put descriptions of the article beside it
                tree.head.append(node)
            continue
        above = known.get(node.parent.mem_id)  # type: ignore[union-attr]  # all in a body have parents
        if above is None:  # something around it was skipped
            continue
        parent, flag, block, _, _, _ = above
        if kind == text_kind:
            text: str = node.text_content  # type: ignore[assignment]  # texts have text
            if text.isspace():
                if current is not None:
                    parts.append(" ")
                continue
            if current is None or block != container:
                if current is not None:
                    current.finish(parts)
                if block != container:
                    container, breaks = block, 0
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
        address = node.mem_id
        if kind <= break_kind:
            # «<a name="top"/>» is never closed in HTML: everything after it stands inside.
            if kind == link_kind and "href" not in node.attrs:
                mark = 0
        # What stands in a menu is not asked what it is called.
        elif not flag & menu and (attributes := node.attributes):
            mark |= attribute_flags(attributes, called)
        if mark:
            if address in forgiven:
                mark &= ~FORGIVABLE
            elif mark & aside and budget > 0:
                size = len(node.text_lexbor())
                budget -= size
                if mark & names.TRAIL and not tree.trail:
                    tree.trail = [each.text() for each in node.css("a")]
                spared = size >= (menus if mark & menu else most)
                if size > _SMALL and not spared and not (quotes and node.css_first("blockquote")):
                    while (child := node.first_child) is not None:
                        child.decompose()
            flag |= mark
            if mark & body:
                flag &= aside_of_body
        if kind >= block_kind:
            if current is not None:
                current.finish(parts)
                current = None
            block, container = count, -1
            if kind == quoted:
                # A quoted post is the article's own, whatever the box around it is called.
                flag = flag & ~names.HARD | mark
        elif kind == break_kind:
            if current is not None:
                current.finish(parts)
                current = None
            if block != container:
                container, breaks = block, 0
            breaks += 1
        elif kind == image:
            images.append(count)
        known[address] = count, flag, block, tag, parent, mark
        count += 1
    if current is not None:
        current.finish(parts)
    if count > MAX_NODES:
        raise PageTooLarge(f"the page has {count} elements, more than {MAX_NODES}")
    tree.take(known)


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
