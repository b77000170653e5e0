"""Litestar: `uvicorn with_litestar:app`. Wrap the app; its own middleware option wraps single routes."""

from collections.abc import Iterator

from article import NEWS, PAGE
from litestar import Litestar, get
from litestar.enums import MediaType
from litestar.response import Stream

from readable_portal import ReadablePortal


@get("/tin-tuc/1", media_type=MediaType.HTML, sync_to_thread=False)
def article() -> str:
    """Answer with a page."""
    return PAGE


@get("/tin-tuc/2", media_type=MediaType.HTML, sync_to_thread=False)
def streamed() -> Stream:
    """Answer with the same page, piece by piece."""

    def pieces() -> Iterator[str]:
        yield from PAGE.splitlines(keepends=True)

    return Stream(pieces(), media_type=MediaType.HTML)


@get("/api/tin-tuc", sync_to_thread=False)
def news() -> list[dict[str, str]]:
    """Answer with what is no page."""
    return NEWS


app = ReadablePortal(Litestar([article, streamed, news]))
