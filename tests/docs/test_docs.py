"""The documentation tells the truth: its code runs, its commands exist, and nothing is left out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from readable_portal.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parents[2]
PAGES = sorted([*HOME.glob("README*.md"), *HOME.glob("docs/*.md")])
CODE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WEB = HOME / "src/readable_portal/web"


def pieces(language: str, pages: list[Path]) -> list[Any]:
    return [
        pytest.param(match[2], id=f"{page.name}-{number}")
        for page in pages
        for number, match in enumerate(CODE.finditer(page.read_text("utf-8")))
        if match[1] == language
    ]


RUN = [page for page in PAGES if page.stem in {"README", "README.vi", "quickstart", "settings"}]


@pytest.mark.parametrize(
    "code",
    pieces(
        "python", [page for page in PAGES if page.stem in {"README", "README.vi", "quickstart", "settings"}]
    ),
)
def test_code_runs_as_it_stands(code: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(HOME / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def command_lines() -> Iterator[Any]:
    for param in [*pieces("sh", PAGES), *pieces("bash", PAGES), *pieces("console", PAGES)]:
        for line in str(param.values[0]).replace("\\\n", " ").splitlines():
            words = line.removeprefix("$ ").strip()
            # What docs/commands.md writes from the code names its arguments in capitals.
            if words.startswith("readable-portal ") and "[OPTIONS]" not in words:
                yield pytest.param(words, id=f"{param.id}: {words[:60]}")


@pytest.mark.parametrize("line", list(command_lines()))
def test_a_command_of_the_docs_exists_with_its_options(line: str) -> None:
    line = re.split(r"\s[#|<>]", line)[0]
    _, name, *arguments = shlex.split(line)
    group: Any = typer.main.get_command(app)
    assert name in group.commands or name.startswith("-"), f"there is no command {name}"
    if not name.startswith("-"):
        group.commands[name].make_context(name, arguments)


def test_settings_and_commands_are_written_from_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "tools/write_reference.py", "--check"],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_endpoint_is_documented() -> None:
    page = (HOME / "docs/endpoints.md").read_text("utf-8")
    source = "\n".join(path.read_text("utf-8") for path in WEB.glob("*.py"))
    routes = set(re.findall(r'Route\(\s*"/([\w.]+)', source))
    assert {"article", "summary", "read", "speech", "marks", "health"} <= routes
    assert [route for route in sorted(routes) if f"`{route}" not in page] == []


def in_nav(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    else:
        for each in entry.values() if isinstance(entry, dict) else entry:
            yield from in_nav(each)


def test_every_page_stands_in_the_navigation_once() -> None:
    nav = list(in_nav(tomllib.loads((HOME / "zensical.toml").read_text("utf-8"))["project"]["nav"]))
    assert sorted(nav) == sorted(str(page.relative_to(HOME / "docs")) for page in HOME.glob("docs/**/*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    text = CODE.sub("", page.read_text("utf-8"))
    links = re.findall(r"\]\(([^)#\s]+)", text)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_no_file_names_a_workplace_or_a_private_host() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True, check=True)
    names = [
        name
        for name in listed.stdout.split("\0")
        if name.endswith((".md", ".json", ".toml", ".py", ".ts", ".mjs"))
    ]
    names.remove("tests/docs/test_docs.py")  # it names what it looks for
    places = re.compile(
        "/" + r"(?:work|root)/|/" + r"tmp/|registry\.(?!npm)|artifactory|nexus\.", re.IGNORECASE
    )
    found = [
        f"{name}: {match[0]}"
        for name in names
        if (match := places.search((HOME / name).read_text("utf-8", errors="replace")))
    ]
    assert found == []


def test_the_lock_file_downloads_from_the_public_registry_only() -> None:
    lock = HOME / "widgets/package-lock.json"
    resolved = re.findall(r'"resolved": "([^"]+)"', lock.read_text("utf-8"))
    assert {address.split("/")[2] for address in resolved} <= {"registry.npmjs.org"}
