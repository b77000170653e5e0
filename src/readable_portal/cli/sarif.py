"""A review as SARIF 2.1.0 (OASIS, errata 01), for code hosts and editors' programs.

Places are those of the file where it is plain text. A page has its words somewhere in its markup, so there
the report holds the article's text itself, a line for the title and each block, and the places are in it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readable_portal.cli.sources import Source
    from readable_portal.summary.review import Finding, Review

__all__ = ["sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LANGUAGES = ("vi", "en")


def sarif(source: Source, made: Review, message: Sequence[str], language: str) -> dict[str, Any]:
    """The log.

    Args:
        source: What was looked at.
        made: What was found.
        message: What to say of each finding, in their order.
        language: Of the rules' texts.
    """
    import readable_portal
    from readable_portal.summary.review import RULES

    used = sorted({each.rule for each in made.findings})
    places = _Places(source)
    seen: dict[str, int] = {}
    results = []
    for each, said in zip(made.findings, message, strict=True):
        region = places.region(each)
        location: dict[str, Any] = {
            "physicalLocation": {
                "artifactLocation": {"uri": places.uri, "index": 0},
                "region": region,
            }
        }
        if path := places.element(each):
            location["logicalLocations"] = [{"fullyQualifiedName": path, "kind": "element"}]
        result: dict[str, Any] = {
            "ruleId": each.rule,
            "ruleIndex": used.index(each.rule),
            "level": each.level,
            "message": {"text": said},
            "locations": [location],
            "partialFingerprints": {"readablePortal/v1": _fingerprint(each, seen)},
        }
        if each.instead and "startColumn" in region:
            result["fixes"] = [_fix(places.uri, region, each.instead)]
        results.append(result)
    place = LANGUAGES.index(language)
    advice = {rule: {"text": f"{RULES[rule].name[place]}: {RULES[rule].advice[place]}."} for rule in used}
    driver = {
        "name": "readable-portal",
        "version": readable_portal.__version__,
        "semanticVersion": readable_portal.__version__,
        "language": language,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": f"{RULES[rule].name[place]}."},
                "fullDescription": advice[rule],
                "help": advice[rule],
                "helpUri": RULES[rule].guide,
                "defaultConfiguration": {"level": RULES[rule].level},
            }
            for rule in used
        ],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "artifacts": [places.artifact()],
        "properties": {"score": made.score},
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """The same for the same words under the same rule wherever they move to; the second of two is another."""
    words = f"{finding.rule}\n{' '.join(finding.text.split()).lower()}"
    seen[words] = seen.get(words, 0) + 1
    return hashlib.sha256(f"{words}\n{seen[words]}".encode()).hexdigest()[:32]


def _fix(uri: str, region: dict[str, Any], instead: str) -> dict[str, Any]:
    deleted = {key: value for key, value in region.items() if key != "snippet"}
    return {
        "description": {"text": instead},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri, "index": 0},
                "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": instead}}],
            }
        ],
    }


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


class _Places:
    """Where the title and the blocks stand: in the file's lines, or in those of the text that is told."""

    def __init__(self, source: Source) -> None:
        self._article = article = source.article
        self._plain = source.lines is not None
        blocks = [block.text.replace("\n", " ") for block in article.blocks]
        self._lines = list(source.lines) if source.lines is not None else [article.title, *blocks]
        self.uri = article.url or _uri(source.name)
        titles = [article.title] if article.title else []
        found = self._find(titles + blocks)
        self._title = found[0] if titles else None
        self._blocks = found[len(titles) :]

    def _find(self, wanted: Sequence[str]) -> list[_Line | None]:
        lines: list[_Line | None] = []
        number = 0
        for text in wanted:
            place = number
            while place < len(self._lines) and _folded(self._lines[place]) != text:
                place += 1
            if place < len(self._lines):
                lines.append(_Line(place + 1, self._lines[place]))
                number = place + 1
            else:
                lines.append(None)
        return lines

    def region(self, finding: Finding) -> dict[str, Any]:
        """A region of SARIF 3.30; columns only where the line has the text letter by letter."""
        start, end = finding.start, finding.end
        if finding.sentence >= 0:
            sentence = self._article.sentences[finding.sentence]
            line = self._blocks[sentence.block]
            start, end = sentence.start + start, sentence.start + end
        else:
            line = self._title if finding.sentence == -1 else None
        if line is None:
            return {"startLine": 1, "endLine": max(1, len(self._lines))}
        region: dict[str, Any] = {"startLine": line.number, "endLine": line.number}
        if line.text == _folded(line.text):
            region |= {"startColumn": start + 1, "endColumn": end + 1}
        region["snippet"] = {"text": finding.text}
        return region

    def element(self, finding: Finding) -> str:
        """The element that holds it, for a page."""
        if self._plain or finding.sentence < 0:
            return ""
        return self._article.blocks[self._article.sentences[finding.sentence].block].path

    def artifact(self) -> dict[str, Any]:
        """What was looked at; with its text where the file has it between markup."""
        made: dict[str, Any] = {"location": {"uri": self.uri}, "encoding": "utf-8"}
        if not self._plain:
            made["contents"] = {"text": "\n".join(self._lines)}
            made["description"] = {"text": "The article's text: a line for its title and each block."}
        else:
            made["mimeType"] = "text/plain"
        return made


def _folded(line: str) -> str:
    return unicodedata.normalize("NFC", " ".join(line.split()))


def _uri(name: str) -> str:
    """A URI reference (RFC 3986) for a file; standard input has no name."""
    if name == "-":
        return "stdin"
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
