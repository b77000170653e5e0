"""What an element says by its tag and its attributes, as flags of ``names``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.page import names
from readable_portal.page.names import name_flags

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = [
    "BLOCK",
    "BREAK",
    "IMAGE",
    "LINK",
    "PLAIN",
    "QUOTED",
    "SKIPPED",
    "TEXT",
    "attribute_flags",
    "learn",
    "numbered",
]

# How the walk goes on at a node. Up to ``BREAK`` an element is not asked what it is called: links and
# formatting are many, and their names say nothing that their parents' do not; images have no text. From
# ``BLOCK`` on it begins a new block.
TEXT, SKIPPED, LINK, PLAIN, IMAGE, BREAK, INLINE, BLOCK, QUOTED = range(9)

# Elements whose text flows within a line. All others, unknown ones included, begin a new block.
_INLINE = frozenset(
    """abbr acronym bdi bdo big cite code data del dfn em font ins kbd label mark nobr q rp rt
    ruby s samp small span strike strong sub sup time tt var""".split()  # noqa: SIM905 - words read best
)
# Elements whose text is not for readers, or not text.
_SKIPPED = frozenset(
    """script style noscript template iframe svg math canvas video audio object embed applet select option
    textarea button head title meta link base param source track map area datalist progress meter
    -comment !doctype -doctype""".split()  # noqa: SIM905 - words read best
)
_KINDS: dict[str | None, int] = {
    **dict.fromkeys((*_SKIPPED, None), SKIPPED),
    **dict.fromkeys(_INLINE, INLINE),
    **dict.fromkeys(("b", "i", "u", "input", "wbr"), PLAIN),
    "-text": TEXT,
    "a": LINK,
    "img": IMAGE,
    "br": BREAK,
    "blockquote": QUOTED,
}
_FLAGS: dict[str | None, int] = {
    "a": names.LINK,
    "b": names.BOLD,
    "strong": names.BOLD,
    "i": names.ITALIC,
    "em": names.ITALIC,
    "cite": names.ITALIC,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), names.HEADING | names.BOLD),
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
# Kind, flags and tag by the parser's number for the tag: a number is had for less than a name.
numbered: dict[int, tuple[int, int, str]] = {}
# Tags that the parser does not know have an address as number, which means another tag in another page.
_NUMBERS = 1_000


def learn(node: LexborNode) -> tuple[int, int, str]:
    """Kind, flags and tag of a node whose number is not in ``numbered``."""
    tag = node.tag
    kind = _KINDS.get(tag, BLOCK)
    if kind == BLOCK and ":" in (tag or ""):  # <o:p>, <st1:place>: Word's, within a line
        kind = INLINE
    about = kind, _FLAGS.get(tag, 0), tag or ""
    if node.tag_id < _NUMBERS:
        numbered[node.tag_id] = about
    return about


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
_RARER = frozenset({"style", "align", "role", "itemprop", "hidden", "aria-hidden", "type"})


def attribute_flags(attributes: dict[str, str | None], called: list[str]) -> int:
    """What an element's attributes say; its class and id are added to ``called``."""
    mark = 0
    if name := attributes.get("class"):
        called.append(name)
        mark = name_flags[name]
        if len(attributes) == 1:  # as most elements have it
            return mark
    if name := attributes.get("id"):
        called.append(name)
        mark |= name_flags[name]
    return mark if _RARER.isdisjoint(attributes) else mark | _rarer_flags(attributes)


def _rarer_flags(attributes: dict[str, str | None]) -> int:
    mark = 0
    if style := attributes.get("style"):
        mark = names.style_flags(style)
    if align := attributes.get("align"):
        mark |= names.RIGHT if align == "right" else names.CENTER if align == "center" else 0
    if role := attributes.get("role"):
        mark |= _ROLES.get(role, 0)
    if item := attributes.get("itemprop"):
        mark |= _ITEMPROPS.get(item.lower(), 0)
    # Editors of newsrooms say so what a box is: <div type="RelatedOneNews">.
    if kind := attributes.get("type"):
        mark |= name_flags[kind] & names.HARD
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        mark |= names.HIDDEN
    return mark
