"""FastAPI: `uvicorn with_fastapi:app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from article import NEWS, PAGE
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, StreamingResponse

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import Iterator

api = FastAPI()


@api.get("/tin-tuc/1", response_class=HTMLResponse)
async def article() -> str:
    """Answer with a page."""
    return PAGE


@api.get("/tin-tuc/2")
async def streamed() -> StreamingResponse:
    """Answer with the same page, piece by piece."""

    def pieces() -> Iterator[str]:
        yield from PAGE.splitlines(keepends=True)

    return StreamingResponse(pieces(), media_type="text/html")


@api.get("/api/tin-tuc")
async def news() -> list[dict[str, str]]:
    """Answer with what is no page."""
    return NEWS


app = ReadablePortal(api)
