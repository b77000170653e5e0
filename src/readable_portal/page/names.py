"""What the names in a page's ``class``, ``id`` and ``role`` say about an element.

Authors of portals write the same few words, in English or in Vietnamese without accents:
``related``, ``TinLienQuan``, ``tin-khac``. Names are read as words (camel case and punctuation
part them), never as single sites, and a name that says "not the article" gives way where the element
holds most of the page's prose (see ``scoring``).
"""

from __future__ import annotations

import re
from importlib import resources

__all__ = [
    "AUTHOR",
    "BODY",
    "BOLD",
    "CAPTION",
    "CELL",
    "CENTER",
    "COMMENT",
    "DATE",
    "FORM",
    "HARD",
    "HEADING",
    "HIDDEN",
    "INHERITED",
    "ITALIC",
    "ITEM",
    "LEAD",
    "LINK",
    "META",
    "QUOTE",
    "RIGHT",
    "SIDE",
    "SOFT",
    "SOURCE",
    "TITLE",
    "name_flags",
    "seen",
    "style_flags",
]

# What an element is, by its tag (see ``tree``) or by its style; a child inherits all but the last ones.
LINK = 1
BOLD = 1 << 1
ITALIC = 1 << 2
HEADING = 1 << 3
ITEM = 1 << 4
CELL = 1 << 5
QUOTE = 1 << 6
CAPTION = 1 << 7
HIDDEN = 1 << 8
RIGHT = 1 << 9
CENTER = 1 << 10
FORM = 1 << 11
# What its name says.
COMMENT = 1 << 12  # readers' opinions: prose, but not the article's
HARD = 1 << 13  # related links, share bars, navigation
SOFT = 1 << 14  # headers and widgets: often, but not always, outside the article
SIDE = 1 << 22  # sidebars: text of its own beside the article, inside its element too
META = 1 << 15  # the line with date, author, views
TITLE = 1 << 16
DATE = 1 << 17
AUTHOR = 1 << 18
SOURCE = 1 << 19
LEAD = 1 << 20
BODY = 1 << 21
INHERITED = ~BODY

# A word of a name: camel case and whatever is no letter part words.
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def _load() -> dict[str, int]:
    """The vocabulary: words, and neighbouring words written together, with their flags."""
    words: dict[str, int] = {}
    table = resources.files(__package__).joinpath("data/names.tsv").read_text("utf-8")
    for line in table.splitlines()[1:]:
        word, flag, _ = line.split("\t")
        words[word] = words.get(word, 0) | _FLAGS[flag]
    return words


_FLAGS = {
    "comment": COMMENT,
    "hard": HARD,
    "soft": SOFT,
    "side": SIDE | SOFT,
    "meta": META,
    "caption": CAPTION,
    "title": TITLE,
    "date": DATE,
    "author": AUTHOR,
    "source": SOURCE,
    "lead": LEAD,
    "body": BODY,
    "hidden": HIDDEN,
}
_VOCABULARY = _load()

_ALIGN = re.compile(r"text-align\s*:\s*(right|center|end)|(display\s*:\s*none|visibility\s*:\s*hidden)|"
                    r"font-(?:weight\s*:\s*(bold|[6-9]00)|style\s*:\s*(italic|oblique))")  # fmt: skip

seen: dict[str, int] = {}
# Names of a few portals fill this; a page that makes up names must not make it grow without end.
_SEEN_LIMIT = 20_000


def name_flags(name: str) -> int:
    """What a ``class`` or an ``id`` says, as flags; looked up in ``seen`` first by the caller."""
    flags = 0
    get = _VOCABULARY.get
    before = second = ""
    for word in _WORD.findall(name, 0, 200):
        last = word.lower()
        flags |= get(last, 0)
        if before:
            flags |= get(before + last, 0) | get(second + before + last, 0)
        # A lone letter is a number or a prefix («T:oc_…»), not part of a word.
        second, before = before, last if len(last) > 1 else ""
    if len(seen) >= _SEEN_LIMIT:
        seen.clear()
    seen[name] = flags
    return flags


def style_flags(style: str) -> int:
    """What a ``style`` attribute says: hidden, bold, italic, to the right or centred."""
    flags = 0
    for align, hidden, bold, italic in _ALIGN.findall(style.lower()):
        if hidden:
            flags |= HIDDEN
        elif bold:
            flags |= BOLD
        elif italic:
            flags |= ITALIC
        else:
            flags |= CENTER if align == "center" else RIGHT
    return flags
