"""``check --format sarif`` against the SARIF 2.1.0 schema, as far as our logs use it.

``SHAPES`` repeats the schema's rules for the objects that we write (required members, no others, types,
values); the whole schema is not ours to copy. The log was also passed through SARIF's own validator by hand.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from readable_portal.cli import app
from readable_portal.summary.review import RULES

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = """Thu phí rác

Ngày 2/5, UBND xã Hòa An thông báo về phí rác.
  Ban QLDA khẩn trương thu phí.
Ban Ô nhiễm 😀 khẩn trương thu phí trước ngày 5.
Ban Ô nhiễm 😀 khẩn trương thu phí trước ngày 5.
"""
PAGE = (
    "<!doctype html><html><head><title>Thu phí rác</title></head><body><article><h1>Thu phí rác</h1>"
    + "".join(f"<p>{line.strip()}</p>" for line in PLAIN.splitlines()[2:] * 5)
    + "</article></body></html>"
)

# Object -> member -> (required, what it is): a shape's name, [name] for a list of it, a type, or its values.
Kind = str | list[str] | type | frozenset[str]
SHAPES: dict[str, dict[str, tuple[bool, Kind]]] = {
    "log": {
        "$schema": (False, "uri"),
        "version": (True, frozenset(["2.1.0"])),
        "runs": (True, ["run"]),
    },
    "run": {
        "tool": (True, "tool"),
        "language": (False, frozenset(["vi", "en"])),
        "columnKind": (False, frozenset(["utf16CodeUnits", "unicodeCodePoints"])),
        "artifacts": (False, ["artifact"]),
        "properties": (False, dict),
        "results": (False, ["result"]),
    },
    "tool": {"driver": (True, "component")},
    "component": {
        "name": (True, str),
        "version": (False, str),
        "semanticVersion": (False, str),
        "language": (False, frozenset(["vi", "en"])),
        "rules": (False, ["rule"]),
    },
    "rule": {
        "id": (True, str),
        "name": (False, str),
        "shortDescription": (False, "text"),
        "fullDescription": (False, "text"),
        "help": (False, "text"),
        "helpUri": (False, "uri"),
        "defaultConfiguration": (False, "configuration"),
    },
    "text": {"text": (True, str)},
    "configuration": {"level": (False, frozenset(["none", "note", "warning", "error"]))},
    "artifact": {
        "location": (False, "artifactLocation"),
        "encoding": (False, str),
        "mimeType": (False, str),
        "contents": (False, "text"),
        "description": (False, "text"),
    },
    "artifactLocation": {"uri": (False, "uri"), "index": (False, int)},
    "result": {
        "ruleId": (False, str),
        "ruleIndex": (False, int),
        "level": (False, frozenset(["none", "note", "warning", "error"])),
        "message": (True, "text"),
        "locations": (False, ["location"]),
        "partialFingerprints": (False, dict),
        "fixes": (False, ["fix"]),
    },
    "location": {"physicalLocation": (False, "physical"), "logicalLocations": (False, ["logical"])},
    "logical": {"fullyQualifiedName": (False, str), "kind": (False, str)},
    "physical": {"artifactLocation": (True, "artifactLocation"), "region": (False, "region")},
    "region": {
        "startLine": (True, int),
        "endLine": (True, int),
        "startColumn": (False, int),
        "endColumn": (False, int),
        "snippet": (False, "text"),
    },
    "fix": {"description": (False, "text"), "artifactChanges": (True, ["change"])},
    "change": {"artifactLocation": (True, "artifactLocation"), "replacements": (True, ["replacement"])},
    "replacement": {"deletedRegion": (True, "region"), "insertedContent": (False, "text")},
}


def conform(value: Any, kind: Kind, path: str = "log") -> None:
    """Fail where the value is not what the schema asks for."""
    if kind == "uri":
        assert isinstance(value, str), path
        # RFC 3986: nothing but ASCII without white space.
        assert re.fullmatch(r"[!-~]+", value), f"{path}: {value!r}"
        urlsplit(value)
    elif isinstance(kind, str):
        assert isinstance(value, dict), path
        shape = SHAPES[kind]
        assert not set(value) - set(shape), f"{path}: {set(value) - set(shape)}"
        for name, (required, inner) in shape.items():
            assert name in value or not required, f"{path} lacks {name}"
            if name in value:
                conform(value[name], inner, f"{path}.{name}")
    elif isinstance(kind, list):
        assert isinstance(value, list), path
        for place, each in enumerate(value):
            conform(each, kind[0], f"{path}[{place}]")
    elif isinstance(kind, frozenset):
        assert value in kind, f"{path}: {value!r}"
    else:
        assert type(value) is kind, f"{path}: {value!r}"


def log(path: Path, *more: str) -> Any:
    answer = json.loads(CliRunner().invoke(app, ["check", str(path), "--format", "sarif", *more]).output)
    conform(answer, "log")
    return answer["runs"][0]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "bài viết.txt"
    path.write_text(PLAIN, "utf-8")
    return path


def test_a_log_conforms_and_every_result_has_its_rule(text: Path) -> None:
    run = log(text)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == rules[result["ruleIndex"]]["defaultConfiguration"]["level"]
        [location] = result["locations"]
        assert run["artifacts"][location["physicalLocation"]["artifactLocation"]["index"]]
    assert {rule["id"] for rule in rules} <= set(RULES)
    assert all(rule["helpUri"].startswith("https://") for rule in rules)


def test_places_are_those_of_the_file_in_code_points(text: Path) -> None:
    run = log(text)
    assert run["columnKind"] == "unicodeCodePoints"
    lines = PLAIN.splitlines()
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        if "startColumn" in region:
            line = lines[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    found = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert {"startLine": 5, "endLine": 5, "startColumn": 15, "endColumn": 26} in [
        {key: value for key, value in each.items() if key != "snippet"} for each in found
    ]
    # The fourth line begins with white space, so only the line is told.
    assert any(each["startLine"] == 4 and "startColumn" not in each for each in found)


def test_a_fix_puts_the_plain_words_in_their_place(text: Path) -> None:
    fixes = [result["fixes"][0] for result in log(text)["results"] if "fixes" in result]
    line = PLAIN.splitlines()[4]
    replaced = set()
    for fix in fixes:
        [change] = fix["artifactChanges"]
        [replacement] = change["replacements"]
        region = replacement["deletedRegion"]
        if region["startLine"] == 5:
            made = replacement["insertedContent"]["text"]
            replaced.add(line[: region["startColumn"] - 1] + made + line[region["endColumn"] - 1 :])
    assert "Ban Ô nhiễm 😀 nhanh chóng thu phí trước ngày 5." in replaced


def test_fingerprints_stay_when_lines_move_and_differ_for_the_second_of_two(text: Path) -> None:
    before = [result["partialFingerprints"]["readablePortal/v1"] for result in log(text)["results"]]
    assert len(set(before)) == len(before)
    text.write_text(PLAIN.replace("Ngày 2/5,", "Một câu mới.\nNgày 2/5,"), "utf-8")
    after = [result["partialFingerprints"]["readablePortal/v1"] for result in log(text)["results"]]
    assert set(before) <= set(after)


def test_a_page_has_its_text_in_the_log_and_its_elements_as_logical_places(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text(PAGE, "utf-8")
    run = log(path, "--language", "en")
    lines = run["artifacts"][0]["contents"]["text"].split("\n")
    assert lines[0] == "Thu phí rác"
    inside = 0
    for result in run["results"]:
        [location] = result["locations"]
        region = location["physicalLocation"]["region"]
        if "startColumn" in region:
            line = lines[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
            assert location["logicalLocations"][0]["fullyQualifiedName"].startswith("body>")
            inside += 1
    assert inside


def test_standard_input_has_a_name_that_is_a_reference() -> None:
    answer = CliRunner().invoke(app, ["check", "-", "--format", "sarif"], input=PLAIN)
    conform(json.loads(answer.output), "log")
