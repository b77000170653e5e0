"""Take the documentation's pictures anew: ``python tools/take_screenshots.py`` after scripts/setup test."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

HOME = Path(__file__).parents[1]
IMAGES = HOME / "docs/images"
ARTICLE = "/tin-tuc/kiem-soat-thu-tuc"


def article(browser: Browser, site: str) -> None:
    """The seed's article: the bar above it, the text at 150 %, a sentence while it is spoken."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(site + ARTICLE)
    bar = page.locator("readable-toolbar")
    while "150" not in bar.locator("readable-size output").inner_text():
        bar.locator("readable-size button").last.click()
    page.screenshot(path=IMAGES / "article.png")
    bar.get_by_role("button", name="Nghe bài").click()
    page.wait_for_function("CSS.highlights.get('readable-sentence')?.size")
    bar.get_by_role("button", name="Câu sau").click()
    page.mouse.move(0, 0)
    page.wait_for_function("CSS.highlights.get('readable-word')?.size")
    page.wait_for_timeout(1000)
    page.screenshot(path=IMAGES / "listening.png")
    page.close()


def summary(browser: Browser, site: str) -> None:
    """The summary panel of an article with fees and telephone numbers."""
    page = browser.new_page(viewport={"width": 1100, "height": 1100})
    page.goto(f"{site}/tin-tuc/the-can-cuoc")
    page.locator("readable-toolbar").get_by_role("button", name="Tóm tắt").click()
    page.locator("readable-summary li").first.wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / "summary.png")
    page.close()


def reader(browser: Browser, site: str) -> None:
    """The reader page on a telephone, scripts off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}/_readable/read?path={quote(ARTICLE, safe='')}")
    page.screenshot(path=IMAGES / "reader.png")
    context.close()


def main() -> None:
    """Serve the demo portal and photograph it."""
    IMAGES.mkdir(exist_ok=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "readable_portal", "demo", "--port", "0"],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        told = iter(server.stdout or ())
        site = next(match[1] for line in told if (match := re.search(r"Portal:\s+(http://\S+)/", line)))
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--hide-scrollbars"]
            )
            for take in (article, summary, reader):
                take(browser, site)
            browser.close()
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
