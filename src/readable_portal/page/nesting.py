"""Pages that would take the parser too long, refused before it sees them."""

from __future__ import annotations

import re

from readable_portal.errors import PageTooLarge

__all__ = ["MAX_DEPTH", "check_nesting"]

# Deeper pages are refused: no portal nests 1,000 elements, and nested <div> cost quadratic time.
MAX_DEPTH = 1_000
# Pages with more tags are refused: half as many again take a second, and real pages have a few thousand.
MAX_TAGS = 100_000
# Fewer tags than these cannot be nested, or multiplied, badly enough to matter: 10,000 nested <div> cost
# a quarter of a second, 1,750 open <font> before 1,750 <p> make three million nodes in 0.4 s.
_MANY_TAGS = 10_000
_SOME_TAGS = 3_500
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")
# Left open, these are opened again in every block that follows (HTML standard, 13.2.4.3). <a> and <nobr>
# are left out: a second one closes the first.
_FORMATTING = frozenset(b"b big code em font i s small strike strong tt u".split())
# Looking at the first letter first takes half the time.
_FORMATTING_TAG = re.compile(
    rb"<(?=[bceifstu])(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)[\s/>]", re.IGNORECASE
)
_MAX_FORMATTING = 200
# Elements that hold nothing, or end where the next of their kind begins.
_SHALLOW = frozenset(
    b"""area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup
    tr td th tbody thead tfoot""".split()
)


def check_nesting(html: bytes) -> None:
    """Refuse pages nested too deep, before the parser sees them.

    Nested ``<div>`` cost Lexbor quadratic time, and formatting elements left open are multiplied by the
    blocks after them. Opening tags are counted against closing ones of the same name, which is exact for
    pages that close what they open.

    Raises:
        PageTooLarge: More than ``MAX_DEPTH`` elements, or 200 formatting elements, are open at once; or
            there are more than ``MAX_TAGS`` tags.
    """
    count = html.count(b"<")
    if count < _SOME_TAGS:
        return
    if count > MAX_TAGS:
        raise PageTooLarge(f"the page has {count} tags, more than {MAX_TAGS}")
    if count < _MANY_TAGS and len(_FORMATTING_TAG.findall(html)) < _MAX_FORMATTING:
        return
    depth = formatting = 0
    opened: dict[bytes, int] = {}
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _SHALLOW:
            continue
        step = -1 if closing else 1
        if closing and not opened.get(tag):
            continue
        opened[tag] = opened.get(tag, 0) + step
        depth += step
        if tag in _FORMATTING:
            formatting += step
            if formatting > _MAX_FORMATTING:
                raise PageTooLarge(f"the page leaves more than {_MAX_FORMATTING} formatting elements open")
        if depth > MAX_DEPTH:
            raise PageTooLarge(f"the page nests more than {MAX_DEPTH} elements")
