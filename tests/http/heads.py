"""Heads as they are and as they should not be, made from a seed, and two parsers to ask about them."""

from __future__ import annotations

import random
from typing import Any

import turbohtml
from selectolax.lexbor import LexborHTMLParser

from readable_portal.http.head import Head, HeadScanner

SCRIPT = b"<script id=ours></script>"
LINK = b"<noscript id=ours-too></noscript>"

STARTS = [
    "",
    "\n",
    "\ufeff",
    "<!-- saved from url -->\n",
    "<!-->",
    "<!--->",
    "<!-- a --!>",
    "<!-- <!--> ",
    "<?xml version='1.0'?>\n",
    "<!bogus>",
    "</ bogus>",
    "</p>",
    "<",
    "text",
]
DOCTYPES = [
    "<!DOCTYPE html>",
    "<!doctype HTML>",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/x.dtd">',
    '<!DOCTYPE html PUBLIC "a>b">',
    "<!DOCTYPE>",
    "",
]
ROOTS = ["<html>", '<HTML lang="vi">', "<html\n class='a>b' >", "<html/>", ""]
HEADS = ["<head>", "<HEAD >", '<head\tdata-a=">">', "<head><head>", ""]
# What a head holds, plain and nasty.
PIECES = [
    " ",
    "\r\n\t",
    "\f",
    "<title>Tin tức</title>",
    "<title></head><body></title>",
    "<title></titles></title >",
    "<TITLE>a</title\n x='>'>",
    "<title>a</title/>",
    '<meta charset="utf-8">',
    '<meta name="robots" content="index">',
    "<meta content='</head><body>' name=a>",
    "<meta content=\"a'>b\" property='og:title'/>",
    "<meta a=b/>",
    "<meta a = 'x>' b=\"y>\"c>",
    '<meta =">" \'>',
    '<meta a=">"/>',
    "<meta a==>",
    "<meta a='b'c=d/e>",
    "<base href=/>",
    '<link rel="stylesheet" href="/a.css" />',
    "<link rel=stylesheet href=/a.css>",
    "<link a=\"'\" b='\">'>",
    "<style>a>b{content:'</head>'}</style>",
    "<style><!-- </style>",
    "<style></styl></STYLE\t>",
    '<script src="/a.js"></script>',
    "<script>if(a<b){}</script>",
    "<script>var a='</head><body>';</script>",
    "<script><!--\nx()\n//--></script>",
    "<script><!-- <script> </script> --></script>",
    "<script><!-- <script></script>",
    "<script><!--> <script> </script>",
    "<script><!---> <script> </script>",
    "<script><!-- </script>",
    "<script><!-- --> <script> </script>",
    "<script><!--<scripts> </script>",
    "<script><!--<script>--></script>",
    "<script><!--<script></script><script></script></script>",
    "<script><!-- <!--> <script></script>",
    "<script><!-- --!> <script></script> --></script>",
    "<script><!-- </script/a='>'>",
    "<script></scripts></script\f>",
    "<script/></script>",
    '<script type="application/ld+json">{"a":"<!--"}</script>',
    "<noscript><img src=a></noscript>",
    "<noscript><style>a</style></noscript>",
    "<noscript></head></noscript>",
    "<noframes><body></noframes>",
    "<template><div></head></div></template>",
    "<template><p>a<b>c</template>",
    "<template><template></template></template>",
    "<template><script></template></script></template>",
    "<template></div></head></template>",
    "<template><table><tr></table></template>",
    "<template><svg><![CDATA[ </template> ]]></svg></template>",
    "<template><textarea></template></textarea></template>",
    "<template>",
    "</template>",
    "<!-- </head> -->",
    "<!---->",
    "<!-->",
    "<!--->",
    "<!-- -- -->",
    "<!-- --!>",
    "<!----!>",
    "<!---!-->",
    "<!-- <!-- -->",
    "<![CDATA[ </head> ]]>",
    "<! >",
    "<!-x>",
    "<!>",
    "<?php echo '</head>' ?>",
    "</>",
    "</ head>",
    "</1>",
    "</p>",
    "</div >",
    "</title>",
    "</script>",
    "<html class=b>",
    "<head>",
    "<!doctype x>",
    "<bgsound>",
    "<basefont>",
]
ENDS = [
    "</head>",
    "</HEAD >",
    "</head\n a='>'>",
    "</head/>",
    "</head></head>",
    "",
    "</body>",
    "</html>",
    "</br>",
]
BETWEEN = ["", "\n", "<!-- x -->", "<link rel=a>", "<script></script>", "</p>", "<style></style>", "<html>"]
BODIES = [
    "<body>",
    '<BODY class="a>b" >',
    "<body\nonload='x>y'>",
    "<body/>",
    "<noscript><p></noscript><body>",
    "<noscript><p></noscript><frameset></frameset>",
    "<frameset><frame></frameset>",
    "<div><frameset></frameset>",
    "<div><p>",
    "<main>text",
    "<p>",
    "<table>",
    "<svg>",
    "<plaintext>",
    "<select>",
    "<math>",
    "text",
    "<1",
    "<",
    "\0",
    "<p></p><body>",
    "<br>",
    "</body>",
    "<h1>a</h1><body>",
    "<iframe></iframe>",
    "<title>a</title><p>",
]
TAILS = [
    "<p>Xin chào</p></body></html>",
    "text</body>",
    "<frameset>",
    "</body></html>",
    "",
    "<body id=b>",
    "<!-- ",
]


