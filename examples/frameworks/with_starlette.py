"""Starlette: `uvicorn with_starlette:app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from article import NEWS, PAGE
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request


async def article(_: Request) -> Response:
    """Answer with a page."""
    return HTMLResponse(PAGE)


async def streamed(_: Request) -> Response:
    """Answer with the same page, piece by piece."""

    async def pieces() -> AsyncIterator[str]:
        for line in PAGE.splitlines(keepends=True):
            yield line

    return StreamingResponse(pieces(), media_type="text/html")


async def news(_: Request) -> Response:
    """Answer with what is no page."""
    return JSONResponse(NEWS)


routes = [Route("/tin-tuc/1", article), Route("/tin-tuc/2", streamed), Route("/api/tin-tuc", news)]
app = ReadablePortal(Starlette(routes=routes))
