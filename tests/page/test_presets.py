from __future__ import annotations

import json
from pathlib import Path

import pytest

from readable_portal.errors import SettingsError
from readable_portal.page.article import read_article
from readable_portal.page.presets import builtin_presets, load_presets

FOLDER = Path(__file__).parent / "portals"
NAMES = sorted(json.loads((FOLDER / "gold.json").read_text("utf-8")))
PARAGRAPHS = "".join(
    f"<p>Đoạn {i} của bài viết nói về lịch làm việc của cơ quan trong tuần này và tuần sau.</p>"
    for i in range(6)
)
PAGE = f"""<html lang="vi"><body><h1>Trang thông tin</h1><div class="ten-bai">Lịch làm việc tuần 20</div>
<p class="khi">12/05/2020</p><p class="khi-that">14/05/2020</p>
<div class="mo-dau">Tóm tắt của lịch làm việc.</div><div class="than">{PARAGRAPHS}
<div class="bo"><p>Ý kiến của bạn về lịch này xin gửi về văn phòng cơ quan trước thứ sáu.</p>
</div></div><p class="nguoi">Lê Thị Mận</p><p class="tu">Sở Nội vụ</p></body></html>"""


def write(folder: Path, text: str) -> str:
    path = folder / "presets.toml"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_built_in_preset_never_makes_a_page_worse(name: str) -> None:
    body = (FOLDER / f"{name}.html").read_bytes()
    general = read_article(body, presets=())
    article = read_article(body)
    assert article.title == general.title
    assert article.lead == general.lead
    assert article.published == general.published
    assert article.byline == general.byline
    assert article.text == general.text


def test_every_family_with_a_marker_of_its_own_is_heard() -> None:
    heard = set()
    for name in NAMES:
        article = read_article((FOLDER / f"{name}.html").read_bytes())
        heard |= {why.removeprefix("preset:") for _, why in article.evidence if why.startswith("preset:")}
    known = {preset.name for preset in builtin_presets()}
    assert heard >= known - {"webforms-details"}


def test_a_portals_own_selectors_are_believed_each_on_its_own(tmp_path: Path) -> None:
    own = load_presets(
        write(
            tmp_path,
            """
            [binh-an]
            title = ".ten-bai"
            date = [".nothing", ".khi-that"]
            lead = ".mo-dau"
            body = ".than"
            author = ".nguoi"
            source = ".tu"
            exclude = [".bo"]
            """,
        )
    )
    article = read_article(PAGE, presets=own)
    assert article.title == "Lịch làm việc tuần 20"
    assert article.published is not None
    assert article.published.day == 14
    assert article.lead == "Tóm tắt của lịch làm việc."
    assert article.byline == "Lê Thị Mận"
    assert article.source == "Sở Nội vụ"
    assert "Ý kiến" not in article.text
    assert dict(article.evidence)["title"] == "preset:binh-an"


def test_a_preset_whose_marker_is_missing_is_not_heard(tmp_path: Path) -> None:
    own = load_presets(write(tmp_path, '[x]\nmarker = ["not in the page"]\ntitle = ".ten-bai"\n'))
    assert read_article(PAGE, presets=own).title == read_article(PAGE).title == "Trang thông tin"


def test_a_selector_that_finds_nothing_leaves_the_general_way(tmp_path: Path) -> None:
    own = load_presets(write(tmp_path, '[x]\ntitle = "#none"\nbody = "h1"\ndate = "h1"\nlead = "h1"\n'))
    assert read_article(PAGE, presets=own).text == read_article(PAGE).text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[x]\nheadline = 'h1'", "presets.x"),
        ("[x]\ntitle = 'h1['", "presets.x.title"),
        ("[x]\ntitle = 3", "presets.x.title"),
        ("[x]\nexclude = ['::?']", "presets.x.exclude"),
        ("x = 3", "presets"),
        ("[x", "presets"),
    ],
)
def test_a_mistake_in_the_file_is_said_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_presets(write(tmp_path, text))
    assert caught.value.key == key


def test_a_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="could not be read"):
        load_presets(str(tmp_path / "none.toml"))
    assert load_presets("") == builtin_presets()