def make(seed: int) -> bytes:
    """A page's start. Three in four are such as browsers meet, the rest is cut or mixed up."""
    pick = random.Random(seed)  # noqa: S311 - a test wants the same heads every time
    usual = pick.random() < 0.6
    pieces = [
        "" if usual else pick.choice(STARTS),
        pick.choice(DOCTYPES[:-1] if usual else DOCTYPES),
        pick.choice(["", "\n", "<!-- a -->"]),
        pick.choice(ROOTS),
        pick.choice(["", "\n", "<!-- a -->"]),
        pick.choice(HEADS),
        *pick.choices(PIECES, k=pick.randrange(7)),
        pick.choice(ENDS[:3] if usual else ENDS),
        *pick.choices(BETWEEN, k=pick.randrange(3)),
        pick.choice(BODIES[:3] if usual else BODIES),
        pick.choice(TAILS),
    ]
    page = "".join(pieces).encode()
    if not usual and pick.random() < 0.3:
        place = pick.randrange(len(page) + 1)
        page = (
            page[:place]
            + pick.choice([b"", b"<", b">", b'"', b"'", b"-", b"/", b"=", b"!"])
            + page[place + 1 :]
        )
    return page


def scan(page: bytes, size: int = 0) -> Head:
    """Scan in pieces of ``size`` bytes, 0 for all at once."""
    scanner = HeadScanner()
    for place in range(0, len(page), size or len(page) or 1):
        head = scanner.feed(page[place : place + (size or len(page))])
        if head is not None:
            return head
    return scanner.close()


def insert(page: bytes, head: Head) -> bytes:
    link = LINK if head.body_at >= 0 else b""
    body_at = head.body_at if link else head.script_at
    return page[: head.script_at] + SCRIPT + page[head.script_at : body_at] + link + page[body_at:]


def lexbor(page: bytes) -> tuple[str, str, str]:
    """How Lexbor reads a page: the tree without our elements, and whose children those are."""
    tree = LexborHTMLParser(_text(page), scripting=True)
    script, link = tree.css_first("#ours"), tree.css_first("#ours-too")
    places = _place(script), _place(link)
    for node in (script, link):
        if node is not None:
            node.decompose()
    return tree.html or "", *places


def _place(node: Any) -> str:
    return str(node.parent.tag) if node is not None and node.parent is not None else ""


def turbo(page: bytes) -> tuple[str, str, str]:
    """The same for turbohtml."""
    tree = turbohtml.parse(_text(page), scripting=True, positions=False)
    found = {str(node.attrs.get("id")): node for node in tree.find_all(["script", "noscript"])}
    script, link = found.get("ours"), found.get("ours-too")
    places = []
    for node in (script, link):
        parent = node.parent if node is not None else None
        places.append(parent.tag if isinstance(parent, turbohtml.Element) else "")
    for node in (script, link):
        if node is not None:
            node.decompose()
    return tree.html, places[0], places[1]


def _text(page: bytes) -> str:
    """Any charset will do; a parser drops the byte order mark before it looks at the first letter."""
    return page.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def disagreement(page: bytes) -> str:
    """What a parser says against the scanner's answer; "" if nothing."""
    head = scan(page)
    for size in (1, 3):
        if scan(page, size) != head:
            return f"pieces of {size} bytes: {scan(page, size)} instead of {head}"
    if head.reason:
        return ""
    changed = insert(page, head)
    for parser in (lexbor, turbo):
        original, *_ = parser(page)
        tree, script, link = parser(changed)
        if tree != original:
            return f"{parser.__name__}: the page is another\n{original}\n{tree}"
        if script != "head":
            return f"{parser.__name__}: the script is in {script or 'nothing'}"
        if head.body_at >= 0 and link != "body":
            return f"{parser.__name__}: the link is in {link or 'nothing'}"
    return ""
