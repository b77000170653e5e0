"""Selectors for known portal software, and those that a portal gives for itself.

A preset says where a field stands; the general way finds it from the page alone. A built-in preset is
heard where its marker stands in the page and what it finds can be that field; a portal's own always.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from readable_portal.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readable_portal.page.tree import Tree

__all__ = ["FIELDS", "Found", "Preset", "builtin_presets", "load_presets", "match_presets"]

FIELDS = ("title", "date", "lead", "body", "author", "source")


@dataclass(frozen=True, slots=True)
class Preset:
    """A family's selectors.

    Attributes:
        name: Shown as evidence.
        marker: Texts that must all stand in the page's classes and ids; a portal's own anywhere in it.
        selectors: For each field its selectors, the first that matches wins.
        exclude: Selectors of what is not the article's.
        own: Whether a portal gave it for itself.
    """

    name: str
    marker: tuple[str, ...] = ()
    selectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    own: bool = False


@dataclass(slots=True)
class Found:
    """Elements that presets found in a page, with the name of the preset; and what to leave out."""

    elements: dict[str, tuple[int, Preset]] = field(default_factory=dict)
    excluded: set[int] = field(default_factory=set)


@functools.cache
def builtin_presets() -> tuple[Preset, ...]:
    """The presets of known portal software."""
    text = resources.files(__package__).joinpath("data/presets.toml").read_text("utf-8")
    return tuple(_preset(name, about, own=False) for name, about in tomllib.loads(text).items())


@functools.lru_cache(maxsize=8)
def load_presets(path: str) -> tuple[Preset, ...]:
    """A portal's own presets, before the built-in ones; "" gives the built-in ones alone.

    Raises:
        SettingsError: The file cannot be read, is not TOML, or holds something that is no selector.
    """
    if not path:
        return builtin_presets()
    try:
        data = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise SettingsError("presets", path, f"it could not be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("presets", path, f"it is not TOML ({error})") from error
    own = []
    for name, about in data.items():
        if not isinstance(about, dict):
            raise SettingsError("presets", name, "a table such as [my-portal] with title, body, …")
        own.append(_preset(name, about, own=True))
    _check(own)
    return (*own, *builtin_presets())


def _preset(name: str, about: dict[str, Any], *, own: bool) -> Preset:
    unknown = set(about) - {*FIELDS, "marker", "exclude"}
    if unknown:
        raise SettingsError(f"presets.{name}", min(unknown), f"one of {', '.join(FIELDS)}, marker, exclude")
    lists = {key: _texts(f"presets.{name}.{key}", value) for key, value in about.items()}
    return Preset(
        name=name,
        marker=lists.pop("marker", ()),
        exclude=lists.pop("exclude", ()),
        selectors=lists,
        own=own,
    )


def _texts(key: str, value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(text, str) and text.strip() for text in values):
        raise SettingsError(key, value, "a selector, or a list of selectors")
    return tuple(values)


def _check(presets: Sequence[Preset]) -> None:
    """Try every selector, so that a typing error is said when settings load, not page by page."""
    empty = LexborHTMLParser("<html><body></body></html>")
    for preset in presets:
        for key, selectors in {**preset.selectors, "exclude": preset.exclude}.items():
            for selector in selectors:
                try:
                    empty.css(selector)
                except SelectolaxError as error:
                    raise SettingsError(f"presets.{preset.name}.{key}", selector, "a CSS selector") from error


def match_presets(html: bytes, tree: Tree, presets: Sequence[Preset]) -> Found:
    """What the presets find in a page.

    Args:
        html: The page in UTF-8, for the markers of a portal's own presets.
        tree: The page, walked.
        presets: Tried in order; the first to find a field has it.
    """
    found = Found()
    # Some kilobytes of names instead of the whole page, which takes a millisecond to look through so often.
    called = "\n".join(tree.called)
    for preset in presets:
        if preset.own:
            if not all(marker.encode() in html for marker in preset.marker):
                continue
        elif not all(marker in called for marker in preset.marker):
            continue
        for name, selectors in preset.selectors.items():
            if name in found.elements:
                continue
            for selector in selectors:
                element = _first(tree, selector)
                if element >= 0:
                    found.elements[name] = (element, preset)
                    break
        for selector in preset.exclude:
            found.excluded.update(map(tree.element, tree.parser.css(selector)))
    return found


def _first(tree: Tree, selector: str) -> int:
    """Index of the first element that a selector finds and the walk has seen, or -1."""
    # The first hit is nearly always the one, and needs no search of the rest of the page.
    element = tree.element(first := tree.parser.css_first(selector))
    if first is None or element > 0:
        return element
    return next((each for each in map(tree.element, tree.parser.css(selector)) if each > 0), -1)
