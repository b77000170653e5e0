"""The portal's pages and routes. Nothing here knows of reading tools: it is the portal as it stands."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from .catalogue import ARTICLES, HOME, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from .catalogue import Entry

__all__ = ["portal"]

# A form's text that is worth answering; what is longer is no search.
MAX_FORM_BYTES = 64 * 1024
ELEMENTS = ["toolbar", "size", "display", "player", "summary", "glossary"]


def _template(name: str) -> Template:
    return Template((HOME / "templates" / f"{name}.html").read_text("utf-8"))


def _viewstate(seed: str, size: int = 3000) -> str:
    """Make a ``__VIEWSTATE`` like those of WebForms: long, opaque, the same at every visit."""
    blocks = (hashlib.sha256(f"{seed}{n}".encode()).digest() for n in range(size // 32))
    return base64.b64encode(b"".join(blocks)).decode()


def _page(main: str, *, title: str, language: str = "vi", status: int = 200) -> HTMLResponse:
    latest = "\n\t".join(
        f'<div class="tin-chay"><a href="{escape(each.address)}">{escape(each.title)}</a></div>'
        for each in ARTICLES[:6]
    )
    body = _template("shell").substitute(
        title=escape(title), main=main, latest=latest, language=language, viewstate=_viewstate(title)
    )
    return HTMLResponse(body, status_code=status)


def _list(entries: Iterable[Entry]) -> str:
    rows = [
        '<tr><td width="8" valign="top"><font color="#cc0000">&raquo;</font></td><td>'
        f'<a href="{escape(each.address)}" class="tieu-de-tin">{escape(each.title)}</a> '
        f'<font size="1" color="#777777">({each.published:%d/%m/%Y})</font>'
        f'<div class="mo-ta">{escape(each.brief)}</div></td></tr>'
        for each in entries
    ]
    rows = rows or ["<tr><td>Không tìm thấy tin nào.</td></tr>"]
    return f'<table width="100%" cellpadding="3" summary="" class="ds-tin">{"".join(rows)}</table>'


def _heading(text: str) -> str:
    return f'<div class="tieu-de-khoi">{escape(text).upper()}</div>'


async def home(_: Request) -> HTMLResponse:
    """The first page: a lead story and lists."""
    first, *rest = [each for each in ARTICLES if each.language == "vi"]
    main = _template("home").substitute(
        address=escape(first.address), title=escape(first.title), brief=escape(first.brief), list=_list(rest)
    )
    return _page(main, title="Trang chủ - Cổng thông tin điện tử tỉnh")


async def section(request: Request) -> HTMLResponse:
    """A section's list."""
    for each in SECTIONS:
        if each.slug == request.path_params["slug"]:
            entries = [entry for entry in ARTICLES if entry.section == each.slug]
            return _page(_heading(each.title) + _list(entries), title=each.title)
    return await missing(request)


async def article(request: Request) -> HTMLResponse:
    """An article, in the markup of its family."""
    wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    for each in ARTICLES:
        if each.address == wanted:
            return _page(each.markup(), title=f"{each.title} - Cổng thông tin", language=each.language)
    return await missing(request)


async def search(request: Request) -> HTMLResponse:
    """What the search box in the head posts to."""
    words = ""
    if request.method == "POST":
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_FORM_BYTES:
                return _page("<p>Nội dung quá dài.</p>", title="Tìm kiếm", status=413)
        fields = parse_qs(body.decode("utf-8", "replace"))
        words = fields.get("ctl00$txtTimKiem", [""])[0].strip()
    found = [each for each in ARTICLES if words and words.lower() in f"{each.title} {each.brief}".lower()]
    told = f"<p>Kết quả cho từ khóa “<b>{escape(words)}</b>”: {len(found)} tin.</p>" if words else ""
    return _page(_heading("Tìm kiếm") + told + _list(found), title="Tìm kiếm")


async def fixed(request: Request) -> HTMLResponse:
    """Pages that are no articles: feedback form, directory of the site, contacts."""
    name = request.url.path.strip("/")
    titles = {
        "gui-phan-anh": "Gửi phản ánh, kiến nghị",
        "so-do-cong": "Sơ đồ cổng",
        "lien-he": "Liên hệ",
    }
    return _page(_heading(titles[name]) + _template(name).template, title=titles[name])


async def missing(_: Request, __: Exception | None = None) -> HTMLResponse:
    """There is no such page."""
    main = "<p>Không tìm thấy trang. Mời quý vị quay lại <a href='/'>trang chủ</a>.</p>"
    return _page(main, title="Không tìm thấy trang", status=404)


async def example(request: Request) -> Response:
    """The example of one element: from the wheel, or from the element's own folder in a checkout."""
    name = Path(request.path_params["element"], "example.html")
    homes = (HOME / "gallery", HOME.parents[1] / "widgets")
    found = [home / name for home in homes if (home / name).is_file()]
    return FileResponse(found[0]) if found else await missing(request)


async def element_script(_: Request) -> Response:
    """What the examples import by its name in the npm package; here it comes from the portal's own copy."""
    return Response('import "./gallery.js";', media_type="text/javascript")


portal = Starlette(
    routes=[
        Route("/", home),
        Route("/chuyen-muc/{slug}", section),
        Route("/tin-tuc/{slug}", article),
        Route("/chitiettin.aspx", article),
        Route("/en/{slug}", article),
        Route("/tim-kiem", search, methods=["GET", "POST"]),
        *(Route(f"/{name}", fixed) for name in ("gui-phan-anh", "so-do-cong", "lien-he")),
        Route("/widgets/{element}/example.html", example),
        *(Route(f"/widgets/{name}.js", element_script) for name in ELEMENTS),
        Mount("/widgets", StaticFiles(directory=Path(HOME, "gallery"), html=True)),
        Mount("/Style", StaticFiles(directory=Path(HOME, "static"))),
        Mount("/PublishingImages/TinTuc", StaticFiles(directory=Path(HOME, "static"))),
    ],
    exception_handlers={404: missing},
)
