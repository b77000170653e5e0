"""Every family of portal, read with no configuration: the pages are made by tools/portal_fixtures.py."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from readable_portal.page.article import read_article

FOLDER = Path(__file__).parent / "portals"
GOLD = json.loads((FOLDER / "gold.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(GOLD))
def test_a_portals_article_is_read_right(name: str) -> None:
    gold = GOLD[name]
    article = read_article((FOLDER / f"{name}.html").read_bytes())
    assert article.title == gold["title"]
    assert article.lead == gold["lead"]
    assert article.published is not None
    assert article.published.isoformat() == gold["published"]
    assert article.byline == gold["author"]
    assert article.text.splitlines() == [gold["lead"], *gold["paragraphs"]]
    kinds = [block.kind for block in article.blocks if block.kind != "signature"]
    body = ["heading" if i in gold["headings"] else "paragraph" for i in range(len(gold["paragraphs"]))]
    assert kinds == ["lead", "caption", *body]
    assert article.blocks[1].text == gold["caption"]
    assert article.language == "vi"


def test_the_pages_are_fresh() -> None:
    tool = Path(__file__).parents[2] / "tools" / "portal_fixtures.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)
