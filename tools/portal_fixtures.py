"""Write the made-up portal pages that the reader is tested on: ``tests/page/portals``.

One skeleton for every family of portal software, after how such portals are built (docs/portals.md), and
four ways in which editors' texts arrive: clean paragraphs, one element with ``<br><br>``, paragraphs pasted
from Word, and everything as entities with CRLF. The texts are our own (``portal_texts``).

Run ``python tools/portal_fixtures.py`` to write, with ``--check`` to see whether the files are fresh.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parent / "tests" / "page" / "portals"
XHTML = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
STYLES = ("p", "br", "word", "entities")
MENU = (
    "Trang chủ", "Giới thiệu", "Cơ cấu tổ chức", "Tin tức - Sự kiện", "Văn bản", "Thủ tục hành chính",
    "Chuyển đổi số", "Công khai ngân sách", "Hỏi đáp", "Liên hệ",
)  # fmt: skip
OTHERS = (
    "Khai mạc hội thao truyền thống lực lượng dân quân", "Tập huấn kỹ năng số cho tổ công nghệ cộng đồng",
    "Công bố danh mục thủ tục hành chính mới", "Bế giảng lớp học bơi miễn phí cho thiếu nhi",
    "Kết quả thi tuyển viên chức ngành giáo dục", "Hội nghị sơ kết công tác sáu tháng đầu năm",
)  # fmt: skip


def body_html(text: Text, style: str) -> str:
    """The article's text as an editor leaves it."""
    caption = escape(text.caption, quote=False)
    image = '<p style="text-align:center"><img src="/PublishingImages/anh.jpg" alt="" /></p>'
    image += f'<p style="text-align:center"><em>{caption}</em></p>'
    parts = [(i in text.headings, escape(p, quote=False)) for i, p in enumerate(text.paragraphs)]
    if style == "br":
        lines = [f"<b>{p}</b>" if bold else p for bold, p in parts]
        return f'{image}<div style="text-align: justify">{"<br /><br />".join(lines)}</div>'
    if style == "word":
        open_, close = '<span style="font-size:14pt"><font face="Times New Roman">', "</font></span>"
        filler = '<p class="MsoNormal">&nbsp;</p>'
        return image + filler.join(
            f'<p class="MsoNormal" style="margin:6pt 0cm;text-align:justify">{open_}'
            f"{f'<b>{p}</b>' if bold else p}{close}<o:p></o:p></p>"
            for bold, p in parts
        )
    joined = "\n".join(
        f'<p style="text-align: justify;">{f"<strong>{p}</strong>" if bold else p}</p>' for bold, p in parts
    )
    return image + joined


def related(item: str = "li") -> str:
    """Links to other articles, with their dates."""
    return "".join(
        f'<{item}><a href="/tin/{i}.aspx">{other}</a> '
        f'<span class="date">(0{i + 1}/0{i + 2}/2020)</span></{item}>'
        for i, other in enumerate(OTHERS)
    )


def page(inner: str, *, title: str, form: bool = True) -> str:
    """A portal's page around its article: menu, side column, footer, and ASP.NET's form."""
    menu = "".join(f'<li><a href="/trang-{i}">{name}</a></li>' for i, name in enumerate(MENU))
    start, end = "", ""
    if form:
        state = "/wEPDwUKMTY1NDU2MTA1MmRk" + "QUJD" * 60
        start = (
            '<form method="post" action="./ChiTiet.aspx?id=1" id="aspnetForm">'
            f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}" />'
        )
        end = "</form>"
    return (
        f'{XHTML}\n<html xmlns="http://www.w3.org/1999/xhtml" lang="vi"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />'
        f"<title>{escape(title)}</title><script>var _spPageContextInfo = {{}};</script>"
        f"<noscript><img src='/dem.gif' alt='' /></noscript></head><body>{start}"
        '<div id="top"><img src="/logo.png" alt="Cổng thông tin điện tử" />'
        f'<ul class="menu">{menu}</ul></div>'
        f'<div id="khung">{inner}<div class="cot-phai"><h3>Xem nhiều</h3><ul>{related()}</ul></div></div>'
        '<div id="duoi">Bản quyền thuộc Ủy ban nhân dân. Địa chỉ: số 1 đường Hùng Vương. '
        f"Điện thoại: 0999 000 000</div>{end}</body></html>"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a portal publishes: every field as it is shown."""

    title: str
    lead: str
    caption: str
    author: str
    section: str
    headings: list[int]
    paragraphs: list[str]


ARTICLES = [
    Text(**each) for each in tomllib.loads((HERE / "portal_texts.toml").read_text("utf-8"))["article"]
]
FAMILIES = tomllib.loads((HERE / "portal_skeletons.toml").read_text("utf-8"))


def build() -> dict[str, str]:
    """All files by name."""
    files: dict[str, str] = {}
    gold = {}
    for number, (family, about) in enumerate(FAMILIES.items()):
        # Two styles and two texts a family, in turn: every pair is met, and the folder stays small.
        for turn in (0, 1):
            style = STYLES[(number + 2 * turn + number // 4) % 4]
            text = ARTICLES[(number + turn) % len(ARTICLES)]
            if family == "oracle-adf" and style == "entities":
                style = "p"
            skeleton = "".join(line.strip() for line in about["html"].splitlines())
            inner = skeleton.format(
                title=escape(text.title, quote=False),
                lead=escape(text.lead, quote=False),
                body=body_html(text, style),
                author=text.author,
                related=related("p" if number % 3 == 0 and "<ul>{related}" not in skeleton else "li"),
            )
            html = page(inner, title=text.title if about["titled"] else "Chi tiết tin", form=about["form"])
            if style == "entities":
                html = html.replace("\n", "\r\n")
                html = "".join(c if ord(c) < 128 else f"&#{ord(c)};" for c in html)
            name = f"{family}-{style}"
            files[f"{name}.html"] = html
            gold[name] = {
                "title": text.title,
                "lead": text.lead,
                "paragraphs": list(text.paragraphs),
                "headings": sorted(text.headings),
                "caption": text.caption,
                "author": text.author,
                "published": "2019-03-15T08:46:00+07:00",
            }
    files["gold.json"] = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
    return files


def main() -> int:
    """Write the files, or check them."""
    stale = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in build().items():
        path = FOLDER / name
        if not path.exists() or path.read_bytes() != content.encode():
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_bytes(content.encode())
    print(f"{len(stale)} files {'stale' if '--check' in sys.argv else 'written'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
