"""What the names in a page's ``class``, ``id`` and ``role`` say about an element.

Authors of portals write the same few words, in English or in Vietnamese without accents:
``related``, ``TinLienQuan``, ``tin-khac``. Names are read as words (camel case and punctuation
part them), never as single sites, and a name that says "not the article" gives way where the element
holds most of the page's prose (see ``scoring``).
"""

from __future__ import annotations

import re
from functools import lru_cache
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
    "ITALIC",
    "ITEM",
    "LEAD",
    "LINK",
    "MENU",
    "META",
    "QUOTE",
    "RIGHT",
    "SIDE",
    "SOFT",
    "SOURCE",
    "TITLE",
    "TRAIL",
    "name_flags",
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
MENU = 1 << 23  # navigation and footers: links by the hundred, not looked into
TRAIL = 1 << 24  # where the page stands in the portal (breadcrumb)
META = 1 << 15  # the line with date, author, views
TITLE = 1 << 16
DATE = 1 << 17
AUTHOR = 1 << 18
SOURCE = 1 << 19
LEAD = 1 << 20
BODY = 1 << 21

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_LETTERS = re.compile(r"[^a-z]+")


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
    "menu": MENU | HARD,
    "trail": TRAIL | MENU | HARD,
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
# Beginnings of words of the vocabulary: only after one of these can the next word matter to it. One
# letter is a number or a prefix («T:oc_…»), no beginning.
_BEGINNINGS = frozenset(word[:end] for word in _VOCABULARY for end in range(2, len(word)))

_ALIGN = re.compile(r"text-align\s*:\s*(right|center|end)|(display\s*:\s*none|visibility\s*:\s*hidden)|"
                    r"font-(?:weight\s*:\s*(bold|[6-9]00)|style\s*:\s*(italic|oblique))")  # fmt: skip

# Names of a few portals fill this; a page that makes up names must not make it grow without end.
_MOST_NAMES = 20_000


class _NameFlags(dict[str, int]):
    """Flags by ``class`` or ``id``, read when first looked up."""

    def __missing__(self, name: str) -> int:
        if len(self) >= _MOST_NAMES:
            self.clear()
        flags = self[name] = _read(name)
        return flags


# What a ``class`` or an ``id`` says, as flags.
name_flags = _NameFlags()


def _read(name: str) -> int:
    flags = 0
    lower = name.lower()
    if lower != name:
        lower = _CAMEL.sub(" ", name[:200]).lower()
    joined = ""
    spaced = lower[:200].replace("-", " ").replace("_", " ")
    if not spaced.replace(" ", "").isalpha():
        spaced = _NO_LETTERS.sub(" ", spaced)
    for word in spaced.split():
        if word in _VOCABULARY:
            flags |= _VOCABULARY[word]
        if joined:
            joined += word
            if joined in _VOCABULARY:
                flags |= _VOCABULARY[joined]
            if joined in _BEGINNINGS:
                continue
        joined = word if word in _BEGINNINGS else ""
    return flags


# Editors paste the same few styles into every paragraph.
@lru_cache(maxsize=1_000)
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
