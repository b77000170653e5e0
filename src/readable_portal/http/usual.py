"""The quick way through heads as most pages have them: one match instead of a step per tag.

Nothing here decides anything of its own. What these patterns match is read by `HeadScanner` to the same
result, tag by tag and ten times as slowly; a test compares the two. So they hold only what needs no note,
in the spelling most pages use, and whatever they do not match is left to the scanner.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import Pattern

__all__ = ["PAGE", "RUN"]

_ATTRIBUTES = (
    rb"""(?: [\t\n\f\r ]++ NAME (?: = (?: "[^"]*+" | '[^']*+' ) )?+ (?= [\t\n\f\r />] ) )*+ [ ]?+ /?+ >"""
)
_ANY = _ATTRIBUTES.replace(b"NAME", rb"(?!data-readable-portal) [a-zA-Z][a-zA-Z:_-]*+")
_NOT_AMP = _ATTRIBUTES.replace(b"NAME", rb"(?![aA][mM][pP]) [a-zA-Z][a-zA-Z:_-]*+")
_META = rb"""name (?! =.[\t\n\f\r ]*+ [rR][eE][aA][dD] ) | property | content | itemprop
    | http-equiv (?= ="(?:X-UA-Compatible|x-dns-prefetch-control)" )"""
_TOKENS = rb"""[\t\n\f\r ]++
    | <link ANY
    | <meta META
    | <title> [^<]*+ </title>
    | <script ANY (?: [^<]++ | <(?![/!]) )*+ </script>
    | <style ANY [^<]*+ </style>
    | <!--(?![>-]) [^-]*+ (?: -(?!-)[^-]*+ )*+ -->""".replace(b"ANY", _ANY)

# A run of such tokens within a head.
RUN: Pattern[bytes] = re.compile(
    b"(?: " + _TOKENS.replace(b"META", _ATTRIBUTES.replace(b"NAME", b"(?:" + _META + b")")) + b" )*+",
    re.VERBOSE,
)

# A whole page up to behind its <body>; group 1 is the end of its head. A charset may be named in it, but
# none other than UTF-8, which is no news.
_CHARSET = rb"""charset (?= ="(?:utf-8|UTF-8)" )
    | http-equiv (?= ="[cC]ontent-[tT]ype"[ ]content="text/html;[ ]?charset=(?:utf-8|UTF-8)"[ ]?/?> )"""
_WITH_CHARSET = _ATTRIBUTES.replace(b"NAME", b"(?:" + _META + b" | " + _CHARSET + b")")
PAGE: Pattern[bytes] = re.compile(
    rb"""(?:\xef\xbb\xbf)?+ [\t\n\f\r ]*+ <![dD][oO][cC][tT][yY][pP][eE][^>]*+>
    [\t\n\f\r ]*+ <html NOT_AMP [\t\n\f\r ]*+ <head>
    (?: TOKENS )*+
    (</head>) [\t\n\f\r ]*+ <body ANY""".replace(b"NOT_AMP", _NOT_AMP)
    .replace(b"TOKENS", _TOKENS.replace(b"META", _WITH_CHARSET))
    .replace(b"ANY", _ANY),
    re.VERBOSE,
)
