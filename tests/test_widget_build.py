"""The committed build of the widget is made of the committed sources; plain Python can tell, without Node."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "widgets"
STATIC = ROOT / "src" / "readable_portal" / "static"
# What tools/build.mjs skips too: installed packages, what the build makes, the npm package.
SKIPPED = {"node_modules", "generated", "dist"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    return loaded


def sources_hash() -> str:
    paths = [path for path in SOURCES.rglob("*") if path.is_file()]
    names = {path.relative_to(SOURCES): path for path in paths}
    total = hashlib.sha256()
    for name in sorted((n for n in names if not SKIPPED & set(n.parts)), key=lambda n: n.as_posix()):
        total.update(f"{name.as_posix()}\0".encode())
        total.update(hashlib.sha256(names[name].read_bytes()).hexdigest().encode())
        total.update(b"\n")
    return total.hexdigest()


def test_the_build_is_made_of_these_sources(manifest: dict[str, Any]) -> None:
    assert manifest["sources"] == sources_hash(), "run: cd widgets && npm ci && npm run build"


def test_every_file_is_what_the_manifest_says(manifest: dict[str, Any]) -> None:
    assert {path.name for path in STATIC.iterdir()} == {"manifest.json", *manifest["files"]}
    for name, entry in manifest["files"].items():
        body = (STATIC / name).read_bytes()
        assert entry["bytes"] == len(body), name
        assert entry["sha256"] == hashlib.sha256(body).hexdigest(), name
        integrity = base64.b64encode(hashlib.sha384(body).digest()).decode()
        assert entry["integrity"] == f"sha384-{integrity}", name


def test_fonts_come_with_their_licence(manifest: dict[str, Any]) -> None:
    fonts = {name.rpartition("-")[0] for name in manifest["files"] if name.endswith(".woff2")}
    for family in ("be-vietnam-pro", "lexend"):
        assert any(name.startswith(family) for name in fonts)
        licence = (STATIC / f"LICENSE-{family}.txt").read_text("utf-8")
        assert "SIL Open Font License, Version 1.1" in " ".join(licence.split())


def test_the_files_keep_their_budget(manifest: dict[str, Any]) -> None:
    """Gzip bytes of the files as they are served, fonts apart; the words of both languages count as code."""
    scripts = [name for name in manifest["files"] if name.endswith(".js")]
    styles = [name for name in scripts if name.startswith("styles-")]

    def size(names: list[str]) -> int:
        return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)

    # The loader alone is on every page.
    assert size(["widget.js"]) <= 1500
    assert size([name for name in manifest["first"] if name not in styles]) <= 8000
    assert size([name for name in scripts if name not in styles]) <= 20000
    assert size(styles) <= 4000
    assert size(scripts) <= 24000
    # With the style sheets: what arrives before the bar stands.
    assert size(manifest["first"]) <= 11000


def test_the_documentation_names_the_sizes_of_the_build(manifest: dict[str, Any]) -> None:
    text = (ROOT / "docs" / "widget.md").read_text("utf-8")
    table = text.split("<!-- sizes: written by npm run build -->")[1].split("<!-- end of sizes -->")[0]
    for of in ("first", "code", "css", "served"):
        assert f"| {manifest['gzip'][of]:,} |" in table
