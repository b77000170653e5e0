"""Chromium, the portal of static answers, and the demo portal served by its own command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.static_portal import StaticPortal
from tests.browser.waiting import PATIENCE
from tests.conftest import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

HOME = Path(__file__).parents[2]
AXE = HOME / "widgets/node_modules/axe-core/axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or next(
            (found for name in NAMES if (found := shutil.which(name))), ""
        )
        assert path, "Chromium is missing; scripts/setup test installs it or says how"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static_portal() -> Iterator[tuple[StaticPortal, str]]:
    """The portal of static answers and its address: one server for all tests of a process."""
    portal = StaticPortal()
    with running(portal.app) as address:
        yield portal, address


@pytest.fixture
def portal(static_portal: tuple[StaticPortal, str]) -> Iterator[StaticPortal]:
    """The portal that ``visit`` visits, whole again after the test."""
    yield static_portal[0]
    static_portal[0].broken.clear()
    static_portal[0].asked.clear()


@pytest.fixture
def visit(
    chromium: Browser, portal: StaticPortal, static_portal: tuple[StaticPortal, str]
) -> Iterator[Callable[..., Page]]:
    """Open a page of the portal: ``visit("01-px-pnlwcag", width=320)``; faults of scripts fail the test."""
    assert portal is static_portal[0]
    address = static_portal[1]
    contexts = []
    faults: list[str] = []

    def open_page(
        name: str, *, width: int = 1280, height: int = 800, wait: bool = True, **options: Any
    ) -> Page:
        query = options.pop("query", "")
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: faults.append(request.url) if not is_own(request.url, address) else None,
        )
        page.goto(f"{address}/tin/{name}{query}")
        if wait:
            page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


def is_own(url: str, address: str) -> bool:
    """Whether a browser asked the portal, or nobody."""
    return url.startswith((address, "data:", "blob:"))


@dataclass(frozen=True, slots=True)
class DemoServer:
    """The demo portal while it runs."""

    url: str
    pid: int

    def workers(self) -> list[int]:
        """Process ids of its children: those that speak."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        for thread in threads:
            children += (thread / "children").read_text("ascii").split()
        return sorted({int(child) for child in children})


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoServer]:
    """``readable-portal demo`` on a free port."""
    environment = {**os.environ, "PYTHONPATH": str(HOME / "src"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "readable_portal", "demo", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    watch = threading.Timer(60, process.kill)
    watch.start()
    assert process.stdout is not None
    told = "".join(line for line in iter(process.stdout.readline, "Stop with Ctrl+C.\n"))
    watch.cancel()
    match = re.search(r"Portal:\s+(http://\S+)/", told)
    assert match, f"the demo did not start: {told}"
    yield DemoServer(match[1], process.pid)
    process.terminate()
    process.wait(30)
    process.stdout.close()


@pytest.fixture
def context(chromium: Browser, demo: DemoServer) -> Iterator[BrowserContext]:
    """A fresh profile on the demo portal; a request to anywhere else fails the test."""
    context = chromium.new_context(base_url=demo.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    elsewhere: list[str] = []
    context.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if not request.url.startswith((demo.url, "blob:", "data:"))
            else None
        ),
    )
    yield context
    context.close()
    assert elsewhere == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails the test when a script fails or the policy is broken."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # A 404 of the article's address is how a list page says that it is none; browsers note it themselves.
    page.on(
        "console",
        lambda message: (
            wrong.append(message.text)
            if message.type == "error" and not message.text.startswith("Failed to load resource")
            else None
        ),
    )
    yield page
    assert wrong == []


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[dict[str, Any]]]:
    """``axe(page, include=[...])``: findings by WCAG 2.2 A and AA and good practice, or by some rules."""
    script = AXE.read_text("utf-8")

    def look(
        page: Page, *, include: list[str] | None = None, rules: list[str] | None = None
    ) -> list[dict[str, Any]]:
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(script)
        found: dict[str, Any] = page.evaluate(
            """async ([include, runOnly]) => await axe.run(
              include ? {include: include.map(one => [one])} : document, {runOnly})""",
            [include, rules or STANDARDS],
        )
        return [
            {"rule": each["id"], "nodes": [node["html"][:200] for node in each["nodes"]]}
            for each in found["violations"]
        ]

    return look
