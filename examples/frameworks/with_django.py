"""Django, all in one file: `uvicorn --lifespan off with_django:app`.

In a project of your own this is `asgi.py`: `application = ReadablePortal(get_asgi_application())`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import django
from article import NEWS, PAGE
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="an example needs none",  # noqa: S106 - it signs nothing
    MIDDLEWARE=["django.middleware.http.ConditionalGetMiddleware"],
)
django.setup()


async def article(_: HttpRequest) -> HttpResponse:
    """Answer with a page; Django gives it an ETag."""
    return HttpResponse(PAGE)


async def streamed(_: HttpRequest) -> StreamingHttpResponse:
    """Answer with the same page, piece by piece."""

    async def pieces() -> AsyncIterator[str]:
        for line in PAGE.splitlines(keepends=True):
            yield line

    return StreamingHttpResponse(pieces())


async def news(_: HttpRequest) -> JsonResponse:
    """Answer with what is no page."""
    return JsonResponse(NEWS, safe=False)


urlpatterns = [path("tin-tuc/1", article), path("tin-tuc/2", streamed), path("api/tin-tuc", news)]
app = ReadablePortal(get_asgi_application())
