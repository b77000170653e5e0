"""Quart: `hypercorn with_quart:app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from article import NEWS, PAGE
from quart import Quart, Response, jsonify

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

quart = Quart(__name__)


@quart.get("/tin-tuc/1")
async def article() -> str:
    """Answer with a page."""
    return PAGE


@quart.get("/tin-tuc/2")
async def streamed() -> Response:
    """Answer with the same page, piece by piece."""

    async def pieces() -> AsyncIterator[bytes]:
        for line in PAGE.splitlines(keepends=True):
            yield line.encode()

    return Response(pieces(), mimetype="text/html")


@quart.get("/api/tin-tuc")
async def news() -> Response:
    """Answer with what is no page."""
    return jsonify(NEWS)


app = ReadablePortal(quart)
