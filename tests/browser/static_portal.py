"""A portal for the browser tests: legacy pages of our own writing, and the JSON contract as static answers.

The article's JSON is made from two selectors per page (pages/pages.tsv), not by our own extraction, so
that the widget is tested by itself. The speech is a quiet tone with evenly spread marks.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import unicodedata
import zlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import lameenc
import segno
from selectolax.lexbor import LexborHTMLParser, LexborNode
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from readable_portal.page.beside import Surroundings

if TYPE_CHECKING:
    from starlette.requests import Request

PAGES = Path(__file__).parent / "pages"
STATIC = Path(__file__).parents[2] / "src" / "readable_portal" / "static"
BLOCKS = {"p": "paragraph", "div": "paragraph", "td": "paragraph", "li": "item", "blockquote": "quote",
          "pre": "paragraph", "font": "paragraph"}  # fmt: skip
SENTENCE = re.compile(r"[^.]+(?:\.(?!\s|$)[^.]*)*\.?(?:/\.)?")
MS_PER_LETTER = 60
BETWEEN_MS = 300
PUBLISHED, AUTHOR = "2025-06-02T08:46:00+07:00", "Hồng Thắm"
FACTS = [("start", "Bắt đầu", "02/6/2025"), ("phone", "Điện thoại", "0297 3812 345")]
LINKS = {"summary": "summary", "audio": "speech", "marks": "marks", "reader": "read", "qr": "qr.svg"}


def picture(width: int = 560, height: int = 320) -> bytes:
    """A grey PNG of this size (RFC 2083), so that its ratio is the one that pages announce."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    rows = (b"\0" + b"\xb8" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# What a careful portal sends: nothing but its own origin, no inline script or style of ours.
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-hashes' {hashes}; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; font-src 'self'; frame-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@lru_cache
def pages() -> dict[str, tuple[str, str]]:
    """Page name -> selectors of title and body."""
    with (PAGES / "pages.tsv").open(encoding="utf-8") as file:
        return {row["page"]: (row["title"], row["body"]) for row in csv.DictReader(file, delimiter="\t")}


def fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def selector(node: LexborNode) -> str:
    steps = []
    at: LexborNode | None = node
    while at is not None and at.tag not in {"body", "html"}:
        place = 1
        before = at.prev
        while before is not None:
            place += before.tag == at.tag
            before = before.prev
        steps.append(f"{at.tag}:nth-of-type({place})")
        at = at.parent
    return ">".join(["body", *reversed(steps)])


def _is_leaf(node: LexborNode) -> bool:
    inner = [
        each for each in node.css("p,div,td,li,table,blockquote,ul,ol,pre") if each.mem_id != node.mem_id
    ]
    return not inner


def _blocks(body: LexborNode) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for node in body.traverse(include_text=False):
        if node.tag == "table" and node.css_first("th"):
            rows = [[fold(cell.text()) for cell in row.css("td,th")] for row in node.css("tr")]
            text = "\n".join("\t".join(row) for row in rows)
            found.append({"kind": "table", "path": selector(node), "text": text})
            continue
        if node.tag not in BLOCKS or not _is_leaf(node):
            continue
        parent = node.parent
        while parent is not None and parent.tag not in {"table", "body"}:
            parent = parent.parent
        if parent is not None and parent.tag == "table" and parent.css_first("th"):
            continue
        parts = (
            re.split(r"<br\s*/?>\s*<br\s*/?>", node.html or "") if node.css_first("br") else [node.html or ""]
        )
        for part in parts:
            text = fold(LexborHTMLParser(part).text())
            if text:
                found.append({"kind": BLOCKS[node.tag], "path": selector(node), "text": text})
    if not found:
        found.append({"kind": "paragraph", "path": selector(body), "text": fold(body.text())})
    return found


