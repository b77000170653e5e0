"""The built widget and the reader page's style sheet: small files, held in memory once asked for."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response

from readable_portal.web.problem import problem

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["asset"]

# A build puts a hash in each name but the loader's: those never change (RFC 8246).
HASHED = re.compile(r"[-.][0-9A-Za-z_]{8,}\.(?:js|css|woff2|svg)$")
PLAIN_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*(?:/[0-9A-Za-z][0-9A-Za-z._-]*)?")
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
COMPRESSIBLE = {".js", ".css", ".svg", ".json", ".txt"}


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    zipped: bytes
    media_type: str
    etag: str


def asset(request: Request, name: str, *, language: str = "vi") -> Response:
    """The file ``name`` of the package's ``static`` folder: hashed names for a year, others for an hour."""
    file = _load(name)
    if file is None:
        return problem("not-found", language=language)
    zipped = bool(file.zipped) and _accepts_gzip(request.headers.get("accept-encoding", ""))
    # Two representations, two validators (RFC 9110 section 8.8.3).
    etag = f'"{file.etag}-gz"' if zipped else f'"{file.etag}"'
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable"
        if HASHED.search(name)
        else "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": etag,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(file.zipped if zipped else file.body, media_type=file.media_type, headers=headers)


# The whole build is some forty files.
@lru_cache(maxsize=128)
def _load(name: str) -> _File | None:
    if not PLAIN_NAME.fullmatch(name):
        return None
    # static/ is the build's own folder and made anew by it; what is written by hand stands beside its page.
    folder = "web" if name == "reader.css" else "static"
    path = files("readable_portal").joinpath(folder, *name.split("/"))
    if not path.is_file():
        return None
    body = path.read_bytes()
    suffix = "." + name.rpartition(".")[2]
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    zipped = gzip.compress(body, 9, mtime=0) if suffix in COMPRESSIBLE else b""
    return _File(body, zipped, media_type, hashlib.sha256(body).hexdigest()[:24])


def _accepts_gzip(header: str) -> bool:
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
