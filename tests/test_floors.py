"""Imports go down the floors of docs/architecture.md, never up and never sideways."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import readable_portal

SOURCE = Path(readable_portal.__file__).parent

# Rooms by floor. Names that a whole floor shares stand alone (store, limits, jobs, portal).
FLOOR = {
    "model": 0,
    "settings": 0,
    "errors": 0,
    "logs": 1,
    "tracing": 1,
    "vietnamese": 1,
    "http": 1,
    "page": 2,
    "summary": 2,
    "speech": 2,
    "store": 2,
    "limits": 2,
    "jobs": 2,
    "metrics": 2,
    "cache": 2,
    "portal": 3,
    "web": 4,
    "cli": 5,
}
SHARED = {
    "model",
    "settings",
    "errors",
    "logs",
    "tracing",
    "store",
    "cache",
    "limits",
    "jobs",
    "metrics",
    "portal",
}


def rooms_imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "readable_portal":
                names = [f"readable_portal.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("readable_portal.")}
    return found - {"__version__"}


MODULES = sorted(
    path
    for path in SOURCE.rglob("*.py")
    if path.relative_to(SOURCE).parts[0] not in {"__init__.py", "__main__.py", "demo_portal"}
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_only(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    assert own in FLOOR, f"{own} has no floor: give it one in docs/architecture.md and here"
    for room in rooms_imported(path) - {own}:
        below = FLOOR[room] < FLOOR[own]
        shared = FLOOR[room] == FLOOR[own] and room in SHARED
        assert below or shared, f"{path.relative_to(SOURCE)} (floor {FLOOR[own]}) imports {room}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_above_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
