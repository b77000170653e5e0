"""What a page says about itself in its head: ``<meta>``, JSON-LD, ``<title>`` and ``<html lang>``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readable_portal.page.tree import Tree

__all__ = ["Metadata", "read_metadata"]

_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "pubdate",
    "publishdate", "publish-date", "publication_date", "article.published", "sailthru.date",
    "parsely-pub-date",
    "og:published_time", "citation_publication_date", "published_time", "datecreated",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl",
    "article:author_name",
)  # fmt: skip
_SECTIONS = ("article:section", "parsely-section", "section", "articlesection")
# Types of schema.org whose objects describe the page's article.
_ARTICLE_TYPES = re.compile(r"article|posting|report|review|webpage$|^question$", re.IGNORECASE)
# More JSON than this is data for scripts, not a description.
_MAX_JSON = 400_000
# Control characters in strings are let pass, as search engines do. Made once: it is dear to make.
_JSON = json.JSONDecoder(strict=False)


@dataclass(slots=True)
class Metadata:
    """What the head says. Lists are in the order in which they are to be trusted."""

    document_title: str = ""
    titles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    section: str = ""
    site: str = ""
    language: str = ""
    kind: str = ""
    types: set[str] = field(default_factory=set)
    body: str = ""


def read_metadata(tree: Tree) -> Metadata:
    """Gather what the page says about itself."""
    found = Metadata()
    metas: dict[str, str] = {}
    for text in tree.data:
        _read_json_ld(text, found)
    for node in tree.head:
        tag = node.tag
        if tag == "meta":
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content:
                metas.setdefault(name.strip().lower(), content)
        else:
            found.document_title = found.document_title or fold(node.text())
    get = metas.get
    # Most pages say the same twice or three times.
    found.titles += [fold(value) for value in dict.fromkeys(map(get, _TITLES)) if value]
    found.descriptions += [fold(value) for value in dict.fromkeys(map(get, _DESCRIPTIONS)) if value]
    found.dates += [(value, f"meta:{key}") for key in _DATES if (value := get(key))]
    found.authors += [(fold(value), f"meta:{key}") for key in _AUTHORS if (value := get(key))]
    found.section = found.section or next((fold(v) for key in _SECTIONS if (v := get(key))), "")
    found.site = fold(get("og:site_name") or get("application-name") or "") or found.site
    found.kind = fold(get("og:type") or "").lower()
    root = tree.parser.root
    if root is not None:
        found.language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "").strip()
    return found


def fold(text: str) -> str:
    """White space folded, letters whole (NFC)."""
    text = " ".join(text.split())
    return text if text.isascii() else normalize("NFC", text)


def _read_json_ld(text: str, found: Metadata) -> None:
    if len(text) > _MAX_JSON:
        return
    text = (
        text.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
    )
    try:
        data = _JSON.decode(text)
    except (ValueError, RecursionError):
        try:
            data = _JSON.decode(re.sub(r",(\s*[}\]])", r"\1", text))
        except (ValueError, RecursionError):
            return
    for each in _objects(data):
        kind = each.get("@type")
        kinds = [str(k) for k in kind] if isinstance(kind, list) else [str(kind or "")]
        found.types.update(kinds)
        if not any(_ARTICLE_TYPES.search(k) for k in kinds):
            continue
        weak = all(k.lower().endswith("page") for k in kinds)
        _take(each, found, weak=weak)


def _take(each: dict[str, Any], found: Metadata, *, weak: bool) -> None:
    """Take an article's fields; those of a mere ``WebPage`` stand behind."""
    for key, into in (("headline", found.titles), ("description", found.descriptions)):
        if isinstance(value := each.get(key), str) and value.strip():
            into.append(fold(value)) if weak else into.insert(0, fold(value))
    if isinstance(value := each.get("datePublished") or each.get("dateCreated"), str):
        found.dates.append((value, "json-ld")) if weak else found.dates.insert(0, (value, "json-ld"))
    if not weak:
        names = [name for name in _people(each.get("author")) if name]
        if names and not any(where == "json-ld" for _, where in found.authors):
            found.authors.insert(0, (", ".join(dict.fromkeys(names)), "json-ld"))
        section = each.get("articleSection")
        if isinstance(section, list) and section:
            section = section[0]
        if isinstance(section, str) and not found.section:
            found.section = fold(section)
        body = each.get("articleBody")
        if isinstance(body, str) and len(body) > len(found.body):
            found.body = body
    publisher = each.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and not found.site:
        found.site = fold(publisher["name"])


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, those of a list, those of ``@graph`` and main entities."""
    waiting = [data]
    for _ in range(200):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            yield each
            waiting += [each[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in each]


def _people(author: Any) -> Iterator[str]:
    """Names of authors; organisations too, since portals name their own board so."""
    for each in author if isinstance(author, list) else [author]:
        name = each.get("name") if isinstance(each, dict) else each
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str) and "://" not in one:
                yield fold(one)