@lru_cache
def article(name: str) -> dict[str, Any]:
    """The answer of ``article?path=/tin/NAME``."""
    title_selector, body_selector = pages()[name]
    tree = LexborHTMLParser((PAGES / f"{name}.html").read_bytes())
    title, body = tree.css_first(title_selector), tree.css_first(body_selector)
    assert title is not None
    assert body is not None
    blocks: list[dict[str, Any]] = [
        {
            "level": 0,
            "marker": "",
            "fingerprint": hashlib.sha256("".join(b["text"].split()).encode()).hexdigest()[:8],
        }
        | b
        for b in _blocks(body)
    ]
    sentences = [
        {"block": place, "start": match.start() + len(match[0]) - len(match[0].lstrip()), "end": match.end()}
        for place, block in enumerate(blocks)
        for match in SENTENCE.finditer(block["text"])
        if match[0].strip()
    ]
    around = Surroundings(
        (PAGES / f"{name}.html").read_bytes(),
        title=selector(title),
        body=selector(body),
        paths=[block["path"] for block in blocks],
        size=sum(len(block["text"]) for block in blocks),
        published=datetime.fromisoformat(PUBLISHED),
        people=[AUTHOR],
    )
    path = quote(f"/tin/{name}", safe="")
    links = {key: f"/_readable/{where}?path={path}" for key, where in LINKS.items()}
    return {
        "version": 1, "url": f"https://portal.example/tin/{name}", "title": fold(title.text()),
        "titlePath": selector(title), "bodyPath": selector(body), "language": "vi",
        "beside": list(around.lines()), "control": around.control(),
        "published": PUBLISHED, "byline": AUTHOR, "source": "", "section": "",
        "digest": hashlib.sha256(name.encode()).hexdigest(), "blocks": blocks, "sentences": sentences,
        "terms": _terms(blocks, sentences), "minutes": {"read": 1, "listen": 2}, "links": links,
    }  # fmt: skip


def _terms(blocks: list[dict[str, Any]], sentences: list[dict[str, int]]) -> list[dict[str, Any]]:
    meanings = {"UBND": "Ủy ban nhân dân", "hộ tịch": "Sổ sách ghi việc sinh, kết hôn, qua đời của người dân"}
    terms = []
    for index, sentence in enumerate(sentences):
        text = blocks[sentence["block"]]["text"][sentence["start"] : sentence["end"]]
        for short in list(meanings):
            found = re.search(rf"(?<![\w-]){short}\b", text)
            if found:
                terms.append({"kind": "abbreviation" if short.isupper() else "term", "text": short,
                              "meaning": meanings.pop(short), "sentence": index, "start": found.start(),
                              "end": found.end(), "source": ""})  # fmt: skip
    return terms


def summary(name: str) -> dict[str, Any]:
    """The answer of ``summary?path=/tin/NAME``."""
    data = article(name)
    texts = [data["blocks"][s["block"]]["text"][s["start"] : s["end"]] for s in data["sentences"]]
    chosen = [0, min(2, len(texts) - 1), len(texts) - 1]
    sentences = [{"text": texts[i], "source": i, "sources": [i], "changes": []} for i in sorted(set(chosen))]
    return {
        "version": 1, "engine": "extract", "sentences": sentences,
        "facts": [
            {"kind": kind, "label": label, "value": value, "sentence": 1, "start": 0, "end": 9}
            for kind, label, value in FACTS
        ],
        "terms": data["terms"],
        "readability": {
            "summary": {"grade": 7.1, "band": "medium"},
            "article": {"grade": 8.0, "band": "hard"},
        },
        "notes": [],
    }  # fmt: skip


def sentence_text(article: dict[str, Any], index: int) -> str:
    """The text of a sentence, by an answer of ``article``."""
    found = article["sentences"][index]
    text: str = article["blocks"][found["block"]]["text"][found["start"] : found["end"]]
    return text


def sentence(name: str, index: int) -> str:
    """The text of a sentence of ours."""
    return sentence_text(article(name), index)


