"""Chromium, and the portal of static answers that it reads."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.static_portal import StaticPortal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def portal() -> StaticPortal:
    return StaticPortal()


@pytest.fixture
def visit(
    chromium: Browser, portal: StaticPortal, serve: Callable[..., str]
) -> Iterator[Callable[..., Page]]:
    """Open a page of the portal: ``visit("01-px-pnlwcag", width=320)``; faults of scripts fail the test."""
    address = serve(portal.app)
    contexts = []
    faults: list[str] = []

    def open_page(
        name: str, *, width: int = 1280, height: int = 800, wait: bool = True, **options: Any
    ) -> Page:
        query = options.pop("query", "")
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda request: faults.append(request.url) if not _own(request.url, address) else None
        )
        page.goto(f"{address}/tin/{name}{query}")
        if wait:
            page.wait_for_function("document.querySelector('readable-toolbar')?.reading")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


def _own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))
