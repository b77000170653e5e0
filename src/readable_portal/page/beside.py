"""What stands beside an article and belongs to it: lines with its date and author, the portal's size control.

Only the controls ask for these, so they are looked for when an article's JSON is first made, not when its
page is read. The page is parsed anew, as the walk has emptied what holds no article.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from selectolax.lexbor import LexborHTMLParser

from readable_portal.page.tree import tag_selector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from selectolax.lexbor import LexborNode

__all__ = ["Surroundings"]

# A line with a date or a name says little, a control less: characters that are no white space.
_LINE, _CONTROL = 120, 60
# A shorter name stands in any word.
_NAME = 4
# The element around the article is its column, if it says not much more than the article.
_SHARE, _MORE = 2.5, 600
_PRESSED = "a,button,input,select,textarea,label,summary,video,audio"
_PANEL = '[id$="pnlWCAG"]'
# Names of the functions and panels of the size controls that Vietnamese portals use.
_CALLS = re.compile(
    r"font-?_?(plus|minus|reset|size|inc|dec|up|down|large|small|big)|"
    r"zoom-?_?(in|out)?-?_?(letter|text|font|chu)|(size|change|set|scale|crease)-?_?(text|font)|co-?_?chu",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\s*(xem với )?cỡ chữ\s*:?", re.IGNORECASE)
# White space, and signs that no one sees.
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


class Surroundings:
    """What stands around an article on its page.

    Args:
        html: The page, in UTF-8.
        title: Selector of the title, "" if it has none.
        body: Selector of the body.
        paths: Selectors of the article's blocks, of which some may stand outside both.
        size: Characters of title and blocks.
        published: When it was published, if known.
        people: Author and source, "" if unknown.
    """

    def __init__(
        self,
        html: bytes,
        *,
        title: str,
        body: str,
        paths: Sequence[str],
        size: int,
        published: datetime | None,
        people: Sequence[str],
    ) -> None:
        self._html = html
        self._paths = [path for path in (title, body, *paths) if path]
        self._body_path = body
        self._size = size
        self._published = published
        self._people = people

    def lines(self) -> tuple[str, ...]:
        """Selectors of the lines, outside title and body, that tell when it was published, or by whom."""
        tells = self._tells()
        return tuple(_selector(self._page, line) for line in self._lines(self._holder, tells))

    def control(self) -> str:
        """Selector of the portal's own size control, and of its label if that stands apart; or ""."""
        found = self._page.css_first(_PANEL) or self._control()
        if found is None:
            return ""
        before = found.prev
        while before is not None and not before.is_element_node:
            before = before.prev
        names = [found] if before is None or not _is_label(before) else [found, before]
        return ",".join(_selector(self._page, each) for each in names)

    @cached_property
    def _page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self._html, scripting=True)

    @cached_property
    def _parts(self) -> dict[int, LexborNode]:
        found = (self._page.css_first(path) for path in dict.fromkeys(self._paths))
        return {each.mem_id: each for each in found if each is not None}

    @cached_property
    def _around(self) -> set[int]:
        return {above.mem_id for part in self._parts.values() for above in _upwards(part)}

    @cached_property
    def _holder(self) -> LexborNode | None:
        return _common(list(self._parts.values()))

    def _tells(self) -> Callable[[str], object]:
        names = [name for name in map(_squeeze, self._people) if len(name) >= _NAME]
        wanted = "|".join(map(re.escape, names))
        if (day := self._published) is not None:
            date = rf"(?<!\d)0?{day.day}[./-]0?{day.month}[./-]{day.year}(?!\d)"
            wanted = f"{date}|{wanted}" if wanted else date
        return re.compile(wanted).search if wanted else lambda _: None

    def _lines(self, within: LexborNode | None, tells: Callable[[str], object]) -> Iterator[LexborNode]:
        for child in within.iter() if within is not None else ():
            if child.mem_id in self._parts:
                continue
            if child.mem_id not in self._around and len(text := _squeeze(child.text())) <= _LINE:
                # The whole line: «(08:46 | 15/03/2019)» may stand in a font in a div.
                if tells(text) and child.css_first(_PRESSED) is None:
                    yield child
                continue
            yield from self._lines(child, tells)

    def _control(self) -> LexborNode | None:
        """The smallest element around all that calls a size function or says that it is the control."""
        scope = self._holder
        if scope is None or scope.tag in {"html", "body"} or _letters(scope) > self._size * _SHARE + _MORE:
            scope = self._page.body
        if scope is None:
            return None
        body = self._page.css_first(self._body_path)
        inside = {each.mem_id for each in (body,) if each is not None}
        above = {each.mem_id for each in _upwards(body)} if body is not None else set()
        little = [each for each in _elements(scope, inside) if _letters(each) <= _CONTROL]
        found = [*filter(_calls, little), *filter(_is_label, little)]
        at = _common(found)
        if at is None or at.mem_id == scope.mem_id or _letters(at) > _CONTROL or at.mem_id in above:
            return found[0] if found else None
        while (
            (holder := at.parent) is not None
            and holder.mem_id != scope.mem_id
            and holder.mem_id not in above
            and _letters(holder) == _letters(at)
        ):
            at = holder
        return at


def _squeeze(text: str) -> str:
    return _INVISIBLE.sub("", normalize("NFC", text))


def _letters(node: LexborNode) -> int:
    return len("".join(node.text().split()))


def _is_label(node: LexborNode) -> bool:
    return _letters(node) <= _CONTROL and _SAYS.match(normalize("NFC", node.text())) is not None


def _calls(node: LexborNode) -> bool:
    return any(
        name != "style" and value and (_CALLS.search(value) or _SAYS.match(normalize("NFC", value)))
        for name, value in node.attributes.items()
    )


def _upwards(node: LexborNode) -> Iterator[LexborNode]:
    at: LexborNode | None = node
    while at is not None:
        yield at
        at = at.parent


def _common(nodes: Sequence[LexborNode]) -> LexborNode | None:
    """The deepest element that holds all of them."""
    if not nodes:
        return None
    others = [{above.mem_id for above in _upwards(node)} for node in nodes[1:]]
    return next((at for at in _upwards(nodes[0]) if all(at.mem_id in each for each in others)), None)


def _elements(within: LexborNode, without: set[int]) -> Iterator[LexborNode]:
    """Elements in document order, but for scripts, and for these and what stands in them."""
    for child in within.iter():
        if child.mem_id not in without and child.tag not in {"script", "link"}:
            yield child
            yield from _elements(child, without)


def _selector(page: LexborHTMLParser, node: LexborNode) -> str:
    """A selector from the nearest id that the page has once, else from the body."""
    steps: list[str] = []
    for at in _upwards(node):
        if at.tag == "body":
            steps.append("body")
            break
        name = (at.attributes.get("id") or "").replace("\\", r"\\").replace('"', r"\"")
        if name and "\n" not in name and len(page.css(f'[id="{name}"]')) == 1:
            steps.append(f'[id="{name}"]')
            break
        place, before = 1, at.prev
        while before is not None:
            place += before.tag == at.tag
            before = before.prev
        steps.append(f"{tag_selector(at.tag or '')}:nth-of-type({place})")
    return ">".join(reversed(steps))