@lru_cache
def marks(name: str) -> dict[str, Any]:
    """Title first, then the sentences, each as long as its letters; words evenly within."""
    data = article(name)
    found, at = [], 200
    texts = [(-1, data["title"])]
    texts += [(i, sentence_text(data, i)) for i in range(len(data["sentences"]))]
    for index, text in texts:
        start = at
        words = []
        for match in re.finditer(r"\S+", text):
            length = MS_PER_LETTER * len(match[0])
            words.append([at, at + length, match.start(), match.end()])
            at += length
        found.append({"index": index, "startMs": start, "endMs": at, "words": words if index >= 0 else []})
        at += BETWEEN_MS
    return {"version": 1, "complete": True, "key": "k", "durationMs": at, "engine": "fixture", "voice": "vi",
            "sentences": found, "chapters": []}  # fmt: skip


@lru_cache
def mp3(milliseconds: int) -> bytes:
    """So much quiet, as constant 32 kbit/s."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(16000)
    encoder.set_channels(1)
    encoder.silence()
    sound = encoder.encode(bytes(16 * milliseconds * 2))
    return bytes(sound + encoder.flush())


class StaticPortal:
    """The app. ``delay`` and ``broken`` let a test make an endpoint slow or fail."""

    def __init__(self, *, csp: bool = False, script: str = "") -> None:
        self.csp = csp
        self.script = script or (
            '<script src="/_readable/widget.js" async="async" blocking="render" data-readable-portal="1" '
            'data-language="{language}"></script>'
        )
        self.broken: dict[str, Response] = {}
        self.asked: list[str] = []
        self.app = Starlette(
            routes=[
                Route("/tin/{name}", self.page),
                Route("/anh.png", lambda _: Response(picture(), media_type="image/png")),
                Route("/khung", lambda _: HTMLResponse("<p>Phim</p>")),
                Route("/_readable/{what:path}", self.answer),
            ]
        )

    async def page(self, request: Request) -> Response:
        name = request.path_params["name"]
        language = request.query_params.get("ui", "vi")
        html = (PAGES / f"{name}.html").read_text("utf-8")
        html = html.replace("</head>", self.script.format(language=language) + "</head>")
        headers = {}
        if self.csp:
            texts = re.findall(r"<style>(.*?)</style>", html, re.DOTALL) + re.findall(
                r'style="([^"]*)"', html
            )
            hashes = {
                base64.b64encode(hashlib.sha256(t.replace("&quot;", '"').encode()).digest()).decode()
                for t in texts
            }
            headers["Content-Security-Policy"] = STRICT.format(
                hashes=" ".join(f"'sha256-{h}'" for h in hashes)
            )
        return HTMLResponse(html, headers=headers)

    async def answer(self, request: Request) -> Response:
        what = request.path_params["what"]
        self.asked.append(what)
        if what in self.broken:
            return self.broken[what]
        file = STATIC / what
        if file.is_file():
            types = {".js": "text/javascript", ".woff2": "font/woff2"}
            return FileResponse(
                file, media_type=types.get(file.suffix), headers={"Cache-Control": "max-age=3600"}
            )
        name = request.query_params.get("path", "").removeprefix("/tin/").split("?")[0]
        if name not in pages():
            return JSONResponse({"type": "not-an-article", "status": 404}, 404)
        if what == "article":
            return JSONResponse(article(name))
        if what == "summary":
            return JSONResponse(summary(name))
        if what == "marks":
            return JSONResponse(marks(name))
        if what == "speech":
            return self._audio(request, mp3(marks(name)["durationMs"]))
        if what == "qr.svg":
            return Response(code(f"/_readable/speech?path={name}"), media_type="image/svg+xml")
        return JSONResponse({"type": "not-found", "status": 404}, 404)

    def _audio(self, request: Request, body: bytes) -> Response:
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
        headers = {"Accept-Ranges": "bytes"}
        if not match:
            return Response(body, media_type="audio/mpeg", headers=headers)
        first, last = int(match[1]), int(match[2] or len(body) - 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
        return Response(body[first : last + 1], 206, media_type="audio/mpeg", headers=headers)


def code(text: str) -> bytes:
    drawing = io.BytesIO()
    segno.make_qr(text).save(drawing, kind="svg", border=4, omitsize=True)
    return drawing.getvalue()


def dump(name: str) -> str:
    """The article's JSON as text, for a page that uses the elements without a server."""
    return json.dumps(article(name), ensure_ascii=False)
